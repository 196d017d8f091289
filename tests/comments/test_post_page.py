"""The post page: who gets it, what it says, and what it costs."""

import re
from html.parser import HTMLParser

import pytest

from classroom.comments.commands import Written, move, save_draft
from classroom.comments.commands_threads import reply, thank
from classroom.comments.models import ThanksKind
from classroom.core.db import db
from classroom.posts.models import Revision
from classroom.posts.states import State
from classroom.projects.models import Anonymity
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN, build


def page(group, post=None):
    return f"/posts/{(post or group.post).public_id}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("author", 200),
        ("writer", 200),
        ("classmate", 200),
        ("instructor", 200),
        ("assistant", 200),
        ("observer", 200),
        ("other_assistant", 404),
        ("stranger", 404),
    ],
)
def test_who_gets_the_page(group, client_of, who, status):
    assert client_of(group.who(who)).get(page(group)).status_code == status


def test_nobody_signed_in_is_sent_to_sign_in_and_back(group, visitor):
    answer = visitor.get(page(group))
    assert answer.status_code == 302
    assert group.post.public_id in answer.headers["Location"]


def test_a_post_that_does_not_exist_is_answered_like_a_foreign_one(group, client_of):
    foreign = client_of(group.stranger).get(page(group))
    missing = client_of(group.stranger).get("/posts/zzzzzzzzzzzz")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert re.sub(r'value="[^"]*"', "", foreign.text) == re.sub(r'value="[^"]*"', "", missing.text)


@pytest.mark.parametrize("who", ["writer", "instructor"])
@pytest.mark.parametrize("n", [1, 10, 40])
def test_a_long_thread_costs_no_more_statements(group, client_of, count_queries, make, n, who):
    for number in range(n):
        by = make.student(group.course)
        comment = group.say(f"{GOOD} This is remark number {number} on the picture.", by=by, quote=QUOTE)
        reply(comment, group.post, group.author.id, "Thank you, I will try that.")
        thank(comment, group.author.id, ThanksKind.USEFUL)
    client, url = client_of(group.who(who)), page(group)
    with count_queries() as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= (8 if who == "writer" else 12), "\n\n".join(seen)


def test_the_passage_and_its_comment_lead_to_one_another(group, client_of):
    comment = group.say(quote=QUOTE)
    text = client_of(group.author).get(page(group)).text
    assert f'id="passage-{comment.public_id}"' in text
    assert f'<a href="#c-{comment.public_id}">{QUOTE}</a>' in text
    assert f'id="c-{comment.public_id}"' in text
    assert f'href="#passage-{comment.public_id}"' in text


def test_a_passage_is_found_again_in_a_later_revision_or_said_to_have_changed(group, client_of):
    kept, gone = (
        group.say(quote=QUOTE),
        group.say("The forty loaves are lovely, because I can see them.", quote="forty loaves"),
    )
    html = f"<p>All new here. {QUOTE}</p>"
    db.session.add(
        Revision(
            course_id=group.course.id,
            post_id=group.post.id,
            number=2,
            title="Again",
            html=html,
            text=html,
            digest="1" * 64,
        )
    )
    group.post.revision_number = 2
    text = client_of(group.author).get(page(group)).text
    assert f'id="passage-{kept.public_id}"' in text
    assert f'id="passage-{gone.public_id}"' not in text
    assert "These words are not in this revision" in text
    assert "on revision 1" in text
    earlier = client_of(group.author).get(page(group) + "?revision=1").text
    assert f'id="passage-{gone.public_id}"' in earlier
    assert "See the latest, revision 2" in earlier
    assert client_of(group.author).get(page(group) + "?revision=9").status_code == 404


def test_the_link_opens_beside_the_form(group, client_of):
    revision = db.session.query(Revision).filter_by(post_id=group.post.id).one()
    revision.link = "https://bakery.example.org/menu"
    text = client_of(group.writer).get(page(group)).text
    found = re.search(r'<a href="https://bakery.example.org/menu"([^>]*)>', text)
    assert 'target="_blank"' in found[1]
    assert "noreferrer" in found[1]


def test_the_pen_is_for_those_who_may_write(group, client_of):
    for who, has in [("writer", True), ("instructor", True), ("author", False), ("observer", False)]:
        assert ('id="pen-form"' in client_of(group.who(who)).get(page(group)).text) == has, who


def test_the_draft_lies_in_the_pen_of_its_writer_alone(group, client_of):
    save_draft(group.writer.id, group.post, Written("On my phone I scrolled", quote="forty loaves"))
    assert "On my phone I scrolled" in client_of(group.writer).get(page(group)).text
    for who in ("author", "classmate", "instructor"):
        assert "On my phone I scrolled" not in client_of(group.who(who)).get(page(group)).text


def test_a_held_comment_is_shown_to_its_writer_and_staff_and_to_nobody_else(group, client_of):
    group.say(RUDE)
    for who, sees in [("writer", True), ("instructor", True), ("author", False), ("classmate", False)]:
        assert ("obviously cannot design" in client_of(group.who(who)).get(page(group)).text) == sees, who
    assert "waits for a person" in client_of(group.writer).get(page(group)).text


