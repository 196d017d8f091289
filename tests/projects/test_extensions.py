"""More time: given by those who tend the student, seen by the student, and by no classmate."""

from datetime import timedelta

import pytest

from classroom.core.db import db
from classroom.projects import commands_extensions as commands
from classroom.projects.models import Extension
from classroom.projects.queries import extension_of
from classroom.projects.rules import Phase, due


@pytest.fixture
def dated(project, monday):
    project.post_by, project.comment_by = monday + timedelta(days=2), monday + timedelta(days=5)
    db.session.flush()
    return project


@pytest.fixture
def page(dated):
    return f"/projects/{dated.public_id}/extensions"


def seat(make, group, who):
    return make.seat(group.course, group.person(who)).public_id


@pytest.mark.parametrize(
    ("who", "student", "status"),
    [
        ("instructor", "student", 303),
        ("instructor", "classmate", 303),
        ("assistant", "student", 303),
        ("assistant", "classmate", 422),
        ("other_assistant", "student", 422),
        ("other_assistant", "classmate", 303),
    ],
)
def test_staff_give_more_time_to_students_in_their_care(
    make, group, dated, page, client_of, send, who, student, status
):
    answer = send(
        client_of(group.person(who)), page, student=seat(make, group, student), post_by="2026-11-27T22:00"
    )
    assert answer.status_code == status
    given = extension_of(dated.id, group.person(student).id)
    assert (given is not None) == (status == 303)
    if given:
        assert given.post_by.isoformat() == "2026-11-27T21:00:00+00:00"
        assert given.by_id == group.person(who).id


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("observer", 403), ("stranger", 404)])
def test_nobody_else_does(make, group, dated, page, client_of, send, who, status):
    answer = send(client_of(group.person(who)), "/settings", page, student=seat(make, group, "student"))
    assert answer.status_code == status
    assert db.session.query(Extension).count() == 0


def test_the_student_sees_their_date_and_the_classmate_theirs(group, dated, client_of, monday):
    commands.give_extension(
        dated,
        group.student.id,
        {Phase.POST: monday + timedelta(days=4)},
        by_id=group.instructor.id,
        reason="A cast",
    )
    mine = client_of(group.student).get(f"/projects/{dated.public_id}").text
    assert "Friday 27 November" in mine
    assert "Your own date" in mine
    assert "A cast" in mine
    assert "your own date" in client_of(group.student).get(f"/courses/{group.course.public_id}/projects").text
    theirs = client_of(group.classmate).get(f"/projects/{dated.public_id}").text
    assert "Friday 27 November" not in theirs
    assert "A cast" not in theirs


def test_an_assistant_does_not_read_who_of_another_section_has_more_time(
    group, dated, page, client_of, monday
):
    later = {Phase.POST: monday + timedelta(days=4)}
    commands.give_extension(dated, group.student.id, later, by_id=group.instructor.id, reason="A cast")
    theirs = client_of(group.other_assistant).get(page).text
    assert "A cast" not in theirs
    assert "Maya Adler" not in theirs
    assert (
        "Give someone more time" in client_of(group.other_assistant).get(f"/projects/{dated.public_id}").text
    )


def test_a_second_extension_replaces_the_first(group, dated, monday):
    by = group.instructor.id
    first = {Phase.POST: monday + timedelta(days=3), Phase.COMMENT: monday + timedelta(days=9)}
    commands.give_extension(dated, group.student.id, first, by_id=by)
    commands.give_extension(dated, group.student.id, {Phase.POST: monday + timedelta(days=4)}, by_id=by)
    given = db.session.query(Extension).one()
    assert due(dated, Phase.POST, given) == monday + timedelta(days=4)
    assert due(dated, Phase.COMMENT, given) == dated.comment_by


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Give at least one date."),
        ({"post_by": "2026-11-24T22:00"}, "This is not later than the date for everyone."),
        ({"post_by": "whenever"}, "Write the day and the time"),
        ({"comment_by": "2027-03-28T02:30"}, "The next one there is: 03:30."),
        ({"post_by": "2026-11-27T22:00", "reason": "x" * 501}, "At most 500 letters."),
    ],
)
def test_bad_dates_are_refused_and_kept(make, group, dated, page, client_of, send, values, said):
    answer = send(client_of(group.instructor), page, student=seat(make, group, "student"), **values)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(value in answer.text for value in values.values())
    assert db.session.query(Extension).count() == 0


def test_a_student_must_be_chosen(group, page, client_of, send):
    assert send(client_of(group.instructor), page, post_by="2026-11-27T22:00").status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("instructor", 303), ("assistant", 303), ("other_assistant", 403), ("student", 403), ("stranger", 404)],
)
def test_those_who_tend_the_student_take_it_back(group, dated, client_of, send, monday, who, status):
    later = {Phase.POST: monday + timedelta(days=4)}
    given = commands.give_extension(dated, group.student.id, later, by_id=group.instructor.id)
    answer = send(client_of(group.person(who)), "/settings", f"/extensions/{given.public_id}/removal")
    assert answer.status_code == status
    assert (db.session.query(Extension).count() == 0) == (status == 303)


def test_the_page_fills_in_what_the_student_has(make, group, dated, page, client_of, monday):
    later = {Phase.POST: monday + timedelta(days=4)}
    commands.give_extension(dated, group.student.id, later, by_id=group.instructor.id, reason="A cast")
    text = client_of(group.instructor).get(f"{page}?student={seat(make, group, 'student')}").text
    assert 'value="2026-11-27T10:00"' in text
    assert 'value="A cast"' in text
