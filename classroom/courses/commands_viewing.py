"""Writes of looking through a student's eyes: begun, stopped, data taken out; nothing is ever rewritten."""

from classroom.core.db import db
from classroom.core.ids import public_id
from classroom.courses.models import Membership, Viewing, ViewingStep
from classroom.courses.queries_viewing import steps_of


def begin_viewing(seat: Membership, by_id: int) -> str:
    """The key of the viewing, which ends by itself after a while."""
    key = public_id()
    _note(seat.course_id, key, ViewingStep.STARTED, by_id, seat.person_id)
    return key


def stop_viewing(key: str) -> None:
    """Stopping twice is stopping once."""
    steps = steps_of(key)
    begun = steps.get(ViewingStep.STARTED)
    if begun is not None and ViewingStep.STOPPED not in steps:
        _note(begun.course_id, key, ViewingStep.STOPPED, begun.by_id, begun.student_id)


def note_export(seat: Membership, by_id: int) -> None:
    """Someone took out a student's data for them."""
    _note(seat.course_id, public_id(), ViewingStep.EXPORTED, by_id, seat.person_id)


def _note(course_id: int, key: str, step: ViewingStep, by_id: int, student_id: int) -> None:
    db.session.add(Viewing(course_id=course_id, key=key, step=step, by_id=by_id, student_id=student_id))
    db.session.flush()
