"""The work that a comment is about: which of its words identify it, and which it shares with everything."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from classroom.meaning.lexicon import Lexicon
from classroom.meaning.tokens import Reading, bare, plain_words, stem
from classroom.meaning.vectors import Array, vectors

_NAME = re.compile(r"\b([A-Za-z_]\w*)(?:\(|[ \t]*(?:=|:=)[ \t]*[^=\s])")
_RUN = 5  # so many words in a row are taken over, not met by chance


class Work(NamedTuple):
    """The words of one post, seen against its brief."""

    counts: Counter[str]  # stem → how often
    brief: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # neighbouring content words
    by_letter: dict[str, tuple[str, ...]]  # its longer words, for reading mistyped ones
    post_runs: frozenset[tuple[str, ...]]
    brief_runs: frozenset[tuple[str, ...]]
    length: int
    text: str  # its words with single spaces, for finding whole phrases
    brief_text: str
    topic: frozenset[str]
    names: frozenset[str]  # what code calls and defines: its words identify, however common they are
    vector: Array  # its meaning; of length 1
    brief_vector: Array

    def says(self, words: Sequence[str]) -> bool:
        """Whether the work has these words in this order."""
        return f" {' '.join(words)} " in self.text

    def denies(self, words: Sequence[str], index: int, lex: Lexicon) -> bool:
        """Whether the work has this very negation, up to the word that it denies."""
        for last in range(index + 1, min(index + 4, len(words))):
            if words[last] not in lex.words["function"]:
                return self.says(words[index : last + 1])
        return False

    def holds(self, stemmed: str) -> bool:
        return stemmed in self.counts


class Setting(NamedTuple):
    """What each sentence of a comment is read against."""

    reading: Reading
    work: Work
    lex: Lexicon
    quote: str | None = None

    @property
    def anchored(self) -> bool:
        return bool(self.quote)


def runs(words: Sequence[str], size: int = _RUN) -> list[tuple[str, ...]]:
    """All stretches of `size` words."""
    return list(zip(*(words[offset:] for offset in range(size)), strict=False))


@lru_cache(maxsize=256)
def work_of(post: str, brief: str, lex: Lexicon) -> Work:
    """The post read once; comments on the same post find it ready."""
    words = plain_words(post)
    stems = [stem(word) for word in words]
    asked = plain_words(brief)
    counts = Counter(stems)
    idle, table = lex.words["function"], vectors(lex.language)
    content = [one for word, one in zip(words, stems, strict=True) if word not in idle]
    content_words = [word for word in words if word not in idle]
    often = max(5, len(words) // 30)
    names = frozenset(stem(bare(match[1].lower())) for match in _NAME.finditer(post))
    return Work(
        counts=counts,
        brief=frozenset(stem(word) for word in asked),
        pairs=frozenset(pairwise(content)),
        by_letter=_by_letter(words),
        post_runs=frozenset(runs(words)),
        brief_runs=frozenset(runs(asked)),
        length=len(words),
        text=f" {' '.join(words)} ",
        brief_text=f" {' '.join(asked)} ",
        topic=frozenset(one for one, n in counts.items() if n >= often and one.isalpha()) - names,
        names=names,
        vector=table.mean(content_words),
        brief_vector=table.mean(word for word in asked if word not in idle),
    )


def _by_letter(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        if len(word) > 4:
            found.setdefault(word[0], []).append(word)
    return {letter: tuple(listed) for letter, listed in found.items()}


def meant(word: str, work: Work) -> str | None:
    """The word of the work that was probably meant by a mistyped one."""
    allowed = 1 if len(word) < 8 else 2
    best = None
    for other in work.by_letter.get(word[0], ()):
        if abs(len(other) - len(word)) <= allowed:
            distance = OSA.distance(word, other, score_cutoff=allowed)
            if distance <= allowed:
                best, allowed = other, distance - 1
    return best
