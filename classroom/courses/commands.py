"""Writes of courses and memberships."""

from dataclasses import dataclass

from sqlalchemy import select, update

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.core.events import announce
from classroom.courses.models import Course, Membership


@dataclass(frozen=True)
class MemberJoined:
    """Someone joined, or came back."""

    course_id: int
    person_id: int
    role: Role


@dataclass(frozen=True)
class MemberLeft:
    """Someone left; their work stays."""

    course_id: int
    person_id: int


def create_course(title: str, by: Person, *, zone: str, term: str = "") -> Course:
    """A course with its first instructor."""
    course = Course(title=title, term=term, zone=zone)
    db.session.add(course)
    db.session.flush()
    enrol(course, by, Role.INSTRUCTOR)
    return course


def enrol(
    course: Course,
    person: Person,
    role: Role,
    *,
    section_id: int | None = None,
    external_id: str | None = None,
) -> Membership:
    """Add a member, or bring one back; the number in the course is given once and kept."""
    seat = db.session.scalar(
        select(Membership).where(Membership.course_id == course.id, Membership.person_id == person.id)
    )
    if seat is None:
        seat = Membership(course_id=course.id, person_id=person.id, number=_next_number(course), role=role)
        db.session.add(seat)
    seat.left_at, seat.role = None, role
    seat.section_id, seat.external_id = section_id or seat.section_id, external_id or seat.external_id
    db.session.flush()
    announce(MemberJoined(course.id, person.id, role))
    return seat


def _next_number(course: Course) -> int:
    """Counted in the database, so that two who join at once get two numbers."""
    return db.session.execute(
        update(Course)
        .where(Course.id == course.id)
        .values(people_counted=Course.people_counted + 1)
        .returning(Course.people_counted)
        .execution_options(synchronize_session=False)
    ).scalar_one()
