"""Writes of following. They announce nothing: what no one is told, no one can learn."""

from datetime import datetime

from sqlalchemy import Select, delete, func, select

from classroom.core.clock import now
from classroom.core.db import db
from classroom.following.models import Interest, Stance, Thing
from classroom.following.policy import in_force
from classroom.following.rules import MOST, CannotBeFollowed, Span, TooMuch, until


def choose(
    course_id: int, person_id: int, thing: Thing, what: str, stance: Stance, span: Span = Span.GOOD
) -> None:
    """From now on someone follows or mutes this; what they said of it before is forgotten."""
    if (thing is Thing.REST) != (what == "") or (thing is Thing.REST and stance is Stance.FOLLOW):
        raise CannotBeFollowed
    ends = until(span, now()) if stance is Stance.MUTE else None
    there = db.session.scalar(_of(course_id, person_id).where(Interest.thing == thing, Interest.what == what))
    if there is not None:
        there.stance, there.until, there.at = stance, ends, now()
    else:
        _add(course_id, person_id, thing, what, stance, ends)
    db.session.flush()


def _add(
    course_id: int, person_id: int, thing: Thing, what: str, stance: Stance, ends: datetime | None
) -> None:
    mine = (Interest.course_id == course_id, Interest.person_id == person_id)
    db.session.execute(delete(Interest).where(*mine, ~in_force()))
    if (db.session.scalar(select(func.count()).where(*mine)) or 0) >= MOST:
        raise TooMuch
    db.session.add(
        Interest(course_id=course_id, person_id=person_id, thing=thing, what=what, stance=stance, until=ends)
    )


def forget(course_id: int, person_id: int, thing: Thing, what: str) -> None:
    """Neither followed nor muted any more; saying it twice does no harm."""
    db.session.execute(
        delete(Interest).where(
            Interest.course_id == course_id,
            Interest.person_id == person_id,
            Interest.thing == thing,
            Interest.what == what,
        )
    )


def _of(course_id: int, person_id: int) -> Select[Interest]:
    return select(Interest).where(Interest.course_id == course_id, Interest.person_id == person_id)
