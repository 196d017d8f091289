"""What the engine answers: a verdict on one comment, and the findings that it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classroom.meaning.explain import sentence_for
from classroom.meaning.tokens import Span

MOVES = ("praise", "problem", "suggestion", "question", "specific", "reason")
TONES = ("kind", "neutral", "blunt", "snark", "attack")

_MOST_WORDS = 3

# What, once found, makes a comment not the writer's own word on this work.
NOT_OWN = (
    "pasted.brief",
    "pasted.post",
    "copied.earlier",
    "copied.other",
    "restates",
    "filler",
    "stuffing",
)
TIED_POINTS = (
    "praise.reasoned",
    "problem.named",
    "suggestion.concrete",
    "question.genuine",
    "reason.argued",
    "point.made",
)
HOLDING = ("tone.snark", "tone.attack", "tone.snark.likely")
LOOSE_POINTS = ("praise.untied", "problem.untied", "suggestion.untied", "question.untied")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a text: its code, the exact words, their place ((0, 0): nowhere in the text)."""

    code: str
    words: str = ""
    span: Span = (0, 0)

    @property
    def sentence(self) -> str:
        """In plain English, with the words."""
        return sentence_for(self.code, self.words)


Because = Finding


def best_words(found: Sequence[Finding]) -> list[str]:
    """The most telling words first told: no words twice, the longest few, in the order of the text."""
    distinct = {one.words.casefold(): one for one in reversed(found) if one.words}.values()
    longest = sorted(distinct, key=lambda one: (-len(one.words), one.span))[:_MOST_WORDS]
    return [one.words for one in sorted(longest, key=lambda one: one.span)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one comment does, how it sounds, whether it counts by the default standard, and by which words."""

    meaningful: bool
    moves: Mapping[str, bool]
    tone: str
    hold: bool
    because: tuple[Finding, ...]
    words_count: int

    @property
    def hold_words(self) -> tuple[str, ...]:
        """The writer's words for which a person should look first."""
        return tuple(found.words for found in self.because if found.code in HOLDING)

    def found(self, *codes: str) -> tuple[Finding, ...]:
        """The findings with one of these codes."""
        return tuple(found for found in self.because if found.code in codes)

    def sentences(self) -> list[str]:
        """Each thing found said once, with its best words."""
        codes = dict.fromkeys(found.code for found in self.because)
        return [sentence_for(code, *best_words(self.found(code))) for code in codes]

    def as_json(self) -> dict[str, Any]:
        return {
            "meaningful": self.meaningful,
            "moves": dict(self.moves),
            "tone": self.tone,
            "hold": self.hold,
            "because": self.sentences(),
        }
