"""Replies, thanks, and what the receiver did because of a comment."""

import pytest
from sqlalchemy import func, select

from classroom.comments.commands import move
from classroom.comments.commands_threads import (
    edit_reply,
    mark_acted_on,
    reply,
    thank,
    unmark_acted_on,
    unthank,
    withdraw_reply,
)
from classroom.comments.events import CommentActedOn, CommentMoved, ReplyPosted, ThanksGiven
from classroom.comments.models import Reply, Thanks, ThanksKind
from classroom.comments.rules import BothTexts, NotToAnswer
from classroom.core.db import db
from classroom.posts.states import CannotMove, State
from tests.comments.conftest import RUDE

ANSWER = "Thank you, I moved the menu up."


def count(kind):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_a_reply_is_visible_and_told(group, heard):
    told = heard(ReplyPosted)
    row = reply(group.say(), group.post, group.author.id, ANSWER)
    assert (row.state, row.body_html) == (State.VISIBLE, f'<p dir="auto">{ANSWER}</p>\n')
    assert [event.reply_id for event in told] == [row.id]


def test_a_reply_is_sent_once(group):
    comment = group.say()
    first = reply(comment, group.post, group.author.id, ANSWER, once="a")
    assert reply(comment, group.post, group.author.id, ANSWER, once="a").id == first.id
    assert count(Reply) == 1


def test_a_rude_reply_is_held_and_can_be_rewritten(group, heard):
    told = heard(CommentMoved)
    row = reply(group.say(), group.post, group.author.id, RUDE)
    assert row.state is State.HELD
    edit_reply(row, group.post, ANSWER, version=row.version)
    assert (row.state, row.body) == (State.VISIBLE, ANSWER)
    edges = [(event.before, event.after, event.reason) for event in told if event.subject == "reply"]
    assert edges[-1] == (State.HELD, State.VISIBLE, "rewritten")
    assert told[-1].details["body"] == RUDE


def test_staff_replies_are_not_held(group):
    assert reply(group.say(), group.post, group.instructor.id, RUDE).state is State.VISIBLE


def test_a_hidden_comment_is_not_answered(group):
    comment = group.say(RUDE)
    for act in (
        lambda: reply(comment, group.post, group.author.id, ANSWER),
        lambda: thank(comment, group.author.id, ThanksKind.KIND),
        lambda: mark_acted_on(comment, 1),
    ):
        with pytest.raises(NotToAnswer):
            act()
    assert (count(Reply), count(Thanks), comment.acted_at) == (0, 0, None)


def test_two_tabs_keep_both_replies(group):
    row = reply(group.say(), group.post, group.author.id, ANSWER)
    version = row.version
    edit_reply(row, group.post, "Thank you!", version=version)
    with pytest.raises(BothTexts):
        edit_reply(row, group.post, "Thanks a lot", version=version)


def test_a_flagged_reply_stays_with_the_person(group):
    row = reply(group.say(), group.post, group.author.id, ANSWER)
    move(row, State.HELD, actor_id=group.writer.id, reason="flagged")
    edit_reply(row, group.post, "Thank you!", version=row.version)
    assert (row.state, row.hold_reason) == (State.HELD, "flagged")


def test_a_reply_is_taken_back_once(group):
    row = reply(group.say(), group.post, group.author.id, ANSWER)
    withdraw_reply(row)
    assert row.state is State.WITHDRAWN
    with pytest.raises(CannotMove):
        withdraw_reply(row)


def test_thanks_are_one_press_and_told_once(group, heard):
    told = heard(ThanksGiven)
    comment = group.say()
    for _ in range(2):
        thank(comment, group.author.id, ThanksKind.USEFUL)
    thank(comment, group.author.id, ThanksKind.KIND)
    assert count(Thanks) == 2
    assert [(event.writer_id, event.kind) for event in told] == [
        (group.writer.id, ThanksKind.USEFUL),
        (group.writer.id, ThanksKind.KIND),
    ]
    for _ in range(2):
        unthank(comment, group.author.id, ThanksKind.USEFUL)
    assert count(Thanks) == 1


def test_acting_on_a_comment_names_the_revision(group, heard, monday):
    told = heard(CommentActedOn)
    comment = group.say()
    for _ in range(2):
        mark_acted_on(comment, 2)
    assert (comment.acted_at, comment.acted_revision) == (monday, 2)
    assert [event.revision for event in told] == [2]
    unmark_acted_on(comment)
    assert (comment.acted_at, comment.acted_revision) == (None, None)
