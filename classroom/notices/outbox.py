"""The outbox: rows are the truth. A letter is claimed, tried and settled, each in a unit of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import joinedload

from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.core.mail import Letter
from classroom.courses.models import Course, Membership
from classroom.notices import letters, reminders
from classroom.notices.beside import beside_news
from classroom.notices.models import Notice
from classroom.notices.muting import is_heard
from classroom.notices.rules import STALE, not_at_night, wait_after

LEASE = timedelta(minutes=5)  # longer than any server may take; a worker that died is forgotten after it


@dataclass(frozen=True)
class Claimed:
    """The notices of one letter, which nobody else tries before the lease is over."""

    notice_ids: tuple[int, ...]
    person_id: int
    attempts: int


def anything_due(at: datetime) -> bool:
    """Is there a letter to try? Asked often, and answered by an index over what waits."""
    return db.session.scalar(select(Notice.id).where(Notice.try_at <= at).limit(1)) is not None


def give_up_stale(at: datetime) -> None:
    """After days without a worker, or in a restored backup: old letters would only puzzle people."""
    _settle(Notice.try_at < at - STALE, by_mail=False, try_at=None)


def claim(at: datetime) -> Claimed | None:
    """Claim the letter that is due longest; None when none is, an empty one when another was faster."""
    due = Notice.try_at <= at
    first = db.session.scalar(select(Notice).where(due).order_by(Notice.try_at, Notice.id).limit(1))
    if first is None:
        return None
    together = Notice.id == first.id
    if first.in_digest:
        together = Notice.in_digest & (Notice.person_id == first.person_id)
    # Locked in one order, so that two workers wait for one another and never for each other.
    free = select(Notice.id).where(together, due).order_by(Notice.id).with_for_update()
    rows = db.session.execute(
        update(Notice)
        .where(Notice.id.in_(db.session.scalars(free).all()))
        .values(try_at=at + LEASE, attempts=Notice.attempts + 1)
        .returning(Notice.id, Notice.attempts)
        .execution_options(synchronize_session=False)
    ).all()
    return Claimed(
        tuple(row.id for row in rows), first.person_id, max((row.attempts for row in rows), default=0)
    )


def letter_of(claimed: Claimed, at: datetime) -> Letter | None:
    """The letter; None when there is nobody to write to any more, or nothing left to say."""
    rows = [one for one in _alive(claimed.notice_ids) if _still_said(one, at)]
    dropped = set(claimed.notice_ids) - {one.id for one in rows}
    _settle(Notice.id.in_(dropped), by_mail=False, try_at=None)
    if not rows:
        return None
    return letters.daily(rows, beside_news(rows, at)) if rows[0].in_digest else letters.single(rows[0])


def _alive(ids: Collection[int]) -> Sequence[Notice]:
    """Nobody is written to who left the course, whose account is closed, or who muted it."""
    here = exists().where(
        Membership.person_id == Notice.person_id,
        Membership.course_id == Notice.course_id,
        Membership.left_at.is_(None),
    )
    return db.session.scalars(
        select(Notice)
        .join(Notice.person)
        .where(Notice.id.in_(ids), here, Person.disabled_at.is_(None), is_heard())
        .options(joinedload(Notice.person), joinedload(Notice.course))
        .order_by(Notice.course_id, Notice.id)
        .execution_options(populate_existing=True)
    ).all()


def _still_said(notice: Notice, at: datetime) -> bool:
    """A daily letter does not repeat what was read meanwhile; a reminder stops once the thing is done."""
    if notice.in_digest and notice.seen_at is not None:
        return False
    return reminders.still_wanted(notice, at)


def went(claimed: Claimed, at: datetime) -> None:
    """The server took it."""
    _settle(Notice.id.in_(claimed.notice_ids), sent_at=at, try_at=None)
    db.session.execute(
        update(Person)
        .where(Person.id == claimed.person_id, Person.mail_failed_at.is_not(None))
        .values(mail_failed_at=None)
    )


def did_not_go(claimed: Claimed, at: datetime, *, for_good: bool) -> None:
    """It is tried again later, or given up: then its person is known not to get mail."""
    wait = None if for_good else wait_after(claimed.attempts)
    if wait is not None:
        _settle(Notice.id.in_(claimed.notice_ids), try_at=_again(claimed, at + wait))
        return
    _settle(Notice.id.in_(claimed.notice_ids), try_at=None, failed_at=at)
    db.session.execute(update(Person).where(Person.id == claimed.person_id).values(mail_failed_at=at))


def _again(claimed: Claimed, moment: datetime) -> datetime:
    """A server that comes back at three wakes nobody."""
    kind, own, of_course = db.session.execute(
        select(Notice.kind, Person.zone, Course.zone)
        .join(Person, Person.id == Notice.person_id)
        .join(Course, Course.id == Notice.course_id)
        .where(Notice.id == min(claimed.notice_ids))
    ).one()
    return not_at_night(kind, moment, ZoneInfo(own or of_course))


def put_back(at: datetime) -> int:
    """Every letter that was given up is tried anew; answers how many."""
    return _settle(Notice.failed_at.is_not(None), failed_at=None, attempts=0, try_at=at)


def _settle(which: ColumnElement[bool], **values: object) -> int:
    """Rows of letters that are still to go; answers how many changed."""
    found = db.session.scalars(
        update(Notice)
        .where(which, Notice.by_mail, Notice.sent_at.is_(None))
        .values(**values)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return len(found.all())
