""" "I went too far": the window, who reads it, what follows, and who is told."""

import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.core import clock
from classroom.core.db import db
from classroom.core.ids import public_id
from classroom.courses.commands_viewing import begin_viewing
from classroom.guidelines import commands_reports as commands
from classroom.guidelines import rules_reports as rules
from classroom.guidelines.models import SelfReport, SelfReportEntry
from classroom.insights.exports.person import write_person
from classroom.notices.models import Notice, NoticeKind
from tests.conftest import MONDAY

WORDS = "I copied the second paragraph from a page that I did not name."


@pytest.fixture
def instructor(make):
    return make.person("Adaeze Okafor")


@pytest.fixture
def course(make, instructor, monday):
    return make.course(instructor)


@pytest.fixture
def maya(make, course):
    return make.student(course, "Maya Adler")


@pytest.fixture
def said(course, maya):
    made = commands.report(course, maya.id, day=date(2026, 11, 22), text=WORDS, once=public_id())
    db.session.commit()
    return made


def told(kind):
    return [
        (one.person_id, one.details) for one in db.session.scalars(select(Notice).where(Notice.kind == kind))
    ]


def test_a_student_says_so_and_reads_before_what_follows(client_of, send, course, maya, instructor):
    client, url = client_of(maya), f"/courses/{course.public_id}/too-far"
    assert "within 72 hours after the day it happened" in client.get(url).text
    answer = send(client, url, day="2026-11-22", text=WORDS, once="twice")
    assert send(client, url, day="2026-11-22", text=WORDS, once="twice").location == answer.location
    made = db.session.query(SelfReport).one()
    assert (made.person_id, made.within, made.window_hours) == (maya.id, True, 72)
    assert db.session.query(SelfReportEntry).count() == 1
    assert told(NoticeKind.TOO_FAR_SAID) == [(instructor.id, {"report": made.public_id})]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"day": "2026-11-24", "text": WORDS}, "That day is still to come."),
        ({"day": "", "text": WORDS}, "Say on which day it was."),
        ({"day": "2026-11-22", "text": ""}, "Say what happened"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client_of, send, course, maya, values, error):
    refused = send(client_of(maya), f"/courses/{course.public_id}/too-far", **values)
    assert refused.status_code == 422
    assert error in refused.text
    assert (values["text"] or "What happened") in refused.text
    assert db.session.query(SelfReport).count() == 0


def test_the_instructor_answers_and_the_student_is_told(client_of, send, course, maya, instructor, said):
    url = f"/too-far/{said.public_id}"
    assert WORDS in client_of(instructor).get(url).text
    assert send(client_of(instructor), url, text="Thank you. Come by on Tuesday.").status_code == 303
    assert told(NoticeKind.TOO_FAR_ANSWERED) == [(maya.id, {"report": said.public_id})]
    assert not db.session.get(SelfReport, said.id).waiting
    client = client_of(maya)
    assert "Come by on Tuesday." in client.get(url).text
    send(client, url, text="I will.", once="a")
    send(client, url, text="I will.", once="a")
    assert [one.text for one in db.session.query(SelfReportEntry).order_by(SelfReportEntry.id)] == [
        WORDS,
        "Thank you. Come by on Tuesday.",
        "I will.",
    ]
    assert db.session.get(SelfReport, said.id).waiting


def test_nobody_else_reads_it(make, client_of, course, maya, said):
    url, listing = f"/too-far/{said.public_id}", f"/courses/{course.public_id}/too-far/reports"
    for person in (make.student(course), make.member(course, Role.ASSISTANT), make.person()):
        client = client_of(person)
        assert client.get(url).status_code == 404
        assert client.get(listing).status_code in {403, 404}
    assert client_of(maya).get(listing).status_code == 403


def test_nor_through_the_students_eyes(make, client_of, course, maya, said):
    assistant = make.member(course, Role.ASSISTANT)
    key = begin_viewing(make.seat(course, maya), assistant.id)
    client = client_of(assistant)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["viewing"] = {"key": key, "back": "/"}
    for path in (f"/too-far/{said.public_id}", f"/courses/{course.public_id}/too-far"):
        assert client.get(path).status_code == 403


def test_it_is_in_ones_own_data_and_not_in_what_staff_take_out(actor_of, maya, said, tmp_path):
    actor = actor_of(maya)
    for name, eyes, found in (("own", actor, True), ("staff", replace(actor, borrowed=True), False)):
        path = tmp_path / f"{name}.zip"
        with path.open("w+b") as out:
            write_person(eyes, out)
        with zipfile.ZipFile(path) as archive:
            assert any(WORDS.encode() in archive.read(one) for one in archive.namelist()) is found


def test_the_course_says_what_it_promises(client_of, send, course, maya, instructor, said):
    url = f"/courses/{course.public_id}/too-far/terms"
    assert send(client_of(instructor), url, hours="0", follows="x").status_code == 422
    assert send(client_of(instructor), url, hours="24", follows="We talk.").status_code == 303
    shown = client_of(maya).get(f"/courses/{course.public_id}/too-far").text
    assert "within 24 hours" in shown
    assert "We talk." in shown
    assert said.window_hours == 72
    assert str(rules.FOLLOWS) in client_of(maya).get(f"/too-far/{said.public_id}").text
    assert client_of(maya).get(url).status_code == 403


@pytest.mark.parametrize(("hours", "within"), [(71, True), (73, False)])
def test_the_window_begins_with_the_end_of_the_day(course, maya, hours, within):
    """Midnight in Berlin is 23:00 UTC of the day before."""
    end = datetime(2026, 11, 22, 23, tzinfo=MONDAY.tzinfo)
    with clock.at(end + timedelta(hours=hours)):
        made = commands.report(course, maya.id, day=date(2026, 11, 22), text=WORDS, once=public_id())
    assert made.within is within
