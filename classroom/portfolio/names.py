"""The names of others taken out of one's own words; pure.

Whole words are compared, without regard to case and accents; "Maya's" loses its name too. A name that is
also an ordinary word ("May", "Will") goes where it is written as a name. What stays can be known to people
only: nicknames, misspellings, "the one with the bakery". So the writer reads the preview.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classroom.projects.pseudonyms import FIRST, SECOND

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")  # with accents that have no letter of their own
_GAP = re.compile(r"[ \u00a0'’*_-]{1,3}")  # between the parts of one name
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.[ \u00a0]?){1,3}\Z")
_MAIL = re.compile(r"[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,190}\.[^\W\d_]{2,20}")
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”)]{1,1000}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w[\w.-]{0,38}\w")
_TOGETHER = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts without gaps
_FIRST, _SECOND = (frozenset(one.casefold() for one in half) for half in (FIRST, SECOND))
PARTICLES = frozenset(
    {"de", "da", "di", "do", "du", "la", "le", "el", "al", "bin", "den", "der", "van", "von"}
)


SHORT = 4  # letters: a shorter name may be a word of some language, and "Thi" is no genitive of "This"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ORDINARY = _set(
    "t an am angel april art as at august autumn be bell bill brown bush by can carol christian cliff "
    "cook crystal day dawn daisy dean do drew eden faith field fields flora forest frank gene glen go "
    "grace grant gray green guy hall he hill his hope hunter if in iris is it ivy jack jade jean jewel "
    "joy june king lake lane lee lily long love major man mark marsh mason may me melody miles mill mills "
    "miller mine moon more morning my nick no north olive on or page park pat paris penny pearl pierce "
    "price rain ray reed rich river rob robin rose ruby rusty sandy she so son song star stone storm sue "
    "summer sunny taylor the time to us violet wade ward ways we west white will winter wood woods word "
    "words works yes you young "
)


@dataclass(frozen=True)
class Others:
    """Everyone who must not be recognised, each with the words that stand in their place."""

    words: dict[str, str]
    stretches: dict[str, str]  # in scripts without gaps, or with signs between their letters


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    instead: str


def others(people: Iterable[tuple[str, str]]) -> Others:
    """Of (name, what stands in its place)."""
    words: dict[str, str] = {}
    stretches: dict[str, str] = {}
    for name, instead in people:
        for part in _composed(name).split():
            if _TOGETHER.search(part):
                given = [part, part[1:]] if len(part) > 2 else [part]
                stretches.update(dict.fromkeys(given, instead))
            elif _has_signs(part):
                stretches[part] = instead
            else:
                words |= {_folded(one): instead for one in _WORD.findall(part) if len(one) > 1}
    return Others(words, stretches)


def _has_signs(part: str) -> bool:
    """Vowel signs and the like, at which a word of letters would break."""
    rest = _WORD.sub("", part)
    return any(unicodedata.category(one).startswith("M") for one in rest)


def without_names(text: str, of: Others, *, somebody: str, address: str) -> str:
    """The text with `somebody` for pseudonyms and handles, `address` for addresses and links."""
    text = _LINK.sub(r"\1", _composed(text))
    text = _ADDRESS.sub(address, _MAIL.sub(address, text))
    text = _HANDLE.sub(somebody, text)
    for name in sorted(of.stretches, key=len, reverse=True):
        text = text.replace(name, of.stretches[name])
    parts, at = [], 0
    for hit in _joined(text, _hits(text, of, somebody)):
        starts = _begins_sentence(text, hit.start)
        parts += [text[at : hit.start], _capital(hit.instead) if starts else hit.instead]
        at = hit.end
    return "".join([*parts, text[at:]])


def _hits(text: str, of: Others, somebody: str) -> Iterator[_Hit]:
    words = list(_WORD.finditer(text))
    folded = [_folded(word.group()) for word in words]
    for place, word in enumerate(words):
        after = folded[place + 1] if place + 1 < len(words) else ""
        if folded[place] in _FIRST and after in _SECOND:
            yield _Hit(word.start(), words[place + 1].end(), somebody)
            continue
        name = folded[place] if folded[place] in of.words else folded[place].removesuffix("s")
        if name not in of.words or (name != folded[place] and len(name) < SHORT):
            continue
        neighbours = [words[other] for other in (place - 1, place + 1) if 0 <= other < len(words)]
        beside = any(one.group()[0].isupper() and _folded(one.group()) in of.words for one in neighbours)
        if not (name in ORDINARY | PARTICLES or len(name) < SHORT) or _as_a_name(text, word, beside=beside):
            yield _Hit(_with_initials(text, word.start()), word.end(), of.words[name])


def _with_initials(text: str, start: int) -> int:
    """Where "J. R. Adler" begins."""
    found = _INITIALS.search(text, max(0, start - 9), start)
    return found.start() if found and found.group().isupper() else start


def _as_a_name(text: str, word: re.Match[str], *, beside: bool) -> bool:
    """With a capital, and not only because a sentence begins: or beside a name, or spoken to.

    Where a script has no capitals, every such word is one.
    """
    first = word.group()[0]
    if not first.isupper():
        return not first.islower()
    spoken_to = text[word.end() : word.end() + 1] in {",", ":"} or text[word.end() : word.end() + 2] in {
        "'s",
        "’s",
    }
    return beside or spoken_to or not _begins_sentence(text, word.start())


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip(' \t"“‘(*_>#-')
    return not before or before[-1] in ".!?…\n"


def _joined(text: str, hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """First name and last name are one person."""
    last: _Hit | None = None
    for hit in hits:
        if last and _is_one_name(text, last.end, hit.start):
            last = _Hit(last.start, max(last.end, hit.end), last.instead)
            continue
        if last:
            yield last
        last = hit
    if last:
        yield last


def _is_one_name(text: str, end: int, start: int) -> bool:
    between = text[end:start] if start - end < 12 else "?"
    return start < end or bool(_GAP.fullmatch(between)) or _folded(between.strip()) in PARTICLES


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()
