"""Which moves somebody's comments made, week by week, as small pictures of the same scale: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from classroom.celebrations.rules_nominations import week_of

WEEK = timedelta(days=7)
MOST_WEEKS = 16
BAR, GAP, HEIGHT = 14, 4, 40


@dataclass(frozen=True)
class Small:
    """One move: how many comments of each week made it, and the bars of its picture."""

    move: str
    counts: tuple[int, ...]
    bars: tuple[tuple[float, float, float, float], ...]  # x, y, width, height

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Growth:
    """The last weeks in which there were comments, how many in each, and a picture for each move."""

    weeks: tuple[datetime, ...]  # the noon of each Monday, where the course is
    comments: tuple[int, ...]
    smalls: tuple[Small, ...]

    @property
    def width(self) -> int:
        return len(self.weeks) * (BAR + GAP) - GAP


def growth(
    said: Iterable[tuple[datetime, Mapping[str, bool]]], moves: Sequence[str], zone: str
) -> Growth | None:
    """`said`: when each comment was posted, and which moves it makes. None when nothing was said."""
    place, per_week, made = ZoneInfo(zone), Counter[date](), Counter[tuple[str, date]]()
    for at, found in said:
        week = week_of(at, place)[0].date()
        per_week[week] += 1
        made.update((move, week) for move in moves if found.get(move))
    if not per_week:
        return None
    weeks = _weeks(min(per_week), max(per_week))
    most = max((count for (_move, week), count in made.items() if week in weeks), default=1)
    smalls = tuple(_small(move, [made[move, week] for week in weeks], most) for move in moves)
    noons = tuple(datetime.combine(week, time(12), place) for week in weeks)
    return Growth(noons, tuple(per_week[week] for week in weeks), smalls)


def _weeks(first: date, last: date) -> tuple[date, ...]:
    first = max(first, last - (MOST_WEEKS - 1) * WEEK)
    return tuple(first + number * WEEK for number in range((last - first).days // 7 + 1))


def _small(move: str, counts: Sequence[int], most: int) -> Small:
    """All pictures share one scale, so that their bars can be compared."""
    bars = []
    for place, count in enumerate(counts):
        tall = count * HEIGHT / most
        bars.append((place * (BAR + GAP), round(HEIGHT - tall, 1), BAR, round(tall, 1)))
    return Small(move, tuple(counts), tuple(bars))
