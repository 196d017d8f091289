"""Reminders: the day before one's own date, only to who owes something and can do it, and never twice."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from classroom.cli.worker import TASKS, run_due, send_due
from classroom.comments.commands import Written, post_comment
from classroom.core import clock
from classroom.core.db import db
from classroom.core.queue import Sweep
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import LatePolicy, PairingPolicy
from classroom.projects.rules import Phase
from tests.comments.conftest import GOOD, THIN

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 11, 26, 22, 0, tzinfo=BERLIN)
FOUR = datetime(2026, 11, 25, 16, 0, tzinfo=BERLIN)  # the afternoon before
REMINDERS = tuple(task for task in TASKS if task.name == "reminders")


def remind(at):
    """What the sweep does at that moment, whenever it last ran."""
    db.session.query(Sweep).delete()
    db.session.commit()
    with clock.at(at):
        assert run_due(REMINDERS) == ["reminders"]


def reminded(kind=NoticeKind.COMMENT_SOON):
    return {one.person_id for one in db.session.query(Notice).filter_by(kind=kind)}


@pytest.fixture
def room(make, monday):
    """Three who have posted and owe one comment each, one who has not posted."""

    course = make.course(make.person("Adaeze Okafor"))
    project = make.project(course, post_by=DUE, comment_by=DUE, comments_wanted=1)
    students = [make.student(course) for _ in range(3)]
    posts = [make.post(project, one) for one in students]
    made = SimpleNamespace(course=course, project=project, students=students, posts=posts)
    made.idle = make.student(course)
    db.session.commit()
    return made


def done(room, number):
    post_comment(room.students[number].id, room.posts[(number + 1) % 3], Written(GOOD))
    db.session.commit()


def test_on_the_afternoon_before_to_those_who_owe_something(room, letters):
    done(room, 0)
    remind(FOUR - timedelta(minutes=1))
    assert reminded() == reminded(NoticeKind.POST_SOON) == set()
    remind(FOUR)
    assert reminded() == {room.students[1].id, room.students[2].id}
    assert reminded(NoticeKind.POST_SOON) == {room.idle.id}
    with clock.at(FOUR):
        sent = {letter["To"]: letter for letter in letters() if "still" in letter["Subject"]}
    assert set(sent) == {room.students[1].email, room.students[2].email, room.idle.email}
    text = sent[room.students[1].email].get_content()
    assert "1 comment is still yours to write in “Your first home page”" in text
    assert "By Thursday, 26 November 2026, 22:00" in text or "26 November 2026, 22:00 (Europe/Berlin)" in text
    assert f"http://localhost/projects/{room.project.public_id}/next" in text
    assert not [one.email for one in room.students[2:] if one.email in text]


def test_once_however_often_the_sweep_runs_and_wherever_the_date_moves(room):
    for at in (FOUR, FOUR + timedelta(minutes=10), DUE - timedelta(minutes=1)):
        remind(at)
    room.project.comment_by = room.project.post_by = DUE + timedelta(days=7)
    remind(FOUR + timedelta(days=7))
    assert db.session.query(Notice).filter_by(kind=NoticeKind.COMMENT_SOON).count() == 3
    assert db.session.query(Notice).filter_by(kind=NoticeKind.POST_SOON).count() == 1


def test_missed_for_hours_it_comes_late_and_after_the_date_not_at_all(room):
    remind(DUE + timedelta(minutes=1))
    assert reminded() == set()
    remind(FOUR + timedelta(hours=3))
    assert len(reminded()) == 3


def test_more_time_moves_the_reminder_and_stands_in_it(room, letters):
    later = DUE + timedelta(days=4)
    give_extension(room.project, room.students[0].id, {Phase.COMMENT: later}, by_id=room.idle.id)
    assert [one["Subject"] for one in letters() if "more time" in one["Subject"]]
    remind(FOUR)
    assert room.students[0].id not in reminded()
    remind(FOUR + timedelta(days=4))
    assert room.students[0].id in reminded()
    with clock.at(FOUR + timedelta(days=4)):
        text = "".join(one.get_content() for one in letters() if one["To"] == room.students[0].email)
    assert text.count("Monday 30 November 2026, 22:00 (Europe/Berlin)") == 2
    assert "Your own date: Monday 30 November 2026, 22:00 (Europe/Berlin)" in text


def test_nobody_is_reminded_who_has_nothing_that_they_can_do(room):
    """Two of three posts were removed: to the third student, whose own is left, nothing can be offered."""
    for post in room.posts[:2]:
        post.state = State.REMOVED
    db.session.commit()
    remind(FOUR)
    assert reminded()
    assert reminded() <= {room.students[0].id, room.students[1].id}


def test_who_may_not_read_before_posting_is_reminded_to_post_only(room):
    remind(FOUR)
    assert room.idle.id in reminded(NoticeKind.POST_SOON)
    assert room.idle.id not in reminded()


def test_a_comment_that_does_not_count_yet_is_something_to_do(room):
    room.project.pairing = PairingPolicy.OPEN
    for number in (0, 1, 2):
        for other in (1, 2):
            post = room.posts[(number + other) % 3]
            post_comment(room.students[number].id, post, Written(THIN))
    db.session.commit()
    remind(FOUR)
    assert len(reminded()) == 3


@pytest.mark.parametrize(
    "why", ["left", "closed account", "archived course", "draft", "not open", "just published"]
)
def test_who_is_not_there_or_has_only_just_heard_is_left_alone(room, make, why):
    if why == "left":
        for one in (*room.students, room.idle):
            make.seat(room.course, one).left_at = FOUR
    if why == "closed account":
        for one in (*room.students, room.idle):
            one.disabled_at = FOUR
    if why == "archived course":
        room.course.archived_at = FOUR
    if why == "draft":
        room.project.state = "draft"
    if why == "not open":
        room.project.opens_at = FOUR + timedelta(hours=1)
    if why == "just published":
        room.project.published_at = FOUR + timedelta(hours=1)
    db.session.commit()
    remind(FOUR + timedelta(minutes=1 if why == "not open" else 90))
    assert reminded() == reminded(NoticeKind.POST_SOON) == set()


def test_a_reminder_that_waited_for_the_server_is_not_sent_to_who_is_done(room, server):
    room.project.late = LatePolicy.MARKED
    remind(FOUR)
    done(room, 0)
    with clock.at(FOUR + timedelta(hours=2)):
        assert send_due()
    told = [one for one in server.letters if "still" in one["Subject"]]
    assert {one["To"] for one in told} == {room.students[1].email, room.students[2].email, room.idle.email}


def test_a_class_that_has_posted_and_commented_hears_nothing(room):
    post = db.session.query(Post).filter_by(author_id=room.students[0].id).one()
    for number in range(3):
        done(room, number)
    room.idle.disabled_at = FOUR
    db.session.commit()
    remind(FOUR)
    assert post.state is State.VISIBLE
    assert reminded() == reminded(NoticeKind.POST_SOON) == set()
