"""Projects: brief, materials, prompts, schedule, standard, pairing policy, anonymity."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import STORED, Base, CreatedAt, Id, PublicId
from classroom.core.ids import secret_token
from classroom.courses.models import Course


class ProjectState(StrEnum):
    """A draft is seen by staff only."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Wanted(StrEnum):
    """Whether a post carries this part."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


class LatePolicy(StrEnum):
    """What happens to work that comes after the date."""

    CLOSED = "closed"
    MARKED = "marked"


class Anonymity(StrEnum):
    """Under which name students see one another; staff always see names."""

    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"


class PairingPolicy(StrEnum):
    """Who is asked to comment on whom."""

    EVERYONE = "everyone"
    ASSIGNED = "assigned"
    OPEN = "open"


class Project(Base):
    """What the instructor sets up. `secret` seeds pseudonyms and pairing and is shown to nobody."""

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("course_id", "once"),
        Index("ix_projects_course_id_state", "course_id", "state"),
        CheckConstraint("comments_wanted BETWEEN 0 AND 20", name="comments_wanted_range"),
        CheckConstraint("floor_words BETWEEN 0 AND 200", name="floor_words_range"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    state: Mapped[ProjectState] = mapped_column(default=ProjectState.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    brief: Mapped[str] = mapped_column(default="")
    brief_html: Mapped[str] = mapped_column(default="")
    brief_text: Mapped[str] = mapped_column(default="")
    wants_text: Mapped[Wanted] = mapped_column(default=Wanted.REQUIRED)
    wants_link: Mapped[Wanted] = mapped_column(default=Wanted.NO)
    wants_files: Mapped[Wanted] = mapped_column(default=Wanted.OPTIONAL)
    opens_at: Mapped[datetime | None]
    post_by: Mapped[datetime | None]
    comment_by: Mapped[datetime | None]
    revise_by: Mapped[datetime | None]
    late: Mapped[LatePolicy] = mapped_column(default=LatePolicy.MARKED)
    anonymity: Mapped[Anonymity] = mapped_column(default=Anonymity.NAMED)
    pairing: Mapped[PairingPolicy] = mapped_column(default=PairingPolicy.ASSIGNED)
    comments_wanted: Mapped[int] = mapped_column(default=3)
    post_first: Mapped[bool] = mapped_column(default=True)
    floor_words: Mapped[int] = mapped_column(default=8)
    needs: Mapped[list[str]] = mapped_column(default=list)  # moves that the standard asks for in addition
    coach: Mapped[bool] = mapped_column(default=True)  # whether tips are given while a comment is written
    secret: Mapped[str] = mapped_column(String(64), default=secret_token)
    created_at: Mapped[CreatedAt]
    created_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(String(32))  # a form that was sent twice makes one project
    version: Mapped[int] = mapped_column()
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}


class Prompt(Base):
    """One of 1 to 7 questions that a general comment follows.

    `position` is None once it is no longer asked: the comments that answered it keep their question.
    """

    __tablename__ = "prompts"
    __table_args__ = (UniqueConstraint("project_id", "position"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    position: Mapped[int | None]
    text: Mapped[str] = mapped_column(String(300))


class Material(Base):
    """Something handed out, or kept by staff; an answer key is never shown to students."""

    __tablename__ = "materials"
    __table_args__ = (
        CheckConstraint("NOT (is_answer_key AND visible)", name="answer_key_hidden"),
        UniqueConstraint("project_id", "once"),
        Index("ix_materials_course_id_project_id", "course_id", "project_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    body_text: Mapped[str] = mapped_column(default="")
    visible: Mapped[bool] = mapped_column(default=False)
    is_answer_key: Mapped[bool] = mapped_column(default=False)
    file_key: Mapped[str | None] = mapped_column(String(100), info={STORED: True})
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_type: Mapped[str | None] = mapped_column(String(100))
    file_size: Mapped[int | None]
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None]
    project: Mapped[Project] = relationship(lazy="raise_on_sql")


class Extension(Base):
    """More time for one student; a date that is None stays the project's."""

    __tablename__ = "extensions"
    __table_args__ = (
        UniqueConstraint("project_id", "person_id"),
        Index("ix_extensions_course_id_person_id", "course_id", "person_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    post_by: Mapped[datetime | None]
    comment_by: Mapped[datetime | None]
    revise_by: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[CreatedAt]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
