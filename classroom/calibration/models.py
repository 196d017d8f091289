"""Samples of a project, the instructor's comments on them with the reasons, and what students wrote."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.projects.models import Project, Prompt


class Use(StrEnum):
    """Whether students practise on samples in a project, and whether they do so first."""

    OFF = "off"
    OPTIONAL = "optional"
    FIRST = "first"


class Calibration(Base):
    """How one project uses its samples; a project without a row uses none."""

    __tablename__ = "calibrations"
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), unique=True)
    use: Mapped[Use] = mapped_column(default=Use.OPTIONAL)


class Sample(Base):
    """A post to practise on. `consent` is staff's note on whose work it is, when a student wrote it."""

    __tablename__ = "calibration_samples"
    __table_args__ = (
        UniqueConstraint("project_id", "once"),
        Index("ix_calibration_samples_course_id_project_id", "course_id", "project_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    body_html: Mapped[str]
    body_text: Mapped[str]
    consent: Mapped[str] = mapped_column(String(300), default="")
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None]
    project: Mapped[Project] = relationship(lazy="raise_on_sql")


class ModelComment(Base):
    """The instructor's own comment on a sample. `reasons` says by criterion why it is as it is."""

    __tablename__ = "calibration_models"
    __table_args__ = (
        UniqueConstraint("sample_id", "once"),
        CheckConstraint("(quote IS NULL) = (quote_start IS NULL)", name="anchor_pair"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey(Sample.id))
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey(Prompt.id))
    body: Mapped[str]
    body_html: Mapped[str]
    quote: Mapped[str | None]
    quote_start: Mapped[int | None]
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    own_words: Mapped[str] = mapped_column(default="")
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None]
    sample: Mapped[Sample] = relationship(lazy="raise_on_sql")
    prompt: Mapped[Prompt | None] = relationship(lazy="raise_on_sql")


class Answer(Base):
    """One student's comment on one sample; a draft until `sent_at`, and then it stays as it is."""

    __tablename__ = "calibration_answers"
    __table_args__ = (
        UniqueConstraint("sample_id", "author_id"),
        CheckConstraint("(quote IS NULL) = (quote_start IS NULL)", name="anchor_pair"),
        Index("ix_calibration_answers_course_id_author_id", "course_id", "author_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    sample_id: Mapped[int] = mapped_column(ForeignKey(Sample.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey(Prompt.id))
    body: Mapped[str]
    body_html: Mapped[str] = mapped_column(default="")
    quote: Mapped[str | None]
    quote_start: Mapped[int | None]
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[CreatedAt]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    sample: Mapped[Sample] = relationship(lazy="raise_on_sql")
    prompt: Mapped[Prompt | None] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}


class Reaction(StrEnum):
    """What staff say to a student who sees it otherwise."""

    AGREED = "agreed"
    BOTH = "both"
    KEPT = "kept"


class Dispute(Base):
    """A student sees one judgement of the instructor's otherwise; between the two of them."""

    __tablename__ = "calibration_disputes"
    __table_args__ = (
        UniqueConstraint("answer_id", "model_id", "criterion"),
        CheckConstraint("(reaction IS NULL) = (decided_at IS NULL)", name="decided_pair"),
        Index("ix_calibration_disputes_course_id_decided_at", "course_id", "decided_at"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    answer_id: Mapped[int] = mapped_column(ForeignKey(Answer.id))
    model_id: Mapped[int] = mapped_column(ForeignKey(ModelComment.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    criterion: Mapped[str] = mapped_column(String(20))
    why: Mapped[str]
    created_at: Mapped[CreatedAt]
    reaction: Mapped[Reaction | None]
    note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answer: Mapped[Answer] = relationship(lazy="raise_on_sql")
    model: Mapped[ModelComment] = relationship(lazy="raise_on_sql")
