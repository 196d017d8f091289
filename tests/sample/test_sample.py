"""A made-up class beside real ones: whole, one for each instructor, and nobody is written to."""

import pytest
from sqlalchemy import func, select

from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.core import mail
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.moderation.models import Case
from classroom.projects.models import Project
from classroom.sample.commands import begin_sample


@pytest.fixture
def teacher(make):
    person = make.person("Ruth Aboagye")
    person.may_teach = True
    db.session.commit()
    return person


def count(kind, *where):
    return db.session.scalar(select(func.count()).select_from(kind).where(*where))


def test_a_press_makes_a_class_in_the_middle_of_a_project(teacher, client_of, send, mailbox):
    client = client_of(teacher)
    answer = send(client, "/courses/new", "/courses/sample")
    course = db.session.scalars(select(Course)).one()
    assert answer.headers["Location"] == f"/courses/{course.public_id}"
    assert "made up" in client.get(answer.headers["Location"]).text
    assert count(Project, Project.course_id == course.id) == 1
    assert count(Membership, Membership.course_id == course.id) == 26
    assert count(Comment, Comment.course_id == course.id) > 50
    assert count(Case, Case.course_id == course.id, Case.closed_at.is_(None)) >= 4
    assert list(mailbox.iterdir()) == []
    assert client.get(f"/courses/{course.public_id}/queue").status_code == 200


def test_a_second_press_leads_to_the_same_class(teacher):
    first = begin_sample(teacher, now())
    assert begin_sample(teacher, now()) is first
    first.archived_at = now()
    assert begin_sample(teacher, now()) is not first
    assert count(Person) == 26  # the made-up people were there already


def test_two_instructors_have_classes_of_their_own(teacher, make):
    first = begin_sample(teacher, now())
    assert begin_sample(make.person("Ida Blom"), now()) is not first
    secrets = db.session.scalars(select(Project.secret)).all()
    assert len(set(secrets)) == 2


def test_who_may(teacher, make, client_of, visitor):
    course = make.course(teacher)
    for person in (make.student(course, "Aylin Kaya"), make.person("A stranger")):
        assert client_of(person).post("/courses/sample").status_code == 403
    assert visitor.post("/courses/sample").status_code == 302
    assert count(Course) == 1


def test_no_letter_goes_to_somebody_made_up(app, mailbox):
    mail.send(mail.Letter("maya.adler@x.sample.invalid", "Hello", "Text"))
    assert list(mailbox.iterdir()) == []
