"""My comments and the portfolio: what is there, what is not, who comes in, and what it costs."""

import re

import pytest

from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, post_comment, save_draft
from classroom.comments.commands_threads import mark_acted_on, thank
from classroom.comments.models import ThanksKind
from classroom.core.db import db
from classroom.plans.commands import decide
from classroom.plans.models import Choice
from classroom.portfolio.rules import Mine, Step, grown, steps
from classroom.projects.models import Anonymity
from tests.comments.conftest import GOOD, QUOTE, RUDE, build
from tests.conftest import MONDAY

NAMING = (
    "Maya, your “menu is at the bottom” line made me look twice, because it sounds like Noor Haddad. "
    "Could you write to maya@example.edu and ask Ms Okafor or Teal Heron whether it may move?"
)


@pytest.fixture
def group(make, monday):
    made = build(make, anonymity=Anonymity.PSEUDONYMOUS)
    made.said = post_comment(made.writer.id, made.post, Written(f"{NAMING} {GOOD}", quote=QUOTE))
    made.rude = post_comment(made.writer.id, made.post, Written(RUDE))
    thank(made.said, made.author.id, ThanksKind.USEFUL)
    mark_acted_on(made.said, 1)
    highlight(made.said, made.instructor.id, why="Noor should read it.", moves=["reason"])
    db.session.commit()
    return made


@pytest.fixture
def url(group):
    return f"/courses/{group.course.public_id}/my-comments"


def test_what_they_led_to_stands_there_and_every_filter_is_an_address(group, client_of, url):
    text = client_of(group.writer).get(url).text
    for words in ("acted on in revision 1", "useful", "Great comment", "waits for a person", "1 of 1"):
        assert words in text
    assert "Maya" not in text.replace(NAMING[:4], "")
    assert "idiot" not in client_of(group.writer).get(f"{url}?led=thanked").text
    assert client_of(group.writer).get(f"{url}?by=weeks").text.count("week of") == 1
    assert "You have not commented yet" in client_of(group.author).get(url).text


def test_what_became_of_the_advice_once_a_revision_tells(group, client_of, url):
    item = decide(group.said, Choice.PARTLY, "The picture needs the room.")
    db.session.commit()
    assert "needs the room" not in client_of(group.writer).get(url).text
    item.revision, item.told_at = 2, MONDAY
    db.session.commit()
    assert "needs the room" in client_of(group.writer).get(url).text
    item.withheld = True
    db.session.commit()
    assert "needs the room" not in client_of(group.writer).get(url).text


@pytest.mark.parametrize("what", ["", "/portfolio", "/portfolio.html", "/portfolio.md"])
def test_who_may_and_nobody_through_their_eyes(group, client_of, send, make, url, what):
    expected = {"writer": 200, "classmate": 200, "instructor": 403, "assistant": 403, "observer": 403}
    for who, status in {**expected, "stranger": 404}.items():
        assert client_of(group.who(who)).get(url + what).status_code == status, who
    staff, seat = client_of(group.instructor), make.seat(group.course, group.writer)
    assert send(staff, "/settings", f"/members/{seat.public_id}/viewing").status_code == 303
    seen = staff.get(url + what)
    assert seen.status_code == 403
    assert "menu above the picture" not in seen.text


@pytest.mark.parametrize("what", ["portfolio", "portfolio.html", "portfolio.md"])
def test_nobody_else_goes_along(group, client_of, url, what):
    answer = client_of(group.writer).get(f"{url}/{what}?chosen=1&c={group.said.public_id}&named=1")
    text = answer.text
    own = text[text.index("What you take along") :] if what == "portfolio" else text
    assert "Could you move the menu above the picture" in own
    assert "Jonas Weiszfeld" in own
    for theirs in (
        "Maya", "Ramanathan", "Noor", "Haddad", "Okafor", "Teal", "Heron", "maya@", QUOTE, "menu is at",
        group.post.title, group.post.public_id, "should read it",
    ):  # fmt: skip
        assert theirs not in own, theirs
    if what != "portfolio":
        assert "attachment" in answer.headers["Content-Disposition"]
        assert group.said.public_id not in text
        assert not re.search(r"(src|href)=|url\(|<script", text)


def test_only_ones_own_visible_comments_and_only_what_is_chosen(group, client_of, url):
    theirs = post_comment(group.classmate.id, group.post, Written(f"{GOOD} I am somebody else."))
    save_draft(group.writer.id, group.post, Written("Not yet said."))
    db.session.commit()
    ids = "&".join(f"c={one.public_id}" for one in (theirs, group.rude))
    text = client_of(group.writer).get(f"{url}/portfolio.md?chosen=1&{ids}").text
    assert "somebody else" not in text
    assert "idiot" not in text
    assert "Jonas" not in text  # without one's name unless it is ticked
    first = client_of(group.writer).get(f"{url}/portfolio").text
    assert "idiot" not in first
    assert "Not yet said" not in first
    assert "Nothing is chosen" in client_of(group.writer).get(f"{url}/portfolio?chosen=1").text
    assert "Nothing to take along yet" in client_of(group.author).get(f"{url}/portfolio").text


@pytest.mark.parametrize("n", [1, 12])
@pytest.mark.parametrize("what", ["", "/portfolio"])
def test_it_costs_the_same_whatever_there_is(group, client_of, make, count_queries, url, what, n):
    for _number in range(n):
        post = make.post(group.project, make.student(group.course))
        thank(post_comment(group.writer.id, post, Written(GOOD)), post.author_id, ThanksKind.KIND)
    db.session.commit()
    client = client_of(group.writer)
    with count_queries() as seen:
        assert client.get(url + what).status_code == 200
    assert len(seen) <= 8, seen


class TestGrowth:
    def test_is_told_where_it_is_and_never_as_a_loss(self):
        first = [Mine("One", MONDAY, frozenset({"praise"}))] * 2
        last = [Mine("Two", MONDAY.replace(day=30), frozenset({"reason", "question"}))] * 2
        found = steps([*last, *first], lambda one: one.project)
        assert [one.label for one in found] == ["One", "Two"]
        assert [one.each for one in found] == [1.0, 2.0]
        assert grown(found) == ["reason", "question"]
        assert grown(found[::-1]) == ["praise"]

    def test_one_comment_says_nothing(self):
        assert grown([Step("a", 1, dict.fromkeys(("praise",), 0)), Step("b", 3, {"praise": 3})]) == []
