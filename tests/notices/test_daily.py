"""The daily letter: at seven in one's own zone, only with what is unseen, never what was mailed, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from classroom.access import Role
from classroom.cli.worker import send_due
from classroom.comments.commands import Written, post_comment
from classroom.comments.commands_threads import reply
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.commands import enrol
from classroom.notices.commands import choose, mark_seen, tell
from classroom.notices.models import Group, Notice, NoticeKind, Way

FINE = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)
SEVEN = datetime(2026, 11, 24, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DETAILS = {"post": "p", "comment": "c", "title": "A bakery", "project_title": "Home page"}


def comment_and_answer(scene):
    comment = post_comment(scene.jonas.id, scene.post, Written(FINE))
    reply(comment, scene.post, scene.aylin.id, "Thank you, I will move it above the map.")
    db.session.commit()
    return comment


def test_a_day_of_news_is_one_letter_in_the_morning(scene, monday, letters):
    comment = comment_and_answer(scene)
    for number in range(3):
        tell(scene.course.id, [scene.aylin.id], NoticeKind.REPLIED, f"reply:{number}", **DETAILS)
    assert letters() == []
    with clock.at(SEVEN - timedelta(seconds=1)):
        assert letters() == []
    with clock.at(SEVEN):
        to = {letter["To"]: letter for letter in letters()}
    assert set(to) == {scene.aylin.email, scene.jonas.email}
    text = to[scene.aylin.email].get_content()
    assert to[scene.aylin.email]["Subject"] == "4 pieces of news for you"
    assert scene.course.title in text
    assert f"http://localhost/comments/{comment.public_id}\n" in text
    assert text.partition("Still yours to do")[0].count("\n- ") == 4
    assert "Jonas" not in text
    assert scene.jonas.email not in text


def test_what_was_seen_or_mailed_already_is_not_in_it(scene, monday, letters):
    comment_and_answer(scene)
    tell(scene.course.id, [scene.aylin.id], NoticeKind.RETURNED, "r", note="Once more.", **DETAILS)
    assert [letter["Subject"] for letter in letters()] == ["A comment came back to you"]
    mark_seen(scene.jonas.id)
    with clock.at(SEVEN):
        (_first, daily) = letters()
        assert daily["To"] == scene.aylin.email
        assert "came back" not in daily.get_content()
    with clock.at(SEVEN + timedelta(days=1)):
        assert len(letters()) == 2


def test_nothing_new_is_no_letter(scene, monday, letters):
    comment_and_answer(scene)
    for person in (scene.aylin, scene.jonas):
        mark_seen(person.id)
    with clock.at(SEVEN):
        assert letters() == []
    assert db.session.query(Notice).filter(Notice.try_at.is_not(None)).count() == 0


def test_a_morning_that_was_missed_comes_late_and_once(scene, monday, letters):
    comment_and_answer(scene)
    with clock.at(SEVEN + timedelta(hours=3)):
        assert len(letters()) == 2
        assert len(letters()) == 2


def test_everyone_has_their_own_morning(scene, monday, letters):
    scene.aylin.zone = "Asia/Tokyo"
    comment_and_answer(scene)
    with clock.at(datetime(2026, 11, 24, 7, 0, tzinfo=ZoneInfo("Asia/Tokyo"))):
        assert [letter["To"] for letter in letters()] == [scene.aylin.email]


def test_news_of_two_courses_come_in_one_letter_and_none_of_a_course_that_was_left(
    scene, make, monday, letters
):
    bees, birds = make.course(title="Statistics for Bees"), make.course(title="Songs of Birds")
    for course in (bees, birds):
        enrol(course, scene.aylin, Role.STUDENT)
    make.seat(birds, scene.aylin).left_at = monday
    for number, course in enumerate((scene.course, bees, birds)):
        tell(course.id, [scene.aylin.id], NoticeKind.REPLIED, f"reply:{number}", **DETAILS)
    letters()
    with clock.at(SEVEN):
        (letter,) = letters()
    text = letter.get_content()
    assert [title in text for title in (scene.course.title, bees.title, birds.title)] == [True, True, False]


def test_a_letter_that_was_refused_comes_with_the_same_news_once(scene, monday, server):
    comment_and_answer(scene)
    server.refuses = ["450 busy", "450 busy"]
    with clock.at(SEVEN):
        send_due()
        assert server.letters == []
    with clock.at(SEVEN + timedelta(minutes=1)):
        send_due()
    assert sorted(letter["To"] for letter in server.letters) == sorted([scene.aylin.email, scene.jonas.email])


@pytest.mark.parametrize(
    ("way", "at_once", "in_the_morning"), [(Way.NOW, 1, 0), (Way.DAILY, 0, 1), (Way.HERE, 0, 0)]
)
def test_everyone_gets_it_as_they_chose(scene, monday, letters, way, at_once, in_the_morning):
    choose(scene.aylin.id, {Group.TALK: way})
    post_comment(scene.jonas.id, scene.post, Written(FINE))
    assert len(letters()) == at_once
    with clock.at(SEVEN):
        assert len(letters()) == at_once + in_the_morning
    assert db.session.query(Notice).filter_by(person_id=scene.aylin.id).count() == 1


def test_a_journey_from_the_comment_to_the_last_daily_letter(scene, monday, letters, client_of, visitor):
    """A comment, the morning's letter, its link after signing in, and the link that ends such letters."""
    comment = comment_and_answer(scene)
    with clock.at(SEVEN):
        letter = next(one for one in letters() if one["To"] == scene.aylin.email)
        lines = letter.get_content().split()
        deep = next(one for one in lines if "/comments/" in one).removeprefix("http://localhost")
        assert visitor.get(deep).location == f"/sign-in?next={deep}"
        there = client_of(scene.aylin).get(deep)
        assert there.location == f"/posts/{scene.post.public_id}#c-{comment.public_id}"
        stop = next(one for one in lines if "/mail/stop/" in one).removeprefix("http://localhost")
        assert "The daily or weekly letter" in visitor.get(stop).text
        assert visitor.post(stop).status_code == 200
    before = len(letters())
    tell(scene.course.id, [scene.aylin.id], NoticeKind.REPLIED, "reply:later", **DETAILS)
    with clock.at(SEVEN + timedelta(days=1)):
        assert len(letters()) == before
    assert "Someone answered" in client_of(scene.aylin).get("/news").text
