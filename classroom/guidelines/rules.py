"""Pure rules of guidelines: what changed between two versions, and which scenarios are asked."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _, _l
from classroom.guidelines.models import Clause, Example, GuidelineVersion, Ruling

SCENARIOS = 3
Pieces = list[tuple[bool, str]]


class NothingToPublish(RuleBroken):
    """A version without clauses draws no line."""

    message = _l("Add at least one clause first: there is nothing to agree to yet.")


class TooFewScenarios(RuleBroken):
    """Three scenarios are asked before the first post."""

    message = _l("Add at least three examples: students are asked about three of them.")


@dataclass(frozen=True)
class Change:
    """One line of a difference: `kind` is in, out or same; pieces are (changed, text)."""

    kind: str
    pieces: Pieces

    @property
    def as_line(self) -> tuple[str, Pieces]:
        """As the interface's `diff` draws it."""
        return self.kind, self.pieces


@dataclass(frozen=True)
class Part:
    """Something with a heading that was added, taken away or changed between two versions."""

    heading: str
    lines: list[Change]


def check_publishable(version: GuidelineVersion) -> None:
    if not version.clauses:
        raise NothingToPublish
    if len(version.examples) < SCENARIOS:
        raise TooFewScenarios


def ruling_words(ruling: Ruling) -> str:
    """How a ruling is said."""
    return {
        Ruling.ENCOURAGED: _("Encouraged"),
        Ruling.FINE: _("Fine, although it looks like cheating"),
        Ruling.ASK_FIRST: _("Ask first"),
        Ruling.CHEATING: _("Cheating"),
    }[ruling]


def scenarios_for(examples: Sequence[Example], seed: int) -> list[Example]:
    """Three examples of different rulings where possible, the same ones for the same person."""
    chooser = random.Random(seed)  # noqa: S311 - variety between neighbours, no secret
    pool = [one for one in examples if one.quiz] or list(examples)
    pool = sorted(pool, key=lambda one: one.position)
    chooser.shuffle(pool)
    chosen: list[Example] = []
    for ruling in sorted(Ruling, key=lambda _ruling: chooser.random()):
        chosen += [one for one in pool if one.ruling is ruling and one not in chosen][:1]
    chosen += [one for one in pool if one not in chosen]
    rest = [one for one in examples if one not in chosen]
    return (chosen + rest)[:SCENARIOS]


def difference(old: GuidelineVersion, new: GuidelineVersion) -> list[Part]:
    """What changed from `old` to `new`, part by part; nothing is listed that stayed."""
    parts = [_part(_("Introduction"), f"{old.title}. {old.intro}", f"{new.title}. {new.intro}")]
    before, after = _clauses(old.clauses), _clauses(new.clauses)
    for number in sorted(before | after):
        heading = _("Clause %(number)s", number=number)
        parts.append(_part(heading, before.get(number, ""), after.get(number, "")))
    parts += _examples(old.examples, new.examples)
    return [part for part in parts if any(line.kind != "same" for line in part.lines)]


def _clauses(clauses: Sequence[Clause]) -> dict[int, str]:
    return {one.number: f"{one.title}. {one.text}" for one in clauses}


def _examples(old: Sequence[Example], new: Sequence[Example]) -> list[Part]:
    """Examples are matched by their situation: the same one with another ruling is a change."""
    before = {one.situation: _told(one) for one in old}
    after = {one.situation: _told(one) for one in new}
    order = list(dict.fromkeys([*before, *after]))
    return [
        _part(_("Example: %(what)s", what=situation), before.get(situation, ""), after.get(situation, ""))
        for situation in order
    ]


def _told(example: Example) -> str:
    return f"{example.situation}: {ruling_words(example.ruling)}. {example.why}"


def _part(heading: str, old: str, new: str) -> Part:
    if old == new:
        return Part(heading, [Change("same", [(False, new)])])
    if not old or not new:
        kind, text = ("in", new) if new else ("out", old)
        return Part(heading, [Change(kind, [(False, text)])])
    return Part(heading, [Change("out", _words(old, new)), Change("in", _words(new, old))])


def _words(text: str, other: str) -> Pieces:
    """`text` in pieces, those marked that `other` has not."""
    mine, theirs = re.findall(r"\S+\s*", text), re.findall(r"\S+\s*", other)
    matcher = SequenceMatcher(None, [w.strip() for w in mine], [w.strip() for w in theirs], autojunk=False)
    return [
        (tag != "equal", "".join(mine[start:end]))
        for tag, start, end, _other_start, _other_end in matcher.get_opcodes()
        if end > start
    ]
