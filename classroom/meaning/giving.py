"""What a reply shares with the answer key beyond the task: the measures behind the learned score."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from classroom.meaning.code_likeness import looks_like_code, shape
from classroom.meaning.features import grams
from classroom.meaning.learned import Features
from classroom.meaning.lexicon import Lexicon, headed
from classroom.meaning.number_words import numbers_in
from classroom.meaning.tokens import Reading, Token, read_closely
from classroom.meaning.vectors import Array, unit, units, vectors
from classroom.meaning.verdict import Finding
from classroom.meaning.work import runs

_PIECES = 3  # pieces of code in a row
_NEAR = 3  # telling words from one to the other, at most
_ALIKE = 0.6  # so near, a word stands for another
_CODE = re.compile(r"[=(){}\[\];]|->|\\d|\bselect\b|\bdef\b|\breturn\b", re.IGNORECASE)


class Side(NamedTuple):
    """One text of the three, taken apart once."""

    reading: Reading
    tokens: tuple[Token, ...]
    content: tuple[str, ...]  # its distinct words that say something
    stems: frozenset[str]
    rows: Array
    weights: Array
    numbers: frozenset[Fraction]
    pieces: frozenset[tuple[str, ...]]
    pairs: frozenset[frozenset[str]]  # telling words that stand near one another
    mean: Array


def side(text: str, lex: Lexicon) -> Side:
    reading = read_closely(text)
    tokens = tuple(reading.tokens)
    idle = lex.words["function"]
    content = tuple(
        dict.fromkeys(
            token.word for token in tokens if token.word not in idle and not token.word[0].isdigit()
        )
    )
    table = vectors(lex.language)
    rows = table.rows(content)
    return Side(
        reading,
        tokens,
        content,
        frozenset(token.stem[:6] for token in tokens if token.word in set(content)),
        units(rows),
        np.sqrt((rows * rows).sum(1)),
        frozenset(number.value for number in numbers_in(_unplaced(tokens, lex), lex)),
        frozenset(runs(shape(text), _PIECES)),
        _pairs([token.stem[:6] for token in tokens if token.word not in idle]),
        unit(rows.sum(0)) if content else np.zeros(table.width, np.float32),
    )


def _unplaced(tokens: Sequence[Token], lex: Lexicon) -> list[Token]:
    """Without the numbers of pages, lines and exercises: “line 15” tells no result."""
    units = lex.words["units"]
    return [
        token
        for index, token in enumerate(tokens)
        if not (token.word[0].isdigit() and index and tokens[index - 1].word in units)
    ]


def _pairs(stems: Sequence[str]) -> frozenset[frozenset[str]]:
    """“Ada blue”, “x 15”: who or what the key puts together."""
    return frozenset(
        frozenset((one, other))
        for index, one in enumerate(stems)
        for other in stems[index + 1 : index + _NEAR]
        if one != other
    )


@lru_cache(maxsize=256)
def known_side(text: str, lex: Lexicon) -> Side:
    """The key, or the task: read once for all replies."""
    return side(text, lex)


def features(reply: Side, key: Side, task: Side, lex: Lexicon, ruled: Finding | None) -> Features:
    """Of one reply beside a key and a task."""
    named = {**_words(reply, key, task), **_numbers(reply, key, task), **_code(reply, key, task)}
    named |= _meaning(reply, key, task, lex) | _longest_run(reply, key, task, lex)
    named |= _manner(reply, lex)
    if ruled:
        named |= {"a rule finds it": 1.0, f"rule {ruled.code}": 1.0}
    words = [token.word for token in reply.tokens]
    named["long"] = math.log(1 + len(words)) / 3
    named["asks"] = sum(one.asks for one in reply.reading.sentences) / max(1, len(reply.reading.sentences))
    named["key is code"] = float(
        looks_like_code(key.reading.text) or len(_CODE.findall(key.reading.text)) > 4
    )
    named["key is short"] = float(len(key.tokens) < 12)
    # What counts is how it is said, not of which subject: words of task and key say nothing here.
    shared = key.stems | task.stems
    own = [
        token.word if token.stem[:6] not in shared and not token.word[0].isdigit() else "·"
        for token in reply.tokens
    ]
    spoken = frozenset(gram for gram in grams(own) if "·" not in gram)
    return Features(named, spoken, np.zeros(0, np.float32))


def _manner(reply: Side, lex: Lexicon) -> dict[str, float]:
    """Whether it hints, shows another case, or hands over."""
    counted = Counter(
        hit.kind
        for one in reply.reading.sentences
        for hit in headed(lex.language, "hinting").hits(one.tokens, tuple(token.word for token in one.tokens))
    )
    return {f"manner {kind}": min(count, 4) / 2 for kind, count in counted.items()}


def _words(reply: Side, key: Side, task: Side) -> dict[str, float]:
    """Words that only the key has, exact and nearly."""
    secret = key.stems - task.stems
    own = reply.stems - task.stems
    shared = secret & own
    best = 0.0
    for sentence in key.reading.sentences:
        part = {token.stem[:6] for token in sentence.tokens} & secret
        if len(part) > 2:
            best = max(best, len(part & own) / len(part))
    only = np.array([word not in task.content for word in key.content], bool)
    near = mine = 0.0
    if only.any() and len(reply.rows):
        alike = (key.rows[only] @ reply.rows.T).max(1)
        weight = key.weights[only]
        near = float((np.maximum(alike - 0.3, 0) / 0.7 * weight).sum() / max(float(weight.sum()), 1e-6))
        mine = float((alike > _ALIKE).mean())
    pairs = key.pairs - task.pairs
    together = len(pairs & reply.pairs)
    return {
        "secret pairs": min(together, 6) / 3,
        "secret pair share": together / max(4, len(pairs)),
        "nearest sentence": _nearest_sentence(reply, key, task),
        "secret words": min(len(shared), 8) / 4,
        "secret share": len(shared) / max(3, len(secret)),
        "secret sentence": best,
        "near words": near,
        "near share": mine,
        "reply is secret": len(shared) / max(4, len(own)),
        "reply is task": len(reply.stems & task.stems) / max(4, len(reply.stems)),
    }


def _nearest_sentence(reply: Side, key: Side, task: Side) -> float:
    """The sentence of the key of which most is said in the same or nearly the same words."""
    if not reply.content or not key.content:
        return 0.0
    alike = np.maximum((key.rows @ reply.rows.T).max(1) - 0.3, 0) / 0.7
    said = dict(zip(key.content, alike * key.weights, strict=True))
    weight = dict(zip(key.content, key.weights, strict=True))
    best = 0.0
    for sentence in key.reading.sentences:
        words = {
            token.word for token in sentence.tokens if token.word in weight and token.word not in task.content
        }
        if len(words) > 2:
            best = max(
                best,
                float(sum(said[word] for word in words) / max(sum(weight[word] for word in words), 1e-6)),
            )
    return best


def _numbers(reply: Side, key: Side, task: Side) -> dict[str, float]:
    secret = key.numbers - task.numbers
    own = reply.numbers - task.numbers
    shared = secret & own
    digits = {one for one in map(_digits, key.numbers) if one} - {_digits(one) for one in task.numbers}
    other_unit = digits & {_digits(one) for one in own}
    again = (key.numbers & reply.numbers) - shared
    return {
        "secret numbers": min(len(shared), 3) / 2,
        "secret number share": len(shared) / max(1, len(secret)) if secret else 0.0,
        "telling numbers": min(sum(1 for one in shared if one >= 20 or one.denominator > 2), 3) / 2,
        "same digits": min(len(other_unit), 3) / 2,
        "key numbers that the task has": min(len(again), 3) / 3,
        "strange numbers": min(len(own - key.numbers), 5) / 3,
        "most numbers strange": len(own - key.numbers) / max(1, len(own)) if own else 0.0,
        "key has secret numbers": float(bool(secret)),
    }


def _digits(value: Fraction) -> str:
    """The telling digits of a number whatever its unit: 854 for 0.854 and for 854; empty for a single one."""
    if value <= 0:
        return ""
    text = f"{float(value):.6g}".replace(".", "").split("e")[0].strip("0")
    return text if len(text) > 1 else ""


def _code(reply: Side, key: Side, task: Side) -> dict[str, float]:
    """Shapes of code that only the key has."""
    wanted = key.pieces - task.pieces
    shared = wanted & reply.pieces
    return {
        "code share": len(shared) / max(8, len(wanted)),
        "code pieces": min(len(shared), 12) / 6,
        "code written": min(len(_CODE.findall(reply.reading.text)), 12) / 6,
    }


def _meaning(reply: Side, key: Side, task: Side, lex: Lexicon) -> dict[str, float]:
    sentences = [_sentence_mean(one.tokens, lex) for one in reply.reading.sentences] or [reply.mean]
    parts = [_sentence_mean(one.tokens, lex) for one in key.reading.sentences] or [key.mean]
    likeness = np.stack(sentences) @ np.stack(parts).T
    beyond = unit(key.mean - float(key.mean @ task.mean) * task.mean)
    return {
        "like the key": float(reply.mean @ key.mean),
        "like the task": float(reply.mean @ task.mean),
        "like the key beyond the task": float(reply.mean @ beyond),
        "a sentence like one of the key": float(likeness.max()),
        "key sentences met": float((likeness.max(0) > 0.5).mean()),
    }


def _sentence_mean(tokens: Sequence[Token], lex: Lexicon) -> Array:
    return vectors(lex.language).mean(token.word for token in tokens)


def _longest_run(reply: Side, key: Side, task: Side, lex: Lexicon) -> dict[str, float]:
    """The longest stretch of words in the key's order that the task has not."""
    idle = lex.words["function"]
    heard, secret, said = ([token.word for token in one.tokens] for one in (reply, key, task))
    longest = 0
    for size in (2, 3, 4, 5, 6):
        fresh = set(runs(secret, size)) - set(runs(said, size))
        if not any(run in fresh and any(word not in idle for word in run) for run in runs(heard, size)):
            break
        longest = size
    return {"run": longest / 4}
