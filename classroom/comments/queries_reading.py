"""What is new to one person on their own posts."""

from sqlalchemy import ScalarSelect, func, literal, or_, select

from classroom.access import Actor
from classroom.comments.models import Comment, LastRead, Reply
from classroom.posts.models import Post
from classroom.posts.states import State


def fresh_on_own(actor: Actor) -> ScalarSelect[int]:
    """In a statement about one's own `Post`: how many comments, and threads answered, came since one read.

    None for staff who look through the author's eyes: what someone has read is theirs alone.
    """
    if actor.borrowed:
        return select(literal(0)).scalar_subquery()
    person_id = actor.person_id
    read_at = (
        select(LastRead.read_at)
        .where(LastRead.post_id == Post.id, LastRead.person_id == person_id)
        .correlate(Post)
        .scalar_subquery()
    )
    answered = (
        select(Reply.id)
        .where(
            Reply.comment_id == Comment.id,
            Reply.state == State.VISIBLE,
            Reply.author_id != person_id,
            or_(read_at.is_(None), Reply.shown_at > read_at),
        )
        .correlate(Comment, Post)
        .exists()
    )
    return (
        select(func.count())
        .where(
            Comment.post_id == Post.id,
            Comment.state == State.VISIBLE,
            or_(read_at.is_(None), Comment.shown_at > read_at, answered),
        )
        .correlate(Post)
        .scalar_subquery()
    )
