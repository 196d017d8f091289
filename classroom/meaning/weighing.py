"""Where the learned scores may correct the rules, and how far.

A score alone decides nothing. It grants what a sign of the rules suggests, or confirms or withdraws a doubt
of theirs; whatever it adds carries the writer's words. Thresholds lie beside the weights (`tools/learn.py`),
each chosen for the harm that it prevents: holding or refusing a fair comment is the worse mistake.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from classroom.meaning.features import comment_features, signs_in
from classroom.meaning.learned import Scores, examples, scores
from classroom.meaning.moves import Heard
from classroom.meaning.tokens import Span, Token
from classroom.meaning.verdict import LOOSE_POINTS, MOVES, NOT_OWN, Finding
from classroom.meaning.work import Setting

# What the rules found wanting: with one of these a low score confirms that nothing of its own is said.
_DOUBTS = (
    "praise.generic",
    "praise.bare",
    "suggestion.generic",
    "question.empty",
    "problem.vague",
    "reason.argued",
    "specific.part",
    *NOT_OWN,
)
_EMPTY = ("praise.generic", "suggestion.generic", "question.empty", "problem.vague")
_SURE = {
    "praise": ("praise.reasoned",),
    "problem": ("problem.named",),
    "suggestion": ("suggestion.concrete",),
    "question": ("question.genuine",),
    "specific": ("specific.anchor", "specific.quoted", "specific.place"),
    "reason": ("reason.given",),
}
_TAKEN = frozenset({"copied.earlier", "copied.other", "stuffing"})
_MOSTLY_THEIRS = 0.5  # this share of its words from the work: perhaps told again
_FEW_PLACES = 2


@lru_cache(maxsize=4)
def marks(language: str) -> dict[str, dict[str, float]]:
    """The thresholds of a language, by kind of text."""
    path = files("classroom.meaning") / language / "weights" / "marks.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


class Weighed(NamedTuple):
    """What the scores add to the rules' findings, what they withdraw, and the moves made in the end."""

    added: tuple[Finding, ...]
    withdrawn: frozenset[str]  # codes
    moves: Mapping[str, bool]
    scores: Mapping[str, float]


def weigh(
    heard: Sequence[Heard],
    at: Setting,
    findings: Sequence[Finding],
    moves: Mapping[str, bool],
    *,
    counts: bool,
    holds: bool,
) -> Weighed:
    """`moves`, `counts` and `holds` as the rules have it."""
    language = at.lex.language
    learned, mark = scores(language, "comments"), marks(language)["comments"]
    codes = Counter(found.code for found in findings)
    features = comment_features(heard, at, codes, counts=counts, holds=holds)
    found = learned.of(features)
    found["held"] += examples(language, "held").of(features)
    added: list[Finding] = []
    withdrawn: set[str] = set()
    if holds:
        if found["held"] < mark["fair"] and "tone.attack" not in codes:
            withdrawn.add("tone.snark")
    elif found["held"] >= mark["held"]:
        added += _mockery(learned, heard, at)
    if counts:
        if found["meaningful"] < mark["empty"] and is_doubtful(heard, at, codes):
            added.append(_said("doubt.empty", learned, "meaningful", at, least=True))
    elif found["meaningful"] >= mark[
        "counts in spite" if is_empty(heard, at, codes) else "counts"
    ] and may_count(heard, at, codes):
        added.append(_said("point.made", learned, "meaningful", at))
    made = {move: is_sure(move, codes) or _made(move, moves[move], found, mark) for move in MOVES}
    return Weighed(tuple(added), frozenset(withdrawn), made, found)


def is_sure(move: str, codes: Counter[str]) -> bool:
    """A move that the rules found with its words stays, whatever a score says."""
    return any(code in codes for code in _SURE[move])


def _made(move: str, by_rule: bool, found: Mapping[str, float], mark: Mapping[str, float]) -> bool:
    return found[move] >= mark[f"{move} after rule" if by_rule else f"{move} alone"]


def _mockery(learned: Scores, heard: Sequence[Heard], at: Setting) -> list[Finding]:
    """With the words of the sentence in which signs and score meet; nothing without a sign."""
    signed = [(one, signs_in(one, at.lex)) for one in heard]
    for one, hits in sorted(signed, key=lambda both: -len(both[1])):
        if not hits or one.not_own in ("pasted.post", "pasted.brief"):
            continue
        tokens = learned.telling(
            "held", [token for token in one.sentence.tokens if not token.quoted], at.lex.words["function"]
        )
        if not tokens:
            tokens = one.sentence.tokens[hits[0].first : hits[0].last]
        return [_finding("tone.snark.likely", tokens, at)]
    return []


def is_doubtful(heard: Sequence[Heard], at: Setting, codes: Counter[str]) -> bool:
    """A sign of the rules that it may say nothing of its own about this work."""
    if any(code in codes for code in _DOUBTS):
        return True
    if max((one.pointing.covered for one in heard), default=0.0) >= _MOSTLY_THEIRS:
        return True
    return (
        not at.anchored
        and sum(codes[code] for code in ("specific.named", "specific.quoted", "specific.place"))
        <= _FEW_PLACES
    )


def is_empty(heard: Sequence[Heard], at: Setting, codes: Counter[str]) -> bool:
    """The rules found it empty, in part taken over, or pointing nowhere: it takes more to say otherwise."""
    if any(code in codes for code in (*_EMPTY, *NOT_OWN)) or any(one.has("agreeing") for one in heard):
        return True
    return not _points(heard, at)


def may_count(heard: Sequence[Heard], at: Setting, codes: Counter[str]) -> bool:
    """It points somewhere, or says something that only lacks a place; and some of it is its writer's own."""
    if _TAKEN & codes.keys() or all(one.not_own for one in heard):
        return False
    return _points(heard, at) or any(code in codes for code in LOOSE_POINTS)


def _points(heard: Sequence[Heard], at: Setting) -> bool:
    return at.anchored or any(one.pointing.findings for one in heard)


def _said(code: str, learned: Scores, name: str, at: Setting, *, least: bool = False) -> Finding:
    tokens = learned.telling(name, tuple(at.reading.tokens), at.lex.words["function"], least=least)
    return _finding(code, tokens, at)


def _finding(code: str, tokens: Sequence[Token], at: Setting) -> Finding:
    if not tokens:
        return Finding(code)
    span: Span = (tokens[0].start, tokens[-1].end)
    return Finding(code, at.reading.text[slice(*span)], span)
