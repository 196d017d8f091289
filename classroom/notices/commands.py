"""Writes of notices: telling someone something, once; and marking it seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.notices.models import Notice, NoticeKind

# Mail only for what asks for something or is good to know at once; the rest waits on the home page.
BY_MAIL = frozenset(
    {
        NoticeKind.PROJECT_OPENED,
        NoticeKind.ASKED_TO_COMMENT,
        NoticeKind.RETURNED,
        NoticeKind.REMOVED,
        NoticeKind.HIGHLIGHT_WRITER,
        NoticeKind.POSTED,
        NoticeKind.REMINDED,
    }
)


@dataclass(frozen=True)
class NoticesToMail:
    """These notices are committed and go out by mail."""

    notice_ids: tuple[int, ...]


def tell(
    course_id: int,
    person_ids: Iterable[int],
    kind: NoticeKind,
    key: str,
    *,
    by_mail: bool | None = None,
    **details: Any,
) -> None:
    """Tell people something; `key` makes a second telling nothing. `details`: public ids and titles."""
    people = set(person_ids)
    people -= _told_already(people, key)
    mailed = kind in BY_MAIL if by_mail is None else by_mail
    moment = now()
    rows = [
        Notice(
            course_id=course_id,
            person_id=person_id,
            kind=kind,
            key=key,
            details=details,
            by_mail=mailed,
            sent_at=moment if mailed else None,
        )
        for person_id in sorted(people)
    ]
    db.session.add_all(rows)
    db.session.flush()
    if mailed and rows:
        announce(NoticesToMail(tuple(row.id for row in rows)))


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
    if told.seen_at is not None or told.sent_at is not None:
        return told
    db.session.delete(told)
    db.session.flush()
    return None
