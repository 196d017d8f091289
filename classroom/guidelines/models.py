"""Guidelines: versions of clauses and examples, who acknowledged which, and questions without a name."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    column,
    exists,
    or_,
    table,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.core.ids import unordered_id
from classroom.courses.models import Course


class Ruling(StrEnum):
    """What is said of a situation; `fine` means fine although it looks like cheating."""

    ENCOURAGED = "encouraged"
    FINE = "fine"
    ASK_FIRST = "ask_first"
    CHEATING = "cheating"


_highlights = table(
    "highlights", column("id"), column("consent"), column("withdrawn_at"), column("comment_id")
)
_comments = table("comments", column("id"), column("state"))


def is_shown() -> ColumnElement[bool]:
    """An example made of a great comment stands as long as its writer consents and it is visible itself."""
    return or_(
        Example.highlight_id.is_(None),
        exists().where(
            _highlights.c.id == Example.highlight_id,
            _highlights.c.consent.in_(["name", "pseudonym"]),
            _highlights.c.withdrawn_at.is_(None),
            _comments.c.id == _highlights.c.comment_id,
            _comments.c.state == "visible",
        ),
    )


class GuidelineVersion(Base):
    """One version of a course's guidelines; a draft until `published_at`."""

    __tablename__ = "guideline_versions"
    __table_args__ = (UniqueConstraint("course_id", "number"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    intro: Mapped[str] = mapped_column(default="")
    change_note: Mapped[str] = mapped_column(String(500), default="")
    major: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()
    clauses: Mapped[list["Clause"]] = relationship(lazy="raise_on_sql", order_by="Clause.number")
    examples: Mapped[list["Example"]] = relationship(
        lazy="raise_on_sql",
        order_by="Example.position",
        primaryjoin=lambda: and_(GuidelineVersion.id == foreign(Example.version_id), is_shown()),
    )
    __mapper_args__ = {"version_id_col": version}


class Clause(Base):
    """A numbered part of a version."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("version_id", "number"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(GuidelineVersion.id))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str]


class Example(Base):
    """A situation, its ruling and why: of a version, or of one project."""

    __tablename__ = "examples"
    __table_args__ = (
        CheckConstraint("(version_id IS NULL) <> (project_id IS NULL)", name="of_one_thing"),
        Index("ix_examples_version_id", "version_id"),
        Index("ix_examples_course_id_project_id", "course_id", "project_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(GuidelineVersion.id))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    highlight_id: Mapped[int | None] = mapped_column(ForeignKey("highlights.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    situation: Mapped[str]
    ruling: Mapped[Ruling]
    why: Mapped[str]
    clause_number: Mapped[int | None]
    quiz: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str] = mapped_column(default="")  # said after the scenario was answered
    tags: Mapped[list[str]] = mapped_column(default=list)  # words that a search finds it by


class Acknowledgement(Base):
    """One person's yes to one version, with what they answered to the scenarios."""

    __tablename__ = "acknowledgements"
    __table_args__ = (
        UniqueConstraint("version_id", "person_id"),
        Index("ix_acknowledgements_course_id_person_id", "course_id", "person_id"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    version_id: Mapped[int] = mapped_column(ForeignKey(GuidelineVersion.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SituationState(StrEnum):
    """Where a "would this be okay?" stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"  # nothing to rule on; the reason is said


class Situation(Base):
    """A student's "would this be okay?", asked without a name.

    Nothing here leads to who asked: no person, only the day (its first moment, in the course's zone), a key
    that tells no order, and of the address that shows the answer only a digest.
    """

    __tablename__ = "situations"
    __table_args__ = (Index("ix_situations_course_id_state", "course_id", "state"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unordered_id)
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_on: Mapped[datetime]
    text: Mapped[str]
    state: Mapped[SituationState] = mapped_column(default=SituationState.WAITING)
    ruling: Mapped[Ruling | None]
    clause_number: Mapped[int | None]
    answered_on: Mapped[datetime | None]  # the first time
    thanked: Mapped[bool] = mapped_column(default=False)
    made_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()
    turns: Mapped[list["SituationTurn"]] = relationship(
        lazy="raise_on_sql", order_by="SituationTurn.position"
    )
    __mapper_args__ = {"version_id_col": version}


class SituationTurn(Base):
    """What was said to a situation: by staff, or, where `by_id` is None, by whoever asked."""

    __tablename__ = "situation_turns"
    __table_args__ = (UniqueConstraint("situation_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unordered_id)
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    situation_id: Mapped[int] = mapped_column(ForeignKey(Situation.id))
    position: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    said_on: Mapped[datetime]
    text: Mapped[str]


class ExampleReading(Base):
    """How often an example answered a question before it was sent, and how often it did not.

    Counted by the digest of the example's words, so that it goes on from version to version; nobody is noted.
    """

    __tablename__ = "example_readings"
    __table_args__ = (UniqueConstraint("course_id", "mark"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    mark: Mapped[str] = mapped_column(String(64))
    answered: Mapped[int] = mapped_column(default=0)
    passed_by: Mapped[int] = mapped_column(default=0)


class SelfReportTerms(Base):
    """What a course promises to whoever says "I went too far" in time; without a row the default holds."""

    __tablename__ = "self_report_terms"
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), unique=True)
    window_hours: Mapped[int]
    follows: Mapped[str]


class SelfReport(Base):
    """A student's "I went too far", between them and the instructors, under the terms they were shown."""

    __tablename__ = "self_reports"
    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        Index("ix_self_reports_course_id_waiting", "course_id", "waiting"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    once: Mapped[str] = mapped_column(String(32))
    happened_on: Mapped[datetime]  # the first moment of that day, in the course's zone
    created_at: Mapped[CreatedAt]
    window_hours: Mapped[int]
    within: Mapped[bool]
    follows: Mapped[str]
    waiting: Mapped[bool] = mapped_column(default=True)  # the student spoke last
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    entries: Mapped[list["SelfReportEntry"]] = relationship(
        lazy="raise_on_sql", order_by="SelfReportEntry.id"
    )
    __mapper_args__ = {"version_id_col": version}


class SelfReportEntry(Base):
    """What the student or an instructor said; rows are only ever added."""

    __tablename__ = "self_report_entries"
    __table_args__ = (UniqueConstraint("report_id", "once"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(SelfReport.id))
    once: Mapped[str] = mapped_column(String(32))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]
    text: Mapped[str]
