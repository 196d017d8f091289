"""Highlights with the reason why and the writer's consent, and what students nominate for one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.projects.models import Project


class Consent(StrEnum):
    """What the writer said about the wall."""

    ASKED = "asked"
    NAME = "name"
    PSEUDONYM = "pseudonym"
    DECLINED = "declined"


class Highlight(Base):
    """A celebrated comment. It is on the wall only while the writer consents."""

    __tablename__ = "highlights"
    __table_args__ = (Index("ix_highlights_course_id_consent", "course_id", "consent"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    why: Mapped[str]
    moves: Mapped[list[str]] = mapped_column(default=list)
    at: Mapped[CreatedAt]
    consent: Mapped[Consent] = mapped_column(default=Consent.ASKED)
    consent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")


class Nomination(Base):
    """A student finds a comment great, and says why. Who it was, only the staff see."""

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("comment_id", "by_id"),
        Index("ix_nominations_course_id_by_id", "course_id", "by_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    why: Mapped[str]
    at: Mapped[CreatedAt]
    withdrawn_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]  # staff looked and do not celebrate it; the student is not told
    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")
