"""Whatever people type into whichever field: on every page it is text, and nothing in it runs or loads."""

from html.parser import HTMLParser

import pytest

from classroom.celebrations.models import Highlight, Nomination
from classroom.comments.models import Comment, Reply
from classroom.core.db import db
from classroom.core.richtext import render
from classroom.courses.models import Course, Membership, RosterImport, Section
from classroom.guidelines.models import Clause, Example, GuidelineVersion
from classroom.lessons.models import Lesson, LessonStep, LessonText
from classroom.moderation.models import Case, Flag, LogEntry
from classroom.posts.models import Post, PostFile, Revision
from classroom.projects.models import Extension, Material, Project, Prompt
from tests.access.walk import LABELS, NAMES_OF_TOKENS, may
from tests.core.xss import PAYLOADS
from tests.security.names import NAMES

MARK = "1337"
ATTACK = (
    "\"'><script>alert(1337)</script><img src=x onerror=alert(1337)>"
    "<svg/onload=alert(1337)>javascript:alert(1337)"
)
TYPED = {
    Course: ("title", "term"),
    Section: ("name",),
    Membership: ("external_id",),
    RosterImport: ("filename",),
    Project: ("title",),
    Prompt: ("text",),
    Material: ("title", "file_name"),
    Extension: ("reason",),
    Post: ("title", "draft_title", "draft_text", "draft_help"),
    Revision: ("title", "help_wanted", "source"),  # a link is checked before it is stored: tests/posts
    PostFile: ("name", "neutral_name"),
    Comment: ("body", "quote", "quote_before", "quote_after"),
    Reply: ("body",),
    Highlight: ("why",),
    Nomination: ("why",),
    GuidelineVersion: ("title", "intro", "change_note"),
    Clause: ("title", "text"),
    Example: ("situation", "why", "explanation"),
    Lesson: ("title", "intro"),
    LessonStep: ("title", "body"),
    LessonText: ("draft", "sent"),
    Case: (),
    Flag: ("note",),
    LogEntry: ("note",),
}
RENDERED = {
    Project: "brief_html",
    Material: "body_html",
    Revision: "html",
    Comment: "body_html",
    Reply: "body_html",
    LessonStep: "body_html",
}
LOADS = {
    "src",
    "href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "srcset",
    "xlink:href",
    "srcdoc",
}


class Listening(HTMLParser):
    """What a browser would run, or would load from elsewhere."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.inside = [], None

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            text = "".join((value or "").split()).casefold()
            if name.startswith("on"):
                self.found.append(f"<{tag} {name}={value}>")
            if name in LOADS and text.startswith(("javascript:", "vbscript:", "data:text", "//", "file:")):
                self.found.append(f"<{tag} {name}={value}>")
            if name in LOADS - {"href"} and text.startswith(("http:", "https:")):
                self.found.append(f"<{tag} {name}={value}>, loaded from elsewhere")
        told = dict(attrs)
        if tag in {"iframe", "object", "embed", "base", "frame"} and MARK in str(attrs):
            self.found.append(f"<{tag} {attrs}>")
        if tag == "script":
            self.inside = tag
            if not (told.get("src") or "").startswith("/static/") and told.get("type") not in {
                "application/json"
            }:
                self.found.append(f"<script {attrs}>")

    def handle_data(self, data):
        if self.inside == "script" and MARK in data:
            self.found.append(f"in a script: {data[:60]}")

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None


def runs(page):
    parser = Listening()
    parser.feed(page)
    parser.close()
    return parser.found


@pytest.mark.parametrize(
    "page",
    ["<script>1</script>", "<p onclick=x>", "<a href='java\nscript:x'>", "<img src=https://evil.example/x>"],
)
def test_the_listener_hears(page):
    assert runs(page)


def poison(scene, attack):
    """Put the attack into everyone of the scene and all they wrote."""
    poison_people(scene.people.values(), attack)
    poison_rows(attack)


def poison_people(people, attack):
    for person in people:
        person.name = f"{attack} {person.id}"[:200]
        person.called, person.pronouns = attack[:100], attack[:60]


def poison_rows(attack):
    """Put the attack where people's words lie; what is stored as HTML is what our Markdown makes of it."""
    for model, columns in TYPED.items():
        for row in db.session.query(model):
            for column in columns:
                if getattr(row, column) is None and column.startswith(("quote", "file_")):
                    continue
                length = getattr(model.__table__.c[column].type, "length", None)
                setattr(row, column, (f"{row.id}{attack}" if model is Section else attack)[:length])
            if model in RENDERED:
                setattr(row, RENDERED[model], render(attack))
    for comment in db.session.query(Comment):
        comment.verdict = (
            {**comment.verdict, "because": [{"code": "praise.bare", "words": attack, "span": [0, 4]}]}
            if comment.verdict
            else {}
        )
    for step in db.session.query(LessonStep):
        step.content = poisoned(step.content, attack)
    for case in db.session.query(Case):
        case.words = [attack]
    db.session.commit()


def poisoned(content, attack):
    """Every text within it, however deep; keys lead to rows and stay."""
    if isinstance(content, dict):
        return {name: one if name == "key" else poisoned(one, attack) for name, one in content.items()}
    if isinstance(content, list):
        return [poisoned(one, attack) for one in content]
    return attack if isinstance(content, str) else content


def test_on_every_page(walker, road, scene):
    poison(scene, ATTACK)
    heard, seen = [], 0
    for step in (step for step in road if step.method == "GET"):
        for label in ("poster", "classmate", "assistant", "instructor"):
            with walker.undone():
                answer = walker.go(step, label)
            if "html" not in answer.content_type:
                continue
            assert answer.status_code < 500, f"{step} as {label}"
            seen += MARK in answer.text
            heard += [f"{step} as {label}: {one}" for one in runs(answer.text)]
    assert "\n".join(heard) == ""
    assert seen > 60, "the attack was shown, as text"


def test_typed_into_every_field_and_shown_again(walker, road):
    """A refused form shows what was typed; so does a preview."""
    heard = []
    typed = {f"{prefix}{name}": ATTACK for prefix in ("", "new-") for name in NAMES}
    for step in (step for step in road if step.method == "POST"):
        label = next(one for one in LABELS if may(step, walker.scene.is_what(one, dict(step.filled))))
        with walker.undone():
            answer = walker.go(step, label, data=typed | dict.fromkeys(NAMES_OF_TOKENS, walker.csrf[label]))
        if "html" in answer.content_type:
            heard += [f"{step} as {label}: {one}" for one in runs(answer.text)]
    assert "\n".join(heard) == ""


PLACES = (
    "insights.home",
    "projects.listing",
    "projects.show",
    "comments.show",
    "moderation.queue",
    "courses.people",
)


def test_the_whole_corpus_on_the_pages_that_show_most(walker, road, scene):
    """Every known way in, a dozen at a time, as name, title, brief, work and comment."""
    heard = []
    steps = [step for step in road if step.endpoint in PLACES and step.method == "GET"]
    for start in range(0, len(PAYLOADS), 12):
        with walker.undone():
            poison(scene, " ".join(PAYLOADS[start : start + 12]).replace("\x00", ""))
            for step in steps:
                answer = walker.go(step, "instructor")
                assert answer.status_code == 200, step
                heard += [f"{step} with {start}: {one}" for one in runs(answer.text)]
    assert "\n".join(heard) == ""
