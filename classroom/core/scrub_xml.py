"""Rewrites one XML part of a document: names in chosen elements and attributes give way, all else stays.

The parser is the standard library's, with document types refused: nothing is fetched and nothing expands.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

SOMEONE = "Author"
_PLAIN = re.compile(r"[\w .:/#{}-]*")
_KEPT_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
MAX_DEPTH = 1_000
_HOME = re.compile(r"(?i)((?:^|[/\\])(?:users|home|documents(?: |%20)and(?: |%20)settings)[/\\])[^/\\]+")


class NotReadable(Exception):  # noqa: N818 - what happened, not whose fault it is
    """The part is no XML, or XML of the dangerous kind."""


@dataclass(frozen=True)
class Names:
    """Where names stand: elements and attributes by their name without its prefix, with the word for each."""

    texts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    blank: bool = False  # leave nothing, rather than "Author"
    echoed: bool = False  # Excel writes an author's name into the text of the comment again

    @property
    def wanted(self) -> tuple[bytes, ...]:
        return tuple(name.encode() for name in (*self.texts, *self.attributes))


def without_names(part: bytes, names: Names, removed: list[str]) -> bytes:
    """The part with its names replaced; the very same bytes where there are none."""
    writer = _Writer(names)
    try:
        writer.parse(part)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotReadable from error
    removed += writer.removed
    return "".join(writer.out).encode() if writer.removed else part


class _Writer:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.out: list[str] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
        self.removed: list[str] = []
        self.known: set[str] = set()
        self.inside = [""]  # for each open element, the word for what its text tells
        self.text: list[str] = []

    def parse(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.ProcessingInstructionHandler = lambda target, data: self._put(f"<?{target} {data}?>")
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.Parse(part, True)

    def _start(self, tag: str, pairs: list[str]) -> None:
        self._flush()
        self.inside.append(self.names.texts.get(_local(tag), self.inside[-1]))
        if len(self.inside) > MAX_DEPTH:
            raise NotReadable
        written = f"<{tag}"
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            written += f" {name}={_quoted(self._attribute(name, value))}"
        self.out.append(f"{written}>")

    def _end(self, tag: str) -> None:
        self._flush()
        self.inside.pop()
        last = self.out[-1]
        if last.startswith((f"<{tag} ", f"<{tag}>")) and not last.endswith("/>"):
            self.out[-1] = f"{last[:-1]}/>"
        else:
            self.out.append(f"</{tag}>")

    def _put(self, markup: str) -> None:
        self._flush()
        self.out.append(markup)

    def _flush(self) -> None:
        if self.text:
            words = "".join(self.text)
            self.text.clear()
            if self.inside[-1] or self.names.echoed:
                words = self._words(words)
            if words:
                self.out.append(escape(words).replace("\r", "&#13;"))

    def _words(self, text: str) -> str:
        if self.inside[-1] and text.strip():
            return self._instead(text, self.inside[-1])
        name = text.strip().removesuffix(":")
        if self.names.echoed and name in self.known:
            return text.replace(name, SOMEONE)
        return text

    def _attribute(self, name: str, value: str) -> str:
        word = self.names.attributes.get(_local(name), "")
        if word and value:
            return self._instead(value, word)
        if "/" not in value and "\\" not in value:
            return value
        plain = _HOME.sub(rf"\g<1>{SOMEONE}", value)
        if plain != value:
            self.removed.append("paths")
        return plain

    def _instead(self, value: str, word: str) -> str:
        if value != SOMEONE:
            self.removed.append(word)
            self.known.add(value.strip())
        return "" if self.names.blank else SOMEONE


def _quoted(value: str) -> str:
    return f'"{value}"' if _PLAIN.fullmatch(value) else quoteattr(value, _KEPT_SPACES)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise NotReadable
