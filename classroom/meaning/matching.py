"""How well a sentence of a brief answers a question: the measures, before anything is learned from them."""

import math
import re
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

import numpy as np

from classroom.meaning.lexicon import Lexicon
from classroom.meaning.passages import Brief, Part, Read
from classroom.meaning.vectors import Array

MEASURES = (
    "same words",
    "same subjects",
    "alike words",
    "alike whole",
    "alike around",
    "heading subjects",
    "heading alike",
    "names a day",
    "names a number",
    "permits or forbids",
    "length",
    "letters",
    "longest alike",
    "back alike",
    "asks",
)
_SATURATION = 1.2


def measures(asked: Read, part: Part, brief: Brief, lex: Lexicon) -> Array:
    """One number for each of `MEASURES`."""
    said = part.read
    count = len(brief.parts)
    alike, longest = _soft(asked, said)
    heading = part.heading

    def both(asks: str, says: str) -> float:
        return float(_has(lex.patterns[asks], asked.folded) and _has(lex.patterns[says], said.folded))

    return np.array(
        [
            _shared(asked.stems.keys(), said.stems, brief.stems, count),
            _shared(asked.subjects, said.subjects, brief.subjects, count),
            alike,
            float(asked.mean @ said.mean),
            float(asked.mean @ part.around),
            _shared(asked.subjects, heading.subjects, brief.subjects, count) if heading else 0.0,
            float(asked.mean @ heading.mean) if heading else 0.0,
            both("asks a day", "day"),
            both("asks a number", "number"),
            both("asks leave", "rule"),
            math.log(1 + len(said.words)) / 4,
            _letters(asked.folded, said.folded),
            longest,
            _soft(said, asked)[0],
            float("?" in said.folded),
        ],
        np.float32,
    )


@lru_cache(maxsize=4_000)
def _has(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _shared(asked: Iterable[str], said: Container[str], rare: Mapping[str, int], count: int) -> float:
    """What both have, the rarer in this brief the more (BM25's weight for a short text)."""
    return (
        sum(math.log(1 + (count - rare[one] + 0.5) / (rare[one] + 0.5)) for one in asked if one in said)
        / _SATURATION
    )


def _soft(asked: Read, said: Read) -> tuple[float, float]:
    """For each word asked its nearest word said, weighted by how much it says; and the best of these."""
    if not len(asked.rows) or not len(said.rows):
        return 0.0, 0.0
    nearest = (asked.rows @ said.rows.T).max(1)
    weight = asked.weights**2
    total = float(weight.sum())
    return (float(nearest @ weight) / total if total else 0.0), float((nearest * asked.weights).max())


def _letters(asked: str, said: str) -> float:
    """Shared runs of four letters: typing errors and compounds."""
    mine, theirs = _fours(asked), _fours(said)
    return len(mine & theirs) / math.sqrt(1 + len(mine)) / 2 if mine else 0.0


@lru_cache(maxsize=1_000)
def _fours(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 4] for index in range(len(text) - 3))
