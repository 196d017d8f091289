"""Who may do what with a course, and whose work staff see."""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from classroom.access import MEMBERS, STAFF, Actor, Kind, rule
from classroom.courses.models import Course, Membership


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


@rule("course:see", MEMBERS)
def may_see(actor: Actor, course: Course) -> bool:
    """Everyone in the course."""
    return actor.belongs(course.id)


@rule("course:run", STAFF | {Kind.OTHER_ASSISTANT})
def may_run(actor: Actor, course: Course) -> bool:
    """Staff of the course: queue, coverage, people."""
    return actor.teaches(course.id)


@rule("course:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, course: Course) -> bool:
    """Instructors: settings, roster, join code."""
    return actor.leads(course.id)
