"""Who practises, who writes the samples, and who answers those that see it otherwise."""

from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, or_

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, rule
from classroom.calibration.models import Calibration, Dispute, ModelComment, Sample, Use
from classroom.courses.policy import in_care_of
from classroom.projects.models import Project
from classroom.projects.policy import visible_to as project_visible_to


class OfCourse(Protocol):
    """A row that belongs to a course."""

    @property
    def course_id(self) -> int: ...


def is_offered() -> ColumnElement[bool]:
    """Samples that students see: there is something to hold one's own comment against."""
    shown = exists().where(Calibration.project_id == Sample.project_id, Calibration.use != Use.OFF)
    said = exists().where(ModelComment.sample_id == Sample.id, ModelComment.removed_at.is_(None))
    return and_(Sample.removed_at.is_(None), shown, said)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Samples of projects that the actor sees, joined with their project: offered ones; staff see all."""
    taught = Sample.course_id.in_(actor.courses_taught())
    return and_(project_visible_to(actor), Sample.removed_at.is_(None), or_(taught, is_offered()))


def disputes_visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own, and those of students in one's care."""
    mine = and_(Dispute.author_id == actor.person_id, Dispute.course_id.in_(actor.courses()))
    return or_(mine, in_care_of(actor, Dispute.course_id, Dispute.author_id))


@rule("calibration:see", MEMBERS)
def may_see(actor: Actor, row: OfCourse) -> bool:
    """Everyone who sees the project; students see the instructor's comment once they have sent theirs."""
    return actor.belongs(row.course_id)


@rule("calibration:practise", STUDENTS, private=True)
def may_practise(actor: Actor, row: OfCourse) -> bool:
    """Students of the course, each for themselves; what they write there is graded by nobody."""
    return actor.studies(row.course_id)


@rule("calibration:take_back", frozenset({Kind.AUTHOR}), private=True)
def may_take_back(actor: Actor, dispute: Dispute) -> bool:
    """The student who saw it otherwise, until it is answered."""
    return dispute.author_id == actor.person_id


@rule("calibration:tend", STAFF | {Kind.OTHER_ASSISTANT})
def may_tend(actor: Actor, row: OfCourse) -> bool:
    """Staff of the course: see samples as students do. Figures are of the students in their care."""
    return actor.teaches(row.course_id)


@rule("calibration:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, row: OfCourse) -> bool:
    """Instructors: samples, their own comments on them, and whether students practise first."""
    return actor.leads(row.course_id)


@rule("calibration:decide", STAFF)
def may_decide(actor: Actor, dispute: Dispute) -> bool:
    """Staff in whose care the student is."""
    return actor.teaches(dispute.course_id) and dispute.author_id != actor.person_id
