"""Who may do what with the lesson."""

from typing import Protocol

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, rule


class OfCourse(Protocol):
    """A course, or something within one."""

    @property
    def course_id(self) -> int: ...


@rule("lesson:see", MEMBERS)
def may_see(actor: Actor, row: OfCourse) -> bool:
    """Everyone in the course reads it; what somebody writes in it, they alone."""
    return actor.belongs(row.course_id)


@rule("lesson:take", STUDENTS | STAFF | {Kind.OTHER_ASSISTANT})
def may_take(actor: Actor, row: OfCourse) -> bool:
    """Students, each for themselves; staff try it, and are counted nowhere."""
    return actor.studies(row.course_id) or actor.teaches(row.course_id)


@rule("lesson:follow", STAFF | {Kind.OTHER_ASSISTANT})
def may_follow(actor: Actor, row: OfCourse) -> bool:
    """Staff see how far the students in their care are, and what is missing most; never their words."""
    return actor.teaches(row.course_id)


@rule("lesson:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, row: OfCourse) -> bool:
    """Instructors change, order, add and take out steps, and say whether it comes first."""
    return actor.leads(row.course_id)
