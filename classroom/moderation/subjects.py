"""The three kinds of things a case may be about, behind one small face."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from classroom.comments import commands as comments
from classroom.comments.models import Comment, Reply
from classroom.core.db import db
from classroom.core.ids import digest
from classroom.moderation.models import Subject
from classroom.posts import commands as posts
from classroom.posts.models import Post
from classroom.posts.states import State

Row = Post | Comment | Reply


@dataclass(frozen=True)
class Told:
    """What is said with a decision."""

    actor_id: int
    reason: str
    note: str = ""
    clause_number: int | None = None


def kind_of(row: Row) -> Subject:
    if isinstance(row, Comment):
        return Subject.COMMENT
    return Subject.REPLY if isinstance(row, Reply) else Subject.POST


def subject_row(kind: Subject, row_id: int) -> Row:
    """The thing itself, with what the pages say about it."""
    if kind is Subject.COMMENT:
        return db.session.scalars(
            select(Comment)
            .where(Comment.id == row_id)
            .options(joinedload(Comment.post).joinedload(Post.project))
        ).one()
    if kind is Subject.REPLY:
        parents = joinedload(Reply.comment).joinedload(Comment.post).joinedload(Post.project)
        return db.session.scalars(select(Reply).where(Reply.id == row_id).options(parents)).one()
    return db.session.scalars(select(Post).where(Post.id == row_id).options(joinedload(Post.project))).one()


def move(row: Row, to: State, told: Told) -> None:
    """Through the one command of the row's own domain."""
    if isinstance(row, Post):
        posts.move_post(
            row,
            to,
            actor_id=told.actor_id,
            reason=told.reason,
            note=told.note,
            clause_number=told.clause_number,
        )
    else:
        comments.move(
            row,
            to,
            actor_id=told.actor_id,
            reason=told.reason,
            note=told.note,
            clause_number=told.clause_number,
        )


def post_of(row: Row) -> Post:
    """The post it is, or belongs to."""
    if isinstance(row, Post):
        return row
    return row.post if isinstance(row, Comment) else row.comment.post


def edition_of(row: Row) -> str:
    """Tells one wording from another: what a decision was made about."""
    number = row.revision_number if isinstance(row, Post) else ""
    return digest(f"{text_of(row)}\n{number}")[:12]


def text_of(row: Row) -> str:
    return row.title if isinstance(row, Post) else row.body
