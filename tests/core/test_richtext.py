"""Markdown as people write it, and as attackers do."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from classroom.core import markdown
from classroom.core.highlight import CSS_CLASSES, LANGUAGES, Highlighter
from classroom.core.richtext import MAX_CHARS, excerpt, plain, render, text_of
from tests.core.xss import PAYLOADS

ALLOWED = {
    "a": {"href", "title", "class", "rel"},
    "ol": {"start"},
    "pre": {"tabindex", "dir"},
    "span": {"class"},
    "sup": {"class"},
    "section": {"class"},
}
TEXT = {"p", "li", "blockquote", "h3", "h4", "h5", "h6", "td", "th"}
HARMLESS = re.compile(r"(https?:|mailto:)[^\s\x00-\x1f]*\Z|/(?![/\\])", re.I)
BARE = {"br", "code", "em", "hr", "s", "strong", "table", "tbody", "thead", "tr", "ul"}


PLACES = [
    *("@@", "Look: @@ there", "- @@", "> @@", "|a|\n|-|\n|@@|", "```html\n@@\n```", "# @@", "**@@**"),
    *(
        "[x](@@)",
        "[x](<@@>)",
        "![x](@@)",
        '[x](/y "@@")',
        "[x]: @@\n\n[x]",
        "[@@](/y)",
        "![@@](/y)",
    ),
    "x[^1]\n\n[^1]: @@",
]


class Inspector(HTMLParser):
    """Reads HTML as a browser would and notes everything that is not on the short list of the harmless."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ALLOWED and tag not in TEXT | BARE:
            self.bad.append(tag)
        for name, value in attrs:
            allowed = ALLOWED.get(tag, set()) | ({"dir", "class"} if tag in TEXT else set())
            if name not in allowed:
                self.bad.append(f"{tag} {name}")
            if name == "href" and not HARMLESS.match(value or ""):
                self.bad.append(f"{name}={value!r}")

    def handle_comment(self, data):
        self.bad.append("comment")

    def handle_decl(self, decl):
        self.bad.append("declaration")

    def handle_pi(self, data):
        self.bad.append("instruction")


def inspected(html: str) -> Inspector:
    reader = Inspector()
    reader.feed(html)
    reader.close()
    return reader


def test_the_inspector_sees_what_is_bad():
    html = '<p onclick="x()"><a href="javascript:x()">a</a><script>x</script><img src><!-- c -->'
    bad = inspected(html).bad
    assert bad == ["p onclick", "href='javascript:x()'", "script", "img", "img src", "comment"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_anything_but_harmless_html(payload):
    for place in PLACES:
        assert inspected(render(place.replace("@@", payload))).bad == [], place


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_stay_harmless_when_the_text_is_shown_as_typed(payload, monkeypatch):
    monkeypatch.setattr(markdown, "MAX_CHARS", 0)
    html = render(payload)
    assert inspected(html).bad == []
    assert inspected(html).tags[:1] in (["p"], [])


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 60


def test_headings_fit_below_those_of_the_page():
    html = render("# One\n\nTwo\n---\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six")
    assert [t for t in inspected(html).tags if t[0] == "h"] == ["h3", "h4", "h5", "h6", "h6", "h6"]


def test_pictures_are_links_and_never_loaded():
    html = render(
        "![A *ripe* tomato](https://a.example/p.png) and [![in](https://a.example/i.png)](https://b.example)"
    )
    assert "<img" not in html
    assert '<a href="https://a.example/p.png" class="picture" rel="noreferrer' in html
    assert ">picture: A ripe tomato</a>" in html
    assert '<a href="https://b.example" rel="noreferrer noopener ugc">picture: in</a>' in html
    assert render("![](https://a.example/p.png)", picture="Bild").count("Bild: https://a.example/p.png") == 1


def test_links_tell_the_other_site_nothing_and_stay_in_the_same_window():
    html = render("[log](https://a.example/log) <https://a.example> https://b.example/a_b. [us](/courses/1)")
    assert html.count('rel="noreferrer noopener ugc"') == html.count("<a ") == 4
    assert "target" not in html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("see https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/?q=1&r=2!", "https://example.org/?q=1&amp;r=2"),
        ("look at **https://example.org/x**", "https://example.org/x"),
    ],
)
def test_a_bare_address_is_a_link_without_the_sentence_around_it(source, shown):
    assert f">{shown}</a>" in render(source)


