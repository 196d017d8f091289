"""Reads of "I went too far": the terms, one's own, and those of a course for its instructors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import joinedload, selectinload

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.paging import SIZE, Page, number_within
from classroom.guidelines.models import SelfReport, SelfReportTerms
from classroom.guidelines.policy import reports_visible_to
from classroom.guidelines.rules_reports import FOLLOWS, HOURS


@dataclass(frozen=True)
class Terms:
    """The window, and what follows when somebody keeps to it."""

    hours: int
    follows: str


def terms_of(course_id: int) -> Terms:
    """The course's own, or the default."""
    own = db.session.scalar(select(SelfReportTerms).where(SelfReportTerms.course_id == course_id))
    return Terms(own.window_hours, own.follows) if own else Terms(HOURS, str(FOLLOWS))


def report_for(actor: Actor, report_id: str) -> SelfReport | None:
    """With everything that was said, for the student and the instructors."""
    return db.session.scalar(
        select(SelfReport)
        .where(SelfReport.public_id == report_id, reports_visible_to(actor))
        .options(joinedload(SelfReport.person), selectinload(SelfReport.entries))
    )


def own_reports(actor: Actor, course_id: int) -> Sequence[SelfReport]:
    """The newest first."""
    return db.session.scalars(
        select(SelfReport)
        .where(SelfReport.course_id == course_id, SelfReport.person_id == actor.person_id)
        .order_by(SelfReport.created_at.desc(), SelfReport.id.desc())
    ).all()


def reports_in(actor: Actor, course_id: int, number: int) -> Page[SelfReport]:
    """Those that wait for a word first, then the newest."""
    mine = (SelfReport.course_id == course_id, reports_visible_to(actor))
    total = db.session.scalar(select(func.count()).where(*mine)) or 0
    number = number_within(number, total)
    rows = db.session.scalars(
        select(SelfReport)
        .where(*mine)
        .order_by(SelfReport.waiting.desc(), SelfReport.created_at.desc(), SelfReport.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
        .options(joinedload(SelfReport.person))
    ).all()
    return Page(rows, number, total)


def reports_counted(actor: Actor, course_id: int) -> Any:
    """How many wait for those who lead the course, and since when; none for anyone else."""
    many, oldest = func.count().label("many"), func.min(SelfReport.created_at).label("oldest")
    return select(many, oldest).where(
        SelfReport.course_id == course_id,
        SelfReport.waiting.is_(True),
        literal(actor.leads(course_id)),
    )
