"""Shows passages in a post: the plain text of rendered HTML, and the same HTML with its passages marked.

The plain text, so that a script in the browser can count the same way:

1. Text nodes as they are, in order (character references decoded).
2. A line break before and after each block element (`BLOCKS`) and for `br`; one space before each table cell.
   A text node in a table row that is nothing but one line break is left out.
3. Then blanks before a line break, and lines that hold nothing but blanks, fold into one line break, and the
   white space at both ends goes.

Only text is ever wrapped, never a tag, so the marked HTML is as well formed as the HTML it was made from.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

CELLS = frozenset({"td", "th"})
BLOCKS = frozenset(
    {
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "td", "th", "tr", "ul"}
)
_FOLDS = re.compile(r"(?<![ \t])[ \t]*\n(?:[ \t]*\n)*")  # looks at each blank a bounded number of times


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the plain text; `key` names its anchor in the page."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class _Token:
    """A tag as it was written, or text. `at`: where the text begins before folding; None: nowhere."""

    raw: str = ""
    text: str = ""
    at: int | None = None
    in_pre: bool = False


@dataclass(slots=True)
class _Pieces:
    """Where the characters of the plain text stood before folding: stretches that were kept."""

    plain: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)

    def back(self, place: int) -> int:
        piece = bisect_right(self.plain, place) - 1
        return self.before[piece] + place - self.plain[piece]


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []
        self.parts: list[str] = []
        self.length = 0
        self._in_row = False
        self._pre = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tokens.append(_Token(raw=self.get_starttag_text() or ""))
        self._break(tag, opens=True)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(_Token(raw=f"</{tag}>"))
        self._break(tag, opens=False)

    def handle_data(self, data: str) -> None:
        if self._in_row and data == "\n":
            self.tokens.append(_Token(text=data))
            return
        self.tokens.append(_Token(text=data, at=self.length, in_pre=self._pre > 0))
        self._part(data)

    def _break(self, tag: str, *, opens: bool) -> None:
        if tag == "tr":
            self._in_row = opens
        if tag == "pre":
            self._pre = max(0, self._pre + (1 if opens else -1))
        if tag in CELLS:
            self._part(" " if opens else "")
        elif tag in BLOCKS:
            self._part("\n")

    def _part(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def plain_text(html: str) -> str:
    """The words of rendered HTML, with exactly the offsets that `marked` uses."""
    return _fold("".join(_Reader(html).parts))[0]


def _fold(text: str) -> tuple[str, _Pieces]:
    kept: list[str] = []
    pieces = _Pieces()
    length = 0
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    done = min(start, end)
    for found in _FOLDS.finditer(text, done, end):
        for stretch, origin in ((text[done : found.start()], done), ("\n", found.end() - 1)):
            if stretch:
                pieces.plain.append(length)
                pieces.before.append(origin)
                kept.append(stretch)
                length += len(stretch)
        done = found.end()
    pieces.plain.append(length)
    pieces.before.append(done)
    kept.append(text[done:end])
    return "".join(kept), pieces


def marked(html: str, places: Iterable[Passage]) -> str:
    """The HTML with every passage in `<mark>` elements.

    A passage that runs through several elements becomes several marks; where passages overlap, one mark names
    them all: `data-anchor="a b" data-depth="2"`. `id="passage-KEY"` stands once, where the passage begins.
    """
    reader = _Reader(html)
    text, pieces = _fold("".join(reader.parts))
    spans = [
        (pieces.back(start), pieces.back(end - 1) + 1, place.key)
        for place in places
        if (start := max(0, place.start)) < (end := min(len(text), place.end))
    ]
    if not spans:
        return html
    return _Marker(spans).write(reader.tokens)


class _Marker:
    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._changes: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        for start, end, key in spans:
            self._changes[start].append((key, True))
            self._changes[end].append((key, False))
        self._edges = sorted(self._changes)
        self._next = 0
        self._now: dict[str, None] = {}  # in the order in which they began
        self._begun: set[str] = set()

    def write(self, tokens: Iterable[_Token]) -> str:
        out: list[str] = []
        for token in tokens:
            if token.raw or token.at is None:
                out.append(token.raw or escape(token.text, quote=False))
            else:
                out += self._text(token, token.at)
        return "".join(out)

    def _text(self, token: _Token, at: int) -> Iterable[str]:
        done = 0
        self._pass(at)
        while done < len(token.text):
            edge = self._edges[self._next] if self._next < len(self._edges) else at + len(token.text)
            stop = min(edge - at, len(token.text))
            yield self._piece(token.text[done:stop], token)
            done = stop
            self._pass(at + done)

    def _pass(self, at: int) -> None:
        """Open and close whatever begins or ends up to here."""
        while self._next < len(self._edges) and self._edges[self._next] <= at:
            for key, opens in self._changes[self._edges[self._next]]:
                if opens:
                    self._now[key] = None
                else:
                    self._now.pop(key, None)
            self._next += 1

    def _piece(self, text: str, token: _Token) -> str:
        words = escape(text, quote=False)
        # Between two blocks is no place for an element: a list may hold nothing but its items.
        if not self._now or ("\n" in text and not text.strip() and not token.in_pre):
            return words
        new = [key for key in self._now if key not in self._begun]
        self._begun.update(new)
        targets = "".join(f'<span id="{_id(key)}"></span>' for key in new[1:])
        first = f' id="{_id(new[0])}"' if new else ""
        depth = f' data-depth="{len(self._now)}"' if len(self._now) > 1 else ""
        names = escape(" ".join(self._now), quote=True)
        return f'{targets}<mark class="passage"{first} data-anchor="{names}"{depth}>{words}</mark>'


def _id(key: str) -> str:
    return "passage-" + escape(key, quote=True)
