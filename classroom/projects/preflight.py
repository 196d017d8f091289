"""Pure: what is to be said before a project is published; errors block, warnings do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from classroom.projects.models import LatePolicy, PairingPolicy, Wanted
from classroom.projects.setup import DATES, MOST_PROMPTS, MOVES, PARTS, Setup

SMALL_CLASS = 9  # up to eight comments each; beyond, commenting on everyone is a burden
SHORT_WINDOW = timedelta(hours=24)
LONG_FLOOR = 60
MANY_PER_PERSON = 100  # students to one person who decides what is held


class Level(StrEnum):
    """Whether a finding blocks."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Facts:
    """What the course brings along."""

    students: int = 0
    staff: int = 1
    guidelines: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing found. `where` is a field of the set-up page or a page of the course."""

    code: str
    level: Level
    where: str
    also: str = ""
    count: int = 0
    most: int = 0


def findings(setup: Setup, facts: Facts, at: datetime) -> list[Finding]:
    """Everything to be said, what blocks first."""
    found = [
        *_words(setup),
        *_order(setup),
        *_past(setup, at),
        *_missing_dates(setup),
        *_standard(setup),
        *_class(setup, facts),
    ]
    return sorted(found, key=lambda one: one.level is Level.WARNING)


def blocks(setup: Setup, at: datetime) -> list[Finding]:
    """The errors, which lie in the set-up alone."""
    return [one for one in findings(setup, Facts(), at) if one.level is Level.ERROR]


def _error(code: str, where: str, also: str = "", count: int = 0) -> Finding:
    return Finding(code, Level.ERROR, where, also, count)


def _warn(code: str, where: str, also: str = "", count: int = 0, most: int = 0) -> Finding:
    return Finding(code, Level.WARNING, where, also, count, most)


def _words(setup: Setup) -> Iterator[Finding]:
    if not setup.title.strip():
        yield _error("no_title", "title")
    if not setup.brief.strip():
        yield _warn("no_brief", "brief")
    if all(getattr(setup, part) is Wanted.NO for part in PARTS):
        yield _error("nothing_to_post", "wants_text")
    elif setup.wants_text is Wanted.NO:
        yield _warn("no_words_to_point_at", "wants_text")
    if not setup.prompts:
        yield _error("no_prompts", "prompts")
    elif len(setup.prompts) > MOST_PROMPTS:
        yield _error("many_prompts", "prompts", count=len(setup.prompts))


def order_of_dates(moments: Mapping[str, datetime | None]) -> list[tuple[str, str]]:
    """Pairs (earlier, later) of neighbouring dates that are not in this order; what is missing is skipped."""
    given = [(name, moment) for name in DATES if (moment := moments.get(name)) is not None]
    return [(first, second) for (first, one), (second, other) in pairwise(given) if other <= one]


def _order(setup: Setup) -> Iterator[Finding]:
    for first, second in order_of_dates({name: getattr(setup, name) for name in DATES}):
        yield _error("order", second, first)
    if setup.post_by and setup.comment_by and timedelta(0) < setup.comment_by - setup.post_by < SHORT_WINDOW:
        yield _warn("short_window", "comment_by", "post_by")


def _past(setup: Setup, at: datetime) -> Iterator[Finding]:
    for name in DATES[1:]:
        date = getattr(setup, name)
        if date is not None and date <= at:
            closed = setup.late is LatePolicy.CLOSED
            yield _error("past", name) if closed else _warn("past_late", name)


def _missing_dates(setup: Setup) -> Iterator[Finding]:
    for name in ("post_by", "comment_by"):
        if getattr(setup, name) is None:
            yield _warn("no_date", name)


def _standard(setup: Setup) -> Iterator[Finding]:
    unknown = [move for move in setup.needs if move not in MOVES]
    if unknown:
        yield _error("impossible_standard", "needs", count=len(unknown))
    elif len(setup.needs) > 3:
        yield _warn("steep_standard", "needs", count=len(setup.needs))
    if setup.floor_words > LONG_FLOOR:
        yield _warn("long_floor", "floor_words", count=setup.floor_words)


def _class(setup: Setup, facts: Facts) -> Iterator[Finding]:
    others = max(facts.students - 1, 0)
    if facts.students == 0:
        yield _warn("no_students", "people")
    elif setup.pairing is PairingPolicy.EVERYONE and facts.students > SMALL_CLASS:
        yield _warn("large_class", "pairing", count=facts.students, most=others)
    elif setup.pairing is not PairingPolicy.EVERYONE and others < setup.comments_wanted:
        yield _warn("few_students", "comments_wanted", "people", count=facts.students, most=others)
    if setup.comments_wanted == 0 and setup.pairing is not PairingPolicy.EVERYONE:
        yield _warn("no_comments", "comments_wanted")
    if not facts.guidelines:
        yield _warn("no_guidelines", "guidelines")
    if facts.staff == 0 or facts.students > facts.staff * MANY_PER_PERSON:
        yield _warn("thinly_staffed", "people", count=facts.staff, most=facts.students)
