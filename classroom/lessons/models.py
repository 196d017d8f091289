"""A course's lesson where it differs from the starter, and what each person did in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id
from classroom.courses.models import Course


class StepKind(StrEnum):
    """What one does in a step; an `example` shows a celebrated comment of the class."""

    READ = "read"
    JUDGE = "judge"
    IMPROVE = "improve"
    WRITE = "write"
    MODEL = "model"
    EXAMPLE = "example"


class Move(StrEnum):
    """What a step explains, and what a class may struggle with."""

    POINT = "point"
    PLACE = "place"
    WHY = "why"
    NEXT = "next"
    ASK = "ask"
    KIND = "kind"
    SHORT = "short"


class Lesson(Base):
    """What a course changed: a course without a row, or with `own` false, has the starter's steps."""

    __tablename__ = "lessons"
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), unique=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    intro: Mapped[str] = mapped_column(default="")
    own: Mapped[bool] = mapped_column(default=False)
    required_at: Mapped[datetime | None]  # since when it comes before a student's first comment
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class LessonStep(Base):
    """One step of a course's own lesson. `key` is what progress rests on: it outlives every change."""

    __tablename__ = "lesson_steps"
    __table_args__ = (UniqueConstraint("course_id", "key"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    kind: Mapped[StepKind]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    explains: Mapped[str] = mapped_column(String(20), default="")
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    highlight_id: Mapped[int | None] = mapped_column(ForeignKey("highlights.id"), index=True)


class LessonProgress(Base):
    """When someone began, and when they had done every step; that stays, whatever becomes of the steps."""

    __tablename__ = "lesson_progress"
    __table_args__ = (
        UniqueConstraint("course_id", "person_id"),
        Index("ix_lesson_progress_person_id", "person_id"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    begun_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime | None]


class LessonMark(Base):
    """Someone has done a step."""

    __tablename__ = "lesson_marks"
    __table_args__ = (UniqueConstraint("course_id", "person_id", "step_key"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    step_key: Mapped[str] = mapped_column(String(40))
    at: Mapped[CreatedAt]


class LessonJudgement(Base):
    """Whether one comment of a judge step counts, as someone first thought."""

    __tablename__ = "lesson_judgements"
    __table_args__ = (UniqueConstraint("course_id", "step_key", "item_key", "person_id"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    step_key: Mapped[str] = mapped_column(String(40))
    item_key: Mapped[str] = mapped_column(String(40))
    counts: Mapped[bool]
    at: Mapped[CreatedAt]


class LessonText(Base):
    """What someone writes in an improve or write step; nobody else reads it.

    `missing` are the moves that the first try had not, `missing_now` those that the last one has not.
    """

    __tablename__ = "lesson_texts"
    __table_args__ = (UniqueConstraint("course_id", "person_id", "step_key"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    step_key: Mapped[str] = mapped_column(String(40))
    draft: Mapped[str] = mapped_column(default="")
    sent: Mapped[str | None]
    counts: Mapped[bool | None]
    missing: Mapped[list[str]] = mapped_column(default=list)
    missing_now: Mapped[list[str]] = mapped_column(default=list)
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
