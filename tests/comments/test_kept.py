"""Several comments kept on one post and sent together: whose they are, and what becomes of each."""

import re

import pytest
from sqlalchemy import select

from classroom.comments.commands import Written, save_draft
from classroom.comments.commands_kept import (
    MOST,
    TooManyKept,
    keep_comment,
    post_kept,
    take_up,
    throw_away,
)
from classroom.comments.models import Comment
from classroom.comments.queries import draft_of, kept_by
from classroom.comments.rules import CommentingClosed, NothingWritten
from classroom.core.db import db
from classroom.posts.states import State
from classroom.projects.models import LatePolicy
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN, build

MAP = "The map has no legend, so I could not tell which line is the tram. Could you name it beside the line?"


@pytest.fixture
def keep(group):
    def keeps(body=GOOD, **values):
        quote = values.pop("quote", None)
        return keep_comment(group.writer.id, group.post, Written(body, quote), **values)

    return keeps


@pytest.fixture
def page(group):
    return f"/posts/{group.post.public_id}"


def states():
    return sorted(db.session.scalars(select(Comment.state)))


def test_the_pen_is_empty_again_and_the_comment_waits(group, keep):
    save_draft(group.writer.id, group.post, Written(GOOD))
    kept = keep()
    assert draft_of(group.writer.id, group.post.id) is None
    assert kept_by(group.writer.id, group.post.id) == [kept]
    save_draft(group.writer.id, group.post, Written("On the map"))
    assert states() == [State.DRAFT, State.DRAFT]


def test_what_another_tab_saved_stays_in_the_pen(group, keep):
    saved = save_draft(group.writer.id, group.post, Written(MAP))
    kept = keep(version=saved.version - 1)
    assert draft_of(group.writer.id, group.post.id).body == MAP
    assert kept.body == GOOD


def test_together_each_is_judged_for_itself_and_held_for_itself(group, keep):
    for body in (GOOD, THIN, RUDE):
        keep(body)
    sent = post_kept(group.writer.id, group.post)
    assert [one.state for one in sent] == [State.VISIBLE, State.VISIBLE, State.HELD]
    assert [one.verdict["counts"] for one in sent[:2]] == [True, False]
    assert post_kept(group.writer.id, group.post) == []
    assert states() == sorted(one.state for one in sent)


def test_one_alone_and_one_thrown_away(group, keep):
    first, second, third = keep(), keep(MAP, quote=QUOTE), keep(THIN)
    assert post_kept(group.writer.id, group.post, second.public_id) == [second]
    assert second.quote == QUOTE
    assert throw_away(group.writer.id, group.post, third.public_id)
    assert not throw_away(group.writer.id, group.post, third.public_id)
    assert kept_by(group.writer.id, group.post.id) == [first]


def test_taken_up_again_it_changes_places_with_what_lies_in_the_pen(group, keep):
    kept = keep()
    save_draft(group.writer.id, group.post, Written(MAP))
    assert take_up(group.writer.id, group.post, kept.public_id)
    assert draft_of(group.writer.id, group.post.id) is kept
    assert [one.body for one in kept_by(group.writer.id, group.post.id)] == [MAP]


def test_the_same_press_keeps_once_and_posting_it_after_all_posts_it(group, keep):
    kept = keep(once="abc")
    assert keep(once="abc") is kept
    assert group.say(once="abc") is kept
    assert (kept.state, kept_by(group.writer.id, group.post.id)) == (State.VISIBLE, [])
    assert keep(once="abc").state is State.VISIBLE


def test_there_is_an_end_to_keeping_and_nothing_empty_is_kept(group, keep):
    with pytest.raises(NothingWritten):
        keep(" ")
    for number in range(MOST):
        keep(f"{GOOD} {number}")
    with pytest.raises(TooManyKept):
        keep()


def test_nobody_else_has_a_hand_in_it(group, keep):
    kept = keep()
    for other in (group.classmate, group.instructor):
        assert post_kept(other.id, group.post, kept.public_id) == []
        assert not take_up(other.id, group.post, kept.public_id)
        assert not throw_away(other.id, group.post, kept.public_id)
    assert kept.state is State.DRAFT


