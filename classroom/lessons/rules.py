"""Pure rules of the lesson: its steps, where one goes on, what a comment lacked, and what may be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l
from classroom.lessons.models import Move, StepKind

PLAIN = frozenset({"key", "kind", "title", "body", "explains"})  # the rest of a step is its content
ENOUGH = 3  # so many have judged before it is told how
MOST_STEPS = 40
MOST_CHARACTERS = 4000
STANDS_OUT = 0.2  # so large a part of the class that five minutes together are well spent
IN_TEXTS = frozenset({Move.POINT, Move.PLACE, Move.WHY, Move.NEXT, Move.KIND})
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

    @property
    def is_ready(self) -> bool:
        """Students see it: with its writer's consent, and not while it has nothing to judge."""
        return self.shown and (self.kind is not StepKind.JUDGE or bool(self.items))

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
        return tuple(one for one in self.every if one.is_ready)

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


@dataclass(frozen=True)
class Struggle:
    """One move: in how many first tries it was missing, and how many misjudged a comment about it."""

    move: Move
    lacked: int
    tries: int
    wrong: int
    judged: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 while there are too few to say."""
        seen = self.tries + self.judged
        return (self.lacked + self.wrong) / seen if seen >= ENOUGH else 0.0


def struggles_from(
    lacked: Mapping[str, int], tries: int, wrong: Mapping[str, int], judged: Mapping[str, int]
) -> list[Struggle]:
    """Every move that was seen at all, what is missing most first."""
    found = [
        Struggle(
            move,
            lacked.get(move, 0),
            tries if move in IN_TEXTS else 0,
            wrong.get(move, 0),
            judged.get(move, 0),
        )
        for move in Move
    ]
    seen = [one for one in found if one.tries or one.judged]
    return sorted(seen, key=lambda one: -one.share)


def hardest(found: Sequence[Struggle]) -> Struggle | None:
    """The one to work on in class; None while too few have tried, or where nothing stands out."""
    return found[0] if found and found[0].share >= STANDS_OUT else None


def enough_tried(found: Sequence[Struggle]) -> bool:
    return any(one.tries + one.judged >= ENOUGH for one in found)
