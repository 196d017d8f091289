"""What is in a revision plan, and what staff say to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.posts.models import Post


class Choice(StrEnum):
    """What the receiver makes of a piece of advice."""

    WILL = "will"
    PARTLY = "partly"
    NOT = "not"


class PlanItem(Base):
    """One thing of the plan: about a comment, or the author's own idea. A comment is planned for once.

    It is the author's and the staff's until a revision is posted that settles it: then `revision` says which,
    and its commenter is told. Whether "will do" was done, the comment itself says from then on (`acted_at`).
    """

    __tablename__ = "plan_items"
    __table_args__ = (
        UniqueConstraint("comment_id"),
        UniqueConstraint("post_id", "once"),
        CheckConstraint("(revision IS NULL) = (told_at IS NULL)", name="told_pair"),
        CheckConstraint("choice = 'will' OR words <> ''", name="reason_given"),
        CheckConstraint("comment_id IS NOT NULL OR words <> ''", name="own_words"),
        Index("ix_plan_items_course_id_post_id", "course_id", "post_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey(Comment.id))
    choice: Mapped[Choice] = mapped_column(default=Choice.WILL)
    words: Mapped[str] = mapped_column(default="")
    withheld: Mapped[bool] = mapped_column(default=False)  # words that may hurt stay with author and staff
    position: Mapped[int]
    done_at: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int | None]
    told_at: Mapped[datetime | None]
    comment: Mapped[Comment | None] = relationship(lazy="raise_on_sql")
    post: Mapped[Post] = relationship(lazy="raise_on_sql")


class PlanReply(Base):
    """What one of the staff says to a plan, before the rewrite."""

    __tablename__ = "plan_replies"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        Index("ix_plan_replies_course_id_post_id", "course_id", "post_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    body: Mapped[str]
    body_html: Mapped[str]
    once: Mapped[str] = mapped_column(String(32))
    at: Mapped[CreatedAt]
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
