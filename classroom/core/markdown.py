"""Turns Markdown into raw HTML with a budget of work, so that no tangled text can stall the server."""

import re
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from classroom.core.highlight import Highlighter

MAX_CHARS = 200_000
MAX_LINES = 20_000
MAX_STEPS = 60_000  # 200 kB of dense, honest prose take about 25,000
MAX_LINK_CHARS = 1_000_000  # one long address, referred to thousands of times, would fill the disk
MAX_NESTING = 20
HEADING_SHIFT = 2  # the page has its own h1 and h2

_NO_SPACE = re.compile(r"[^\x00-\x20]*")
_ADDRESS = re.compile(r"(?:\\.|[^\x00-\x20()\\])*", re.S)
_MARKS = re.compile(r"[*_~]+")
_TITLE_ENDS = {'"': re.compile(r'(?:\\.|[^"\\])*', re.S), "'": re.compile(r"(?:\\.|[^'\\])*", re.S)}
_TITLE_ENDS["("] = re.compile(r"(?:\\.|[^()\\])*", re.S)
_BARE_URL = re.compile(r"(?<![\w/])https?://[^\s<>\"'`\[\]{}|\\^]+")
_TASK = re.compile(r"\[([ xX])\]\s+")
_ALIGN = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


class TooTangled(Exception):  # noqa: N818 - it is not an error of ours, it is how the text is
    """The text would take more work than any text that a person writes."""


class Budget:
    """Counts the parser's steps and stops it; stands in for the parser's own helpers, which may scan far."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - the parser's own name

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooTangled

    def scan(self, pattern: re.Pattern[str], text: str, start: int, end: int) -> None:
        found = pattern.match(text, start, end)
        self.spend((found.end() - start if found else 0) // 20)

    def parseLinkDestination(self, text: str, start: int, end: int) -> Any:  # noqa: N802
        self.scan(_ADDRESS, text, start, end)
        return helpers.parseLinkDestination(text, start, end)

    def parseLinkTitle(self, text: str, start: int, end: int, earlier: Any = None) -> Any:  # noqa: N802
        opener = text[start : start + 1]
        if earlier is not None:
            self.spend((end - start) // 20)
        elif opener in _TITLE_ENDS:
            self.scan(_TITLE_ENDS[opener], text, start + 1, end)
        return helpers.parseLinkTitle(text, start, end, earlier)

    def on_inline(self, state: StateInline, silent: bool) -> bool:  # noqa: ARG002
        marks = _MARKS.match(state.src, state.pos)
        self.spend(1 + (marks.end() - marks.start()) // 2 if marks else 1)
        if state.src.startswith("[^", state.pos):
            self.scan(_NO_SPACE, state.src, state.pos, state.posMax)
        return False

    def on_block(self, state: StateBlock, line: int, last: int, silent: bool) -> bool:  # noqa: ARG002
        self.spend(1 + state.src.count("|", state.bMarks[line], state.eMarks[line]) // 2)
        return False

    def after_blocks(self, state: StateCore) -> None:
        self.spend(len(state.tokens) // 8)

    def after_inline(self, state: StateCore) -> None:
        children = [child for token in state.tokens for child in token.children or ()]
        addresses = sum(len(str(v)) for child in children for v in child.attrs.values())
        if addresses > MAX_LINK_CHARS:
            raise TooTangled


def to_html(source: str, picture: str, *, colour: bool = True) -> str:
    """Raw HTML, still to be sanitised. Raises TooTangled."""
    if len(source) > MAX_CHARS or source.count("\n") > MAX_LINES:
        raise TooTangled
    return str(_parser(picture, colour=colour).render(source))


def _parser(picture: str, *, colour: bool) -> MarkdownIt:
    options = {"html": False, "maxNesting": MAX_NESTING, "highlight": Highlighter() if colour else None}
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False)
    budget = Budget()
    md.helpers = budget  # type: ignore[assignment]
    md.inline.ruler.before("text", "budget", budget.on_inline)
    chains = ["paragraph", "reference", "blockquote", "list", "footnote_def", "table"]
    md.block.ruler.before("table", "budget", budget.on_block, {"alt": chains})
    md.core.ruler.after("block", "budget_blocks", budget.after_blocks)
    md.core.ruler.push("reshape", lambda state: _reshape(state, picture))
    md.core.ruler.push("budget_links", budget.after_inline)
    for name, rule in _FOOTNOTES.items():
        md.add_render_rule(name, rule)
    return md


def _reshape(state: StateCore, picture: str) -> None:
    """Headings fit below the page's own, tables lose their style, pictures and addresses become links."""
    for index, token in enumerate(state.tokens):
        if token.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            token.tag = f"h{min(6, int(token.tag[1]) + HEADING_SHIFT)}"
        align = token.attrs.pop("style", None)
        if align in _ALIGN:
            token.attrs["class"] = _ALIGN[str(align)]
        if token.type == "inline":
            _mark_task(state.tokens, index)
            token.children = _links(state, token.children or [], picture)


