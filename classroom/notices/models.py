"""Notices: what a person is told, written with what it tells, mailed afterwards."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.projects.models import Project


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
    POST_SOON = "post_soon"
    COMMENT_SOON = "comment_soon"
    MORE_TIME = "more_time"
    SEEN_OTHERWISE = "seen_otherwise"
    HELP_ANSWERED = "help_answered"
    HELP_HELPED = "help_helped"
    HELP_SHOWN = "help_shown"
    HELP_BACK = "help_back"
    ANNOUNCED = "announced"
    FOLLOWED_POST = "followed_post"
    FOLLOWED_TALK = "followed_talk"
    TOO_FAR_SAID = "too_far_said"
    TOO_FAR_ANSWERED = "too_far_answered"
    ADVICE_ANSWERED = "advice_answered"
    PLAN_REPLIED = "plan_replied"
    BOARD_OPENED = "board_opened"
    BOARD_REVEALED = "board_revealed"


class Group(StrEnum):
    """Kinds of news that people choose for together."""

    ASKED = "asked"
    SOON = "soon"
    CAME_BACK = "came_back"
    HELP = "help"
    TALK = "talk"
    CELEBRATED = "celebrated"
    SAID = "said"
    FOLLOWED = "followed"
    BOARDS = "boards"
    RECEIPTS = "receipts"


class Way(StrEnum):
    """How news of a group reaches someone; it always stands on the site too."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    HERE = "here"


class Notice(Base):
    """One thing told to one person; `key` makes telling it twice impossible.

    With `by_mail`, `try_at` says when the mail server is to be asked (again), and is None once the letter
    went (`sent_at`) or was given up (`failed_at`). Those `in_digest` that are due together go in one letter.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_notices_course_id_person_id_seen_at", "course_id", "person_id", "seen_at"),
        Index(
            "ix_notices_waiting",
            "try_at",
            sqlite_where=text("try_at IS NOT NULL"),
            postgresql_where=text("try_at IS NOT NULL"),
        ),
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
    in_digest: Mapped[bool] = mapped_column(default=False)
    try_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    course: Mapped[Course] = relationship(lazy="raise_on_sql")

    @property
    def may_have_gone(self) -> bool:
        """Its letter went, or a worker has it in hand."""
        return self.sent_at is not None or self.attempts > 0


class MailChoice(Base):
    """How someone wants to hear of a group of news, where they chose otherwise than `rules.DEFAULT`."""

    __tablename__ = "mail_choices"
    __table_args__ = (UniqueConstraint("person_id", "about"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    about: Mapped[Group]
    way: Mapped[Way]


class CalendarFeed(Base):
    """Someone has a private calendar. Its address is `nonce`, signed with the installation's key."""

    __tablename__ = "calendar_feeds"
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), unique=True)
    nonce: Mapped[str] = mapped_column(String(16), unique=True)
    at: Mapped[CreatedAt]


class Announcement(Base):
    """What one of the staff told the whole course (`to_all`), or some of its students; who they are is in
    their notices."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("by_id", "once"),
        Index("ix_announcements_course_id_at", "course_id", "at"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str]
    to_all: Mapped[bool]
    once: Mapped[str] = mapped_column(String(32))
    at: Mapped[CreatedAt]
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class TendingKind(StrEnum):
    """What staff did for a student."""

    REMINDED = "reminded"
    TALKED = "talked"


class Tending(Base):
    """One kind act of staff for one student, and its words: what was written to them, or a note of a talk.

    Those of one press share `press`. What came of it is not kept: it is read from what the student did.
    """

    __tablename__ = "tendings"
    __table_args__ = (
        UniqueConstraint("person_id", "press"),
        Index("ix_tendings_course_id_at", "course_id", "at"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id))  # None: about the whole course
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[TendingKind]
    text: Mapped[str] = mapped_column(default="")
    press: Mapped[str] = mapped_column(String(40))
    at: Mapped[CreatedAt]
