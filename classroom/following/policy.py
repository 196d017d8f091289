"""Who may follow and mute: each for themselves, and nobody sees it."""

from typing import Protocol

from sqlalchemy import ColumnElement, and_, bindparam, false, or_

from classroom.access import MEMBERS, Actor, rule
from classroom.core.clock import now
from classroom.following.models import Interest


class OfCourse(Protocol):
    """A course, or something within one."""

    @property
    def course_id(self) -> int: ...


def in_force() -> ColumnElement[bool]:
    """What was muted for a while is as if never muted once that is over."""
    moment = bindparam(None, callable_=now, type_=Interest.until.type)  # asked when the statement runs
    return or_(Interest.until.is_(None), Interest.until > moment)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own, in one's courses. Through borrowed eyes there are none."""
    if actor.borrowed:
        return false()
    return and_(Interest.person_id == actor.person_id, Interest.course_id.in_(actor.courses()), in_force())


@rule("following:own", MEMBERS, private=True, lasting=True)
def may_follow(actor: Actor, row: OfCourse) -> bool:
    """Everyone in the course, each for themselves; nobody else is told, staff included."""
    return actor.belongs(row.course_id)
