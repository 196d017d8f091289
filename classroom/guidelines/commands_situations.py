"""Writes of questions without a name. Nothing here is given, or notes, who asked; no event tells of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.ids import digest
from classroom.courses.models import Course
from classroom.guidelines.commands import add_example, begin_draft, publish
from classroom.guidelines.models import (
    Example,
    ExampleReading,
    GuidelineVersion,
    Ruling,
    Situation,
    SituationState,
    SituationTurn,
)
from classroom.guidelines.queries import draft_version
from classroom.guidelines.queries_situations import open_count, situation_by_secret
from classroom.guidelines.rules_situations import check_asking_back, check_open, day_of


def ask(course: Course, secret: str, text: str, *, shown: Iterable[Example] = ()) -> Situation:
    """Keep a question under the digest of its secret; a second press finds the first.

    `shown` are the examples that the asker saw before and that did not answer it.
    """
    there = situation_by_secret(secret)
    if there is not None:
        return there
    check_open(open_count(course.id))
    made = Situation(
        course_id=course.id,
        secret_digest=digest(secret),
        asked_on=day_of(now(), course.zone),
        text=text,
        turns=[],
    )
    db.session.add(made)
    for example in shown:
        count_reading(example, answered=False)
    db.session.flush()
    return made


def count_reading(example: Example, *, answered: bool) -> None:
    """One more question that this example answered, or did not; nothing else is noted."""
    column = ExampleReading.answered if answered else ExampleReading.passed_by
    mark = digest(example.situation)
    one = (ExampleReading.course_id == example.course_id, ExampleReading.mark == mark)
    if db.session.scalar(select(ExampleReading.id).where(*one)) is None:
        db.session.add(ExampleReading(course_id=example.course_id, mark=mark))
        db.session.flush()
    db.session.execute(update(ExampleReading).where(*one).values({column.key: column + 1}))


def thank(situation: Situation, *, thanked: bool) -> None:
    situation.thanked = thanked


def ask_back(situation: Situation, text: str, zone: str) -> None:
    """One more question to an answer; it waits in the queue again. A second press of the same is nothing."""
    mine = [one for one in situation.turns if one.by_id is None]
    if situation.state is SituationState.WAITING and mine and mine[-1].text == text:
        return
    check_asking_back(situation.state, len(mine))
    _say(situation, text, None, zone)
    situation.state = SituationState.WAITING


def answer(
    situation: Situation,
    by_id: int,
    *,
    ruling: Ruling,
    why: str,
    clause_number: int | None,
    zone: str,
    read: int | None = None,
) -> None:
    """A ruling and the reason; said again before anyone asked back, it takes the place of what stood there.

    `read`: how many turns the page showed; when the asker has said more meanwhile, it is read first.
    """
    if read is not None and read != len(situation.turns):
        raise ChangedMeanwhile
    last = situation.turns[-1] if situation.turns else None
    if last is not None and last.by_id is not None:
        last.text, last.by_id = why, by_id
    else:
        _say(situation, why, by_id, zone)
    situation.ruling, situation.clause_number = ruling, clause_number
    situation.state = SituationState.ANSWERED
    situation.answered_on = situation.answered_on or day_of(now(), zone)


def set_aside(situation: Situation, by_id: int, why: str, zone: str) -> None:
    """Nothing to rule on: the asker reads why. Answering it later is still possible."""
    last = situation.turns[-1] if situation.turns else None
    if last is None or last.by_id is None:
        _say(situation, why, by_id, zone)
    else:
        last.text, last.by_id = why, by_id
    situation.state, situation.ruling = SituationState.SET_ASIDE, None


def make_example(
    asked: Situation, course: Course, by_id: int, *, at_once: bool, note: str, **values: Any
) -> GuidelineVersion:
    """Its edited words as an example of the draft; published at once only where no other draft was begun."""
    there = draft_version(course.id)
    draft = there or begin_draft(course)
    add_example(course.id, version=draft, **values)
    asked.made_example = True
    if not at_once or there is not None or draft.number == 1:
        return draft
    fresh = draft_version(course.id) or draft
    publish(fresh, by_id, major=False, note=note)
    return fresh


def _say(situation: Situation, text: str, by_id: int | None, zone: str) -> None:
    situation.turns.append(
        SituationTurn(
            course_id=situation.course_id,
            situation_id=situation.id,
            position=len(situation.turns) + 1,
            by_id=by_id,
            said_on=day_of(now(), zone),
            text=text,
        )
    )