def test_a_bare_address_in_code_or_in_a_link_stays_as_it_is():
    assert "<a" not in render("`https://example.org`")
    assert render("[https://a.example](https://b.example)").count("<a") == 1


def test_addresses_that_lead_nowhere_are_dropped():
    for source in ("[a](notes.md)", "[a](#top)", "[a](//evil.example)", "[a](?x)"):
        assert "href" not in render(source), source


def test_tables_tasks_strikethrough_and_footnotes():
    html = render("| n | m |\n|--:|:-:|\n| 1 | 2 |\n\n- [ ] water\n- [x] weed")
    html += render("~~no~~ yes[^1]\n\n[^1]: The *reason*.")
    assert '<td class="right" dir="auto">1</td>' in html
    assert '<li class="task" dir="auto">☐ water</li>' in html
    assert "☑ weed" in html
    assert "<input" not in html
    assert "<s>no</s>" in html
    assert '<sup class="footnote-ref">[1]</sup>' in html
    assert '<section class="footnotes">' in html
    assert "The <em>reason</em>." in html
    assert "id=" not in html


def test_html_is_shown_as_it_was_typed():
    assert render("a <b>bold</b> tag") == '<p dir="auto">a &lt;b&gt;bold&lt;/b&gt; tag</p>\n'


def test_code_is_coloured_with_classes_only():
    html = render("```python\ndef grow(days):  # <slowly>\n    return days + 1\n```")
    assert '<span class="hl-keyword">def</span>' in html
    assert "# &lt;slowly&gt;" in html
    assert "style" not in html


def test_unknown_languages_and_odd_code_stay_plain_and_whole():
    assert "hl-" not in render("```brainsquash\nx = 1\n```")
    assert "hl-" not in render("```python\n" + "x" * 500 + "\n```")
    assert "hl-" not in render("```c\n" + "\n" * 40 + "\n```")
    assert Highlighter(seconds=0)("x = 1", "python") == ""


def test_code_keeps_every_character_when_its_share_of_work_is_used_up(monkeypatch):
    ticks = iter(range(10_000))
    monkeypatch.setattr("classroom.core.highlight.thread_time", lambda: next(ticks))
    html = Highlighter(seconds=5)("a = 1 < 2\nb = 'three'\n", "python")
    assert text_of(f"<pre>{html}</pre>") == "a = 1 < 2\nb = 'three'"
    assert html.endswith("b = 'three'\n")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_a_lexer_that_keeps_the_text(language):
    code = 'if (a < 1) {\n  b = "x"; // done\n}\n# end\n'
    html = Highlighter(seconds=60)(code, language)
    assert text_of(f"<pre>{html}</pre>") in {code.strip(), ""}
    assert set(re.findall(r'class="([^"]*)"', html)) <= CSS_CLASSES


def test_every_colour_class_is_in_the_style_sheet():
    sheet = Path(markdown.__file__).parents[1] / "static/css/components/code.css"
    styled = set(re.findall(r"\.(hl-\w+)", sheet.read_text("utf-8")))
    assert styled == CSS_CLASSES


