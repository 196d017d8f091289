"""Asking others: what nobody has begun goes to someone else, what was begun stays, and that holds."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.comments import commands_asking as asking
from classroom.comments.commands import Written, post_comment, save_draft
from classroom.comments.events import PairingMade
from classroom.comments.models import Comment, Pairing
from classroom.comments.pairing_work import FREED, ONE_MORE, repair
from classroom.core import clock
from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.models import Post
from classroom.projects.models import PairingPolicy
from tests.comments.conftest import GOOD, build

SAY = (
    GOOD,
    "The map on the second page is what I needed, because without it I would not have found Linden Street.",
    "The queue at noon made me hungry. Which loaf sells out first, and could that stand on top?",
    "The telephone number is pale; in the sun I could not read it. A darker ink would help.",
)


@pytest.fixture
def room(make, monday):
    """Six students who have posted, two comments each; nobody has begun."""
    group = build(make, comments_wanted=2)
    group.extras["students"] = [group.author, group.writer, group.classmate]
    for number in range(3):
        student = make.student(group.course, f"Student {number}")
        group.extras["students"].append(student)
        make.post(group.project, student, title=f"Post {number}")
    repair(group.project.id)
    return group


def live():
    rows = db.session.scalars(select(Pairing).where(Pairing.released_at.is_(None)))
    return {(row.commenter_id, row.post_id) for row in rows}


def of(person):
    return {post for who, post in live() if who == person.id}


def finish(person):
    """They comment on all that they were asked for. What repeats another's on the post would not count."""
    for place, post_id in enumerate(sorted(of(person))):
        there = db.session.query(Comment).filter_by(post_id=post_id).count()
        post_comment(person.id, db.session.get(Post, post_id), Written(SAY[2 * there + place]))


def all_but_the_writer_finish(room):
    for person in room.extras["students"]:
        if person.id != room.writer.id:
            finish(person)


def others(room, *people):
    return asking.ask_others(room.project, commenters=[one.id for one in people])


def test_what_nobody_has_begun_is_asked_of_those_who_are_done(room, heard):
    all_but_the_writer_finish(room)
    told, before = heard(PairingMade), live()
    freed = of(room.writer)
    found = others(room, room.writer)
    assert {post for _who, post in found.freed} <= freed
    assert {post for _who, post in found.asked} == {post for _who, post in found.freed}
    assert room.writer.id not in {who for who, _post in found.asked}
    assert ({post for _who, post in found.freed}, found.kept) == (freed, ())
    assert live() == (before - set(found.freed)) | set(found.asked)
    assert [(one.commenter_id, one.post_id) for one in told] == sorted(found.asked)
    assert all(one.reason == ONE_MORE for one in told)
    per_post = Counter(post for _who, post in live())
    assert set(per_post.values()) == {2}


def test_a_repair_afterwards_changes_nothing(room):
    all_but_the_writer_finish(room)
    others(room, room.writer)
    before = live()
    assert repair(room.project.id) == 0
    assert live() == before


def test_whoever_was_let_off_is_not_asked_for_the_same_again(room, make):
    all_but_the_writer_finish(room)
    found = others(room, room.writer)
    freed = {post for _who, post in found.freed}
    assert freed
    make.post(room.project, make.student(room.course))
    repair(room.project.id)
    assert not of(room.writer) & freed
    assert len(of(room.writer)) <= 2 - len(freed)


def test_whoever_comments_on_it_all_the_same_gets_their_share_back(room):
    all_but_the_writer_finish(room)
    ((_who, post_id), *_rest) = others(room, room.writer).freed
    save_draft(room.writer.id, db.session.get(Post, post_id), Written("I begin after all"))
    repair(room.project.id)
    row = db.session.scalars(
        select(Pairing).where(Pairing.commenter_id == room.writer.id, Pairing.post_id == post_id)
    ).one()
    assert row.reason == FREED
    assert repair(room.project.id) == 0


def test_what_was_begun_stays(room):
    post_id = min(of(room.writer))
    save_draft(room.writer.id, db.session.get(Post, post_id), Written("I begin"))
    all_but_the_writer_finish(room)
    found = others(room, room.writer)
    assert (room.writer.id, post_id) not in {*found.freed, *found.kept}
    assert post_id in of(room.writer)


def test_where_nobody_is_free_nobody_is_let_off(room):
    before = live()
    found = others(room, room.writer)
    assert (found.freed, found.asked) == ((), ())
    assert len(found.kept) == 2
    assert live() == before


def test_from_the_side_of_a_post(room):
    all_but_the_writer_finish(room)
    post_id, other = sorted(of(room.writer))
    found = asking.ask_others(room.project, posts=[post_id])
    assert found.freed == ((room.writer.id, post_id),)
    assert [post for _who, post in found.asked] == [post_id]
    assert of(room.writer) == {other}
    assert Counter(one for _who, one in live())[post_id] == 2


def test_looking_writes_nothing_and_tells_what_is_done(room):
    all_but_the_writer_finish(room)
    before = live()
    seen = asking.plan_asking(room.project, commenters=[room.writer.id])
    assert live() == before
    assert others(room, room.writer) == seen


def test_a_second_press_finds_nothing(room):
    all_but_the_writer_finish(room)
    assert others(room, room.writer).asked
    assert others(room, room.writer).asked == ()


def test_whoever_is_asked_for_one_more_is_told_each_time(room):
    all_but_the_writer_finish(room)
    found = others(room, room.writer)
    ((who, post_id), *_rest) = found.asked
    told = db.session.scalars(
        select(Notice)
        .where(Notice.person_id == who, Notice.kind == NoticeKind.ASKED_TO_COMMENT)
        .order_by(Notice.id)
    ).all()
    assert [one.details["one_more"] for one in told][:2] == [False, True]
    assert told[1].details["post"] == db.session.get(Post, post_id).public_id


@pytest.mark.parametrize("policy", [PairingPolicy.OPEN, PairingPolicy.EVERYONE])
def test_where_nobody_is_asked_by_name_it_says_so(room, policy):
    room.project.pairing = policy
    with pytest.raises(asking.NobodyIsAsked):
        others(room, room.writer)


def test_after_the_date_it_says_so(room, monday):
    room.project.comment_by = monday
    with clock.at(monday + timedelta(hours=1)), pytest.raises(asking.TooLate):
        others(room, room.writer)
