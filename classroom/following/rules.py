"""Pure rules of following: for how long, which words, and what wins when several things are said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.following.models import Stance, Thing

T = TypeVar("T")
SHOWS = {"": _l("All but muted"), "followed": _l("Followed"), "muted": _l("Muted")}
MOST = 200  # things that one person may follow or mute in one course
LONGEST, SHORTEST = 40, 2


class Span(StrEnum):
    """For how long something is muted."""

    DAY = "day"
    WEEK = "week"
    GOOD = "good"


LENGTHS = {Span.DAY: timedelta(days=1), Span.WEEK: timedelta(days=7)}


class NotAWord(RuleBroken):
    """A word is looked for as it is written: signs would be looked for too, and never found."""

    message = _l("Write one word or a name, with 2 to 40 letters.")


class TooMuch(RuleBroken):
    """More than anyone could keep in mind."""

    message = _l("That is as much as can be kept here. Take something away first.")


class CannotBeFollowed(RuleBroken):
    """Whose names are hidden cannot be followed, and "the rest" is only ever muted."""

    message = _l("That cannot be followed or muted here.")


def until(span: Span, at: datetime) -> datetime | None:
    """None: for good."""
    return at + LENGTHS[span] if span in LENGTHS else None


def clean_word(typed: str) -> str:
    """The word as it is kept: small, with single spaces."""
    word = " ".join(typed.lower().split())
    if not SHORTEST <= len(word) <= LONGEST or not all(one.isalnum() or one in " -'’" for one in word):
        raise NotAWord
    return word


@dataclass(frozen=True)
class Interests:
    """What one person follows and mutes in a course just now, as (thing, what)."""

    followed: frozenset[tuple[Thing, str]] = frozenset()
    muted: frozenset[tuple[Thing, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.followed or self.muted)

    @property
    def only_owed(self) -> bool:
        return (Thing.REST, "") in self.muted

    def said_of(self, thing: Thing, what: str) -> Stance | None:
        """What they said about this one thing."""
        if (thing, what) in self.muted:
            return Stance.MUTE
        return Stance.FOLLOW if (thing, what) in self.followed else None

    def of_post(self, post: str, title: str, *, person: str = "") -> Stance | None:
        """What that means for a post; `person` is given only where students are named.

        A post that is followed is always shown; else what is muted wins over what is followed.
        """
        if (Thing.POST, post) in self.followed:
            return Stance.FOLLOW
        about = {(Thing.POST, post), (Thing.PERSON, person)}
        lower = title.lower()
        words = {one for one in self.muted | self.followed if one[0] is Thing.WORD and one[1] in lower}
        if (about | words) & self.muted:
            return Stance.MUTE
        return Stance.FOLLOW if (about | words) & self.followed else None


def arranged(rows: Sequence[T], said_of: Callable[[T], Stance | None], show: str = "") -> list[T]:
    """The rows that are wanted: what is followed first, otherwise in their order, without what is muted.

    `show`, of `SHOWS`, asks for those that are followed, or those that are muted.
    """
    wanted = {"followed": {Stance.FOLLOW}, "muted": {Stance.MUTE}}.get(show, {Stance.FOLLOW, None})
    said = [(row, said_of(row)) for row in rows]
    kept = [(row, stance) for row, stance in said if stance in wanted]
    return [row for row, _stance in sorted(kept, key=lambda one: one[1] is not Stance.FOLLOW)]
