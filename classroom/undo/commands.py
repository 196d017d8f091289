"""Writes of undoing: an act offers to be taken back, and its inverse does so by its domain's own rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from classroom.access import Actor, is_closed, may
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, CourseIsOver, Refused
from classroom.core.i18n import _l
from classroom.undo.models import Undo

LIFE = timedelta(minutes=2)

Kept = dict[str, Any]
Run = Callable[[Actor, Any, Kept], str]


class TooLate(ChangedMeanwhile):
    """Two minutes are over, or somebody has gone on from there."""

    message = _l("It is too late to undo this: too much time has passed, or someone went on from there.")


@dataclass(frozen=True)
class Inverse:
    """How an act is taken back: who may, how its row is found, and what puts things right."""

    action: str
    find: Callable[[Actor, str], Any]
    run: Run


INVERSES: dict[str, Inverse] = {}


def undoes(act: str, action: str, find: Callable[[Actor, str], Any]) -> Callable[[Run], Run]:
    """Register `run(actor, row, kept)` as the inverse of `act` (the endpoint that did it).

    `find(actor, target)` answers the row or None; the rule `action` is asked; `run` answers what to say.
    """

    def register(run: Run) -> Run:
        INVERSES[act] = Inverse(action, find, run)
        return run

    return register


def offer(person_id: int, act: str, target: str, *, back: str, **kept: Any) -> str:
    """Remember how to take an act back; answers the token that does. What is too old goes."""
    forget_old()
    made = Undo(person_id=person_id, act=act, target=target, back=back, kept=kept)
    db.session.add(made)
    db.session.flush()
    return made.public_id


def forget_old() -> None:
    """What can no longer be taken back is not kept either."""
    db.session.execute(delete(Undo).where(Undo.done_at < now() - LIFE))


def take_back(actor: Actor, done: Undo) -> str | None:
    """Run the inverse; answers what to say. None: it was taken back already, by the first of two presses."""
    if done.used_at is not None:
        return None
    if now() - done.done_at > LIFE:
        raise TooLate
    inverse = INVERSES[done.act]
    row = inverse.find(actor, done.target)
    if row is None:
        raise TooLate
    if not may(actor, inverse.action, row):
        raise Refused
    if is_closed(actor, inverse.action, row):
        raise CourseIsOver
    said = inverse.run(actor, row, done.kept)
    done.used_at, done.kept = now(), {}
    db.session.flush()
    return said
