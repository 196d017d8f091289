"""Who may do what with guidelines."""

from typing import Protocol

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, rule


class OfCourse(Protocol):
    """A course, or a row that belongs to one."""

    @property
    def course_id(self) -> int: ...


@rule("guidelines:see", MEMBERS)
def may_see(actor: Actor, row: OfCourse) -> bool:
    """Everyone in the course reads the version in force and older ones."""
    return actor.belongs(row.course_id)


@rule("guidelines:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, row: OfCourse) -> bool:
    """Instructors write drafts and publish them."""
    return actor.leads(row.course_id)


@rule("guidelines:acknowledge", STUDENTS)
def may_acknowledge(actor: Actor, row: OfCourse) -> bool:
    """Students agree, before their first post or comment."""
    return actor.studies(row.course_id)


@rule("guidelines:follow", STAFF | {Kind.OTHER_ASSISTANT})
def may_follow(actor: Actor, row: OfCourse) -> bool:
    """Staff see who of the students in their care has agreed."""
    return actor.teaches(row.course_id)