TANGLED = {
    "brackets": "[" * MAX_CHARS,
    "pictures": "![" * (MAX_CHARS // 2),
    "stars": "*" * 99_000 + "a" + "*" * 99_000,
    "quotes": "> " * (MAX_CHARS // 2),
    "deep quotes": "".join(">" * n + "a\n" for n in range(600)),
    "deep lists": "".join("  " * n + "- a\n" for n in range(430)),
    "addresses": "[a](b\\(" * (MAX_CHARS // 8),
    "titles": '[a](b "\\"' * (MAX_CHARS // 10),
    "notes": "[^a]: x\n\n" + "[^a" * 60_000,
    "one long address, often": f"[a]: /{'u' * 90_000}\n\n" + "[a]" * 30_000,
    "definitions": '[a]: b\n"' * 25_000,
    "wide table": "|".join("a" * 600) + "\n" + "|".join("-" * 600) + "\n" + "|\n" * 15_000,
    "lines": "a\n" * 100_000,
    "entities": "&" * MAX_CHARS,
    "brackets in an address": "http://a.example/" + ")" * 180_000,
    "too long": "word " * MAX_CHARS,
}


class Counted(markdown.Budget):
    most = 0

    def spend(self, steps: int) -> None:
        Counted.most = max(Counted.most, markdown.MAX_STEPS - self.left)
        super().spend(steps)


@pytest.mark.parametrize("name", TANGLED)
def test_a_tangled_text_is_bounded_work_and_loses_nothing(name, monkeypatch):
    monkeypatch.setattr(markdown, "Budget", Counted)
    html = render(TANGLED[name])
    assert Counted.most <= markdown.MAX_STEPS
    assert len(html) < 10 * len(TANGLED[name]) + 1000
    assert inspected(html).bad == []


def test_a_text_beyond_the_budget_is_shown_as_typed():
    source = "[" * 100_000 + "\n\nsecond <paragraph>"
    html = render(source)
    assert html.startswith('<p dir="auto">[[[')
    assert "second &lt;paragraph&gt;" in html
    assert plain(source) == "[" * 100_000 + "\nsecond <paragraph>"


def test_honest_long_work_is_well_within_the_budget(monkeypatch):
    made: list[markdown.Budget] = []

    class Kept(markdown.Budget):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(markdown, "Budget", Kept)
    paragraph = "My *tomatoes* grew 12 cm in `week_3`, see [the log](https://a.example/l); why?\n\n"
    assert "<em>tomatoes</em>" in render(paragraph * 1000)
    assert made[0].left > markdown.MAX_STEPS // 3


SAMPLES = [
    "# Water\n\nFirst *line*\nsecond line.\n\n- one\n- two\n  - three\n\n1. a\n2. b",
    "| n | m |\n|---|---|\n| 1 | 2 |\n\nNote[^1] https://example.org/x.\n\n[^1]: Small print.",
    "```python\ndef f():\n    return 1\n```\n\n> quoted\n\n![tomato](https://a.example/t.png) &amp; <b>",
    "园丁今年种了很多番茄。\n\nשלום **עולם**",
]


@pytest.mark.parametrize("source", SAMPLES)
def test_plain_text_is_what_the_page_shows(source):
    assert plain(source) == text_of(render(source))


def test_plain_text_keeps_blocks_apart_and_code_in_shape():
    assert plain("# Water\n\nFirst *line*\nsecond.\n\n- one\n- two") == "Water\nFirst line\nsecond.\none\ntwo"
    assert plain("```python\ndef f():\n    return 1\n```") == "def f():\n    return 1"
    assert plain("|a|b|\n|-|-|\n|1|2|") == "a b\n 1 2"


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("short", 10, "short"),
        ("one  two\nthree", 20, "one two three"),
        ("The tomatoes grew well", 15, "The tomatoes…"),
        ("The tomatoes grew well", 13, "The tomatoes…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("园丁今年种了很多番茄", 5, "园丁今年…"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text, n, expected):
    assert excerpt(text, n) == expected
    assert len(excerpt(text, n)) <= n


def test_an_empty_text_is_empty():
    assert render("") == plain("") == render(" \n ") == ""
