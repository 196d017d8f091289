"""Comments and replies with their verdicts, pairings, thanks, and how far each person has read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import Project, Prompt


class Standing(StrEnum):
    """Whether a comment counts for the duty, and who says so."""

    COUNTS = "counts"  # the standard is met
    NOT_YET = "not_yet"  # the standard is not met; the writer may improve it
    CLAIMED = "claimed"  # "I think this is fine": counts until a person decides
    ACCEPTED = "accepted"  # a person said that it counts
    DECLINED = "declined"  # a person said that it does not


COUNTING = frozenset({Standing.COUNTS, Standing.CLAIMED, Standing.ACCEPTED})


class Comment(Base):
    """Feedback on a post, on the whole or anchored. As a draft it is also the lease on its post."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        CheckConstraint("(quote IS NULL) = (quote_start IS NULL)", name="anchor_pair"),
        CheckConstraint("(acted_at IS NULL) = (acted_revision IS NULL)", name="acted_pair"),
        Index("ix_comments_course_id_project_id_author_id", "course_id", "project_id", "author_id"),
        Index("ix_comments_post_id_state", "post_id", "state"),
        Index(
            "uq_comments_one_draft",
            "author_id",
            "post_id",
            unique=True,
            sqlite_where=text("state = 'draft' AND kept_at IS NULL"),
            postgresql_where=text("state = 'draft' AND kept_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey(Prompt.id))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    quote: Mapped[str | None]
    quote_before: Mapped[str] = mapped_column(String(64), default="")
    quote_after: Mapped[str] = mapped_column(String(64), default="")
    quote_start: Mapped[int | None]
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    standing: Mapped[Standing] = mapped_column(default=Standing.NOT_YET)
    hold_reason: Mapped[str | None] = mapped_column(String(40))
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    kept_at: Mapped[
        datetime | None
    ]  # a draft that is finished and waits beside the pen, to be sent with others
    posted_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]  # since when it is visible: what waited is new once it was approved
    late: Mapped[bool] = mapped_column(default=False)
    acted_at: Mapped[datetime | None]
    acted_revision: Mapped[int | None]
    version: Mapped[int] = mapped_column()
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
    post: Mapped[Post] = relationship(lazy="raise_on_sql")
    revision: Mapped[Revision] = relationship(lazy="raise_on_sql")
    prompt: Mapped[Prompt | None] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}


class Reply(Base):
    """One turn in the thread under a comment."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        Index("ix_replies_comment_id_state", "comment_id", "state"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    state: Mapped[State] = mapped_column(default=State.VISIBLE)
    body: Mapped[str]
    body_html: Mapped[str]
    verdict: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hold_reason: Mapped[str | None] = mapped_column(String(40))
    once: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[CreatedAt]
    posted_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")
    __mapper_args__ = {"version_id_col": version}


class ThanksKind(StrEnum):
    """The kind of help a comment was to its receiver."""

    USEFUL = "useful"
    KIND = "kind"
    MADE_ME_THINK = "made_me_think"
    WILL_USE = "will_use"


class Thanks(Base):
    """The receiver's one-press answer."""

    __tablename__ = "thanks"
    __table_args__ = (UniqueConstraint("comment_id", "person_id", "kind"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[ThanksKind]
    at: Mapped[CreatedAt]


class ReasonKind(StrEnum):
    """Why a comment helped its receiver, or did not yet."""

    SHOWED_WHERE = "showed_where"
    TOLD_WHY = "told_why"
    NEXT_STEP = "next_step"
    MADE_ME_THINK = "made_me_think"
    TOO_VAGUE = "too_vague"
    NOT_UNDERSTOOD = "not_understood"


class Reason(Base):
    """The receiver says quietly how a comment helped. Its writer learns of it later, among others'."""

    __tablename__ = "comment_reasons"
    __table_args__ = (
        UniqueConstraint("comment_id", "person_id", "kind"),
        Index("ix_comment_reasons_course_id_told_at", "course_id", "told_at"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[ReasonKind]
    at: Mapped[CreatedAt]
    told_at: Mapped[datetime | None]  # when its writer was told, among others'; it stands from then on


class Pairing(Base):
    """One student is asked to comment on one post; released rows are kept, so repairs can be replayed."""

    __tablename__ = "pairings"
    __table_args__ = (
        UniqueConstraint("commenter_id", "post_id"),
        Index("ix_pairings_course_id_project_id", "course_id", "project_id"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    commenter_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), index=True)
    created_at: Mapped[CreatedAt]
    released_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(40), default="assigned")
    post: Mapped[Post] = relationship(lazy="raise_on_sql")


class LastRead(Base):
    """Until when one person has read the comments on one post. Shown to nobody else, and counted nowhere."""

    __tablename__ = "last_reads"
    __table_args__ = (UniqueConstraint("person_id", "post_id"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), index=True)
    read_at: Mapped[datetime]


class Label(Base):
    """What a person decided about one complaint of the standard: kept, so that it can be learned from.

    The newest of a comment and a code holds; an undo takes its own rows away. `act` names what was one press.
    """

    __tablename__ = "labels"
    __table_args__ = (
        Index("ix_labels_course_id_code", "course_id", "code"),
        Index("ix_labels_comment_id_code", "comment_id", "code"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    code: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(300), default="")
    fine: Mapped[bool]  # the complaint was wrong: it counts, it hurts nobody
    holds: Mapped[bool] = mapped_column(default=False)  # decided about a hold, else about what counts
    act: Mapped[str] = mapped_column(String(32))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]


class RuleRest(Base):
    """A rule that a course does not judge by, from when until when; rows are only ever added and ended."""

    __tablename__ = "rule_rests"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_pair"),
        Index(
            "uq_rule_rests_one_open",
            "course_id",
            "code",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    code: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
