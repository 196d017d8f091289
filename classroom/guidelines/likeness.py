"""Which examples are like a question: by what their words mean, from the table of vectors; pure."""

from collections.abc import Sequence
from functools import lru_cache

from classroom.guidelines.models import Example
from classroom.meaning.passages import Read, read_text

ENOUGH = 0.36
MOST = 3


def alike(question: str, examples: Sequence[Example]) -> list[Example]:
    """At most three examples that may answer the question, the likest first."""
    asked = read_text(question, asked=True)
    scored = [(_likeness(asked, _reading(_words(one))), one) for one in examples]
    found = sorted((pair for pair in scored if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    return [one for _score, one in found[:MOST]]


def _words(example: Example) -> str:
    return " ".join((example.situation, *example.tags))


@lru_cache(maxsize=512)
def _reading(words: str) -> Read:
    return read_text(words, asked=False)


def _likeness(one: Read, other: Read) -> float:
    """Between 0 and 1: how near the two are as a whole, and word by word in both directions."""
    if not len(one.rows) or not len(other.rows) or not one.weights.sum() or not other.weights.sum():
        return 0.0
    near = one.rows @ other.rows.T
    there = float((near.max(1) * one.weights).sum() / one.weights.sum())
    back = float((near.max(0) * other.weights).sum() / other.weights.sum())
    return 0.5 * float(one.mean @ other.mean) + 0.25 * (there + back)
