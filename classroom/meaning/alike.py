"""Short texts that say the same, put together by their words and by what the words mean."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from classroom.meaning.language import likeliest_language
from classroom.meaning.lexicon import Lexicon
from classroom.meaning.tokens import plain_words, read_closely, stem
from classroom.meaning.vectors import Array, units, vectors

MOST = 600  # texts that are compared, each with each
_LIKE = 0.3
_SHARED = 0.35  # how much of what two texts have in common is their words, and not their meaning
_WORDS = 3


class Alike(NamedTuple):
    """Places of texts that seem to say the same, and the words that most of them share."""

    places: tuple[int, ...]
    words: tuple[str, ...]


def alike(texts: Sequence[str], *, fewest: int = 2) -> list[Alike]:
    """Clusters without overlap, the largest first; what is like nothing else is in none."""
    lex = likeliest_language(*map(read_closely, texts[:MOST]))
    idle = lex.words["function"] | lex.words["light"]
    spoken = [[word for word in plain_words(text) if word not in idle] for text in texts[:MOST]]
    stems = [frozenset(stem(word) for word in words) for words in spoken]
    near = _nearness(spoken, stems, lex) >= _LIKE
    found = []
    while near.size and (sizes := near.sum(1)).max(initial=0) >= fewest:
        places = [int(one) for one in np.flatnonzero(near[int(sizes.argmax())])]
        found.append(Alike(tuple(places), _shared(places, spoken)))
        near[places, :] = False
        near[:, places] = False
    return found


def _nearness(spoken: Sequence[Sequence[str]], stems: Sequence[frozenset[str]], lex: Lexicon) -> Array:
    """For each two texts, up to 1. What all of them have in common, the question, is no likeness."""
    table = vectors(lex.language)
    if not spoken:
        return np.zeros((0, 0), np.float32)
    means = np.stack([table.mean(words) for words in spoken])
    means = units(means - means.mean(0))
    meant = means @ means.T
    said = np.array([[_overlap(one, other) for other in stems] for one in stems])
    return np.asarray((1 - _SHARED) * meant + _SHARED * said, np.float32)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _shared(places: Sequence[int], spoken: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words that stand in most of the texts, one form of each."""
    forms: dict[str, Counter[str]] = {}
    for place in places:
        for word in dict.fromkeys(spoken[place]):
            forms.setdefault(stem(word), Counter())[word] += 1
    common = sorted(forms.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return tuple(counts.most_common(1)[0][0] for _stem, counts in common[:_WORDS] if sum(counts.values()) > 1)
