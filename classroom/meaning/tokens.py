"""Reads a text into sentences and words, keeping for each word where it stood in the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Span = tuple[int, int]

_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "ʼ": "'", "`": "`", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:%|(?:st|nd|rd|th)\b)?"  # numbers, times, percentages, ordinals
    r"|[^\W\d_]+(?:'[^\W\d_]+)*(?:_?\w)*"  # words, contractions, identifiers
    r"|_\w+"
    r"|[\U0001F300-\U0001FAFF\u2600-\u27BF]"  # emoji say something too
)
_END = re.compile(r"[.!?…]+[\"')\]*]*(?=\s|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])|\n+|;(?=\s)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:fig|eq|eqn|pp?|vs|e\.g|i\.e|etc|no|sec|ch|para|approx|cf|dr|mr|mrs|ms|st|al))$"
)
_CODE = re.compile(r"```.{0,8000}?```|`[^`\n]{1,400}`", re.DOTALL)
_QUOTED = re.compile(r'"[^"\n]{1,600}"|(?<!\w)\'[^\'\n]{2,200}\'(?!\w)|(?m:^[ \t]*>.*$)')
_PAUSE = re.compile(r"[,:;—–(•*\n-]")
_MOST_SENTENCES, _MOST_WORDS = 120, 900  # what a long comment of ordinary sentences has at the most
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class Token(NamedTuple):
    """One word: its place, its folded form, its stem, and whether it stands in code or in quotation marks."""

    start: int
    end: int
    word: str
    stem: str
    code: bool
    quoted: bool
    opens: bool  # first of its sentence, or just after a comma, colon, dash or bracket


class Sentence(NamedTuple):
    """One sentence of the comment."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    asks: bool


class Reading(NamedTuple):
    """A whole text, read."""

    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    length: int  # words as a person would count them

    @property
    def tokens(self) -> Iterable[Token]:
        return (token for sentence in self.sentences for token in sentence.tokens)


def fold(text: str) -> str:
    """Lower case and straight quotes, each letter staying exactly where it was."""
    straight = text.translate(_STRAIGHT)
    lowered = straight.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


@lru_cache(maxsize=30_000)
def bare(word: str) -> str:
    """The word without apostrophes and accents: don't, don’t and dont are one word here."""
    word = word.replace("'", "")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


@lru_cache(maxsize=30_000)
def stem(word: str) -> str:
    """A light stem: watered, watering and waters meet; nothing cleverer is needed."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _trim(word[: -len(ending)] + put)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _trim(word)


def _trim(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def plain_words(text: str) -> list[str]:
    """Only the folded words, quickly: for long posts and for earlier comments."""
    return [bare(match[0]) for match in _TOKEN.finditer(fold(text))]


@lru_cache(maxsize=64)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Only the words, where nobody asks for sentences."""
    return tuple(_tokens(fold(text), [], []))


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """The text as sentences of tokens."""
    folded = fold(text)
    code = [match.span() for match in _CODE.finditer(folded)]
    quoted = [match.span() for match in _QUOTED.finditer(folded)]
    tokens = _tokens(folded, code, quoted)
    sentences = []
    at = 0
    for start, end in _stretches(folded, code):
        first = at
        while at < len(tokens) and tokens[at].start < end:
            at += 1
        if at > first:
            members = (tokens[first]._replace(opens=True), *tokens[first + 1 : at])
            sentences.append(Sentence(members, start, end, _asks(folded, members[-1].end, end)))
    return Reading(text, folded, tuple(sentences), _count(tokens, folded))


def read_closely(text: str) -> Reading:
    """As `read`; of a text in fragments only as much as prose would have, so that none costs more."""
    whole = read(text)
    kept, left = [], _MOST_WORDS
    for sentence in whole.sentences[:_MOST_SENTENCES]:
        if not left:
            break
        kept.append(sentence._replace(tokens=sentence.tokens[:left]))
        left -= len(kept[-1].tokens)
    return whole._replace(sentences=tuple(kept))


def _asks(folded: str, after: int, end: int) -> bool:
    return "?" in folded[after:end] or "？" in folded[after:end]


def _tokens(folded: str, code: list[Span], quoted: list[Span]) -> list[Token]:
    tokens = []
    before = 0
    in_code, in_quotes = _within(code), _within(quoted)
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        word = bare(match[0])
        gap = folded[before:start]
        opens = gap not in (" ", "", "-") and _PAUSE.search(gap) is not None
        tokens.append(
            Token(
                start,
                end,
                word,
                stem(word),
                bool(code) and in_code(start),
                bool(quoted) and in_quotes(start),
                opens,
            )
        )
        before = end
    return tokens


class _within:  # noqa: N801 - reads as a word where it is used
    def __init__(self, spans: list[Span]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def __call__(self, at: int) -> bool:
        if not self.starts:
            return False
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]


def _stretches(folded: str, code: list[Span]) -> Iterable[Span]:
    """Where sentences begin and end; a full stop in code or after “fig.” ends nothing."""
    in_code = _within(code)
    start = 0
    for match in _END.finditer(folded):
        if in_code(match.start()):
            continue
        if match[0] == "." and _ABBREVIATED.search(folded[max(0, match.start() - 8) : match.start()]):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(folded):
        yield start, len(folded)


def _count(tokens: list[Token], folded: str) -> int:
    words = sum(1 for token in tokens if token.word[0].isalnum() or token.word[0] == "_")
    unspaced = len(_CJK.findall(folded))
    return max(words, unspaced // 2) if unspaced else words
