"""Work that runs by itself, now and then: a row says when each sweep last ran and who runs it just now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from classroom.core.db import Base, Id, db

LEASE = timedelta(minutes=10)  # longer than any sweep takes; a worker that died is forgotten after it
FIRST = timedelta(days=3)  # how far back the very first run looks, and the first one after a restore
PAUSE = timedelta(minutes=5)  # before a sweep that failed is tried again


class Sweep(Base):
    """When a sweep last ran to its end, and until when a worker has it in hand."""

    __tablename__ = "sweeps"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40), unique=True)
    ran_at: Mapped[datetime | None]
    taken_until: Mapped[datetime | None]


@dataclass(frozen=True)
class Task:
    """A sweep: how often it runs, and what it does about the time since it last ran."""

    name: str
    every: timedelta
    run: Callable[[datetime, datetime], None]


def known() -> dict[str, Sweep]:
    """Every sweep that ever ran, by name; one statement."""
    return {one.name: one for one in db.session.scalars(select(Sweep))}


def is_due(task: Task, last: Sweep | None, at: datetime) -> bool:
    """What was missed is due once, however long ago; what somebody has in hand is not."""
    if last is None:
        return True
    if last.taken_until is not None and last.taken_until > at:
        return False
    return last.ran_at is None or at - last.ran_at >= task.every


def since(last: Sweep | None, at: datetime) -> datetime:
    """Where a run begins: where the last one ended."""
    return last.ran_at if last is not None and last.ran_at is not None else at - FIRST


def take(task: Task, at: datetime) -> bool:
    """Take a sweep in hand; False when it is not due, or another worker was faster."""
    _know(task.name)
    due = or_(Sweep.ran_at.is_(None), Sweep.ran_at <= at - task.every)
    free = or_(Sweep.taken_until.is_(None), Sweep.taken_until <= at)
    taken = db.session.execute(
        update(Sweep)
        .where(Sweep.name == task.name, due, free)
        .values(taken_until=at + LEASE)
        .returning(Sweep.id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None


def _know(name: str) -> None:
    if db.session.scalar(select(Sweep.id).where(Sweep.name == name)) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(Sweep(name=name))
    except IntegrityError:
        return  # another worker was faster


def ran(task: Task, at: datetime) -> None:
    """It ran to its end."""
    _write(task, ran_at=at, taken_until=None)


def failed(task: Task, at: datetime) -> None:
    """It did not; it is tried again, from where the last good run ended."""
    _write(task, taken_until=at + min(PAUSE, task.every))


def _write(task: Task, **values: datetime | None) -> None:
    db.session.execute(
        update(Sweep)
        .where(Sweep.name == task.name)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
