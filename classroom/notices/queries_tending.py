"""Reads of tending: what staff did lately for the students of a course, and one talk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.policy import in_care_of
from classroom.notices.models import Tending, TendingKind


@dataclass(frozen=True)
class Tended:
    """One act for one student; `text` only of a talk, `mine` if it was the actor's own."""

    person_id: int
    project_id: int | None
    kind: TendingKind
    press: str
    at: datetime
    text: str
    by: str
    mine: bool


def tended_since(actor: Actor, course_id: int, start: datetime) -> list[Tended]:
    """For students in the actor's care, the newest first; one statement. The words of reminders stay where
    they are: a class has many."""
    note = case((Tending.kind == TendingKind.TALKED, Tending.text), else_="")
    rows = db.session.execute(
        select(
            Tending.person_id,
            Tending.project_id,
            Tending.kind,
            Tending.press,
            Tending.at,
            note,
            Person.name,
            Tending.by_id == actor.person_id,
        )
        .join(Person, Person.id == Tending.by_id)
        .where(
            Tending.course_id == course_id,
            Tending.at >= start,
            in_care_of(actor, Tending.course_id, Tending.person_id),
        )
        .order_by(Tending.at.desc(), Tending.id.desc())
    )
    return [Tended(*row) for row in rows]


def own_talk(actor: Actor, talk_id: str) -> Tending | None:
    """A talk that the actor noted."""
    return db.session.scalar(
        select(Tending).where(
            Tending.public_id == talk_id,
            Tending.by_id == actor.person_id,
            Tending.kind == TendingKind.TALKED,
            in_care_of(actor, Tending.course_id, Tending.person_id),
        )
    )
