"""Writes of someone in the lesson: a step that is done, a judgement, a text."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from classroom.core.clock import now
from classroom.core.db import Base, db
from classroom.lessons.models import LessonJudgement, LessonMark, LessonProgress, LessonText, StepKind
from classroom.lessons.queries import InLesson, progress_of, text_of
from classroom.lessons.rules import (
    TRIED,
    ChooseOne,
    NothingWritten,
    NotThatKind,
    TwoTexts,
    Whole,
    missing_in,
)

READ = frozenset({StepKind.READ, StepKind.MODEL, StepKind.EXAMPLE})


def begin(course_id: int, person_id: int) -> None:
    """From the first press on, somebody is in the lesson; a second press finds the first."""
    there = select(LessonProgress.id).where(
        LessonProgress.course_id == course_id, LessonProgress.person_id == person_id
    )
    if db.session.scalar(there) is None:
        _add_once(LessonProgress(course_id=course_id, person_id=person_id))


def finish_reading(here: InLesson, person_id: int) -> None:
    """A step that only asks to be read."""
    if here.step.kind not in READ:
        raise NotThatKind
    mark_done(here, person_id)


def judge(here: InLesson, person_id: int, item_key: str, *, counts: bool | None) -> None:
    """The first thought about one comment; it stays. The last one of a step does the step."""
    if here.step.kind is not StepKind.JUDGE or here.step.item(item_key) is None:
        raise NotThatKind
    if counts is None:
        raise ChooseOne
    begin(here.course_id, person_id)
    step_key, mine = here.step.key, LessonJudgement.person_id == person_id
    asked = select(LessonJudgement.item_key).where(
        LessonJudgement.course_id == here.course_id, LessonJudgement.step_key == step_key, mine
    )
    judged = set(db.session.scalars(asked))
    if item_key not in judged:
        made = {"course_id": here.course_id, "person_id": person_id, "step_key": step_key}
        _add_once(LessonJudgement(**made, item_key=item_key, counts=counts))
    if {one["key"] for one in here.step.items} <= judged | {item_key}:
        mark_done(here, person_id)


def save_text(here: InLesson, person_id: int, body: str, version: int | None) -> LessonText:
    """Keep what is being written. `version` is the one that its writer saw; None takes this text anyway."""
    if here.step.kind not in TRIED:
        raise NotThatKind
    begin(here.course_id, person_id)
    found = text_of(person_id, here.course_id, here.step.key)
    if found is None:
        found = LessonText(
            course_id=here.course_id, person_id=person_id, step_key=here.step.key, saved_at=now()
        )
        db.session.add(found)
    elif version is not None and version != found.version and found.draft != body:
        raise TwoTexts(theirs=found.draft, version=found.version)
    if found.draft != body:
        found.draft, found.saved_at = body, now()
    db.session.flush()
    return found


def send_text(here: InLesson, person_id: int, body: str, verdict: Mapping[str, Any]) -> LessonText:
    """What was written, with what it lacked; a text that does not count yet does the step too."""
    if not body.strip():
        raise NothingWritten
    found = save_text(here, person_id, body, None)
    lacked = missing_in(verdict)
    if found.sent is None:
        found.missing = lacked
    found.sent, found.sent_at, found.missing_now = body, now(), lacked
    found.counts = bool(verdict["counts"]) and not verdict["hold"]
    mark_done(here, person_id)
    return found


def mark_done(here: InLesson, person_id: int) -> None:
    """Note it once; whoever has done every step has finished, for good."""
    begin(here.course_id, person_id)
    progress = progress_of(person_id, here.course_id)
    if here.step.key not in progress.done:
        made = {"course_id": here.course_id, "person_id": person_id, "step_key": here.step.key}
        _add_once(LessonMark(**made))
        progress = progress_of(person_id, here.course_id)
    if progress.finished_at is None and progress.is_all(here.lesson):
        _set_finished(here.course_id, person_id)
    db.session.flush()


def finish(lesson: Whole, person_id: int) -> bool:
    """Whoever has done every step that there is has finished; says whether that is so."""
    progress = progress_of(person_id, lesson.course_id)
    if progress.begun_at is None or not progress.is_all(lesson):
        return False
    if progress.finished_at is None:
        _set_finished(lesson.course_id, person_id)
    return True


def _set_finished(course_id: int, person_id: int) -> None:
    mine = LessonProgress.course_id == course_id, LessonProgress.person_id == person_id
    db.session.execute(update(LessonProgress).where(*mine).values(finished_at=now()))


def _add_once(row: Base) -> None:
    """Of two presses at the same moment, one writes."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return
