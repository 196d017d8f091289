"""Pure rules of revision plans: what is settled by a revision, what becomes of advice, and the order."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from classroom.core.errors import RuleBroken
from classroom.core.i18n import LazyString, _l
from classroom.plans.models import Choice

T = TypeVar("T")
LONGEST = 1000
CHOICES: dict[Choice, LazyString] = {
    Choice.WILL: _l("I will do it"),
    Choice.PARTLY: _l("I will do a part of it"),
    Choice.NOT: _l("Not this time"),
}


class Outcome(StrEnum):
    """What became of a comment, as its writer learns it."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_THIS_TIME = "not_this_time"


class ReasonMissing(RuleBroken):
    """Advice that is not followed deserves to hear why."""

    message = _l("Say why: whoever helped you learns from the reason.")


class WordsMissing(RuleBroken):
    """An idea of one's own is its words."""

    message = _l("Write what you want to change.")


class TooLong(RuleBroken):
    """A plan is short."""

    message = _l("That is long for a plan. Say it in at most 1000 characters.")


class Told(RuleBroken):
    """Its commenter has been told already."""

    status = 409
    message = _l(
        "Your revision is posted, and its commenter knows this already. If you do it after all, "
        "press “I acted on this” at the comment."
    )


class NotShown(RuleBroken):
    """A comment that is held, removed or taken back is nothing to plan by."""

    message = _l("This comment is not shown at the moment. Your plan goes on without it.")


def check_choice(choice: Choice, words: str) -> None:
    if choice is not Choice.WILL and not words.strip():
        raise ReasonMissing
    check_length(words)


def check_own(words: str) -> None:
    if not words.strip():
        raise WordsMissing
    check_length(words)


def check_length(words: str) -> None:
    if len(words) > LONGEST:
        raise TooLong


def settles(choice: Choice, *, done: bool) -> bool:
    """Does a revision settle it? What is still to be done waits for the next one."""
    return done or choice is Choice.NOT


def outcome_of(choice: Choice, *, acted: bool) -> Outcome | None:
    """What a commenter reads once it is told; whether it was acted on, the comment's own mark says."""
    if choice is Choice.PARTLY:
        return Outcome.PARTLY
    if acted:
        return Outcome.TAKEN_UP
    return Outcome.NOT_THIS_TIME if choice is Choice.NOT else None


def moved(rows: Sequence[T], row: T, to: int) -> list[T]:
    """The rows with one of them at another place; a place that is not there is the nearest one."""
    others = [one for one in rows if one != row]
    place = max(0, min(to, len(others)))
    return [*others[:place], row, *others[place:]]
