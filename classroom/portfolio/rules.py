"""Pure rules of what one's own comments led to, and of how one grew: against oneself alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from classroom.celebrations.rules import MOVES

STEPS = 12  # weeks or projects that are shown
ENOUGH = 2  # comments, before a week or a project says anything


class Led(StrEnum):
    """What a comment led to; also the filter of the list."""

    ALL = ""
    THANKED = "thanked"
    ACTED = "acted"
    GREAT = "great"


@dataclass(frozen=True)
class Mine:
    """One's own visible comment as the figures see it."""

    project: str
    posted_at: datetime
    moves: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One project or week: how many comments, and in how many of them each move is."""

    label: str
    comments: int
    moves: dict[str, int] = field(default_factory=dict)

    @property
    def each(self) -> float:
        """Moves in one comment, on average."""
        return sum(self.moves.values()) / self.comments

    def share(self, move: str) -> float:
        return self.moves[move] / self.comments


def counted(comments: Sequence[Mine]) -> dict[str, int]:
    """In how many of them each move is; in the order of the lesson, not of the numbers."""
    return {move: sum(move in one.moves for one in comments) for move in MOVES}


def steps(comments: Sequence[Mine], label_of: Callable[[Mine], str]) -> list[Step]:
    """In order of time; `label_of` says which project or week a comment belongs to."""
    grouped: dict[str, list[Mine]] = {}
    for one in sorted(comments, key=lambda mine: mine.posted_at):
        grouped.setdefault(label_of(one), []).append(one)
    return [Step(label, len(group), counted(group)) for label, group in grouped.items()][-STEPS:]


def grown(found: Sequence[Step]) -> list[str]:
    """Moves that are in more of the latest comments than of the first ones; what became fewer is not told."""
    telling = [one for one in found if one.comments >= ENOUGH]
    if len(telling) < 2:
        return []
    first, last = telling[0], telling[-1]
    return [move for move in MOVES if last.share(move) > first.share(move)]
