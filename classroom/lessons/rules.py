"""Pure rules of the lesson: its steps, where one goes on, what a comment lacked, and what may be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l
from classroom.lessons.models import Move, StepKind

PLAIN = frozenset({"key", "kind", "title", "body", "explains"})  # the rest of a step is its content
ENOUGH = 3  # so many have judged before it is told how
MOST_STEPS = 40
MOST_CHARACTERS = 4000
TRIED = frozenset({StepKind.IMPROVE, StepKind.WRITE})

# The step that helps with a tip of the coach, by the beginning of the tip's code.
MOVE_OF_TIP = {
    "place": Move.PLACE,
    "point.particular": Move.PLACE,
    "point.question": Move.ASK,
    "point.why": Move.WHY,
    "point": Move.POINT,
    "need.specific": Move.PLACE,
    "need.reason": Move.WHY,
    "need.suggestion": Move.NEXT,
    "need.question": Move.ASK,
    "need": Move.POINT,
    "own": Move.POINT,
    "tone": Move.KIND,
    "length": Move.WHY,
}


class NotThatKind(RuleBroken):
    """A step is done in its own way."""

    message = _l("This step was changed meanwhile. Have another look at it.")


class ChooseOne(RuleBroken):
    """A press without an answer."""

    message = _l("Choose one of the two answers: there is no grade.")


class NothingWritten(RuleBroken):
    """An empty text teaches nothing."""

    message = _l("Write a sentence first.")


class TooManySteps(RuleBroken):
    """Ten minutes are ten minutes."""

    message = _l("A lesson has at most 40 steps. Take one out first.")


class LastStep(RuleBroken):
    """A lesson without steps could not be finished."""

    message = _l("This is the last step. Change it, or take the starter back.")


class TwoTexts(ChangedMeanwhile):
    """Another tab saved something else: `details['theirs']` and `details['version']`."""

    message = _l("This was changed in another tab. Both texts are kept.")


@dataclass(frozen=True)
class Step:
    """One step, of the starter or a course's own; not `shown` when a celebrated writer took consent back."""

    key: str
    kind: StepKind
    title: str
    body: str = ""
    body_html: str = ""
    explains: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    highlight_id: int | None = None
    shown: bool = True

    @property
    def items(self) -> Sequence[Mapping[str, Any]]:
        """The comments of a judge step."""
        found: Sequence[Mapping[str, Any]] = self.content.get("items", ())
        return found

    def item(self, key: str) -> Mapping[str, Any] | None:
        return next((one for one in self.items if one["key"] == key), None)


@dataclass(frozen=True)
class Whole:
    """A course's lesson as it stands. `every` are all steps; `steps` those that people see."""

    course_id: int
    title: str
    intro: str
    every: tuple[Step, ...]
    own: bool = False
    required_at: datetime | None = None
    version: int = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(one for one in self.every if one.shown)

    def step(self, key: str) -> Step | None:
        return next((one for one in self.steps if one.key == key), None)

    def beside(self, key: str, by: int) -> Step | None:
        """The step after (1) or before (-1) this one."""
        keys = [one.key for one in self.steps]
        at = keys.index(key) + by
        return self.steps[at] if 0 <= at < len(keys) else None

    def explaining(self, move: str) -> Step | None:
        return next((one for one in self.steps if one.explains == move), None)


@dataclass(frozen=True)
class Progress:
    """How far someone is; nothing at all before they begin."""

    begun_at: datetime | None = None
    finished_at: datetime | None = None
    done: frozenset[str] = frozenset()

    def is_all(self, lesson: Whole) -> bool:
        return all(one.key in self.done for one in lesson.steps)

    def next_in(self, lesson: Whole) -> Step | None:
        """Where one goes on: the first step that is not done."""
        return next((one for one in lesson.steps if one.key not in self.done), None)

    def count_in(self, lesson: Whole) -> int:
        return sum(one.key in self.done for one in lesson.steps)


@dataclass(frozen=True)
class Tally:
    """What someone said of a comment, and how the class did; hidden until both are known."""

    mine: bool | None = None
    counts: int = 0
    all: int = 0

    @property
    def is_shown(self) -> bool:
        return self.mine is not None and self.all >= ENOUGH


def is_open(step: Step, sent: Collection[str], lesson: Whole) -> bool:
    """A model is shown once one has written; a step that it no longer follows does not hold it back."""
    after = step.content.get("after", "")
    return step.kind is not StepKind.MODEL or lesson.step(after) is None or after in sent


def missing_in(verdict: Mapping[str, Any]) -> list[str]:
    """What a try lacked, by the moves that the lesson teaches; a question is a next step too."""
    moves, met = verdict["moves"], {one["code"] for one in verdict["criteria"] if one["met"]}
    lacked = {
        Move.KIND: not verdict["hold"],
        Move.POINT: "point" in met and "own" in met,
        Move.PLACE: "place" in met,
        Move.WHY: moves.get("reason") or "point" not in met,
        Move.NEXT: moves.get("suggestion") or moves.get("question"),
    }
    return [move.value for move, there in lacked.items() if not there]


def move_for(tip: str | None) -> Move | None:
    """What to read up on, for a tip of the coach."""
    found = [begins for begins in MOVE_OF_TIP if tip and tip.startswith(begins)]
    return MOVE_OF_TIP[max(found, key=len)] if found else None


def without(step: Step, item_key: str) -> Step:
    """A judge step without one of its comments."""
    items = [one for one in step.items if one["key"] != item_key]
    return replace(step, content={**step.content, "items": items})
