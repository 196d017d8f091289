"""Writes of notices: telling someone something, once; marking it seen; and choosing what comes by mail."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from classroom.core.clock import now
from classroom.core.db import db
from classroom.notices import queries
from classroom.notices.models import Group, MailChoice, Notice, NoticeKind, Way
from classroom.notices.rules import DEFAULT, first_try, kinds_of


def tell(
    course_id: int,
    person_ids: Iterable[int],
    kind: NoticeKind,
    key: str,
    *,
    by_mail: bool = True,
    **details: Any,
) -> None:
    """Tell people something; `key` makes a second telling nothing. `details`: public ids and titles.

    It goes by mail to those who want this kind so, unless `by_mail` says that it need not.
    """
    people = set(person_ids)
    people -= _told_already(people, key)
    moment = now()
    for addressee in queries.addressees(course_id, people, kind):
        way = addressee.way if by_mail else Way.HERE
        db.session.add(
            Notice(
                course_id=course_id,
                person_id=addressee.person_id,
                kind=kind,
                key=key,
                details=details,
                by_mail=way is not Way.HERE,
                in_digest=way in {Way.DAILY, Way.WEEKLY},
                try_at=first_try(way, kind, moment, addressee.zone),
            )
        )
    db.session.flush()


def _told_already(people: Collection[int], key: str) -> set[int]:
    return set(
        db.session.scalars(select(Notice.person_id).where(Notice.person_id.in_(people), Notice.key == key))
    )


def mark_seen_of_post(person_id: int, post_id: str) -> None:
    """What one person was told about the post with that public id is seen: they have read its page."""
    told = db.session.scalars(select(Notice).where(Notice.person_id == person_id, Notice.seen_at.is_(None)))
    for notice in told:
        if notice.details.get("post") == post_id and notice.kind is not NoticeKind.RETURNED:
            notice.seen_at = now()


def mark_seen(person_id: int) -> datetime:
    """Everything that one person was told is seen; answers since when."""
    moment = now()
    db.session.execute(
        update(Notice).where(Notice.person_id == person_id, Notice.seen_at.is_(None)).values(seen_at=moment)
    )
    return moment


def mark_unseen(person_id: int, since: datetime) -> None:
    """Undo that."""
    db.session.execute(
        update(Notice).where(Notice.person_id == person_id, Notice.seen_at == since).values(seen_at=None)
    )


def unsay(person_id: int, keys: Collection[str]) -> Notice | None:
    """Take back the newest of what someone was told under keys that begin so; the notice if it was too late.

    What was neither seen nor sent is as if it had never been said.
    """
    told = db.session.scalar(
        select(Notice)
        .where(Notice.person_id == person_id)
        .where(or_(*(Notice.key.startswith(key, autoescape=True) for key in keys)))
        .order_by(Notice.id.desc())
        .limit(1)
    )
    if told is None:
        return None
    if told.seen_at is not None or told.may_have_gone:
        return told
    db.session.delete(told)
    db.session.flush()
    return None


def unsay_to_all(course_id: int, key: str) -> None:
    """Nobody in the course needs to hear it any more; where a letter went, or is on its way, it stays."""
    db.session.execute(
        delete(Notice).where(Notice.course_id == course_id, Notice.key == key, Notice.attempts == 0)
    )


def choose(person_id: int, chosen: Mapping[Group, Way]) -> None:
    """From now on news of these groups reach the person so; letters that wait are stopped with it."""
    before = queries.ways_of(person_id)
    changed = {group: way for group, way in chosen.items() if before[group] is not way}
    db.session.execute(
        delete(MailChoice).where(MailChoice.person_id == person_id, MailChoice.about.in_(changed))
    )
    for group, way in changed.items():
        if way is not DEFAULT[group]:
            db.session.add(MailChoice(person_id=person_id, about=group, way=way))
    stopped = {group for group, way in changed.items() if way is Way.HERE}
    _stop_waiting(person_id, kinds_of(stopped))
    db.session.flush()


def stop(person_id: int, groups: Collection[Group]) -> None:
    """No more letters of these groups; the news go on standing here."""
    choose(person_id, dict.fromkeys(groups, Way.HERE))


def _stop_waiting(person_id: int, kinds: Collection[NoticeKind]) -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.person_id == person_id, Notice.kind.in_(kinds), Notice.try_at.is_not(None))
        .values(by_mail=False, try_at=None)
    )