def test_that_a_comment_does_not_count_is_between_its_writer_and_staff(group, client_of):
    group.say(THIN)
    for who, told in [("writer", True), ("instructor", True), ("author", False), ("classmate", False)]:
        assert ("does not count yet" in client_of(group.who(who)).get(page(group)).text) == told, who


def attributes_in(html):
    """The names of all attributes, as a browser reads them."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda _tag, attrs: found.extend(name for name, _value in attrs)
    reader.feed(html)
    assert "name" in found
    return found


def test_what_people_write_is_only_ever_text(group, client_of):
    bad = (
        '<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) " onfocus="alert(1)'
    )
    comment = group.say(f"{GOOD} {bad}", quote=f"{bad}")
    reply(comment, group.post, group.author.id, bad)
    save_draft(group.writer.id, group.post, Written(bad, quote=bad))
    for who in ("author", "writer", "instructor"):
        text = client_of(group.who(who)).get(page(group)).text
        assert "<script>alert" not in text
        assert not [name for name in attributes_in(text) if name.startswith("on")]
        assert 'href="javascript:' not in text


def test_an_empty_page_says_what_to_do(group, client_of):
    assert "Yours would be the first" in client_of(group.writer).get(page(group)).text
    assert "No comments yet" in client_of(group.author).get(page(group)).text


BLIND = [Anonymity.PSEUDONYMOUS, Anonymity.ANONYMOUS]


@pytest.mark.parametrize("mode", BLIND)
def test_no_name_leaks_to_peers(make, monday, client_of, mode):
    group = build(make, anonymity=mode)
    first = group.say(quote=QUOTE)
    group.say("The map on the second page helps, because I would not find it without.", by=group.classmate)
    reply(first, group.post, group.author.id, "Thank you, I moved it.")
    for who in ("author", "writer", "classmate", "observer"):
        me = group.who(who)
        answer = client_of(me).get(page(group))
        shown = answer.text + str(answer.headers)
        for other in (group.author, group.writer, group.classmate):
            if other.id == me.id:
                continue
            assert other.name not in shown, (who, other.name)
            assert other.name.split()[-1] not in shown
            assert other.email not in shown
            assert other.public_id not in shown
            assert make.seat(group.course, other).public_id not in shown
    staff = client_of(group.instructor).get(page(group)).text
    assert "Jonas Weiszfeld" in staff
    assert "Maya Ramanathan" in staff


@pytest.mark.parametrize("mode", BLIND)
def test_peers_learn_the_day_and_not_the_minute(make, monday, client_of, mode):
    group = build(make, anonymity=mode)
    comment = group.say()
    reply(comment, group.post, group.author.id, "Thank you, I moved it.")
    section = client_of(group.classmate).get(page(group)).text.partition('id="comments"')[2]
    said = section.partition("</section>")[0]
    assert "<time" not in said
    assert "10:00" not in said
    assert "today" in said
    assert "<time" in client_of(group.instructor).get(page(group)).text.partition('id="comments"')[2]


def test_the_order_tells_no_times_in_a_blind_project(make, monday, client_of):
    group = build(make, anonymity=Anonymity.PSEUDONYMOUS)
    ids = [group.say(f"{GOOD} Remark {n}.", by=make.student(group.course)).public_id for n in range(12)]
    text = client_of(group.classmate).get(page(group)).text
    order = re.findall(r'id="c-([a-z0-9]+)"', text)
    assert order == sorted(ids)


def test_the_sentence_beside_the_pen_says_who_sees_it(make, monday, client_of):
    named = build(make)
    assert "with your name, Jonas Weiszfeld" in client_of(named.writer).get(page(named)).text
    blind = build(make, anonymity=Anonymity.PSEUDONYMOUS)
    assert "Your instructor sees your name" in client_of(blind.writer).get(page(blind)).text
    none = build(make, anonymity=Anonymity.ANONYMOUS)
    assert "see no name here" in client_of(none.writer).get(page(none)).text


@pytest.mark.parametrize("state", [State.HELD, State.RETURNED, State.REMOVED])
def test_a_hidden_post_says_so_to_its_author(group, client_of, state):
    group.post.state = state
    assert "is not shown to the class" in client_of(group.author).get(page(group)).text
    assert client_of(group.writer).get(page(group)).status_code == 404


def test_a_removed_comment_stays_readable_for_its_writer(group, client_of):
    comment = group.say(RUDE)
    move(comment, State.REMOVED, actor_id=group.instructor.id, reason="removed")
    text = client_of(group.writer).get(page(group)).text
    assert "removed" in text
    assert f"/comments/{comment.public_id}/edit" not in text


def test_the_address_of_a_comment_leads_to_it(group, client_of):
    comment = group.say()
    answer = client_of(group.author).get(f"/comments/{comment.public_id}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{page(group)}#c-{comment.public_id}"
    assert client_of(group.stranger).get(f"/comments/{comment.public_id}").status_code == 404
