"""Help requests and the answers under them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project


class HelpKind(StrEnum):
    """The kind of help that is asked for."""

    HINT = "hint"
    CHECK = "check"
    EXPLANATION = "explanation"
    RESOURCE = "resource"
    BETTER = "better"  # "how could this be better?"


class Size(StrEnum):
    """How much of a helper's time it may take, as the asker guesses."""

    TWO_MINUTES = "two_minutes"
    TEN_MINUTES = "ten_minutes"
    REAL_THINK = "real_think"


class Audience(StrEnum):
    """Who reads a request, and under which name."""

    NAME = "name"
    PEER_NAME = "peer_name"  # the name that classmates see in a project that hides who is who
    STAFF = "staff"


class Level(StrEnum):
    """How much a helper gives. None of them is the answer."""

    POINTER = "pointer"
    HINT = "hint"
    EXAMPLE = "example"  # worked out, of another case


class HelpRequest(Base):
    """A question about one's own post, to a project, or to the course.

    `state` is moderation's; whether it is open, being helped or answered follows from the moments below.
    """

    __tablename__ = "help_requests"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        CheckConstraint("(taken_at IS NULL) = (taken_by_id IS NULL)", name="taken_pair"),
        CheckConstraint("post_id IS NULL OR project_id IS NOT NULL", name="post_in_project"),
        CheckConstraint("quote IS NULL OR post_id IS NOT NULL", name="quote_of_post"),
        Index("ix_help_requests_course_id_state", "course_id", "state"),
        Index("ix_help_requests_post_id", "post_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    audience: Mapped[Audience]
    kind: Mapped[HelpKind]
    size: Mapped[Size]
    trying: Mapped[str]
    tried: Mapped[str] = mapped_column(default="")
    breaks: Mapped[str] = mapped_column(default="")
    quote: Mapped[str | None]
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hold_reason: Mapped[str | None] = mapped_column(String(40))
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    posted_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]  # "I'm on it", for half an hour
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answered_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]  # since when it may become study material
    version: Mapped[int] = mapped_column()
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    project: Mapped[Project | None] = relationship(lazy="raise_on_sql")
    post: Mapped[Post | None] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}

    @property
    def body(self) -> str:
        """All that was written, in its order."""
        return "\n\n".join(part for part in (self.trying, self.tried, self.breaks) if part)


class HelpAnswer(Base):
    """One turn in the thread under a request. `level` is None for what the asker adds."""

    __tablename__ = "help_answers"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        Index("ix_help_answers_request_id_state", "request_id", "state"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id))
    request_id: Mapped[int] = mapped_column(ForeignKey(HelpRequest.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    level: Mapped[Level | None]
    body: Mapped[str]
    body_html: Mapped[str]
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hold_reason: Mapped[str | None] = mapped_column(String(40))
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    posted_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    helped_at: Mapped[datetime | None]  # the asker said so
    version: Mapped[int] = mapped_column()
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
    request: Mapped[HelpRequest] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}
