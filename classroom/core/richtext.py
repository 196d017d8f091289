"""What people write in Markdown, made safe to show, and its words for search, previews and meaning."""

import re
from html import escape
from html.parser import HTMLParser

import nh3

from classroom.core.highlight import CSS_CLASSES
from classroom.core.markdown import MAX_CHARS, TooTangled, to_html

__all__ = ["MAX_CHARS", "excerpt", "plain", "render", "text_of"]

_TEXT_BLOCKS = ("p", "li", "blockquote", "h3", "h4", "h5", "h6", "td", "th")
_TAGS = {*_TEXT_BLOCKS, "a", "br", "code", "em", "hr", "ol", "pre", "s", "section", "span", "strong", "sup"}
_TAGS |= {"table", "tbody", "thead", "tr", "ul"}
_BREAKS = {*_TEXT_BLOCKS, "pre", "hr", "ol", "ul", "section", "table", "tr", "br"}


def _site_address(url: str) -> str | None:
    """A path on this site may stay; "notes.html" or "#top" would lead nowhere on our pages."""
    return url if re.match(r"/(?![/\\])", url) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    allowed_classes={
        "a": {"picture"},
        "li": {"task"},
        "section": {"footnotes"},
        "span": set(CSS_CLASSES),
        "sup": {"footnote-ref"},
        "td": {"left", "center", "right"},
        "th": {"left", "center", "right"},
    },
    set_tag_attribute_values={
        **{tag: {"dir": "auto"} for tag in _TEXT_BLOCKS},  # each passage reads in the direction of its script
        "pre": {"tabindex": "0", "dir": "ltr"},  # wide code scrolls, by keyboard too
    },
    url_schemes={"http", "https", "mailto"},
    url_relative=_site_address,
    link_rel="noreferrer noopener ugc",
    strip_comments=True,
)


def render(source: str, *, picture: str = "picture") -> str:
    """Safe HTML. `picture` is the word before a picture's description, in the reader's language.

    Pictures from elsewhere are links: loaded from the page, they would tell their server who reads it.
    A text that would take too long to read as Markdown is shown as it was typed; nothing is lost.
    """
    try:
        raw = to_html(source, picture)
    except TooTangled:
        raw = _as_typed(source)
    return _CLEANER.clean(raw)


def plain(source: str, *, picture: str = "picture") -> str:
    """The words a reader sees, without the markup; the same words as in `render`'s result."""
    try:
        raw = to_html(source, picture, colour=False)
    except TooTangled:
        raw = _as_typed(source)
    return text_of(raw)


def text_of(html: str) -> str:
    """The words in HTML made by `render`: blocks on lines of their own, nothing else changed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    # The look back keeps a long line of blanks from being tried at every one of them.
    return re.sub(r"(?<![ \t])[ \t]*\n(?:[ \t]*\n)*", "\n", "".join(reader.parts)).strip()


def excerpt(text: str, n: int) -> str:
    """At most `n` characters on one line, cut between words where the script has spaces."""
    line = " ".join(text.split())
    if len(line) <= n:
        return line
    cut = line[: max(n - 1, 0)]
    space = cut.rfind(" ")
    if line[len(cut)] != " " and space > n // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:.–-\u200d") + "…"


def _as_typed(source: str) -> str:
    paragraphs = re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\0", "\ufffd"))
    return "\n".join(f"<p>{escape(p.strip()).replace(chr(10), '<br>')}</p>" for p in paragraphs if p.strip())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._in_row = False

    def handle_data(self, data: str) -> None:
        if not (self._in_row and data == "\n"):  # the line breaks between cells are not the writer's
            self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BREAKS:
            self.parts.append(" " if tag in {"td", "th"} else "\n")
        if tag == "tr":
            self._in_row = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS and tag not in {"td", "th"}:
            self.parts.append("\n")
        if tag == "tr":
            self._in_row = False
