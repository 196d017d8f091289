"""A brief taken apart into sentences, each with what stands around it, to be compared with questions."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from classroom.meaning.language import likeliest_language
from classroom.meaning.lexicon import Lexicon, headed
from classroom.meaning.tokens import Sentence, Span, read_closely, stem
from classroom.meaning.vectors import Array, unit, vectors

_GAP = re.compile(r"\n[ \t]*\n")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]*]*\s+(?=[\"'(\[*]*[A-Z0-9À-Þ])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:fig|eq|pp?|vs|e\.g|i\.e|etc|no|sec|ch|approx|cf|dr|mr|mrs|ms|prof|st|al|incl)\.|\b[A-Z]\.)$",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s|^\s*\*\*[^*]{1,60}\*\*:?\s*$|^[^.!?\n]{1,60}:\s*$")
_MOST_SENTENCES = 400
_SHOWN = 2  # sentences before and after the one that answers: what it says is often told across them
_MOST_CONTENT = 250  # words of one question or sentence that are compared


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a brief: the sentence that answers, its place, and the few sentences around it."""

    text: str
    sentence: str
    span: Span  # of the sentence, in the brief
    score: float = 0.0  # 0 to 1: how likely it answers

    def as_json(self) -> dict[str, object]:
        start, end = self.span
        return {"text": self.text, "sentence": self.sentence, "start": start, "end": end}


class Read(NamedTuple):
    """One sentence (of a brief, or a question) as words, stems, subjects and vectors."""

    words: tuple[str, ...]  # content words
    stems: Counter[str]
    subjects: frozenset[str]
    rows: Array  # one unit vector a content word
    weights: Array  # how much each of these words says
    mean: Array
    folded: str


class Part(NamedTuple):
    """One sentence of a brief, its heading, and the sentences around it."""

    span: Span
    read: Read
    heading: Read | None
    around: Array  # mean vector of the sentence and its neighbours
    passage: str


class Brief(NamedTuple):
    """All sentences of a brief, and how rare each stem and subject is among them."""

    parts: tuple[Part, ...]
    stems: Counter[str]  # in how many sentences
    subjects: Counter[str]


def reading_of(sentences: tuple[Sentence, ...], folded: str, lex: Lexicon, asked: bool) -> Read:
    """A question, or a sentence of a brief (`asked` tells which), ready to be compared."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    idle = lex.words["function"]
    content = [token.word for token in tokens if token.word not in idle] or [token.word for token in tokens]
    content = content[:_MOST_CONTENT]
    found: set[str] = set()
    other = "=" if asked else "?"
    for sentence in sentences:
        words = tuple(token.word for token in sentence.tokens)
        for hit in headed(lex.language, "homework").hits(sentence.tokens, words):
            if not hit.kind.startswith(other):
                found.add(hit.kind.lstrip("?="))
    table = vectors(lex.language)
    rows = table.rows(content)
    lengths = np.sqrt((rows * rows).sum(1))
    units = rows / np.maximum(lengths, 1e-6)[:, None]
    return Read(
        tuple(content),
        Counter(stem(word) for word in content),
        frozenset(found),
        units,
        lengths,
        unit(rows.sum(0)) if content else np.zeros(table.width, np.float32),
        folded,
    )


def read_text(text: str, lex: Lexicon | None = None, *, asked: bool) -> Read:
    """Reads a text of any length as one, by the lists of its own language where none are given."""
    reading = read_closely(text)
    return reading_of(reading.sentences, reading.folded, lex or likeliest_language(reading), asked)


@lru_cache(maxsize=64)
def brief_of(text: str, lex: Lexicon) -> Brief:
    """The brief taken apart once; every question about it finds it ready."""
    spans: list[Span] = []
    headings: list[Read | None] = []
    heading: Read | None = None
    for line in _LINE.finditer(text):
        if _HEADING.match(line[0]):
            heading = read_text(line[0], lex, asked=False)
        for span in _sentences(line[0], line.start()):
            if any(c.isalnum() for c in text[slice(*span)]):
                spans.append(span)
                headings.append(heading)
    spans = spans[:_MOST_SENTENCES]
    reads = [read_text(text[slice(*span)], lex, asked=False) for span in spans]
    parts = []
    for index, (span, one) in enumerate(zip(spans, reads, strict=True)):
        first, last = _beside(text, spans, index, 1)
        around = unit(np.sum([other.mean for other in reads[first : last + 1]], axis=0))
        begins, ends = _beside(text, spans, index, _SHOWN)
        passage = text[spans[begins][0] : spans[ends][1]]
        parts.append(Part(span, one, headings[index], around, passage))
    return Brief(
        tuple(parts),
        Counter(stem for part in parts for stem in part.read.stems),
        Counter(subject for part in parts for subject in part.read.subjects),
    )


def _beside(text: str, spans: Sequence[Span], index: int, most: int) -> tuple[int, int]:
    """Up to `most` sentences before and after, as far as no empty line lies between."""
    first = last = index
    while first > max(0, index - most) and not _GAP.search(text[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    end = min(len(spans) - 1, index + most)
    while last < end and not _GAP.search(text[spans[last][1] : spans[last + 1][0]]):
        last += 1
    return first, last


def _sentences(line: str, offset: int) -> list[Span]:
    """Where the sentences of one line begin and end; a bullet's sign is no part of its sentence."""
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else len(line) - len(line.lstrip())
    found = []
    for match in _SENTENCE_END.finditer(line, start):
        if _ABBREVIATED.search(line[start : match.start()]):
            continue
        found.append((offset + start, offset + match.start() + len(match[0].rstrip())))
        start = match.end()
    if line[start:].strip():
        found.append((offset + start, offset + len(line.rstrip())))
    return found
