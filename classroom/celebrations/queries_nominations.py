"""Reads of nominations: one's own, and for staff those that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.celebrations.models import Highlight, Nomination
from classroom.celebrations.policy import nominations_visible_to
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.courses.models import Course


@dataclass(frozen=True)
class Waiting:
    """A nomination as staff see it: by whom, of what."""

    made: Nomination
    by: str


def nominated_since(course_id: int, person_id: int, start: datetime) -> int:
    """How many someone has nominated since then, without those taken back."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Nomination.course_id == course_id,
                Nomination.by_id == person_id,
                Nomination.withdrawn_at.is_(None),
                Nomination.at >= start,
            )
        )
        or 0
    )


def nomination_for(actor: Actor, nomination_id: str) -> Nomination | None:
    """With its comment and post, for whoever made it and for staff."""
    return db.session.scalar(
        select(Nomination)
        .join(Nomination.comment)
        .where(Nomination.public_id == nomination_id, nominations_visible_to(actor))
        .options(contains_eager(Nomination.comment).joinedload(Comment.post))
    )


def own_nomination(actor: Actor, comment_id: int) -> Nomination | None:
    """What the actor has said for this comment and not taken back."""
    return db.session.scalar(
        select(Nomination).where(
            Nomination.comment_id == comment_id,
            Nomination.by_id == actor.person_id,
            Nomination.withdrawn_at.is_(None),
        )
    )


def own_nominations(actor: Actor, course: Course) -> Sequence[Nomination]:
    """The actor's own, the newest first."""
    return db.session.scalars(
        select(Nomination)
        .join(Nomination.comment)
        .where(
            Nomination.course_id == course.id,
            Nomination.by_id == actor.person_id,
            Nomination.withdrawn_at.is_(None),
            nominations_visible_to(actor),
        )
        .options(contains_eager(Nomination.comment).joinedload(Comment.post))
        .order_by(Nomination.at.desc(), Nomination.id.desc())
    ).all()


def _waits(actor: Actor) -> ColumnElement[bool]:
    """Not taken back, not set aside, and not celebrated already."""
    celebrated = exists().where(
        Highlight.comment_id == Nomination.comment_id, Highlight.withdrawn_at.is_(None)
    )
    return and_(
        Nomination.withdrawn_at.is_(None),
        Nomination.set_aside_at.is_(None),
        ~celebrated,
        nominations_visible_to(actor),
    )


def waiting_count(actor: Actor, course: Course) -> int:
    """For staff: how many nominations nobody has looked at."""
    return (
        db.session.scalar(
            select(func.count(Nomination.id))
            .join(Nomination.comment)
            .where(Nomination.course_id == course.id, _waits(actor))
        )
        or 0
    )


def waiting_counted(actor: Actor, course: Course) -> Any:
    """How many, and since when: to be asked together with other things that wait."""
    many, oldest = func.count(Nomination.id).label("many"), func.min(Nomination.at).label("oldest")
    return (
        select(many, oldest).join(Nomination.comment).where(Nomination.course_id == course.id, _waits(actor))
    )


def waiting(actor: Actor, course: Course) -> list[Waiting]:
    """For staff, the oldest first, with who nominated it."""
    return _with_names(and_(Nomination.course_id == course.id, _waits(actor)))


def nominated(actor: Actor, comment_id: int) -> list[Waiting]:
    """For staff: who found this comment great."""
    of_it = and_(Nomination.comment_id == comment_id, Nomination.withdrawn_at.is_(None))
    return _with_names(and_(of_it, nominations_visible_to(actor)))


def _with_names(where: ColumnElement[bool]) -> list[Waiting]:
    rows = db.session.execute(
        select(Nomination, Person)
        .join(Nomination.comment)
        .join(Person, Person.id == Nomination.by_id)
        .where(where)
        .options(
            contains_eager(Nomination.comment).options(joinedload(Comment.post), joinedload(Comment.author))
        )
        .order_by(Nomination.at, Nomination.id)
    )
    return [Waiting(made, person.friendly) for made, person in rows]