def test_after_the_end_they_stay_kept(make, monday):
    group = build(make, late=LatePolicy.CLOSED)
    kept = keep_comment(group.writer.id, group.post, Written(GOOD))
    group.project.comment_by = monday.replace(year=2025)
    db.session.flush()
    with pytest.raises(CommentingClosed):
        post_kept(group.writer.id, group.post)
    assert kept.state is State.DRAFT


@pytest.mark.parametrize("who", ["author", "classmate", "instructor", "assistant", "observer"])
def test_only_its_writer_sees_it(group, keep, client_of, page, who):
    keep("A secret until it is posted: the menu is hard to find, and the map too.", quote=QUOTE)
    text = client_of(group.who(who)).get(page).text
    assert "A secret until" not in text
    assert 'class="passage"' not in text
    assert "only you see" not in text


def test_the_whole_way_without_scripts(group, client_of, send, page):
    client = client_of(group.writer)
    for body in (GOOD, MAP):
        answer = send(client, page, f"{page}/comments", body=body, then="another")
        assert answer.status_code == 303
    text = client.get(page).text
    assert text.count("only you see this") == 2
    assert "Post all 2" in text
    assert '<span class="count">' not in text
    assert send(client, page, f"{page}/kept/posting").location.endswith("#comments")
    assert "2 comments are posted." in client.get(page).text
    assert "That is done already" in follow(client, send(client, page, f"{page}/kept/posting"))


def test_what_was_thrown_away_comes_back_beside_what_is_in_the_pen(group, keep, client_of, send, page):
    kept = keep(MAP, quote=QUOTE)
    save_draft(group.writer.id, group.post, Written(GOOD))
    client = client_of(group.writer)
    answer = send(client, page, f"{page}/kept/dropping", which=kept.public_id)
    assert kept_by(group.writer.id, group.post.id) == []
    shown = client.get(answer.location).text
    undo = re.search(r'action="(/undo/[^"]+)"', shown)
    assert send(client, "/settings", undo[1]).status_code == 303
    back = kept_by(group.writer.id, group.post.id)
    assert [(one.body, one.quote) for one in back] == [(MAP, QUOTE)]
    assert draft_of(group.writer.id, group.post.id).body == GOOD


def test_the_words_stay_when_they_cannot_be_kept(group, client_of, send, page):
    client = client_of(group.writer)
    answer = send(client, page, f"{page}/comments", body="", quote=QUOTE, then="another")
    assert answer.status_code == 422
    assert QUOTE in answer.text
    assert states() == []


@pytest.mark.parametrize("act", ["posting", "taking-up", "dropping"])
@pytest.mark.parametrize(("who", "status"), [("author", 403), ("classmate", 303), ("stranger", 404)])
def test_four_people_at_the_buttons(group, keep, client_of, send, page, act, who, status):
    kept = keep()
    client = client_of(group.who(who))
    answer = send(client, "/settings", f"{page}/kept/{act}", which=kept.public_id)
    assert answer.status_code == status
    assert kept.state is State.DRAFT


def test_a_kept_comment_has_no_address_of_its_own_and_no_receipt(group, keep, client_of, page):
    kept, client = keep(), client_of(group.writer)
    assert client.get(f"/comments/{kept.public_id}").status_code == 404
    assert "Your comment is posted" not in client.get(f"{page}?posted={kept.public_id}").text


@pytest.mark.parametrize("n", [1, 15])
def test_many_kept_cost_no_more_statements(group, keep, client_of, count_queries, page, n):
    for number in range(n):
        keep(f"{GOOD} {number}", quote=QUOTE)
    client = client_of(group.writer)
    with count_queries() as seen:
        assert client.get(page).status_code == 200
    assert len(seen) <= 8, "\n".join(seen)


def follow(client, answer):
    return re.sub(r"\s+", " ", client.get(answer.location).text)
