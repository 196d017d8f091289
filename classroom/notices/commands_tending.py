"""Writes of tending that reach nobody: staff note that they talked with a student."""

from sqlalchemy import select

from classroom.core.db import db
from classroom.notices.models import Tending, TendingKind


def note_talk(course_id: int, person_id: int, text: str, *, by_id: int, once: str) -> Tending | None:
    """Kept for the staff in whose care the student is; None at a second press of the same page."""
    there = select(Tending.id).where(Tending.person_id == person_id, Tending.press == once)
    if db.session.scalar(there) is not None:
        return None
    made = Tending(
        course_id=course_id,
        person_id=person_id,
        by_id=by_id,
        kind=TendingKind.TALKED,
        text=text,
        press=once,
    )
    db.session.add(made)
    db.session.flush()
    return made


def unsay_talk(made: Tending) -> None:
    """As if it had not been noted."""
    db.session.delete(made)
    db.session.flush()
