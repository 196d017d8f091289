"""Word lists, phrases and patterns of one language, read from its folder when first needed.

A language is a folder here that has `function.txt`. A phrase file has one phrase a line (`phrases.py` tells
how they are written), `#` begins a comment.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from classroom.meaning.phrases import Hit, Phrasebook
from classroom.meaning.tokens import bare

__all__ = ["DEFAULT", "DRAWN_OUT", "Hit", "Lexicon", "headed", "languages", "lexicon"]

DEFAULT = "en"  # where a text is too short to tell
DRAWN_OUT = "suuure"  # as the lists write a drawn-out “sure”

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
    "weekdays",
    "months",
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


class Lexicon:
    """All lists of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._folder = files("classroom.meaning") / language
        self.words = {name: self._word_list(name) for name in WORD_LISTS}
        self.words |= self._small_words()
        patterns = (line.split(": ", 1) for line in self._raw("patterns"))
        self.patterns = {name: re.compile(pattern) for name, pattern in patterns}
        self.idle = self.words["function"] | self.words["feedback"] | self.words["positive"]
        self._phrases = Phrasebook(self.words)
        for kind in PHRASE_LISTS:
            for line in self._lines(kind):
                self._phrases.add(kind, line)
        self.hits = self._phrases.hits
        self.typos = dict(line.split(maxsplit=1) for line in self._lines("typos"))
        self.numbers = {word: int(value) for word, value in map(str.split, self._lines("numbers"))}
        self.fractions = {word: int(value) for word, value in map(str.split, self._lines("fractions"))}
        self.often_mistyped: dict[str, list[str]] = {}  # by their first two letters
        for word in sorted(self._word_list("often_mistyped")):
            self.often_mistyped.setdefault(word[:2], []).append(word)

    def knows(self, word: str) -> bool:
        """Whether any list has this word."""
        return any(word in listed for listed in self.words.values())

    def _raw(self, name: str) -> Iterator[str]:
        """The lines of a file in which `#` begins a comment only where a line begins."""
        for line in (self._folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line

    def _lines(self, name: str) -> Iterator[str]:
        for line in self._raw(name):
            text = line.split("#", 1)[0].strip()
            if text:
                yield text

    def _small_words(self) -> dict[str, frozenset[str]]:
        """Lists too short for a file of their own, under `[name]`."""
        found: dict[str, frozenset[str]] = {}
        name = ""
        for line in self._lines("words"):
            if line.startswith("["):
                name = line.strip("[]")
            else:
                found[name] = found.get(name, frozenset()) | frozenset(map(bare, line.split()))
        return found

    def _word_list(self, name: str) -> frozenset[str]:
        return frozenset(bare(word) for line in self._lines(name) for word in line.split())


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that there are lists for, English first."""
    found = [one.name for one in files("classroom.meaning").iterdir() if (one / "function.txt").is_file()]
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lists of a language, read once."""
    return Lexicon(language)


@lru_cache(maxsize=16)
def headed(language: str, name: str) -> Phrasebook:
    """Phrases under headings, `[subject]`; a kind is the heading, after a sign `?` or `=` if any."""
    book = Phrasebook(lexicon(language).words)
    text = (files("classroom.meaning") / language / f"{name}.txt").read_text(encoding="utf-8")
    subject = ""
    for line in (line.split("#", 1)[0].strip() for line in text.splitlines()):
        if line.startswith("["):
            subject = line.strip("[]")
        elif line:
            sign, phrase = (line[0], line[1:].strip()) if line[0] in "?=" else ("", line)
            book.add(f"{sign}{subject}", phrase)
    return book
