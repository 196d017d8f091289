"""Who may do what with guidelines."""

from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, rule
from classroom.guidelines.models import SelfReport, Situation


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


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Questions without a name, for the staff of the course; whoever asked comes by the secret address."""
    return Situation.course_id.in_(actor.courses_taught())


@rule("situation:ask", STUDENTS)
def may_ask(actor: Actor, row: OfCourse) -> bool:
    """Students ask whether something would be okay; nothing that is kept says who."""
    return actor.studies(row.course_id)


@rule("situation:answer", STAFF | {Kind.OTHER_ASSISTANT})
def may_answer(actor: Actor, row: OfCourse) -> bool:
    """Staff of the course read the question and its day, and answer; they cannot learn who asked."""
    return actor.teaches(row.course_id)


def reports_visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own "I went too far", and those of the courses that one leads."""
    led = [course_id for course_id in actor.courses() if actor.leads(course_id)]
    mine = and_(SelfReport.person_id == actor.person_id, SelfReport.course_id.in_(actor.courses()))
    return or_(mine, SelfReport.course_id.in_(led))


@rule("self_report:make", STUDENTS, private=True)
def may_report(actor: Actor, row: OfCourse) -> bool:
    """Students say that they went too far, and find what they said; staff not even through their eyes."""
    return actor.studies(row.course_id)


@rule("self_report:see", frozenset({Kind.AUTHOR, Kind.INSTRUCTOR}), private=True)
def may_see_report(actor: Actor, report: SelfReport) -> bool:
    """The student and the instructors, who talk there; assistants do not see it."""
    return report.person_id == actor.person_id or actor.leads(report.course_id)


@rule("self_report:tend", frozenset({Kind.INSTRUCTOR}))
def may_tend_reports(actor: Actor, row: OfCourse) -> bool:
    """Instructors: who said so, and what the course promises for it."""
    return actor.leads(row.course_id)
