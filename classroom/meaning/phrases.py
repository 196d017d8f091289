"""Phrases written one a line, and where they are found in a sentence.

In a phrase `a/b` means either word, `word*` any word that begins so, `word?` may be left out,
`~3` up to three words of any kind, `<n>` a number, `@name` a word of that list,
`^` only where a clause begins, `$` only where the sentence ends.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from classroom.meaning.tokens import Token, bare


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
    needs: frozenset[str] | None  # one of these must be somewhere in the sentence: most phrases fail here


class Hit(NamedTuple):
    """A phrase found: from token `first` up to, not including, token `last` of the sentence."""

    kind: str
    first: int
    last: int
    source: str


class Begun(NamedTuple):
    """The phrases that may begin with one word: those that go on anyhow, the others by the next word."""

    alone: tuple[Phrase, ...]
    followed: Mapping[str, Sequence[Phrase]]


_NOTHING = Begun((), {})
_MOST_WORDS = 20_000


class Phrasebook:
    """All phrases of one language, found by their first words."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self.words = words
        self._exact: dict[str, list[Phrase]] = {}
        self._prefixed: dict[str, list[Phrase]] = {}
        self._begun: dict[str, Begun] = {}

    def add(self, kind: str, line: str) -> None:
        """One more phrase; a `ValueError` where it begins with anything but a word."""
        self._begun.clear()
        self._index(self._phrase(kind, line))

    def _phrase(self, kind: str, line: str) -> Phrase:
        parts = line.lower().split()
        at_start, at_end = parts[0] == "^", parts[-1] == "$"
        body = parts[1 if at_start else 0 : -1 if at_end else None]
        slots = tuple(self._slot(part) for part in body)
        fixed = [slot.words if _is_plain(slot) else None for slot in slots[1:]]
        listed = [words for words in fixed if words]
        needs = min(listed, key=len) if listed else None
        return Phrase(kind, slots, at_start, at_end, line, fixed[0] if fixed else None, needs)

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
        for begins in {_head(prefix) for prefix in head.prefixes}:
            self._prefixed.setdefault(begins, []).append(phrase)

    def hits(self, tokens: Sequence[Token], words: Sequence[str]) -> list[Hit]:
        """Every phrase found in one sentence; `words` are its words with typing errors mended."""
        found = []
        present = frozenset(words)
        for index, word in enumerate(words):
            begun = self._begun.get(word) or self._begin(word)
            if begun is _NOTHING:
                continue
            after = words[index + 1] if index + 1 < len(words) else ""
            for phrase in (*begun.alone, *begun.followed.get(after, ())):
                if phrase.needs is not None and phrase.needs.isdisjoint(present):
                    continue
                if phrase.at_start and not self._clause_begins(tokens, words, index):
                    continue
                last = _match(phrase, words, 0, index)
                if last > index:
                    found.append(Hit(phrase.kind, index, last, phrase.source))
        return found

    def _begin(self, word: str) -> Begun:
        """The phrases that may begin with this word, sorted out when it is first met."""
        alone: list[Phrase] = []
        followed: dict[str, list[Phrase]] = {}
        for phrase in (*self._exact.get(word, ()), *self._prefixed.get(_head(word), ())):
            if not _fits(phrase.slots[0], word):
                continue
            if phrase.next_words is None:
                alone.append(phrase)
            for after in phrase.next_words or ():
                followed.setdefault(after, []).append(phrase)
        if len(self._begun) > _MOST_WORDS:
            self._begun.clear()
        self._begun[word] = Begun(tuple(alone), followed) if alone or followed else _NOTHING
        return self._begun[word]

    def _clause_begins(self, tokens: Sequence[Token], words: Sequence[str], index: int) -> bool:
        while not tokens[index].opens:
            if index == 0 or words[index - 1] not in self.words["openers"]:
                return index == 0
            index -= 1
            if words[index] in self.words["clause joiners"]:
                return True
        return True


def _is_plain(slot: Slot) -> bool:
    """A word of a list must stand there."""
    return bool(slot.words) and not (slot.optional or slot.prefixes)


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
