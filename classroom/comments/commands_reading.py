"""Writes of what one person has read; nobody else is told, and nothing is counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from classroom.comments.events import PostRead
from classroom.comments.models import LastRead
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.posts.models import Post


def begin_reading(person_id: int, post: Post, at: datetime | None = None) -> LastRead:
    """What comes on this post from then on (from now, if not said) is new; twice changes nothing."""
    where = (LastRead.person_id == person_id, LastRead.post_id == post.id)
    row = db.session.scalar(select(LastRead).where(*where))
    if row is not None:
        return row
    row = LastRead(course_id=post.course_id, person_id=person_id, post_id=post.id, read_at=at or now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another tab was first
        return db.session.scalars(select(LastRead).where(*where)).one()
    return row


def mark_read(person_id: int, post: Post, until: datetime | None = None) -> None:
    """The person has seen what stood on the post's page at `until`; reading never goes backwards."""
    moment = min(max(until or now(), post.created_at), now())
    row = begin_reading(person_id, post, moment)
    row.read_at = max(row.read_at, moment)
    db.session.flush()
    announce(PostRead(person_id, post.public_id))


def mark_all_read(person_id: int, moment: datetime) -> dict[str, str]:
    """Everything on one's own posts, and on those that one has read before; answers until when before."""
    mine = LastRead.person_id == person_id
    before = {
        str(post_id): read_at.isoformat()
        for post_id, read_at in db.session.execute(select(LastRead.post_id, LastRead.read_at).where(mine))
    }
    db.session.execute(update(LastRead).where(mine).values(read_at=moment))
    db.session.add_all(
        LastRead(course_id=post.course_id, person_id=person_id, post_id=post.id, read_at=moment)
        for post in _never_read(person_id)
    )
    db.session.flush()
    return before


def mark_all_unread(person_id: int, moment: datetime, before: Mapping[str, str]) -> None:
    """Undo that, on the posts that were not read once more since."""
    rows = db.session.scalars(
        select(LastRead).where(LastRead.person_id == person_id, LastRead.read_at == moment)
    )
    for row in rows.all():
        if (read_at := before.get(str(row.post_id))) is not None:
            row.read_at = datetime.fromisoformat(read_at)
        else:
            db.session.delete(row)
    db.session.flush()


def _never_read(person_id: int) -> Sequence[Post]:
    read = select(LastRead.post_id).where(LastRead.person_id == person_id)
    return db.session.scalars(
        select(Post).where(Post.author_id == person_id, Post.revision_number > 0, Post.id.not_in(read))
    ).all()
