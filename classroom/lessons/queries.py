"""Reads of the lesson: its steps, how far someone is, what they judged and wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, column, exists, func, or_, select, table

from classroom.access import Actor, Role
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import course_for
from classroom.lessons.models import (
    Lesson,
    LessonJudgement,
    LessonMark,
    LessonProgress,
    LessonStep,
    LessonText,
)
from classroom.lessons.rules import Progress, Step, Tally, Whole
from classroom.lessons.starter import load

_highlights = table(
    "highlights", column("id"), column("consent"), column("withdrawn_at"), column("comment_id")
)
_comments = table("comments", column("id"), column("state"))


@dataclass(frozen=True)
class InLesson:
    """A step within a course that the actor is in."""

    course: Course
    lesson: Whole
    step: Step

    @property
    def course_id(self) -> int:
        return self.course.id


def lesson_of(course_id: int) -> Whole:
    """The lesson of a course: one statement, whoever wrote it."""
    rows = db.session.execute(
        select(Lesson, LessonStep, _is_shown())
        .outerjoin(LessonStep, and_(LessonStep.course_id == Lesson.course_id, Lesson.own))
        .outerjoin(_highlights, _highlights.c.id == LessonStep.highlight_id)
        .outerjoin(_comments, _comments.c.id == _highlights.c.comment_id)
        .where(Lesson.course_id == course_id)
        .order_by(LessonStep.position, LessonStep.id)
    ).all()
    starter = load()
    if not rows:
        return Whole(course_id, starter.title, starter.intro, starter.steps)
    found: Lesson = rows[0][0]
    steps = tuple(_step(one, bool(shown)) for _, one, shown in rows) if found.own else starter.steps
    title, intro = (found.title, found.intro) if found.own else (starter.title, starter.intro)
    return Whole(course_id, title, intro, steps, found.own, found.required_at, found.version)


def _is_shown() -> ColumnElement[bool]:
    """A celebrated comment is shown for as long as its writer consents and it is visible itself."""
    return or_(
        LessonStep.highlight_id.is_(None),
        and_(
            _highlights.c.consent.in_(["name", "pseudonym"]),
            _highlights.c.withdrawn_at.is_(None),
            _comments.c.state == "visible",
        ),
    ).label("shown")


def _step(one: LessonStep, shown: bool) -> Step:
    return Step(
        key=one.key,
        kind=one.kind,
        title=one.title,
        body=one.body,
        body_html=one.body_html,
        explains=one.explains,
        content=one.content,
        highlight_id=one.highlight_id,
        shown=shown,
    )


def step_for(actor: Actor, course_id: str, step_key: str) -> InLesson | None:
    """A step that is shown, in a course of the actor's."""
    course = course_for(actor, course_id)
    if course is None:
        return None
    lesson = lesson_of(course.id)
    step = lesson.step(step_key)
    return InLesson(course, lesson, step) if step else None


def any_step_for(actor: Actor, course_id: str, step_key: str) -> InLesson | None:
    """A step as its editor sees it, also one that is not shown."""
    course = course_for(actor, course_id)
    lesson = lesson_of(course.id) if course else None
    step = next((one for one in lesson.every if one.key == step_key), None) if lesson else None
    return InLesson(course, lesson, step) if course and lesson and step else None


def progress_of(person_id: int, course_id: int) -> Progress:
    """One statement."""
    rows = db.session.execute(
        select(LessonProgress.begun_at, LessonProgress.finished_at, LessonMark.step_key)
        .outerjoin(
            LessonMark,
            and_(
                LessonMark.course_id == LessonProgress.course_id,
                LessonMark.person_id == LessonProgress.person_id,
            ),
        )
        .where(LessonProgress.course_id == course_id, LessonProgress.person_id == person_id)
    ).all()
    if not rows:
        return Progress()
    done = frozenset(row.step_key for row in rows if row.step_key)
    return Progress(rows[0].begun_at, rows[0].finished_at, done)


def comes_first(person_id: int) -> ColumnElement[bool]:
    """Of lessons: those that are asked of everyone, and that this person has not finished."""
    finished = exists().where(
        LessonProgress.course_id == Lesson.course_id,
        LessonProgress.person_id == person_id,
        LessonProgress.finished_at.is_not(None),
    )
    return and_(Lesson.required_at.is_not(None), ~finished)


@dataclass(frozen=True)
class Begun:
    """Where someone has begun the lesson; `finished_at` is their certificate."""

    course_id: int
    course: str
    finished_at: datetime | None


def begun_by(person_id: int, course_ids: Collection[int]) -> list[Begun]:
    """One statement."""
    rows = db.session.execute(
        select(Course.id, Course.title, LessonProgress.finished_at)
        .join(Course, Course.id == LessonProgress.course_id)
        .where(LessonProgress.person_id == person_id, LessonProgress.course_id.in_(course_ids))
        .order_by(Course.created_at.desc())
    )
    return [Begun(*row) for row in rows]


def tallies_of(person_id: int, course_id: int, step_key: str) -> dict[str, Tally]:
    """What someone and the class said of each comment of a step; one statement. Staff count for nobody."""
    student = case((Membership.role == Role.STUDENT, 1), else_=0)
    mine = case((LessonJudgement.person_id == person_id, 1), else_=0)
    rows = db.session.execute(
        select(
            LessonJudgement.item_key,
            LessonJudgement.counts,
            func.sum(student).label("students"),
            func.sum(mine).label("mine"),
        )
        .join(
            Membership,
            and_(
                Membership.course_id == LessonJudgement.course_id,
                Membership.person_id == LessonJudgement.person_id,
            ),
        )
        .where(LessonJudgement.course_id == course_id, LessonJudgement.step_key == step_key)
        .group_by(LessonJudgement.item_key, LessonJudgement.counts)
    )
    found: dict[str, Tally] = {}
    for row in rows:
        old = found.get(row.item_key, Tally())
        said = row.counts if row.mine else old.mine
        yes = old.counts + (row.students if row.counts else 0)
        found[row.item_key] = Tally(said, yes, old.all + row.students)
    return found


def text_of(person_id: int, course_id: int, step_key: str) -> LessonText | None:
    return db.session.scalar(
        select(LessonText).where(
            LessonText.course_id == course_id,
            LessonText.person_id == person_id,
            LessonText.step_key == step_key,
        )
    )


def has_sent(person_id: int, course_id: int, step_key: str) -> bool:
    """Has someone written in that step?"""
    found = text_of(person_id, course_id, step_key)
    return found is not None and found.sent is not None
