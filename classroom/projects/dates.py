"""Pure: times on the wall of a course, and moments; days on which clocks change hold no surprise."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Wall(StrEnum):
    """How often a wall shows a time on its day."""

    ONCE = "once"
    TWICE = "twice"  # the clocks go back: the first of the two is meant
    NEVER = "never"  # the clocks go forward over it: the moment is as much later


@dataclass(frozen=True)
class Reading:
    """A wall time as a moment, and whether there was a doubt."""

    moment: datetime
    wall: Wall = Wall.ONCE


def read(local: datetime, zone: ZoneInfo) -> Reading:
    """The moment at which the wall in `zone` shows `local` (without a zone, to the minute)."""
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    moment = first.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(fold=0):
        return Reading(moment, Wall.NEVER)
    return Reading(moment, Wall.TWICE if first.utcoffset() != second.utcoffset() else Wall.ONCE)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the wall in `zone` shows at `moment`."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def shift(moment: datetime, days: int, zone: ZoneInfo, into: ZoneInfo | None = None) -> Reading:
    """The same wall time `days` later, in the zone `into` where another course lives elsewhere."""
    return read(local(moment, zone) + timedelta(days=days), into or zone)


def days_between(first: datetime, second: datetime, zone: ZoneInfo) -> int:
    """Calendar days from one moment to another, as the wall counts them."""
    return (second.astimezone(zone).date() - first.astimezone(zone).date()).days


def evening(days_ahead: int, after: datetime, zone: ZoneInfo) -> datetime:
    """22:00 on the wall, so many days after `after`: a new project's first guess, without a zone."""
    day = after.astimezone(zone).date() + timedelta(days=days_ahead)
    return datetime(day.year, day.month, day.day, 22)  # noqa: DTZ001 - a wall time has no zone


def next_free_week(first: datetime, after: datetime, zone: ZoneInfo) -> int:
    """The fewest whole weeks, in days, that bring `first` past `after`."""
    return 7 * max(1, days_between(first, after, zone) // 7 + 1)
