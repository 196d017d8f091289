"""Mockery without a fixed phrase, and insults spelled so that no list finds them."""

import re
from collections.abc import Iterable, Sequence

from classroom.meaning.lexicon import Hit
from classroom.meaning.moves import Heard
from classroom.meaning.tokens import Reading
from classroom.meaning.verdict import Finding
from classroom.meaning.work import Setting

_ENOUGH = 1.6
_JEST, _ASIDE, _SPOKEN_TO, _LOUD = 1.0, 0.6, 0.5, 0.4
_HELPS = -1.0  # a proposal, a reason or the writer's own trouble speaks for a fair comment
_SPACED = re.compile(r"(?<!\w)(?:[a-z0-9@$!*][ ._\-]){3,}[a-z0-9@$!*](?!\w)")
_LEET = re.compile(r"(?<!\w)(?=\w*[a-z])(?=[a-z]*[0-9@$!])[a-z0-9@$!]{4,12}(?!\w)")
_LETTERS = str.maketrans("013457@$!", "oieastasi")
_GAPS = re.compile(r"[ ._\-]")


def mocking(heard: Sequence[Heard], at: Setting) -> Iterable[Finding]:
    """Sentences whose asides, far-fetched images and address together make fun of someone."""
    for one in heard:
        jests = [hit for hit in one.of("jest") if not _known(one, hit, at)]
        if one.not_own or not jests:
            continue
        if _weight(one, at) >= _ENOUGH:
            yield one.finding("tone.snark", Hit("snark", 0, len(one.words), "weighed"), at.reading)


def _weight(one: Heard, at: Setting) -> float:
    words, listed = set(one.words), at.lex.words
    you, us = listed["author"], listed["self"] | listed["us"]
    start, end = one.sentence.start, one.sentence.end
    weight = _JEST
    weight += _ASIDE * min(2, len({hit.source for hit in one.of("aside")}))
    weight += _SPOKEN_TO * (not you.isdisjoint(words))
    weight += _LOUD * ("!" in at.reading.folded[start:end])
    fair = one.of("reason") or one.has("trial") or one.has("met")
    fair = _proposes(one) or bool(fair and you.isdisjoint(words))
    return weight + _HELPS * fair + _HELPS * 0.5 * (not us.isdisjoint(words))


def _proposes(one: Heard) -> bool:
    return any(hit.source.startswith("^") for hit in one.of("suggestion"))


def _known(one: Heard, hit: Hit, at: Setting) -> bool:
    """The image is the work's own, or quoted."""
    tokens = one.sentence.tokens[hit.first : hit.last]
    return any(token.quoted or token.code or at.work.holds(token.stem) for token in tokens)


def disguised(reading: Reading, at: Setting) -> Iterable[Finding]:
    """“d u m b”, “1d10t”: an insult that its writer hid."""
    for pattern in (_SPACED, _LEET):
        for match in pattern.finditer(reading.folded):
            plain = _GAPS.sub("", match[0]).translate(_LETTERS)
            if plain != match[0] and any(plain in (word, f"{word}s") for word in at.lex.words["people"]):
                yield Finding("tone.attack", reading.text[slice(*match.span())], match.span())


def scare_quotes(reading: Reading, at: Setting) -> Iterable[Finding]:
    """“Your "sources"”: the plain name of a thing in quotation marks says that it is none."""
    for match in at.lex.patterns["scare quotes"].finditer(reading.folded):
        word = match[1]
        listed = any(word in at.lex.words[name] for name in ("feedback", "works", "crafts"))
        if listed and not at.work.says([word]):
            yield Finding("tone.snark", reading.text[slice(*match.span())], match.span())
