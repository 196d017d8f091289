"""Finds the numbers in a text, written in digits (3,14 · 0.75 · 3/4) or in words (three point one four)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from classroom.meaning.lexicon import Lexicon
from classroom.meaning.tokens import Span, Token


class Number(NamedTuple):
    """A number and where it stands."""

    value: Fraction
    span: Span


def numbers_in(tokens: Sequence[Token], lex: Lexicon) -> Iterator[Number]:
    """All numbers of a text; one that can be read in two ways (1,140) comes twice."""
    index = 0
    while index < len(tokens):
        if tokens[index].word[0].isdigit():
            for value in _digits(tokens[index].word):
                yield Number(value, (tokens[index].start, tokens[index].end))
            index += 1
            continue
        if tokens[index].word not in lex.numbers and tokens[index].word not in lex.words["half"]:
            index += 1
            continue
        last, spoken = _words(tokens, index, lex)
        if spoken is not None:
            yield Number(spoken, (tokens[index].start, tokens[last - 1].end))
        index = max(last, index + 1)


@lru_cache(maxsize=2_000)
def _digits(word: str) -> frozenset[Fraction]:
    bare = word.rstrip("%stndrh").strip(",:/.")[:40]
    readings = {bare, bare.replace(",", ".", 1), bare.replace(",", "")}
    found = set()
    for reading in readings:
        try:
            found.add(Fraction(reading))
        except (ValueError, ZeroDivisionError):
            continue
    return frozenset(found)


def _words(tokens: Sequence[Token], first: int, lex: Lexicon) -> tuple[int, Fraction | None]:
    """The number spoken from `first` on, and where it ends."""
    total = part = Fraction(0)
    index, heard = first, 0
    while index < len(tokens):
        word = tokens[index].word
        value = lex.numbers.get(word)
        if value is None:
            if (
                word in lex.words["and"]
                and heard
                and index + 1 < len(tokens)
                and tokens[index + 1].word in lex.numbers
            ):
                index += 1
                continue
            break
        total, part = _grow(total, part, value)
        heard += 1
        index += 1
    if not heard:
        return _share(tokens, first, lex)
    number = total + part
    if (
        index + 1 < len(tokens)
        and tokens[index].word in lex.words["point"]
        and tokens[index + 1].word in lex.numbers
    ):
        return _decimals(tokens, index + 1, number, lex)
    if index < len(tokens) and tokens[index].word in lex.fractions:
        return index + 1, number / lex.fractions[tokens[index].word]
    return index, number


def _is_number(tokens: Sequence[Token], index: int, lex: Lexicon) -> bool:
    return index < len(tokens) and tokens[index].word in lex.numbers


def _grow(total: Fraction, part: Fraction, value: int) -> tuple[Fraction, Fraction]:
    if value >= 1000:
        return total + (part or 1) * value, Fraction(0)
    if value == 100:
        return total, (part or Fraction(1)) * 100
    return total, part + value


def _decimals(tokens: Sequence[Token], index: int, number: Fraction, lex: Lexicon) -> tuple[int, Fraction]:
    scale = Fraction(1, 10)
    while index < len(tokens):
        value = lex.numbers.get(tokens[index].word)
        if value is None or value > 9:
            break
        number += value * scale
        scale /= 10
        index += 1
    return index, number


def _share(tokens: Sequence[Token], index: int, lex: Lexicon) -> tuple[int, Fraction | None]:
    spoken = tokens[index].word in lex.words["half"]
    if spoken and index and tokens[index - 1].word in lex.words["before half"]:
        return index + 1, Fraction(1, 2)
    return index + 1, None
