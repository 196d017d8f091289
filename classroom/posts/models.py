"""Posts, their revisions, and the files they carry."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import STORED, Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course
from classroom.posts.states import State
from classroom.projects.models import Project


class Post(Base):
    """A student's work in a project: the latest revision is what is read, the draft what is being written."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("project_id", "author_id"),
        Index("ix_posts_course_id_project_id_state", "course_id", "project_id", "state"),
        Index("ix_posts_course_id_author_id", "course_id", "author_id"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    withdrawn_from: Mapped[State | None]  # taking a held post back and posting it again does not free it
    title: Mapped[str] = mapped_column(String(200), default="")  # the latest revision's
    revision_number: Mapped[int] = mapped_column(default=0)
    posted_at: Mapped[datetime | None]
    revised_at: Mapped[datetime | None]  # the latest revision's time, the first one's too
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    draft_title: Mapped[str] = mapped_column(String(200), default="")
    draft_text: Mapped[str] = mapped_column(default="")
    draft_link: Mapped[str] = mapped_column(String(2000), default="")
    draft_help: Mapped[str] = mapped_column(String(1000), default="")
    draft_version: Mapped[int] = mapped_column(default=0)
    draft_saved_at: Mapped[datetime | None]
    draft_tab: Mapped[str | None] = mapped_column(String(32))  # the page that saved last: it may save again
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    revisions: Mapped[list["Revision"]] = relationship(lazy="raise_on_sql", order_by="Revision.number")


class Revision(Base):
    """What was published at one time, kept as it was.

    `html` is what is read and what anchors rest on; `text` is the title and the words in it, in plain.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("post_id", "number"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    help_wanted: Mapped[str] = mapped_column(String(1000), default="")
    digest: Mapped[str] = mapped_column(String(64))
    once: Mapped[str | None] = mapped_column(String(32))
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]


class PostFile(Base):
    """A file of a post. `in_draft` says that the next revision will carry it."""

    __tablename__ = "post_files"
    __table_args__ = (Index("ix_post_files_post_id", "post_id"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    name: Mapped[str] = mapped_column(String(200))
    neutral_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    inline: Mapped[bool] = mapped_column(default=False)
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(100), unique=True, info={STORED: True})
    sha256: Mapped[str] = mapped_column(String(64))
    scrubbed: Mapped[list[str]] = mapped_column(default=list)  # what was taken out before it was stored
    left_in: Mapped[list[str]] = mapped_column(default=list)  # what may still name its author
    cleaned: Mapped[bool] = mapped_column(default=False)  # names were looked for and taken out
    in_draft: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    post: Mapped[Post] = relationship(lazy="raise_on_sql")


class RevisionFile(Base):
    """A file as it belongs to one revision."""

    __tablename__ = "revision_files"
    __table_args__ = (UniqueConstraint("revision_id", "file_id"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id))
    file_id: Mapped[int] = mapped_column(ForeignKey(PostFile.id), index=True)
    file: Mapped[PostFile] = relationship(lazy="raise_on_sql")
