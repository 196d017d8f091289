"""Reads of questions without a name: by the secret, the staff's queue, how long answers take."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.ids import digest
from classroom.core.paging import SIZE, Page, number_within
from classroom.courses.models import Course
from classroom.guidelines.models import GuidelineVersion, Situation, SituationState
from classroom.guidelines.policy import visible_to
from classroom.guidelines.rules_situations import usual_days

LAST = 20


def situation_by_secret(secret: str) -> Situation | None:
    """For whoever holds the secret, signed in or not."""
    return db.session.scalar(
        select(Situation)
        .where(Situation.secret_digest == digest(secret))
        .options(selectinload(Situation.turns))
    )


def situations_by_secrets(course_id: int, secrets: Collection[str]) -> dict[str, Situation]:
    """Those of one course, by the secret; one statement, none where nothing is kept."""
    if not secrets:
        return {}
    by_digest = {digest(one): one for one in secrets}
    rows = db.session.scalars(
        select(Situation).where(Situation.course_id == course_id, Situation.secret_digest.in_(by_digest))
    )
    return {by_digest[one.secret_digest]: one for one in rows}


def situation_for(actor: Actor, situation_id: str) -> Situation | None:
    """For the staff of its course."""
    return db.session.scalar(
        select(Situation)
        .where(Situation.public_id == situation_id, visible_to(actor))
        .options(selectinload(Situation.turns))
    )


def open_count(course_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Situation.course_id == course_id, Situation.state == SituationState.WAITING
            )
        )
        or 0
    )


def waiting_by_course(actor: Actor) -> list[tuple[int, int, datetime]]:
    """Course, how many wait there, and since which day; one statement."""
    rows = db.session.execute(
        select(Situation.course_id, func.count().label("many"), func.min(Situation.asked_on).label("oldest"))
        .where(Situation.state == SituationState.WAITING, visible_to(actor))
        .group_by(Situation.course_id)
        .order_by(Situation.course_id)
    )
    return [(row.course_id, row.many, row.oldest) for row in rows]


def situations_counted(actor: Actor, course_id: int) -> Any:
    """The same of one course, to be asked together with other things that wait."""
    many, oldest = func.count().label("many"), func.min(Situation.asked_on).label("oldest")
    waits = Situation.state == SituationState.WAITING
    return select(many, oldest).where(Situation.course_id == course_id, waits, visible_to(actor))


def counts_of(actor: Actor, course_id: int) -> dict[SituationState, int]:
    """How many stand where; one statement."""
    rows = db.session.execute(
        select(Situation.state, func.count().label("many"))
        .where(Situation.course_id == course_id, visible_to(actor))
        .group_by(Situation.state)
    )
    return dict.fromkeys(SituationState, 0) | {row.state: row.many for row in rows}


def page_of_situations(
    actor: Actor, course_id: int, state: SituationState, number: int, total: int
) -> Page[Situation]:
    """By the day, those that wait longest first; within a day the order is by chance and stays."""
    number = number_within(number, total)
    oldest = Situation.asked_on if state is SituationState.WAITING else Situation.asked_on.desc()
    rows = db.session.scalars(
        select(Situation)
        .where(Situation.course_id == course_id, Situation.state == state, visible_to(actor))
        .order_by(oldest, Situation.public_id)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return Page(rows, number, total)


def usual_wait(course: Course) -> int | None:
    """In how many days the last questions were answered, the middle of them; None where few were."""
    rows = db.session.execute(
        select(Situation.asked_on, Situation.answered_on)
        .where(Situation.course_id == course.id, Situation.answered_on.is_not(None))
        .order_by(Situation.answered_on.desc(), Situation.public_id)
        .limit(LAST)
    )
    return usual_days([(asked, answered) for asked, answered in rows if answered], course.zone)


def is_drafting(course_id: int) -> bool:
    """Do staff work on a draft? Publishing one more example would publish all of it."""
    return (
        db.session.scalar(
            select(GuidelineVersion.id).where(
                GuidelineVersion.course_id == course_id, GuidelineVersion.published_at.is_(None)
            )
        )
        is not None
    )
