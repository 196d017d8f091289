"""The same letter as a page: quiet, narrow, readable in the dark, and with nothing to load from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

# Colours stand in one sheet for both: a mail program that knows no `prefers-color-scheme` keeps the day's.
STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 24px 16px; background: #faf7f0; color: #24302a; font: 16px/1.55 Georgia, serif; }
main { max-width: 560px; margin: 0 auto; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 16px; font-weight: 600; }
h2 { font: 600 14px/1.4 system-ui, sans-serif; color: #2f6b45; margin: 28px 0 4px; }
p { margin: 0 0 12px; }
.one { border-top: 1px solid #d9d2c3; padding: 12px 0 0; margin: 8px 0 0; }
.one p { margin: 0 0 8px; }
a { color: #2f6b45; }
.small { font: 13px/1.5 system-ui, sans-serif; color: #5d665f; }
footer { border-top: 1px solid #d9d2c3; margin-top: 28px; padding-top: 12px; }
@media (prefers-color-scheme: dark) {
  body { background: #1b211d; color: #e8e4d8; }
  h2, a { color: #8fd0a5; }
  .small { color: #aab3ab; }
  .one, footer { border-color: #3b443e; }
}
"""


@dataclass(frozen=True)
class Entry:
    """One thing that a letter tells, and where it is."""

    title: str
    line: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """Entries under one heading."""

    heading: str
    entries: Sequence[Entry]


def page(*, title: str, hello: str, parts: Sequence[Part], foot: Sequence[tuple[str, str]], lang: str) -> str:
    """HTML of a letter; `foot` are (words, address), where an address may be empty."""
    body = Markup("").join(_part(one) for one in parts)
    last = Markup("<br>").join(_link(words, url) for words, url in foot)
    return str(
        Markup(
            '<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            '<meta name="color-scheme" content="light dark">\n'
            '<meta name="supported-color-schemes" content="light dark">\n<title>{title}</title>\n'
            "<style>{style}</style></head>\n<body><main>\n<h1>{title}</h1>\n<p>{hello}</p>\n{body}\n"
            '<footer class="small">{last}</footer>\n</main></body>\n</html>\n'
        ).format(lang=lang, title=title, style=Markup(STYLE), hello=hello, body=body, last=last)  # noqa: S704 - ours
    )


def _part(part: Part) -> Markup:
    heading = Markup("<h2>{0}</h2>\n").format(part.heading) if part.heading else Markup("")
    return heading + Markup("\n").join(_entry(one) for one in part.entries)


def _entry(entry: Entry) -> Markup:
    title = _link(entry.title, entry.url)
    lines = Markup("").join(
        Markup('<p class="small">{0}</p>').format(line) for line in entry.line.splitlines()
    )
    return Markup('<div class="one"><p>{0}</p>{1}</div>').format(title, lines)


def _link(words: str, url: str) -> Markup:
    return Markup('<a href="{0}">{1}</a>').format(url, words) if url else escape(words)