def _mark_task(tokens: list[Token], index: int) -> None:
    """`[x] done` in a list becomes a drawn box: a dead checkbox would be a control without a label."""
    children = tokens[index].children
    if index < 2 or tokens[index - 2].type != "list_item_open" or not children:
        return
    found = _TASK.match(children[0].content) if children[0].type == "text" else None
    if found:
        tokens[index - 2].attrs["class"] = "task"
        box = "☐ " if found[1] == " " else "☑ "
        children[0].content = box + children[0].content[found.end() :]


def _links(state: StateCore, children: list[Token], picture: str) -> list[Token]:
    shaped: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "image":
            alt = child.content or str(child.attrs.get("src", ""))
            label = f"{picture}: {_words(child.children or []) or alt}"
            shaped += [_text(label)] if depth else _link(str(child.attrs.get("src", "")), label, "picture")
        elif child.type == "text" and not depth:
            shaped += _linked_text(state, child)
        else:
            shaped.append(child)
    return shaped


def _words(children: list[Token]) -> str:
    """What a picture's description says without its markup."""
    return "".join(child.content if child.type != "softbreak" else " " for child in children).strip()


def _linked_text(state: StateCore, token: Token) -> list[Token]:
    parts: list[Token] = []
    done = 0
    for found in _BARE_URL.finditer(token.content):
        shown = _without_tail(found[0])
        address = state.md.normalizeLink(shown)
        if not state.md.validateLink(address):
            continue
        parts += [_text(token.content[done : found.start()]), *_link(address, shown)]
        done = found.start() + len(shown)
    return [*parts, _text(token.content[done:])] if parts else [token]


def _without_tail(url: str) -> str:
    """The sentence's full stop and closing bracket are not part of the address."""
    spare = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in ".,;:!?*_~" or (url[end - 1] == ")" and spare > 0)):
        spare -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str, label: str, css_class: str = "") -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": address})
    if css_class:
        opening.attrs["class"] = css_class
    return [opening, _text(label), Token("link_close", "a", -1)]


def _footnote_ref(_renderer: Any, tokens: list[Token], index: int, *_: Any) -> str:
    number = int(tokens[index].meta["id"]) + 1
    return f'<sup class="footnote-ref">[{escapeHtml(str(number))}]</sup>'


# No anchors: several people's notes stand on one page, and their ids would collide.
_FOOTNOTES = {
    "footnote_ref": _footnote_ref,
    "footnote_block_open": lambda *_: '<section class="footnotes">\n<ol>\n',
    "footnote_block_close": lambda *_: "</ol>\n</section>\n",
    "footnote_open": lambda *_: "<li>",
    "footnote_close": lambda *_: "</li>\n",
    "footnote_anchor": lambda *_: "",
}
