"""Word lists and phrases of one language, read from its folder when first needed.

A phrase file has one phrase a line, `#` begins a comment. In a phrase
`a/b` means either word, `word*` any word that begins so, `word?` may be left out,
`~3` up to three words of any kind, `<n>` a number, `@name` a word of that list,
`^` only where a clause begins, `$` only where the sentence ends.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from classroom.meaning.tokens import Token, bare

WORD_LISTS = (
    "function",
    "common",
    "feedback",
    "parts",
    "works",
    "units",
    "positive",
    "negations",
    "openers",
    "better",
    "imperatives",
    "gradable",
    "people",
    "effort",
    "intensifiers",
    "groups",
    "jest_beings",
)
PHRASE_LISTS = (
    "praise",
    "effect",
    "reason",
    "problem",
    "vague",
    "fine",
    "suggestion",
    "asking",
    "rhetorical",
    "hollow",
    "places",
    "snark",
    "attack",
    "blunt",
    "kind",
    "filler",
    "restating",
    "advice",
    "topic",
    "chatter",
    "general",
    "asked_snark",
    "trial",
    "met",
    "agreeing",
    "stance",
    "jest",
    "aside",
)


class Slot(NamedTuple):
    """One place of a phrase: what may stand there."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool
    gap: int  # more than nothing: up to so many words of any kind


class Phrase(NamedTuple):
    kind: str
    slots: tuple[Slot, ...]
    at_start: bool
    at_end: bool
    source: str
    next_words: frozenset[str] | None  # what must follow the first word, where that is a plain list


class Hit(NamedTuple):
    """A phrase found: from token `first` up to, not including, token `last` of the sentence."""

    kind: str
    first: int
    last: int
    source: str


class Lexicon:
    """All lists of one language."""

    def __init__(self, language: str) -> None:
        self._folder = files("classroom.meaning") / language
        self.words = {name: self._word_list(name) for name in WORD_LISTS}
        self.idle = self.words["function"] | self.words["feedback"] | self.words["positive"]
        self._exact: dict[str, list[Phrase]] = {}
        self._prefixed: dict[str, list[Phrase]] = {}
        for kind in PHRASE_LISTS:
            for line in self._lines(kind):
                self._index(self._phrase(kind, line))
        self.typos = dict(line.split(maxsplit=1) for line in self._lines("typos"))
        self.numbers = {word: int(value) for word, value in map(str.split, self._lines("numbers"))}
        self.often_mistyped: dict[str, list[str]] = {}  # by their first two letters
        for word in sorted(self._word_list("often_mistyped")):
            self.often_mistyped.setdefault(word[:2], []).append(word)

    def knows(self, word: str) -> bool:
        """Whether any list has this word."""
        return any(word in listed for listed in self.words.values())

    def _lines(self, name: str) -> Iterator[str]:
        for line in (self._folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            text = line.split("#", 1)[0].strip()
            if text:
                yield text

    def _word_list(self, name: str) -> frozenset[str]:
        return frozenset(bare(word) for line in self._lines(name) for word in line.split())

    def _phrase(self, kind: str, line: str) -> Phrase:
        parts = line.lower().split()
        at_start, at_end = parts[0] == "^", parts[-1] == "$"
        body = parts[1 if at_start else 0 : -1 if at_end else None]
        slots = tuple(self._slot(part) for part in body)
        follows = slots[1] if len(slots) > 1 else None
        fixed = follows and not (follows.optional or follows.gap or follows.prefixes)
        return Phrase(kind, slots, at_start, at_end, line, follows.words if follows and fixed else None)

    def _slot(self, part: str) -> Slot:
        if part.startswith("~"):
            return Slot(frozenset(), (), False, int(part[1:]))
        optional = part.endswith("?") and len(part) > 1
        words: set[str] = set()
        prefixes: list[str] = []
        for option in (option.removesuffix("?") for option in part.split("/")):
            if option == "<n>":
                prefixes.extend("0123456789")
            elif option.startswith("@"):
                words |= self.words[option[1:]]
            elif option.endswith("*"):
                prefixes.append(bare(option[:-1]))
            else:
                words.add(bare(option))
        return Slot(frozenset(words), tuple(prefixes), optional, 0)

    def _index(self, phrase: Phrase) -> None:
        head = phrase.slots[0]
        if head.optional or head.gap or not (head.words or head.prefixes):
            raise ValueError(f"A phrase must begin with a word: {phrase.source}")
        for word in head.words:
            self._exact.setdefault(word, []).append(phrase)
        for prefix in head.prefixes:
            self._prefixed.setdefault(_head(prefix), []).append(phrase)

    def hits(self, tokens: Sequence[Token], words: Sequence[str]) -> list[Hit]:
        """Every phrase found in one sentence; `words` are its words with typing errors mended."""
        found = []
        for index, word in enumerate(words):
            after = words[index + 1] if index + 1 < len(words) else ""
            for phrase in (*self._exact.get(word, ()), *self._prefixed.get(_head(word), ())):
                if phrase.next_words is not None and after not in phrase.next_words:
                    continue
                if phrase.at_start and not self._clause_begins(tokens, words, index):
                    continue
                last = _match(phrase, words, 0, index)
                if last > index:
                    found.append(Hit(phrase.kind, index, last, phrase.source))
        return found

    def _clause_begins(self, tokens: Sequence[Token], words: Sequence[str], index: int) -> bool:
        while not tokens[index].opens:
            if index == 0 or words[index - 1] not in self.words["openers"]:
                return index == 0
            index -= 1
            if words[index] in ("and", "but", "or", "then", "so", "please"):
                return True
        return True


def _head(word: str) -> str:
    return "9" if word[:1].isdigit() else word[:3]


def _match(phrase: Phrase, words: Sequence[str], slot: int, at: int) -> int:
    """Where the phrase ends, or -1."""
    if slot == len(phrase.slots):
        return at if not phrase.at_end or at == len(words) else -1
    wanted = phrase.slots[slot]
    if wanted.gap:
        for skip in range(wanted.gap + 1):
            end = _match(phrase, words, slot + 1, at + skip)
            if end >= 0:
                return end
        return -1
    if at < len(words) and _fits(wanted, words[at]):
        end = _match(phrase, words, slot + 1, at + 1)
        if end >= 0:
            return end
    return _match(phrase, words, slot + 1, at) if wanted.optional else -1


def _fits(slot: Slot, word: str) -> bool:
    return word in slot.words or bool(slot.prefixes and word.startswith(slot.prefixes))


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lists of a language, read once."""
    return Lexicon(language)
