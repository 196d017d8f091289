"""What is new to one person: a mark for their eyes alone, set by approval as well as by posting."""

import re
from datetime import timedelta

import pytest

from classroom.comments.commands import move
from classroom.comments.commands_reading import mark_all_read, mark_read
from classroom.comments.commands_threads import reply
from classroom.comments.models import LastRead
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.insights.home import home_of
from classroom.insights.queries_progress import own_posts
from classroom.notices.models import Notice
from classroom.posts.states import State
from tests.comments.conftest import RUDE

MARK = '<span class="chip leaf">new</span>'


@pytest.fixture
def url(group):
    return f"/posts/{group.post.public_id}"


def hour(number):
    return clock.at(now() + timedelta(hours=number))


def test_to_the_author_all_is_new_and_to_a_classmate_nothing_at_first(group, url, client_of):
    group.say()
    assert client_of(group.author).get(url).text.count(MARK) == 1
    for other in (group.writer, group.classmate, group.instructor):
        assert MARK not in client_of(other).get(url).text


def test_reading_saves_nothing_until_the_page_says_so(group, url, client_of, send):
    group.say()
    client = client_of(group.author)
    for _time in range(2):
        assert MARK in client.get(url).text
    answer = send(client, url, f"{url}/reading")
    assert answer.headers["Location"] == f"{url}#comments"
    assert MARK not in client.get(url).text


def test_what_came_after_the_page_was_drawn_stays_new(group, url, client_of, send):
    group.say()
    drawn = now()
    with hour(1):
        group.say(by=group.classmate)
        send(client_of(group.author), url, f"{url}/reading", until=drawn.isoformat())
        assert client_of(group.author).get(url).text.count(MARK) == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2026-11-23T09:00:00", "9999-01-01T00:00:00+00:00"])
def test_a_moment_that_is_none_is_now(group, url, client_of, send, until):
    group.say()
    send(client_of(group.author), url, f"{url}/reading", until=until)
    assert db.session.query(LastRead).filter_by(person_id=group.author.id).one().read_at <= now()


def test_a_reply_is_new_to_whoever_commented_and_ones_own_words_never_are(group, url, client_of):
    comment = group.say()
    with hour(1):
        reply(comment, group.post, group.author.id, "Which three pictures do you mean?")
        assert client_of(group.writer).get(url).text.count(MARK) == 1
        assert client_of(group.author).get(url).text.count(MARK) == 1  # the comment, not the reply
        assert MARK not in client_of(group.classmate).get(url).text


def test_what_waited_is_new_once_it_was_approved(group, url, client_of):
    held = group.say(RUDE)
    assert held.state is State.HELD
    with hour(1):
        mark_read(group.author.id, group.post)
    with hour(2):
        move(held, State.VISIBLE, actor_id=group.instructor.id, reason="approved")
        assert client_of(group.author).get(url).text.count(MARK) == 1


def test_home_and_the_project_count_what_is_new(group, actor_of, client_of, send):
    comment = group.say()
    project = f"/projects/{group.project.public_id}"
    assert own_posts(actor_of(group.author), [group.project.id])[group.project.id].fresh == 1
    assert "Read 1 new comment" in client_of(group.author).get(project).text
    with hour(1):
        mark_read(group.author.id, group.post)
        assert "new comment" not in client_of(group.author).get(project).text
    with hour(2):
        reply(comment, group.post, group.writer.id, "I mean the three at the top.")
        waiting = {item.kind: item.fresh for item in home_of(actor_of(group.author)).waiting}
        assert waiting["comments"] == 1
        send(client_of(group.author), "/news", "/news/seen")
        waiting = {item.kind: item.fresh for item in home_of(actor_of(group.author)).waiting}
        assert waiting["comments"] == 0


def test_reading_the_page_is_reading_the_news_of_it(group):
    group.say()
    mine = db.session.query(Notice).filter_by(person_id=group.author.id, seen_at=None)
    assert mine.count() > 0
    mark_read(group.author.id, group.post)
    assert mine.count() == 0


def test_marks_are_kept_once_for_each_and_never_go_back(group):
    mark_read(group.author.id, group.post)
    first = db.session.query(LastRead).one().read_at
    mark_read(group.author.id, group.post, now() - timedelta(days=1))
    mark_all_read(group.author.id, now())
    assert db.session.query(LastRead).one().read_at >= first


@pytest.mark.parametrize(("who", "status"), [("author", 303), ("classmate", 303), ("instructor", 303)])
def test_each_marks_for_themselves(group, url, client_of, send, who, status):
    assert send(client_of(group.who(who)), "/news", f"{url}/reading").status_code == status
    assert [row.person_id for row in db.session.query(LastRead)] == [group.who(who).id]


def test_a_stranger_finds_nothing(group, url, client_of, visitor):
    assert client_of(group.stranger).post(f"{url}/reading").status_code == 404
    assert visitor.post(f"{url}/reading").status_code == 302
    assert db.session.query(LastRead).count() == 0


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_edge_of_time_does_no_harm(group, client_of, until):
    client = client_of(group.author)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/settings").text)
    values = {"csrf_token": token[1], "until": until}
    assert client.post(f"/posts/{group.post.public_id}/reading", data=values).status_code == 303
