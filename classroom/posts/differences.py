"""What changed between two revisions, line by line and within a line word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

Pieces = list[tuple[bool, str]]
Line = tuple[str, "str | Pieces"]
AROUND = 1  # unchanged lines shown before and after a change
MOST_WORDS = 1500  # longer lines are shown whole: comparing their words would take too long


def lines_between(old: str, new: str) -> list[Line]:
    """('same' | 'in' | 'out' | 'skip', text or pieces), as the interface's `diff` draws it."""
    before, after = _lines(old), _lines(new)
    found: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            found += [("same", line) for line in before[i1:i2]]
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return list(_shortened(found))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _changed(before: list[str], after: list[str]) -> Iterator[Line]:
    for index in range(max(len(before), len(after))):
        old = before[index] if index < len(before) else None
        new = after[index] if index < len(after) else None
        if old is not None and new is not None and _alike(old, new):
            yield "out", _pieces(old, new)
            yield "in", _pieces(new, old)
            continue
        if old is not None:
            yield "out", old
        if new is not None:
            yield "in", new


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _alike(old: str, new: str) -> bool:
    first, second = _words(old), _words(new)
    if len(first) > MOST_WORDS or len(second) > MOST_WORDS:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).quick_ratio() > 0.4


def _pieces(text: str, other: str) -> Pieces:
    """`text` in pieces: (is it different from `other`?, words)."""
    words, others = _words(text), _words(other)
    pieces: Pieces = []
    for tag, i1, i2, _j1, _j2 in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if i1 < i2:
            pieces.append((tag != "equal", "".join(words[i1:i2])))
    return pieces


def _shortened(lines: list[Line]) -> Iterator[Line]:
    """Long unchanged stretches become one line with dots."""
    near = {
        place
        for index, (kind, _text) in enumerate(lines)
        if kind != "same"
        for place in range(index - AROUND, index + AROUND + 1)
    }
    skipped = False
    for index, line in enumerate(lines):
        if index in near:
            skipped = False
            yield line
        elif not skipped:
            skipped = True
            yield "skip", "…"
