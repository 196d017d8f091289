"""Questions about homework: what the brief already says, and who asks for the answer itself.

Passages are shown by likeness alone. A question is held back only where its wording is plain and the match
sure (`plainly_answered`), or where it asks for the answer (`asks_for_answer`). A conceptual question passes,
whatever its words.
"""

import math
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from classroom.meaning.features import grams
from classroom.meaning.language import language_of, likeliest_language
from classroom.meaning.learned import Features, scores
from classroom.meaning.lexicon import Lexicon, headed
from classroom.meaning.matching import MEASURES, measures
from classroom.meaning.passages import Brief, Part, Passage, Read, brief_of, read_text
from classroom.meaning.tokens import Reading, Token, read_closely
from classroom.meaning.vectors import Array, vectors
from classroom.meaning.verdict import Finding
from classroom.meaning.weighing import marks

LONGEST = 2_000  # letters of a question; what follows is not read
LONGEST_BRIEF = 60_000
_SHOWN = 3
_ALIKE = 0.4
_CLOSELY = 60  # sentences of a brief that are compared word by word


class Sorted(NamedTuple):
    """One question sorted: `in_brief`, `wants_answer` or `ok`; the passages that may answer it; and why."""

    label: str
    passages: tuple[Passage, ...]
    because: tuple[Finding, ...]


def answers_in(question: str, brief: str) -> list[Passage]:
    """Up to three places of the brief that may answer, the likeliest first; none where none is likely."""
    return list(_shown(likeliest(question, brief), _language(question, brief)))


def _language(question: str, brief: str) -> Lexicon:
    return likeliest_language(read_closely(question[:LONGEST]), read_closely(brief[:LONGEST]))


def _shown(near: list[Passage], lex: Lexicon) -> tuple[Passage, ...]:
    """All three or none: which of them answers is for a person to say."""
    return tuple(near) if near and near[0].score >= _marks(lex)["shown"] else ()


def _marks(lex: Lexicon) -> dict[str, float]:
    return marks(lex.language)["questions"]


def likeliest(question: str, brief: str) -> list[Passage]:
    """The three sentences nearest to an answer, however far that is."""
    text, whole = question[:LONGEST], brief[:LONGEST_BRIEF]
    lex = _language(text, whole)
    parts = brief_of(whole, lex)
    if not parts.parts or not text.strip():
        return []
    match = match_of(text, parts, lex)
    said = scores(lex.language, "answered").of(answered_features(text, match, lex))["in_brief"]
    found = []
    for index in match.order[:_SHOWN]:
        part = match.parts[index]
        odds = said + float(match.ranks[index] - match.ranks[match.order[0]])
        found.append(Passage(part.passage, whole[slice(*part.span)], part.span, _chance(odds)))
    return found


def asks_for_answer(question: str) -> Finding | None:
    """The words with which a question asks for the solution itself, or for what others got; else nothing."""
    reading = read_closely(question[:LONGEST])
    lex = language_of(reading)
    if lex is None or not reading.sentences:
        return None
    cues = _hits(reading, "wanting", lex)
    if not cues:
        return None
    odds = scores(lex.language, "asking").of(asking_features(reading, lex))["wants_answer"]
    if odds < _marks(lex)["wants_answer"]:
        return None
    tokens = max(cues, key=lambda hit: hit[-1].end - hit[0].start)
    span = (tokens[0].start, tokens[-1].end)
    return Finding("asks.answer", question[slice(*span)], span)


def plainly_answered(question: str, brief: str) -> Finding | None:
    """For holding a question back: it asks outright for a rule of the brief, and the brief surely has it."""
    lex = _language(question, brief)
    outright = _hits(read_closely(question[:LONGEST]), "outright", lex)
    found = answers_in(question, brief) if outright else []
    if not found or found[0].score < _marks(lex)["sure"] or not _agree(question, found[0], lex):
        return None
    span = (outright[0][0].start, outright[0][-1].end)
    return Finding("asks.answered", question[slice(*span)], span)


def sort_question(question: str, brief: str) -> Sorted:
    """What kind of question it is, with the passages that may answer it."""
    lex = _language(question, brief)
    near = likeliest(question, brief)
    wants = asks_for_answer(question)
    shown = _shown(near, lex)
    if wants:
        return Sorted("wants_answer", shown, (wants,))
    if near and near[0].score >= _marks(lex)["in_brief"] and _agree(question, near[0], lex):
        return Sorted("in_brief", shown, (Finding("asks.answered", near[0].sentence),))
    return Sorted("ok", shown, ())


