"""Reads for staff: how far the students in their care are, and what their first tries lacked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.policy import people_visible_to
from classroom.lessons.models import LessonJudgement, LessonMark, LessonProgress, LessonText
from classroom.lessons.rules import Struggle, Whole, struggles_from


@dataclass(frozen=True)
class Far:
    """How far one student is; never what they wrote."""

    name: str
    begun_at: datetime | None
    finished_at: datetime | None
    done: int


def how_far(actor: Actor, lesson: Whole) -> list[Far]:
    """The students in the actor's care, who has not finished first; one statement."""
    course_id = lesson.course_id
    done = (
        select(func.count())
        .where(
            LessonMark.course_id == course_id,
            LessonMark.person_id == Membership.person_id,
            LessonMark.step_key.in_([one.key for one in lesson.steps]),
        )
        .correlate(Membership)
        .scalar_subquery()
    )
    mine = LessonProgress.person_id == Membership.person_id
    rows = db.session.execute(
        select(Person.name, LessonProgress.begun_at, LessonProgress.finished_at, done)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(LessonProgress, and_(LessonProgress.course_id == course_id, mine))
        .where(*_students(actor, course_id))
    )
    found = [Far(*row) for row in rows]
    return sorted(found, key=lambda one: (one.finished_at is not None, -one.done, one.name.casefold()))


def _students(actor: Actor, course_id: int) -> tuple[ColumnElement[bool], ...]:
    here = Membership.course_id == course_id
    return (here, Membership.left_at.is_(None), Membership.role == Role.STUDENT, people_visible_to(actor))


def struggles_of(actor: Actor, lesson: Whole) -> list[Struggle]:
    """What was missing most, from first tries and first thoughts; two statements."""
    course_id = lesson.course_id
    care = select(Membership.person_id).where(*_students(actor, course_id))
    tries = db.session.scalars(
        select(LessonText.missing).where(
            LessonText.course_id == course_id, LessonText.sent.is_not(None), LessonText.person_id.in_(care)
        )
    ).all()
    said = db.session.execute(
        select(LessonJudgement.item_key, LessonJudgement.counts, func.count())
        .where(LessonJudgement.course_id == course_id, LessonJudgement.person_id.in_(care))
        .group_by(LessonJudgement.item_key, LessonJudgement.counts)
    )
    judged, wrong = _by_move(lesson, [(row[0], row[1], row[2]) for row in said])
    lacked = Counter(move for missing in tries for move in missing)
    return struggles_from(lacked, len(tries), wrong, judged)


def _by_move(lesson: Whole, said: Iterable[tuple[str, bool, int]]) -> tuple[Counter[str], Counter[str]]:
    """How many judged what each comment is about, and how many saw it otherwise than the lesson does."""
    items = {one["key"]: one for step in lesson.steps for one in step.items}
    judged: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for key, counts, number in said:
        if (item := items.get(key)) is not None:
            judged[item["about"]] += number
            wrong[item["about"]] += number if counts != item["counts"] else 0
    return judged, wrong
