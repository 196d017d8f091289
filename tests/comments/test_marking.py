"""The plain text of a rendered post, and passages marked in it without breaking a tag."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classroom.comments.marking import Passage, marked, plain_text
from classroom.core.richtext import render, text_of

POST = """# Why bees sleep

Bees **rest at night**, and a *tired* bee dances badly:
she points the others the wrong way — “by 30°”, says Klein.

- the antennae hang
- the body is `cold`

```python
for bee in hive:

    bee.rest()
```

| hour | bees |
|------|------|
| 22   | 400 & more |
"""


def marks(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<mark class="passage"[^>]* data-anchor="([^"]*)"[^>]*>(.*?)</mark>', html, re.S)
    return [(names, re.sub(r"<[^>]+>", "", words)) for names, words in found]


def passage(text: str, words: str, key: str = "k1") -> Passage:
    start = text.index(words)
    return Passage(key, start, start + len(words))


class Balance(HTMLParser):
    """Every element is closed by its own tag, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.inside: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside.add((self.open[-1] if self.open else "", tag))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag


def test_the_plain_text_is_what_a_reader_reads():
    assert plain_text(render(POST)).split("\n")[:6] == [
        "Why bees sleep",
        "Bees rest at night, and a tired bee dances badly:",
        "she points the others the wrong way — “by 30°”, says Klein.",
        "the antennae hang",
        "the body is cold",
        "for bee in hive:",
    ]


def test_a_passage_inside_one_text_is_one_mark():
    html = render(POST)
    out = marked(html, [passage(plain_text(html), "dances badly")])
    assert '<mark class="passage" id="passage-k1" data-anchor="k1">dances badly</mark>' in out


def test_a_passage_through_elements_and_paragraphs_becomes_several_marks_and_one_id():
    html = render(POST)
    out = marked(html, [passage(plain_text(html), "night, and a tired bee dances badly:\nshe points")])
    assert marks(out) == [
        ("k1", "night"),
        ("k1", ", and a "),
        ("k1", "tired"),
        ("k1", " bee dances badly:\nshe points"),
    ]
    assert Balance(out).ids == ["passage-k1"]


def test_lists_and_tables_keep_nothing_but_their_own_elements():
    html = render(POST)
    text = plain_text(html)
    inside = Balance(marked(html, [Passage("all", 0, len(text))])).inside
    assert not {(outer, "mark") for outer in ("ul", "ol", "table", "thead", "tbody", "tr", "")} & inside


def test_code_is_marked_with_its_empty_lines():
    html = render(POST)
    out = marked(html, [passage(plain_text(html), "hive:\n    bee")])
    assert "".join(words for _key, words in marks(out)) == "hive:\n\n    bee"


def test_a_line_break_between_coloured_words_of_code_is_marked_too():
    html = "<pre><code><span>a</span>\n<span>b</span></code></pre>"
    assert marks(marked(html, [Passage("k", 0, 3)])) == [("k", "a"), ("k", "\n"), ("k", "b")]


def test_overlapping_passages_are_split_and_each_has_its_target():
    html = "<p>one two three four</p>"
    out = marked(html, [Passage("a", 0, 13), Passage("b", 4, 18), Passage("c", 4, 7)])
    assert marks(out) == [("a", "one "), ("a b c", "two"), ("a b", " three"), ("b", " four")]
    assert sorted(Balance(out).ids) == ["passage-a", "passage-b", "passage-c"]
    assert 'data-depth="3">two' in out


def test_what_a_key_or_a_text_holds_cannot_become_markup():
    out = marked("<p>a &lt;b&gt; &amp; c</p>", [Passage('"><script>', 0, 20)])
    assert "<script" not in out
    assert "a &lt;b&gt; &amp; c</mark>" in out


@pytest.mark.parametrize("place", [(5, 5), (7, 3), (40, 90), (-9, 0)])
def test_a_place_outside_of_the_text_marks_nothing(place):
    assert marked("<p>one two three</p>", [Passage("a", *place)]) == "<p>one two three</p>"


def test_a_place_that_reaches_beyond_the_text_is_cut():
    assert marks(marked("<p>one</p>", [Passage("a", -3, 90)])) == [("a", "one")]


def test_a_line_of_nothing_but_blanks_takes_no_time():
    blanks = " " * 150_000
    assert plain_text(f"<p>x{blanks}y</p>") == text_of(f"<p>x{blanks}y</p>") == f"x{blanks}y"


INLINE = st.recursive(
    st.text("ab <&>\"' é\u00a0\t\n", min_size=1, max_size=8).map(lambda text: escape(text, quote=False)),
    lambda inner: st.tuples(st.sampled_from(["em", "a", "code", "span"]), st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=5,
)
BLOCK = st.tuples(
    st.sampled_from(
        ["<p>{}</p>", "<pre><code>{}</code></pre>", "<ul>\n<li>{}</li>\n</ul>\n", "<h3>{}<br>x</h3>\n"]
    ),
    INLINE,
).map(lambda pair: pair[0].format(pair[1]))
HTML = st.lists(BLOCK, max_size=4).map("".join)


@given(HTML, st.lists(st.tuples(st.integers(-2, 40), st.integers(0, 30)), max_size=4))
@settings(max_examples=200, deadline=None)
@example("<p>a</p>\n<p>b</p>", [(0, 3)])
def test_marking_changes_no_word_and_breaks_no_tag(html, spans):
    text = plain_text(html)
    places = [Passage(f"k{i}", start, start + length) for i, (start, length) in enumerate(spans)]
    out = marked(html, places)
    assert plain_text(out) == text
    seen = Balance(out)
    assert not seen.open
    assert len(set(seen.ids)) == len(seen.ids)
    assert re.sub(r'</?mark[^>]*>|<span id="[^"]*"></span>', "", out) == html.replace("&#x27;", "'")
    for place in places:
        words = "".join(words for names, words in marks(out) if place.key in names.split())
        wanted = text[max(0, place.start) : max(0, place.end)]
        assert "".join(words.split()) == "".join(escape(wanted, quote=False).split())


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# Head\n",
            "words *and* more  \n",
            "\n",
            "- item\n",
            "1. one\n",
            "> said\n",
            "`co de` ",
            "```\n a\n\n  b\n```\n",
            "| a | b |\n|---|---|\n| 1 |  |\n",
            "a&nbsp;b\t c ",
            "***\n",
            "note[^1]\n\n[^1]: there\n",
            "- [x] done\n",
        ]
    ),
    max_size=8,
).map("".join)


@given(MARKDOWN)
@settings(max_examples=150, deadline=None)
def test_the_stored_text_of_a_revision_has_the_same_offsets(source):
    html = render(source)
    assert plain_text(html) == text_of(html)
    assert plain_text(marked(html, [Passage("k", 1, 9)])) == text_of(html)
