"""Who may do what with a course, and whose work staff see."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from classroom.access import MEMBERS, SIGNED_IN, STAFF, Actor, Kind, Role, rule
from classroom.courses.models import Membership


def in_care_of(
    actor: Actor, course_id: "InstrumentedAttribute[int]", person_id: "InstrumentedAttribute[int]"
) -> ColumnElement[bool]:
    """Rows of students whom the actor tends: the whole course, or an assistant's own sections."""
    whole = course_id.in_(actor.courses_taught_whole())
    tended = aliased(Membership)  # of its own: the query around it may join memberships too
    parts = [
        and_(
            course_id == seat.course_id,
            exists().where(
                tended.course_id == seat.course_id,
                tended.person_id == person_id,
                tended.section_id.in_(seat.sections),
            ),
        )
        for seat in actor.seats.values()
        if seat.sections is not None and actor.teaches(seat.course_id)
    ]
    return or_(whole, *parts)


def people_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Memberships that staff see: the whole course, or an assistant's own sections and colleagues."""
    whole = Membership.course_id.in_(actor.courses_taught_whole())
    parts = [
        and_(
            Membership.course_id == seat.course_id,
            or_(
                Membership.section_id.in_(seat.sections),
                Membership.role.in_([Role.INSTRUCTOR, Role.ASSISTANT]),
            ),
        )
        for seat in actor.seats.values()
        if seat.sections is not None and actor.teaches(seat.course_id)
    ]
    return or_(whole, *parts)


class OfCourse(Protocol):
    """A course, or a row that belongs to one."""

    @property
    def course_id(self) -> int: ...


class OfMember(Protocol):
    """A place in a course."""

    @property
    def course_id(self) -> int: ...
    @property
    def section_id(self) -> int | None: ...
    @property
    def role(self) -> Role: ...
    @property
    def left_at(self) -> datetime | None: ...


@rule("course:create", frozenset({Kind.INSTRUCTOR}))
def may_create(actor: Actor, _row: None) -> bool:
    """Who may teach here, and whoever is an instructor already."""
    return actor.may_teach or any(actor.leads(course_id) for course_id in actor.courses())


@rule("course:see", MEMBERS)
def may_see(actor: Actor, row: OfCourse) -> bool:
    """Everyone in the course."""
    return actor.belongs(row.course_id)


@rule("course:run", STAFF | {Kind.OTHER_ASSISTANT})
def may_run(actor: Actor, row: OfCourse) -> bool:
    """Staff of the course: queue, coverage, people."""
    return actor.teaches(row.course_id)


@rule("member:see", STAFF)
def may_see_member(actor: Actor, seat: OfMember) -> bool:
    """Instructors everyone's page; assistants those of the students in their care."""
    return actor.leads(seat.course_id) or _is_in_care(actor, seat)


@rule("member:view_as", STAFF, private=True, lasting=True)
def may_view_as(actor: Actor, seat: OfMember) -> bool:
    """Staff in whose care the student is: see what they see, read-only and logged; take out their data."""
    return seat.left_at is None and _is_in_care(actor, seat)


@rule("member:tend", STAFF)
def may_tend_member(actor: Actor, seat: OfMember) -> bool:
    """Staff in whose care the student is note that they talked with them."""
    return seat.left_at is None and _is_in_care(actor, seat)


def _is_in_care(actor: Actor, seat: OfMember) -> bool:
    return seat.role is Role.STUDENT and actor.tends(seat.course_id, seat.section_id)


@rule("viewing:stop", SIGNED_IN)
def may_stop_viewing(_actor: Actor, _row: None) -> bool:
    """Everyone who is signed in: stop seeing as someone else."""
    return True


@rule("course:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, row: OfCourse) -> bool:
    """Instructors: settings, roster, join code."""
    return actor.leads(row.course_id)


@rule("course:end", frozenset({Kind.INSTRUCTOR}), lasting=True)
def may_end(actor: Actor, row: OfCourse) -> bool:
    """Instructors: say that the course is over, let it go on, delete it."""
    return actor.leads(row.course_id)


@rule("course:export", frozenset({Kind.INSTRUCTOR}))
def may_export(actor: Actor, row: OfCourse) -> bool:
    """Instructors take everything out; comments cross sections, so no assistant does."""
    return actor.leads(row.course_id)
