"""What a comment looks like to the learned scores: findings, shape, words and meaning."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from classroom.meaning.learned import Features
from classroom.meaning.lexicon import Lexicon, headed
from classroom.meaning.moves import Heard
from classroom.meaning.phrases import Hit
from classroom.meaning.tokens import Reading, plain_words, stem
from classroom.meaning.vectors import Array, unit, units, vectors
from classroom.meaning.work import Setting

_LOUD = re.compile(r"\b[A-Z]{3,}\b")
_SIGNS = (
    ("mark:!", re.compile("!")),
    ("mark:…", re.compile(r"\.\.\.|…")),
    ("mark:?", re.compile(r"\?")),
    ("mark:loud", _LOUD),
    ("mark:emoji", re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")),
    ("mark:quote", re.compile('["“”]')),
    ("mark:code", re.compile("`")),
    ("mark:,", re.compile(",")),
    ("mark:arrow", re.compile("->|→|<-|←")),
    ("mark:digit", re.compile(r"\d")),
)
_STRANGE = 0.55


def signs_in(one: Heard, lex: Lexicon) -> list[Hit]:
    """Weak signs of mockery in a sentence."""
    return headed(lex.language, "cues").hits(one.sentence.tokens, one.words)


def comment_features(
    heard: Sequence[Heard], at: Setting, codes: Counter[str], *, counts: bool, holds: bool
) -> Features:
    """Of one comment whose rules have been applied."""
    words = [token.word for token in at.reading.tokens]
    named = {f"code:{code}": 1.0 for code in codes}
    named |= {"rules count it": float(counts), "rules hold it": float(holds)}
    kinds = Counter(hit.kind for one in heard for hit in one.hits)
    named |= {f"hit:{kind}": min(count, 3) / 2 for kind, count in kinds.items()}
    named |= _signs(heard, at.lex)
    named |= _shape(at.reading, words, at.lex)
    named |= _to_the_work(heard, at)
    table = vectors(at.lex.language)
    vector = table.mean(words)
    named |= _likeness(vector, at)
    named |= _strangeness(words, at)
    return Features(named, grams(words), vector)


def _signs(heard: Sequence[Heard], lex: Lexicon) -> dict[str, float]:
    """Weak signs of mockery, by kind."""
    counted = Counter(hit.kind for one in heard for hit in signs_in(one, lex))
    found = {f"sign:{kind}": min(count, 3) / 2 for kind, count in counted.items()}
    return found | {"signs": min(len(counted), 6) / 3}


def _shape(reading: Reading, words: Sequence[str], lex: Lexicon) -> dict[str, float]:
    found = {name: min(n, 3) / 2 for name, sign in _SIGNS if (n := len(sign.findall(reading.text)))}
    count = len(words) or 1
    found["long"] = math.log(1 + count) / 3
    found["sentences"] = min(len(reading.sentences), 8) / 4
    you, self = lex.words["author"], lex.words["self"]
    for name, group in (("you", you), ("self", self), ("we", lex.words["us"] | lex.words["anyone"])):
        n = sum(1 for word in words if word in group)
        found[f"says:{name}"] = min(n, 4) / 3
    first = words[0] if words else ""
    found["opens:you"] = float(first in you)
    found["opens:self"] = float(first in self)
    return found


def _to_the_work(heard: Sequence[Heard], at: Setting) -> dict[str, float]:
    fresh = [one.pointing.fresh for one in heard] or [0]
    new = [one.pointing.new for one in heard] or [0]
    scores = [one.pointing.score for one in heard] or [0.0]
    covered = [one.pointing.covered for one in heard] or [0.0]
    return {
        "anchored": float(at.anchored),
        "fresh": math.log(1 + sum(fresh)) / 2,
        "new": math.log(1 + sum(new)) / 2,
        "most new": math.log(1 + max(new)) / 2,
        "points": min(sum(scores), 6) / 3,
        "points most": min(max(scores), 3) / 2,
        "covered": sum(covered) / len(covered),
        "covered most": max(covered),
        "sentences that point": sum(one.pointing.enough for one in heard) / max(1, len(heard)),
    }


def _likeness(vector: Array, at: Setting) -> dict[str, float]:
    found = {
        "like the work": float(vector @ at.work.vector),
        "like the brief": float(vector @ at.work.brief_vector),
        "unlike the trade": float(vector @ at.work.vector) - float(vector @ at.work.brief_vector),
    }
    if at.quote:
        found["like the quote"] = float(vector @ vectors(at.lex.language).mean(plain_words(at.quote)))
    return found


@lru_cache(maxsize=4)
def _trade(lex: Lexicon) -> Array:
    """The words in which feedback is given anywhere."""
    return units(
        vectors(lex.language).rows(sorted(lex.words["feedback"] | lex.words["works"] | lex.words["parts"]))
    )


@lru_cache(maxsize=20_000)
def _far(word: str, lex: Lexicon) -> float:
    """How far a word lies from talk of any work."""
    return 1 - float((_trade(lex) @ unit(vectors(lex.language).rows([word])[0])).max())


def _strangeness(words: Sequence[str], at: Setting) -> dict[str, float]:
    """Words that neither the work nor talk of any work has: “hamster” beside a lab report."""
    idle = at.lex.idle
    content = [word for word in dict.fromkeys(words) if word not in idle and word.isalpha()]
    if not content:
        return {}
    far = [0.0 if at.work.holds(stem(word)) else _far(word, at.lex) for word in content]
    return {
        "strange most": max(far),
        "strange": sum(far) / len(far),
        "strange words": min(float(sum(one > _STRANGE for one in far)), 6) / 3,
        "words of the work": sum(not one for one in far) / len(far),
    }


def grams(words: Sequence[str]) -> frozenset[str]:
    """Words, pairs and triples of words, and with which the text begins."""
    found = set(words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False))
    found.update("^ " + " ".join(words[:count]) for count in (1, 2))
    return frozenset(found)
