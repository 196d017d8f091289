"""Reads mistyped words as the ones meant, so that a typing error costs nobody anything."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from classroom.meaning.lexicon import DRAWN_OUT, Lexicon

_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


def mended(words: list[str], lex: Lexicon) -> list[str]:
    """The words with frequent typing errors put right; all others as they are."""
    return [lex.typos.get(word) or _near(_short(word, lex), lex) if len(word) > 1 else word for word in words]


@lru_cache(maxsize=20_000)
def _short(word: str, lex: Lexicon) -> str:
    """“sooo” is so and “goood” is good; but a drawn-out “suuure” stays one, for it means no."""
    if not _DRAWN_OUT.search(word):
        return word
    once, twice = _DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word)
    if once in lex.words["drawn out"]:
        return DRAWN_OUT
    return twice if lex.knows(twice) else once


@lru_cache(maxsize=20_000)
def _near(word: str, lex: Lexicon) -> str:
    close = lex.often_mistyped.get(word[:2], ())
    if len(word) < 6 or not word.isalpha() or word in close or lex.knows(word):
        return word
    return next((other for other in close if _mistyped_for(word, other)), word)


def _mistyped_for(word: str, other: str) -> bool:
    if len(other) < 6 or other.startswith(word) or word.startswith(other):
        return False  # confuse, confuses: another form, not an error
    return bool(OSA.distance(word, other, score_cutoff=1) <= 1)
