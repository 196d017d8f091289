"""Does a reply hand over the private answer key? Hints and methods pass; what the brief says is no secret."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import dropwhile
from typing import NamedTuple

from classroom.meaning.code_likeness import looks_like_code, same_code
from classroom.meaning.giving import Side, features, known_side, side
from classroom.meaning.language import likeliest_language
from classroom.meaning.learned import scores
from classroom.meaning.lexicon import Lexicon
from classroom.meaning.number_words import Number, numbers_in
from classroom.meaning.tokens import Reading, Sentence, Token, read, read_closely, tokens_of
from classroom.meaning.vectors import vectors
from classroom.meaning.verdict import Finding
from classroom.meaning.weighing import marks
from classroom.meaning.work import runs

_LONGEST, _LONGEST_KEY, _LONGEST_KNOWN = 8_000, 40_000, 100_000  # letters
_CLOSELY = 2_000  # letters that the learned score reads
_SHARES = ("secret words", "secret numbers", "same digits", "code pieces", "near share", "run")
_HANDS_OVER = (
    "a row of answers", "answer by number", "at its place", "choice", "code moves", "more or less",
    "no spoiler but", "own result", "riddle", "secretly", "states the result", "tells the steps",
    "who has what", "worded number", "write this",
)  # fmt: skip
# The score alone says nothing: the reply has something that only the key has, or the words of handing over.
_SIGNS = (*_SHARES, *(f"manner {manner}" for manner in _HANDS_OVER))
_RUN = 6  # so many words in a row are the key's own
_MOST = 0.6  # this share of what only the key says: the key in other words
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[-*•])\s+", re.MULTILINE | re.IGNORECASE)


class Exchange(NamedTuple):
    """A reply beside the key and what is known already."""

    reply: str
    heard: tuple[Token, ...]
    key: str
    secret: Reading
    said: tuple[Token, ...]
    lex: Lexicon

    def finding(self, code: str, tokens: Sequence[Token]) -> Finding:
        span = (tokens[0].start, tokens[-1].end)
        return Finding(code, self.reply[slice(*span)], span)

    def whole(self, code: str) -> Finding:
        start = len(self.reply) - len(self.reply.lstrip())
        words = self.reply.strip()
        return Finding(code, words, (start, start + len(words)))


def leaks(reply: str, key: str, known: str = "") -> Finding | None:
    """The words of the reply that give away the key, unless `known` (brief, post) says them already.

    The rules say it, or a learned score (`giving.py`) where the reply has something that only the key has
    or words of handing over.
    """
    if not key.strip() or not reply.strip():
        return None
    found = by_rules(reply, key, known)
    lex = likeliest_language(read_closely(reply[:_CLOSELY]), read_closely(key[:_CLOSELY]))
    mark = marks(lex.language)["replies"]
    sides = side(reply[:_CLOSELY], lex), known_side(key[:_CLOSELY], lex), known_side(known[:_CLOSELY], lex)
    measured = features(*sides, lex, found)
    odds = scores(lex.language, "replies").of(measured)["leaks"]
    if found:
        return found if odds >= mark["fair"] else None
    if odds < mark["leaks"] or not any(measured.named.get(sign) for sign in _SIGNS):
        return None
    if not sides[0].reading.sentences:  # signs alone, such as “:::”
        return None
    return _likeliest(reply, *sides, lex)


def _likeliest(reply: str, own: Side, key: Side, known: Side, lex: Lexicon) -> Finding:
    """The sentence that has most of what only the key has."""
    secret, table = key.stems - known.stems, vectors(lex.language)

    def told(one: Sentence) -> tuple[int, float]:
        stems = {token.stem[:6] for token in one.tokens}
        return len(stems & secret), float(
            vectors(lex.language).mean(token.word for token in one.tokens) @ key.mean
        )

    one = max(own.reading.sentences, key=told)
    span = (one.tokens[0].start, one.tokens[-1].end)
    return Finding("leak.likely", reply[slice(*span)], span)


def by_rules(reply: str, key: str, known: str = "") -> Finding | None:
    """What the rules alone find: the number, the words, the code of the key."""
    if not key.strip() or not reply.strip():
        return None
    reply, known = reply[:_LONGEST], known[:_LONGEST_KNOWN]
    secret = _ITEM.sub("", key[:_LONGEST_KEY])  # the numbers of a list are no answers
    heard, said = tokens_of(reply), tokens_of(known)
    given = Exchange(
        reply, heard, secret, read(secret), said, likeliest_language(read_closely(reply[:_CLOSELY]))
    )
    if same_code(reply, secret, known):
        return given.whole("leak.code")
    if looks_like_code(secret):
        return None if "\n" not in secret.strip() and len(secret.split()) < 4 else _verbatim(given)
    return _number(given) or _verbatim(given) or _short_answer(given) or _paraphrase(given)


def _verbatim(given: Exchange) -> Finding | None:
    """Six words in a row as the key has them."""
    known = set(runs([token.word for token in given.said], _RUN))
    idle = given.lex.words["function"]
    secret = {
        run
        for run in runs([token.word for token in given.secret.tokens], _RUN)
        if sum(1 for word in run if word not in idle) >= 3 and run not in known
    }
    for index, run in enumerate(runs([token.word for token in given.heard], _RUN)):
        if run in secret:
            return given.finding("leak.verbatim", given.heard[index : index + _RUN])
    return None


def _short_answer(given: Exchange) -> Finding | None:
    """A key of one to five words, found whole; a plain word or letter only where it is called the answer."""
    spoken = f" {' '.join(token.word for token in given.said)} "
    words = [token.word for token in given.heard]
    for line in given.key.splitlines():
        wanted = _answer_part([token.word for token in tokens_of(line)], given.lex)
        if (
            not 0 < len(wanted) <= 5
            or f" {' '.join(wanted)} " in spoken
            or all(w[0].isdigit() for w in wanted)
        ):
            continue
        plain = all(_is_plain(word, given.lex) for word in wanted)
        for index in range(len(words) - len(wanted) + 1):
            called = not given.lex.words["called the answer"].isdisjoint(words[max(0, index - 3) : index])
            if words[index : index + len(wanted)] == wanted and (called or not plain):
                return given.finding("leak.answer", given.heard[index : index + len(wanted)])
    return None


def _is_plain(word: str, lex: Lexicon) -> bool:
    return len(word) < 3 or word in lex.words["function"] or word in lex.words["common"]


def _answer_part(words: list[str], lex: Lexicon) -> list[str]:
    """“The answer is mitosis” is the answer mitosis."""
    return list(dropwhile(lex.words["before an answer"].__contains__, words))


def _number(given: Exchange) -> Finding | None:
    """The number of the key, in digits or words: alone where it is distinctive, else only as the answer."""
    known = {number.value for number in numbers_in(given.said, given.lex)}
    secret: dict[Fraction, str] = {}
    for number in numbers_in(tuple(given.secret.tokens), given.lex):
        if number.value not in known:
            secret[number.value] = _name_before(given.key, number, given.lex)
    for number in numbers_in(given.heard, given.lex):
        if number.value not in secret:
            continue
        named = secret[number.value] and secret[number.value] == _name_before(given.reply, number, given.lex)
        called = given.lex.patterns["called the answer"].search(
            given.reply[max(0, number.span[0] - 40) : number.span[0]].lower()
        )
        if named or called or _is_distinctive(number.value):
            return Finding("leak.number", given.reply[slice(*number.span)], number.span)
    return None


def _name_before(text: str, number: Number, lex: Lexicon) -> str:
    """The name that a number is given to: x in “x = 15” and in “x is fifteen”."""
    found = lex.patterns["given a name"].search(text[: number.span[0]].lower()[-60:])
    return found[1] if found else ""


def _is_distinctive(value: Fraction) -> bool:
    if value.denominator != 1:
        return value.denominator != 2
    return value >= 100 or (value > 20 and value % 10 != 0)


def _paraphrase(given: Exchange) -> Finding | None:
    """Most of the words that only the key has, in any order, within the reply."""
    known = {token.stem[:6] for token in given.said}
    mine = {token.stem[:6] for token in given.heard}
    idle = given.lex.words["function"]
    for sentence in given.secret.sentences:
        secret = {t.stem[:6] for t in sentence.tokens if t.word not in idle} - known
        if len(secret) >= 4 and len(secret & mine) >= _MOST * len(secret):
            return given.whole("leak.paraphrase")
    return None
