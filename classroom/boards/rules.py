"""Pure rules of boards: when a wall is open, what a note may be, and which figures may be told."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from classroom.boards.models import Reveal
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l

MOST_LETTERS = 280
MOST_NOTES = 12
MOST_COLUMNS = 4
FEWEST = 3  # people on a wall, in a group that is broken down, and in each part of it


class Plan(Protocol):
    """When a board is revealed, and how far it is."""

    @property
    def reveal(self) -> Reveal: ...
    @property
    def reveal_count(self) -> int | None: ...
    @property
    def reveal_at(self) -> datetime | None: ...
    @property
    def revealed_at(self) -> datetime | None: ...
    @property
    def written(self) -> int: ...


class AlreadyRevealed(RuleBroken):
    """What everyone has seen is not rewritten."""

    message = _l("The wall is open: notes can no longer be written or changed.")


class NotYetRevealed(RuleBroken):
    """Nobody sees anything before."""

    message = _l("The wall is not open yet.")


class TooFew(RuleBroken):
    """Of two people each would know who the other is."""

    message = _l("Fewer than three have written: one could guess who wrote what. Wait for more.")


class NothingWritten(RuleBroken):
    """An empty note says nothing."""

    message = _l("Write a word or two first.")


class TooLong(RuleBroken):
    """Notes fit a wall."""

    message = _l("At most 280 letters: a wall is read from afar. Make two notes of it.")


class TooManyNotes(RuleBroken):
    """One person's wall is no wall."""

    message = _l("Twelve notes from one person are enough. Change or withdraw one first.")


class NoPrompt(RuleBroken):
    """A board asks something."""

    message = _l("Ask at least one question.")


class PromptsStand(RuleBroken):
    """What people answered stays what they were asked."""

    message = _l("Someone has written already, so the questions stay as they are.")


class CountTooSmall(RuleBroken):
    """See TooFew."""

    message = _l("At least three: with fewer one could guess who wrote what.")


class TimeMissing(RuleBroken):
    """A time in the past would reveal at once."""

    message = _l("Give a day and a time that are still to come.")


class NotEmpty(RuleBroken):
    """Students' words are not thrown away by a press."""

    message = _l("Someone has written on this board, so it stays.")


class GroupNameless(RuleBroken):
    """A group says something."""

    message = _l("Say in a few words what these notes have in common.")


class NothingChosen(RuleBroken):
    """A press without notes."""

    message = _l("Choose at least one note.")


class ReasonMissing(RuleBroken):
    """Nobody is left out without a word."""

    message = _l("Say in a sentence why; its writer reads it.")


def is_revealed(board: Plan, at: datetime) -> bool:
    """Is the wall open to everyone? A time that has passed opens it once three have written."""
    return board.revealed_at is not None or _time_is_up(board, at)


def _time_is_up(board: Plan, at: datetime) -> bool:
    passed = board.reveal_at is not None and board.reveal_at <= at
    return board.reveal is Reveal.TIME and passed and board.written >= FEWEST


def due_at(board: Plan, at: datetime) -> datetime | None:
    """The moment at which the wall opened by itself, seen after each note that is written or withdrawn."""
    if _time_is_up(board, at):
        return board.reveal_at
    enough = board.reveal_count is not None and board.written >= max(board.reveal_count, FEWEST)
    return at if board.reveal is Reveal.COUNT and enough else None


def check_plan(reveal: Reveal, count: int | None, moment: datetime | None, at: datetime) -> None:
    """A board is revealed by one of three things, and that one is given."""
    if reveal is Reveal.COUNT and (count is None or count < FEWEST):
        raise CountTooSmall
    if reveal is Reveal.TIME and (moment is None or moment <= at):
        raise TimeMissing


def check_prompts(prompts: Sequence[str]) -> list[str]:
    """The questions that were given, at most four."""
    given = [one.strip() for one in prompts if one.strip()]
    if not given:
        raise NoPrompt
    return given[:MOST_COLUMNS]


def check_body(body: str) -> str:
    """A note on one line, of the length that a wall bears."""
    words = " ".join(body.split())
    if not words:
        raise NothingWritten
    if len(words) > MOST_LETTERS:
        raise TooLong
    return words


def by_section(people: Mapping[str, str | None]) -> list[tuple[str, int]] | None:
    """How many of each section, by mark and section; None where a part could be guessed.

    Parts that are too small are not merely left out: the whole would tell them.
    """
    counts = Counter(people.values())
    if len(people) < FEWEST or len(counts) < 2 or None in counts or min(counts.values()) < FEWEST:
        return None
    return sorted((name, count) for name, count in counts.items() if name is not None)


def people_in(marks: Iterable[Iterable[str]]) -> int:
    """How many different people: writers, and those who feel the same."""
    return len({mark for some in marks for mark in some})


def beside(then: Mapping[str, int], today: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Each thing that was said, how many then and today; what most say today comes first."""
    called = {title.casefold(): title for title in (*then, *today)}
    was = {title.casefold(): count for title, count in then.items()}
    is_ = {title.casefold(): count for title, count in today.items()}
    rows = [(title, was.get(key, 0), is_.get(key, 0)) for key, title in called.items()]
    return sorted(rows, key=lambda one: (-one[2], -one[1], one[0]))
