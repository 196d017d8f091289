"""Static word vectors: how alike two texts are in meaning, from one small table of word pieces.

Each piece has one vector of `width` numbers in 8 bits and a scale; its length is its weight, so frequent
pieces say little. A text's vector is the sum over its words. Made by `tools/distil.py`; see `en/CARD.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import as_file, files
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float32]]

_LONGEST_WORD = 40


class Vectors:
    """The table of one language."""

    def __init__(self, language: str) -> None:
        folder = files("classroom.meaning") / language / "vectors"
        names = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        self._ids = {name: index for index, name in enumerate(names)}
        with as_file(folder / "table.npy") as path:
            self._table = np.load(path)
        with as_file(folder / "scales.npy") as path:
            self._scales = np.load(path).astype(np.float32)[:, None]
        self.width = int(self._table.shape[1])
        self._pieces_of = lru_cache(maxsize=20_000)(partial(pieces_of, known=self._ids))

    def rows(self, words: Sequence[str]) -> Array:
        """One vector a word, shape (words, width); zeros for what the table has no piece of."""
        pieces = [self._pieces_of(word) for word in words]
        flat = [piece for word in pieces for piece in word]
        found = np.zeros((len(words), self.width), np.float32)
        if flat:
            owners = [index for index, word in enumerate(pieces) for _ in word]
            np.add.at(found, owners, self._table[flat] * self._scales[flat])
        return found

    def mean(self, words: Iterable[str]) -> Array:
        """One vector of length 1 for the whole; zeros for no words."""
        flat = [piece for word in words for piece in self._pieces_of(word)]
        if not flat:
            return np.zeros(self.width, np.float32)
        return unit((self._table[flat] * self._scales[flat]).sum(0))


def pieces_of(word: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """The longest known pieces from left to right, as in WordPiece; none where a part has no piece."""
    word = word[:_LONGEST_WORD]
    found: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = known.get(word[start:end] if start == 0 else f"##{word[start:end]}")
            if piece is not None:
                found.append(piece)
                start = end
                break
        else:
            return ()
    return tuple(found)


def unit(vector: Array) -> Array:
    """The same direction, length 1; zeros stay zeros."""
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length else vector


def units(rows: Array) -> Array:
    """Each row with length 1; zeros stay zeros."""
    lengths = np.sqrt((rows * rows).sum(1, keepdims=True))
    return np.asarray(rows / np.maximum(lengths, 1e-6), np.float32)


@lru_cache(maxsize=8)
def vectors(language: str) -> Vectors:
    """The table of a language, read when first needed."""
    return Vectors(language)
