"""Reads of looking through a student's eyes: what they see, and who has looked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased, joinedload

from classroom.access import Actor, Seat
from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership, Viewing, ViewingStep
from classroom.courses.policy import may_view_as

SPAN = timedelta(minutes=30)


def seen_by(viewer: Actor, key: str) -> Actor | None:
    """The student through whose eyes this viewing looks; None once it is over. One statement.

    It is over when it was stopped, after half an hour, and when the student is not in the viewer's care.
    """
    stop = aliased(Viewing)
    row = db.session.execute(
        select(Membership, Person, Course.archived_at)
        .select_from(Viewing)
        .join(
            Membership,
            and_(Membership.course_id == Viewing.course_id, Membership.person_id == Viewing.student_id),
        )
        .join(Person, Person.id == Viewing.student_id)
        .join(Course, Course.id == Viewing.course_id)
        .where(
            Viewing.key == key,
            Viewing.step == ViewingStep.STARTED,
            Viewing.by_id == viewer.person_id,
            Viewing.at > now() - SPAN,
            ~exists().where(stop.key == Viewing.key, stop.step == ViewingStep.STOPPED),
        )
    ).one_or_none()
    if row is None:
        return None
    seat, person, archived_at = row
    return through_the_eyes_of(seat, person, archived_at) if may_view_as(viewer, seat) else None


def through_the_eyes_of(seat: Membership, person: Person, archived_at: datetime | None) -> Actor:
    """The student as the rules see them, in this one course and nowhere else."""
    here = Seat(
        course_id=seat.course_id,
        membership_id=seat.id,
        number=seat.number,
        role=seat.role,
        section_id=seat.section_id,
        over=archived_at is not None,
    )
    return Actor(
        person_id=person.id,
        name=person.name,
        called=person.friendly,
        zone=person.zone or "UTC",
        seats={seat.course_id: here},
        borrowed=True,
    )


def steps_of(key: str) -> dict[ViewingStep, Viewing]:
    rows = db.session.scalars(select(Viewing).where(Viewing.key == key))
    return {row.step: row for row in rows}


def viewings_of(seat: Membership, limit: int = 20) -> Sequence[Viewing]:
    """Who looked through a member's eyes or took out their data, the latest first."""
    return db.session.scalars(
        select(Viewing)
        .where(
            Viewing.course_id == seat.course_id,
            Viewing.student_id == seat.person_id,
            Viewing.step != ViewingStep.STOPPED,
        )
        .options(joinedload(Viewing.by))
        .order_by(Viewing.at.desc(), Viewing.id.desc())
        .limit(limit)
    ).all()
