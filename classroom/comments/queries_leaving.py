"""Reads what happens to a course's work when students leave it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from classroom.comments.models import Comment, Pairing
from classroom.core.db import db
from classroom.posts.models import Post
from classroom.posts.states import State


@dataclass(frozen=True)
class Leaving:
    """What stays of them (`posts`, `comments`), and the pairings that nobody has begun and others take over.

    `asked` of them; `offered`: asked of classmates for their posts, who are given other posts instead.
    """

    posts: int
    comments: int
    asked: int
    offered: int


def leaving(course_id: int, person_ids: Collection[int]) -> Leaving:
    """One statement."""
    begun = (
        select(Comment.id)
        .where(Comment.post_id == Pairing.post_id, Comment.author_id == Pairing.commenter_id)
        .exists()
    )
    loose = (Pairing.course_id == course_id, Pairing.released_at.is_(None), ~begun)
    theirs = select(Post.id).where(Post.course_id == course_id, Post.author_id.in_(person_ids))
    row = db.session.execute(
        select(
            select(func.count())
            .where(Post.course_id == course_id, Post.author_id.in_(person_ids), Post.state == State.VISIBLE)
            .scalar_subquery(),
            select(func.count())
            .where(
                Comment.course_id == course_id,
                Comment.author_id.in_(person_ids),
                Comment.state == State.VISIBLE,
            )
            .scalar_subquery(),
            select(func.count()).where(*loose, Pairing.commenter_id.in_(person_ids)).scalar_subquery(),
            select(func.count())
            .where(*loose, Pairing.post_id.in_(theirs), Pairing.commenter_id.not_in(person_ids))
            .scalar_subquery(),
        )
    ).one()
    return Leaving(*row)
