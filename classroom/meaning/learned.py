"""Linear scores learned from labelled text; every score is a sum whose pieces can be shown.

A score alone decides nothing: it withdraws a rule's complaint, or grants what a cue of the rules suggests
(`engine.py`). Weights are made by `tools/learn.py`; what they were learned from, how good they are and where
they fail is told in `en/CARD.md`.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from classroom.meaning.tokens import Token
from classroom.meaning.vectors import Array

FEWEST_GRAMS = 8  # of fewer the single one does not weigh more


class Features(NamedTuple):
    """Named numbers, the words and letters in a text, and its vector."""

    named: Mapping[str, float]
    grams: frozenset[str]
    vector: Array


class Scores:
    """Several scores of one kind of text, in one table of plain text: a row a feature, a column a score.

    A row's name says what it is: `=` a named number, `~` a direction of the vector, `+` nothing (the bias),
    anything else a gram.
    """

    def __init__(self, table: str) -> None:
        head, *lines = table.splitlines()
        self.names = tuple(head.split("\t")[1:])
        cells = [line.split("\t") for line in lines]
        self._rows = {name: index for index, (name, *_) in enumerate(cells)}
        self._weights = np.array([numbers for _, *numbers in cells], np.float32)
        directions = [self._rows[name] for name in self._rows if name.startswith("~")]
        self._directions = self._weights[directions]
        self._bias = self._weights[self._rows["+"]]

    def of(self, features: Features) -> dict[str, float]:
        """The logarithm of the odds, by score."""
        rows = self._rows
        total = self._bias.copy()
        known = [rows[gram] for gram in features.grams if gram in rows]
        if known:
            total += self._weights[known].sum(0) / np.float32(math.sqrt(max(FEWEST_GRAMS, len(known))))
        named = [(rows[f"={name}"], value) for name, value in features.named.items() if f"={name}" in rows]
        if named:
            at, values = zip(*named, strict=True)
            total += np.array(values, np.float32) @ self._weights[list(at)]
        if len(self._directions):
            total += features.vector @ self._directions
        return dict(zip(self.names, map(float, total), strict=True))

    def telling(
        self, name: str, tokens: Sequence[Token], idle: frozenset[str], *, least: bool = False
    ) -> tuple[Token, ...]:
        """The stretch of up to three words that speaks most for a score (`least`: against it); empty where
        none does."""
        sign = -1 if least else 1
        column = self.names.index(name)
        words = [token.word for token in tokens]
        best, found = 0.0, tuple[Token, ...]()
        for size in (1, 2, 3):
            for start in range(len(words) - size + 1):
                if idle.issuperset(words[start : start + size]):
                    continue
                row = self._rows.get(" ".join(words[start : start + size]))
                weight = sign * float(self._weights[row, column]) if row is not None else 0.0
                if weight > best:
                    best, found = weight, tuple(tokens[start : start + size])
        return found


class Examples:
    """How near a text lies to labelled ones: what a sum over its pieces cannot hear.

    A support vector machine with a Gaussian around each example that tells the two kinds apart, in the widest
    directions of the named numbers and the vector. Of the examples only these numbers are kept.
    """

    def __init__(self, kept: Mapping[str, Array]) -> None:
        self._names = [str(name) for name in kept["names"]]
        self._centre = kept["centre"].astype(np.float32)
        self._directions = kept["directions"].astype(np.float32)
        self._examples = kept["examples"] * kept["scales"].astype(np.float32)
        self._lengths = (self._examples**2).sum(1)
        self._shares = kept["shares"].astype(np.float32)
        self._bias, self._narrowness, self._size = map(float, kept["numbers"])

    def of(self, features: Features) -> float:
        """About as large as the logarithm of the odds of the linear score that it is added to."""
        at = (placed(features, self._names) - self._centre) @ self._directions
        far = self._lengths + float(at @ at) - 2 * (self._examples @ at)
        return self._size * (float(self._shares @ np.exp(-self._narrowness * far)) + self._bias)


def placed(features: Features, names: Sequence[str]) -> Array:
    """One text as a point: its named numbers, and its vector at twice its length."""
    named = np.array([features.named.get(name, 0.0) for name in names], np.float32)
    return np.concatenate([named, 2 * features.vector])


@lru_cache(maxsize=4)
def examples(language: str, name: str) -> Examples:
    """The examples of a language for one score, read when first needed."""
    with (
        as_file(files("classroom.meaning") / language / "weights" / f"{name}.npz") as path,
        np.load(path) as kept,
    ):
        return Examples({part: kept[part] for part in kept.files})


@lru_cache(maxsize=16)
def scores(language: str, kind: str) -> Scores:
    """The scores of a language for one kind of text, read when first needed."""
    path = files("classroom.meaning") / language / "weights" / f"{kind}.tsv"
    return Scores(path.read_text(encoding="utf-8"))
