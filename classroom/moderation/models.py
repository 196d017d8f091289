"""What waits for a person, what was flagged, and the append-only log of every decision."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.posts.states import State
from classroom.projects.models import Project


class Subject(StrEnum):
    """What kind of thing a case is about."""

    POST = "post"
    COMMENT = "comment"
    REPLY = "reply"
    HELP = "help"
    HELP_ANSWER = "help_answer"


class Reason(StrEnum):
    """Why something waits for a person."""

    SNARK = "snark"
    ATTACK = "attack"
    LEAK = "leak"
    ASKS_ANSWER = "asks_answer"
    FLAGGED = "flagged"
    CLAIMED = "claimed"  # "I think this is fine"


class Decision(StrEnum):
    """How a case ended."""

    APPROVED = "approved"
    RETURNED = "returned"
    REMOVED = "removed"
    REWRITTEN = "rewritten"  # the writer was faster
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"  # a claim: it does not count, and stays visible


class Case(Base):
    """One thing in the queue. `closed_at` is None while it waits; claimed so that two do not act at once."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (decision IS NULL)", name="closed_pair"),
        CheckConstraint("(claimed_at IS NULL) = (claimed_by_id IS NULL)", name="claimed_pair"),
        Index("ix_cases_course_id_closed_at_opened_at", "course_id", "closed_at", "opened_at"),
        Index("ix_cases_subject_subject_id", "subject", "subject_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id))  # None: asked of the course
    subject: Mapped[Subject]
    subject_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    reason: Mapped[Reason]
    words: Mapped[list[str]] = mapped_column(default=list)
    clause_number: Mapped[int | None]
    opened_at: Mapped[CreatedAt]
    closed_at: Mapped[datetime | None]
    decision: Mapped[Decision | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    claimed_at: Mapped[datetime | None]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")
    claimed_by: Mapped[Person | None] = relationship(foreign_keys=[claimed_by_id], lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}


class Flag(Base):
    """A student's report of something visible; who flagged is seen by staff only."""

    __tablename__ = "flags"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "by_id"),
        Index("ix_flags_course_id", "course_id"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    subject: Mapped[Subject]
    subject_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[CreatedAt]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))


class LogEntry(Base):
    """One edge that was taken; rows are only ever added. `actor_id` is None for the standard itself."""

    __tablename__ = "moderation_log"
    __table_args__ = (
        Index("ix_moderation_log_subject_subject_id", "subject", "subject_id"),
        Index("ix_moderation_log_course_id_at", "course_id", "at"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id))  # None: asked of the course
    subject: Mapped[Subject]
    subject_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]
    before: Mapped[State]
    after: Mapped[State]
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(default="")
    clause_number: Mapped[int | None]
    guideline_version: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    actor: Mapped[Person | None] = relationship(foreign_keys=[actor_id], lazy="raise_on_sql")
