"""Quotations of somebody else's work taken out of one's own words; pure.

Three things go: what stands after ">" as a quotation, what stands between quotation marks and also in the
work, and five words in a row or more that are the work's.
"""

import re
import unicodedata

RUN = 5
GAP = "[…]"
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,600})[\"”“»]")
_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|$))+", re.MULTILINE)


class Work:
    """The words of a work, to be asked what is its own."""

    def __init__(self, text: str) -> None:
        words = _words(text)
        self._all = f" {' '.join(words)} "
        self._runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}

    def says(self, text: str) -> bool:
        words = _words(text)
        return len(words) > 1 and f" {' '.join(words)} " in self._all

    def has_run(self, words: tuple[str, ...]) -> bool:
        return words in self._runs


def without_quotes(text: str, work: Work) -> str:
    """One's own words, with a gap wherever the work speaks."""
    text = _BLOCK.sub(f"{GAP}\n", unicodedata.normalize("NFC", text))
    text = _QUOTED.sub(lambda found: _gapped(found) if work.says(found.group(1)) else found.group(), text)
    return _without_runs(text, work)


def _gapped(found: "re.Match[str]") -> str:
    whole = found.group()
    return f"{whole[0]}{GAP}{whole[-1]}"


def _without_runs(text: str, work: Work) -> str:
    places = list(_WORD.finditer(text))
    words = [place.group().casefold() for place in places]
    theirs = [False] * len(words)
    for at in range(len(words) - RUN + 1):
        if work.has_run(tuple(words[at : at + RUN])):
            theirs[at : at + RUN] = [True] * RUN
    parts, done, at = [], 0, 0
    while at < len(words):
        last = at
        while last < len(words) and theirs[last]:
            last += 1
        if last > at:
            parts += [text[done : places[at].start()], GAP]
            done = places[last - 1].end()
        at = max(last, at + 1)
    return "".join([*parts, text[done:]])


def _words(text: str) -> list[str]:
    return [one.casefold() for one in _WORD.findall(unicodedata.normalize("NFC", text))]
