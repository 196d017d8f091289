"""The wall as one picture: SVG that any browser, projector or slide shows; pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from classroom.boards.queries_wall import Group, OnWall, Wall
from classroom.core.i18n import _

WIDTH, EDGE, GAP, LINE = 1600, 48, 24, 27
LANES = 3
PAPER, SHEET, INK, SOFT, RULE, LEAF = "#fbf8f2", "#ffffff", "#24211c", "#655e53", "#e4dccd", "#2c6a4d"
SERIF = "Charter, Cambria, Georgia, 'Noto Serif', serif"
SANS = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif"


class Box(NamedTuple):
    """A note as it is drawn: its lines, and what stands under them."""

    lines: Sequence[str]
    below: str

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + (LINE if self.below else 0) + 32


def draw(title: str, wall: Wall) -> str:
    """The findings on top, then question by question the groups with their notes, in three lanes."""
    parts: list[str] = []
    y = _text(parts, wrapped(title, 70), 92, 44, SERIF, INK, 52)
    for place, group in enumerate(wall.findings):
        words = _("%(n)s of %(all)s %(what)s.", n=group.people, all=wall.size, what=group.title)
        words = words if place else f"{words} {_('You are not alone.')}"
        y = _text(parts, wrapped(words, 90), y + 8, 30, SERIF, LEAF, 38)
    for column in wall.columns:
        if len(wall.columns) > 1:
            y = _text(parts, wrapped(column.prompt, 80), y + 40, 34, SERIF, INK, 42)
        for group in column.groups:
            if group.notes:
                y = _group(parts, wall, group, y)
        if column.loose:
            y = _lanes(parts, [_box(one) for one in column.loose], y + 16)
    height = y + EDGE
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    named = f"<title>{_clean(title)}</title>"
    return "\n".join(
        [head, named, f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>', *parts, "</svg>\n"]
    )


def _group(parts: list[str], wall: Wall, group: Group, y: int) -> int:
    head = _("%(what)s: %(n)s of %(all)s", what=group.title, n=group.people, all=wall.size)
    y = _text(parts, wrapped(head, 90), y + 32, 27, SANS, INK, 36, weight=600)
    if group.answer:
        words = _("What your instructor will do: %(answer)s", answer=" ".join(group.answer.split()))
        y = _text(parts, wrapped(words, 120), y, 22, SANS, LEAF, 30)
    return _lanes(parts, [_box(one) for one in group.notes], y)


def _box(one: OnWall) -> Box:
    return Box(wrapped(one.body, 46), _("me too: %(n)s", n=one.me_too) if one.me_too else "")


def _lanes(parts: list[str], boxes: Sequence[Box], top: int) -> int:
    """Each box in the lane that is shortest so far; answers how far down the longest reaches."""
    wide = (WIDTH - 2 * EDGE - (LANES - 1) * GAP) // LANES
    ends = [top] * LANES
    for box in boxes:
        lane = ends.index(min(ends))
        x, y = EDGE + lane * (wide + GAP), ends[lane]
        place = f'x="{x}" y="{y}" width="{wide}" height="{box.height}"'
        parts.append(f'<rect {place} rx="10" fill="{SHEET}" stroke="{RULE}"/>')
        at = _text(parts, box.lines, y + 34, 21, SERIF, INK, LINE, x=x + 20)
        if box.below:
            _text(parts, [box.below], at, 17, SANS, SOFT, LINE, x=x + 20)
        ends[lane] = y + box.height + GAP
    return max(ends)


def _text(
    parts: list[str],
    lines: Sequence[str],
    y: int,
    size: int,
    font: str,
    fill: str,
    step: int,
    *,
    x: int = EDGE,
    weight: int = 400,
) -> int:
    """Lines below one another; answers where the next would stand."""
    for number, line in enumerate(lines):
        parts.append(
            f'<text x="{x}" y="{y + number * step}" font-family="{font}" font-size="{size}" '
            f'font-weight="{weight}" fill="{fill}">{_clean(line)}</text>'
        )
    return y + len(lines) * step


def _clean(text: str) -> str:
    """As XML may hold it."""
    return escape("".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cs"}))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of about `width` letters; wide letters count twice, and a word that is longer is cut."""
    lines, line, at = [], "", 0
    for word in _pieces(text, width):
        long = _width(word)
        if line and at + 1 + long > width:
            lines.append(line)
            line, at = "", 0
        line, at = (f"{line} {word}", at + 1 + long) if line else (word, long)
    return [*lines, line] if line else lines or [""]


def _pieces(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        if _width(word) <= width:
            yield word
        else:
            yield from (word[at : at + width // 2] for at in range(0, len(word), width // 2))


def _width(word: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word)
