"""Courses, sections, memberships, and rosters on their way in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.core.ids import join_code, public_id


class Course(Base):
    """A class in a term."""

    __tablename__ = "courses"
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    title: Mapped[str] = mapped_column(String(200))
    term: Mapped[str] = mapped_column(String(100), default="")
    zone: Mapped[str] = mapped_column(String(64))
    join_code: Mapped[str] = mapped_column(String(16), unique=True, default=join_code)
    join_open: Mapped[bool] = mapped_column(default=True)
    help_hours: Mapped[int] = mapped_column(default=24)  # a request for help that waits longer reaches staff
    people_counted: Mapped[int] = mapped_column(default=0)  # the last membership number given out
    created_at: Mapped[CreatedAt]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @property
    def course_id(self) -> int:
        """A course belongs to itself: the guard and the frame ask every row for its course."""
        return self.id


class Section(Base):
    """A part of a course that meets on its own."""

    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("course_id", "name"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    name: Mapped[str] = mapped_column(String(100))


class Membership(Base):
    """A person in a course. `number` is their place in the course, from 1: pseudonyms rest on it."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("course_id", "person_id"),
        UniqueConstraint("course_id", "number"),
        Index("ix_memberships_person_id", "person_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    number: Mapped[int]
    role: Mapped[Role]
    section_id: Mapped[int | None] = mapped_column(ForeignKey(Section.id))
    external_id: Mapped[str | None] = mapped_column(String(100))
    joined_at: Mapped[CreatedAt]
    left_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    section: Mapped[Section | None] = relationship(lazy="raise_on_sql")


class AssistantSection(Base):
    """A section that an assistant tends; an assistant without any tends the whole course."""

    __tablename__ = "assistant_sections"
    __table_args__ = (UniqueConstraint("membership_id", "section_id"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey(Membership.id))
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id))


class RosterImport(Base):
    """A roster that was handed in and waits to be confirmed; nothing else is written before that."""

    __tablename__ = "roster_imports"
    __table_args__ = (CheckConstraint("(applied_at IS NULL) OR (text = '')", name="text_dropped"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    filename: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str]
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[CreatedAt]
    applied_at: Mapped[datetime | None]
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ViewingStep(StrEnum):
    """What staff did with a student's view or data."""

    STARTED = "started"
    STOPPED = "stopped"
    EXPORTED = "exported"


class Viewing(Base):
    """Staff looked through a student's eyes, or took out their data; rows are only ever added.

    A viewing is one row when it starts and one when it is stopped, under the same `key`.
    """

    __tablename__ = "viewings"
    __table_args__ = (
        UniqueConstraint("key", "step"),
        Index("ix_viewings_course_id_student_id", "course_id", "student_id"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    key: Mapped[str] = mapped_column(String(16), default=public_id)
    step: Mapped[ViewingStep]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    student_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
