"""Finds what is not the writer's own word on this work: pasted, left elsewhere before, retold, or filler."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from classroom.meaning.lexicon import Hit, Lexicon
from classroom.meaning.specific import Pointing
from classroom.meaning.tokens import Sentence, plain_words
from classroom.meaning.work import Setting, Work, runs

_ALIKE = 0.84  # this much alike, two comments are one
_TAKEN = 0.55  # this share of a sentence's runs of five words from elsewhere: pasted


class _Earlier(NamedTuple):
    """An earlier comment, ready to be compared."""

    words: list[str]
    counted: Counter[str]
    distinct: frozenset[str]


@lru_cache(maxsize=4096)
def _earlier(text: str) -> _Earlier:
    words = plain_words(text)
    return _Earlier(words, Counter(words), frozenset(words))


def copied_from_earlier(words: Sequence[str], earlier: Sequence[str]) -> bool:
    """The same text again: exact, lightly edited, or with its words in another order."""
    mine = list(words)
    counted = Counter(mine)
    distinct = counted.keys()
    for other in map(_earlier, earlier):
        if mine == other.words and sum(map(len, mine)) > 12:
            return True
        if len(mine) < 6 or not 0.7 <= len(other.words) / len(mine) <= 1.5:
            continue
        if len(distinct & other.distinct) * 2 < len(distinct):
            continue
        common = sum(min(n, other.counted[word]) for word, n in counted.items())
        if 2 * common >= _ALIKE * (len(mine) + len(other.words)):
            return True
    return False


def repeats_earlier(words: Sequence[str], earlier: Sequence[str]) -> bool:
    """One sentence that stands, nearly as it is, inside an earlier comment."""
    if len(words) < 6:
        return False
    distinct = frozenset(words)
    needed = 0.85 * len(words)
    for other in map(_earlier, earlier):
        if len(distinct & other.distinct) < 0.8 * len(distinct):
            continue
        if LCSseq.similarity(list(words), other.words) >= needed:
            return True
    return False


def pasted(sentence: Sentence, work: Work) -> str | None:
    """“pasted.brief” or “pasted.post” for a sentence taken over outside of quotation marks."""
    words = [token.word for token in sentence.tokens if not token.quoted]
    if len(words) < 7:
        return None
    stretches = runs(words)
    for code, known in (("pasted.brief", work.brief_runs), ("pasted.post", work.post_runs)):
        if sum(1 for run in stretches if run in known) >= _TAKEN * len(stretches):
            return code
    return None


def restates(
    hits: Sequence[Hit], pointing: Pointing, words: Sequence[str], at: Setting, *, asks: bool
) -> bool:
    """Tells the author what the author wrote, and judges nothing."""
    if asks:
        return False
    openers = [hit for hit in hits if hit.kind == "restating"]
    if len(words) < 6 or pointing.covered < (0.65 if openers else 0.8):
        return False
    if not openers and any(hit.kind in ("stance", "met", "problem") for hit in hits):
        return False
    denials = {
        index
        for index, word in enumerate(words)
        if _denies(word, at) and not at.work.denies(words, index, at.lex)
    }
    if denials and not any(denials.isdisjoint(range(hit.first - 1, hit.last + 2)) for hit in openers):
        return False
    if any(hit.kind == "suggestion" and hit.source.startswith("^") for hit in hits):
        return False
    judging = {"praise", "asking", "fine"} if openers else {"praise", "asking", "suggestion", "vague"}
    return not {hit.kind for hit in hits} & judging and at.lex.words["speaking"].isdisjoint(words)


def _denies(word: str, at: Setting) -> bool:
    """A negation of the comment's own: that the work says “nothing” somewhere is no judgement of it."""
    own = word in at.lex.words["denials"] or not at.work.says([word])
    return word in at.lex.words["negations"] and own


def filler_at(hits: Sequence[Hit]) -> Hit | None:
    """Words about reaching the word count, and the like."""
    return next((hit for hit in hits if hit.kind == "filler"), None)


def is_stuffing(words: Sequence[str], lex: Lexicon, *, says_something: bool) -> bool:
    """Words over and over, or a string of keywords without the small words that make sentences."""
    if len(words) < 8:
        return len(words) >= 4 and len(set(words)) == 1
    if len(set(words)) / len(words) < (0.5 if len(words) < 40 else 0.3):
        return True
    triples = Counter(runs(words, 3))
    if triples and max(triples.values()) >= 3 and sum(n for n in triples.values() if n > 1) * 3 > len(words):
        return True
    small = sum(1 for word in words if word in lex.words["function"])
    return small < 0.12 * len(words) and len(words) >= 10 and not says_something
