"""The weekly letter, what stands beside the news, letters as pages, and the quiet of the night."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, post_comment
from classroom.core import clock
from classroom.core.db import db
from classroom.following.commands import choose as follow
from classroom.following.models import Stance, Thing
from classroom.notices import queries
from classroom.notices.commands import choose, tell
from classroom.notices.models import Group, NoticeKind, Way
from classroom.notices.rules import first_try
from tests.comments.conftest import GOOD

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
DETAILS = {"post": "p", "comment": "c", "title": "A bakery", "project_title": "Home page"}


def test_a_week_of_news_is_one_letter_on_monday(scene, letters):
    """With what is still owed, one great comment, and as a page that loads nothing from anywhere."""
    choose(scene.aylin.id, {Group.TALK: Way.WEEKLY})
    writer = make_great(scene)
    with clock.at(TUESDAY):
        tell(scene.course.id, [scene.aylin.id], NoticeKind.COMMENT_RECEIVED, "w1", **DETAILS)
    with clock.at(TUESDAY + timedelta(days=5)):
        assert [one for one in letters() if one["To"] == scene.aylin.email] == []
    with clock.at(TUESDAY + timedelta(days=6)):
        (letter,) = [one for one in letters() if one["To"] == scene.aylin.email]
    text = letter.get_content()
    for words in (
        "Still yours to do",
        "0 of 3 comments in “Your first home page”",
        "A great comment of the week",
    ):
        assert words in text
        assert words in letter.html
    assert "It says where" in text
    assert writer.name not in text + letter.html
    assert "prefers-color-scheme: dark" in letter.html
    assert not re.findall(r"<(?:img|script|link)|url\(|src=", letter.html)


def make_great(scene):
    """A celebrated comment of somebody who consents to the wall under a made-up name."""
    with clock.at(TUESDAY + timedelta(days=1)):
        made = post_comment(scene.jonas.id, scene.post, Written(GOOD))
        great = highlight(made, scene.staff.id, why="It says where.", moves=["specific"])
        answer(great, Consent.PSEUDONYM)
    db.session.commit()
    return scene.jonas


def test_only_what_i_owe_leaves_out_what_others_could_give(scene, letters):
    make_great(scene)
    follow(scene.course.id, scene.aylin.id, Thing.REST, "", Stance.MUTE)
    choose(scene.aylin.id, {Group.ASKED: Way.WEEKLY})
    with clock.at(TUESDAY):
        tell(scene.course.id, [scene.aylin.id], NoticeKind.ASKED_TO_COMMENT, "w1", **DETAILS)
    with clock.at(TUESDAY + timedelta(days=6)):
        (letter,) = [one for one in letters() if one["To"] == scene.aylin.email]
    assert "Still yours to do" in letter.get_content()
    assert "A great comment" not in letter.get_content()


@pytest.mark.parametrize(
    ("hour", "kind", "sent_at"),
    [(21, "returned", 21), (22, "returned", 31), (3, "returned", 7), (7, "returned", 7), (23, "posted", 23)],
)
def test_at_night_no_letter_is_sent_but_a_receipt(hour, kind, sent_at):
    day = datetime(2026, 11, 24, tzinfo=BERLIN)
    at = first_try(Way.NOW, NoticeKind(kind), day + timedelta(hours=hour), BERLIN)
    assert at == day + timedelta(hours=sent_at)


def test_a_letter_that_waits_for_the_morning_is_not_late(scene):
    with clock.at(datetime(2026, 11, 24, 23, 0, tzinfo=BERLIN)):
        tell(scene.course.id, [scene.aylin.id], NoticeKind.RETURNED, "n", note="Once more.", **DETAILS)
    with clock.at(datetime(2026, 11, 25, 6, 0, tzinfo=BERLIN)):
        assert queries.oldest_waiting_seconds() == 0
        assert queries.mail_state().for_morning >= 1
