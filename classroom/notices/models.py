"""Notices: what a person is told, written with what it tells, mailed afterwards."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id
from classroom.courses.models import Course


class NoticeKind(StrEnum):
    """What a notice is about; the words are made when it is shown."""

    PROJECT_OPENED = "project_opened"
    ASKED_TO_COMMENT = "asked_to_comment"
    COMMENT_RECEIVED = "comment_received"
    HELD = "held"
    RETURNED = "returned"
    APPROVED = "approved"
    REMOVED = "removed"
    RESTORED = "restored"
    NOT_COUNTED = "not_counted"
    COUNTED = "counted"
    HIGHLIGHT_WRITER = "highlight_writer"
    HIGHLIGHT_RECEIVER = "highlight_receiver"
    POSTED = "posted"
    REPLIED = "replied"
    UNDONE = "undone"
    REMINDED = "reminded"


class Notice(Base):
    """One thing told to one person; `key` makes telling it twice impossible."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_notices_course_id_person_id_seen_at", "course_id", "person_id", "seen_at"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[NoticeKind]
    key: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # public ids and titles, no names
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[datetime | None]
    by_mail: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