def _agree(question: str, passage: Passage, lex: Lexicon) -> bool:
    """Whether they share a subject or a telling word, or are plainly alike: a score alone decides nothing."""
    asked = read_text(question[:LONGEST], lex, asked=True)
    said = read_text(passage.sentence, lex, asked=False)
    if asked.subjects & said.subjects or asked.stems.keys() & said.stems.keys():
        return True
    return float(asked.mean @ said.mean) >= _ALIKE


class Match(NamedTuple):
    """How a question compares with the sentences of a brief that are looked at closely."""

    parts: tuple[Part, ...]
    measured: Array  # (sentences, measures)
    ranks: Array  # one score a sentence
    order: tuple[int, ...]  # the likeliest first


def match_of(question: str, brief: Brief, lex: Lexicon) -> Match:
    asked = read_text(question, lex, asked=True)
    parts = _nearest(asked, brief)
    measured = np.stack([measures(asked, part, brief, lex) for part in parts])
    ranks = measured @ _ranking(lex.language)
    return Match(parts, measured, ranks, tuple(int(index) for index in np.argsort(-ranks, kind="stable")))


def _nearest(asked: Read, brief: Brief) -> tuple[Part, ...]:
    """All of an ordinary brief; of a very long one the sentences that share a subject, words or meaning."""
    if len(brief.parts) <= _CLOSELY:
        return brief.parts
    alike = np.stack([part.read.mean for part in brief.parts]) @ asked.mean
    shared = [
        len(asked.stems.keys() & part.read.stems.keys()) + 2 * len(asked.subjects & part.read.subjects)
        for part in brief.parts
    ]
    order = np.argsort(-(alike + np.array(shared) / 4), kind="stable")[:_CLOSELY]
    return tuple(brief.parts[index] for index in sorted(order))


@lru_cache(maxsize=8)
def _ranking(language: str) -> Array:
    """The weight of each measure."""
    learned = scores(language, "passages")
    alone = [learned.of(Features({name: 1.0}, frozenset(), np.zeros(0, np.float32))) for name in MEASURES]
    return np.array([one["answers"] for one in alone], np.float32)


def answered_features(question: str, match: Match, lex: Lexicon) -> Features:
    """Whether the best sentence answers: how near it is, how far ahead, and what kind of question it is."""
    best = match.order[0]
    top = match.ranks[list(match.order[:4])]
    named = {f"best {name}": float(value) for name, value in zip(MEASURES, match.measured[best], strict=True)}
    named |= {
        f"most {name}": float(value) for name, value in zip(MEASURES, match.measured.max(0), strict=True)
    }
    named["rank"] = float(top[0]) / 4
    named["ahead"] = float(top[0] - top[-1]) / 2
    named["above the rest"] = float(top[0] - match.ranks.mean()) / 4
    asking = asking_features(read_closely(question), lex)
    return Features({**named, **asking.named}, asking.grams, asking.vector)


def asking_features(reading: Reading, lex: Lexicon) -> Features:
    """Of a question by itself: cues of both kinds, its words and its meaning."""
    words = [token.word for token in reading.tokens]
    named: dict[str, float] = {
        "long": math.log(1 + len(words)) / 3,
        "asks": float(any(one.asks for one in reading.sentences)),
        "sentences": min(len(reading.sentences), 6) / 4,
    }
    for name in ("wanting", "honest"):
        counted = Counter(
            hit.kind
            for one in reading.sentences
            for hit in headed(lex.language, name).hits(one.tokens, _words(one.tokens))
        )
        named |= {f"{name} {kind}": min(count, 3) / 2 for kind, count in counted.items()}
        named[f"{name} kinds"] = min(len(counted), 4) / 2
    return Features(named, grams(words), vectors(lex.language).mean(words))


def _hits(reading: Reading, name: str, lex: Lexicon) -> list[tuple[Token, ...]]:
    return [
        one.tokens[hit.first : hit.last]
        for one in reading.sentences
        for hit in headed(lex.language, name).hits(one.tokens, _words(one.tokens))
    ]


def _words(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
