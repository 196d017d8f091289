"""Writes of an instructor: a course's own lesson. Progress rests on the steps' keys and is never touched."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import NotFound
from classroom.core.ids import public_id
from classroom.core.richtext import render
from classroom.lessons.models import Lesson, LessonMark, LessonProgress, LessonStep, StepKind
from classroom.lessons.queries import lesson_of
from classroom.lessons.rules import MOST_STEPS, LastStep, Step, TooManySteps
from classroom.lessons.starter import load


def lesson_row(course_id: int) -> Lesson:
    """The course's row, made when something is changed for the first time."""
    found = db.session.scalar(select(Lesson).where(Lesson.course_id == course_id))
    if found is None:
        found = Lesson(course_id=course_id)
        db.session.add(found)
        db.session.flush()
    return found


def own_lesson(course_id: int) -> Lesson:
    """A lesson of the course's own: the starter's steps to begin with, under the same keys."""
    found = lesson_row(course_id)
    if not found.own:
        starter = load()
        found.own, found.title, found.intro = True, starter.title, starter.intro
        db.session.add_all(_row(course_id, place, step) for place, step in enumerate(starter.steps, 1))
        db.session.flush()
    return found


def _row(course_id: int, position: int, step: Step) -> LessonStep:
    return LessonStep(
        course_id=course_id,
        key=step.key,
        position=position,
        kind=step.kind,
        title=step.title,
        body=step.body,
        body_html=step.body_html,
        explains=step.explains,
        content=dict(step.content),
    )


def require(course_id: int, *, first: bool) -> None:
    """Whether it comes before a student's first comment; whoever has commented is not asked."""
    found = lesson_row(course_id)
    found.required_at = (found.required_at or now()) if first else None
    db.session.flush()


def describe(course_id: int, *, title: str, intro: str) -> None:
    found = own_lesson(course_id)
    found.title, found.intro = title, intro
    db.session.flush()


def add_step(
    course_id: int,
    kind: StepKind,
    *,
    title: str,
    body: str = "",
    explains: str = "",
    content: Mapping[str, Any] | None = None,
    highlight_id: int | None = None,
) -> LessonStep:
    """At the end; moving it up is one press each."""
    own_lesson(course_id)
    steps = rows_of(course_id)
    if len(steps) >= MOST_STEPS:
        raise TooManySteps
    made = LessonStep(
        course_id=course_id,
        key=public_id(),
        position=max((one.position for one in steps), default=0) + 1,
        kind=kind,
        title=title,
        body=body,
        body_html=render(body),
        explains=explains,
        content=dict(content or {}),
        highlight_id=highlight_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def edit_step(
    course_id: int, key: str, *, title: str, body: str, explains: str, content: Mapping[str, Any]
) -> None:
    row = _own_row(course_id, key)
    row.title, row.body, row.body_html, row.explains = title, body, render(body), explains
    row.content = {**row.content, **content}
    db.session.flush()


def set_items(course_id: int, key: str, items: Sequence[Mapping[str, Any]]) -> None:
    """The comments of a judge step."""
    row = _own_row(course_id, key)
    row.content = {**row.content, "items": [dict(one) for one in items]}
    db.session.flush()


def move_step(course_id: int, key: str, by: int) -> None:
    """One place up (-1) or down (1); at either end it stays."""
    row, steps = _own_row(course_id, key), rows_of(course_id)
    at = steps.index(row)
    if 0 <= at + by < len(steps):
        other = steps[at + by]
        row.position, other.position = other.position, row.position
    db.session.flush()


def remove_step(course_id: int, key: str) -> LessonStep:
    """What students did in it is kept, and counts again when it comes back."""
    row = _own_row(course_id, key)
    if len(rows_of(course_id)) == 1:
        raise LastStep
    db.session.delete(row)
    db.session.flush()
    settle(course_id)
    return row


def reset(course_id: int) -> None:
    """The starter again, as it is now; whoever has done its steps has done them."""
    found = lesson_row(course_id)
    db.session.execute(delete(LessonStep).where(LessonStep.course_id == course_id))
    found.own, found.title, found.intro = False, "", ""
    db.session.flush()
    settle(course_id)


def settle(course_id: int) -> None:
    """Whoever has done every step that is left has finished."""
    keys = [one.key for one in lesson_of(course_id).steps]
    done = (
        select(func.count())
        .where(
            LessonMark.course_id == course_id,
            LessonMark.person_id == LessonProgress.person_id,
            LessonMark.step_key.in_(keys),
        )
        .correlate(LessonProgress)
        .scalar_subquery()
    )
    unfinished = LessonProgress.course_id == course_id, LessonProgress.finished_at.is_(None)
    db.session.execute(
        update(LessonProgress).where(*unfinished, done == len(keys)).values(finished_at=now()),
        execution_options={"synchronize_session": False},
    )


def rows_of(course_id: int) -> list[LessonStep]:
    """The steps of a course's own lesson, in their order."""
    asked = select(LessonStep).where(LessonStep.course_id == course_id)
    return list(db.session.scalars(asked.order_by(LessonStep.position, LessonStep.id)))


def _own_row(course_id: int, key: str) -> LessonStep:
    own_lesson(course_id)
    found = next((one for one in rows_of(course_id) if one.key == key), None)
    if found is None:
        raise NotFound
    return found
