"""The sweep that tells writers how their comments helped; running it twice a day does no harm."""

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from classroom.comments.models import Comment, Reason
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.helpfulness.queries import left_out_in
from classroom.helpfulness.rules import WAIT, Waiting, batch, ripe_before
from classroom.posts.models import Post
from classroom.posts.states import State


def tell_writers(at: datetime) -> int:
    """Release every batch that is ready; answers how many reasons were told.

    What two people say only of one another is left out, and so is what was said of a comment that is gone.
    """
    told = 0
    for (course_id, zone), writers in _waiting(at).items():
        before = ripe_before(at, ZoneInfo(zone))
        if not any(batch(waiting, before) for waiting in writers.values()):
            continue
        apart = left_out_in(course_id)
        for writer_id, waiting in writers.items():
            heard = [one for one in waiting if frozenset({writer_id, one.receiver_id}) not in apart]
            told += _tell(batch(heard, before), at)
    return told


def _waiting(at: datetime) -> dict[tuple[int, str], dict[int, list[Waiting]]]:
    """By course and zone, then by writer; one statement."""
    rows = db.session.execute(
        select(
            Reason.course_id,
            Course.zone,
            Comment.author_id,
            Reason.id,
            Reason.person_id,
            Reason.kind,
            Reason.at,
        )
        .join(Comment, Comment.id == Reason.comment_id)
        .join(Post, Post.id == Comment.post_id)
        .join(Course, Course.id == Reason.course_id)
        .where(
            Reason.told_at.is_(None),
            Reason.at < at - WAIT,
            Comment.state == State.VISIBLE,
            Reason.person_id == Post.author_id,
        )
    )
    found: dict[tuple[int, str], dict[int, list[Waiting]]] = defaultdict(lambda: defaultdict(list))
    for course_id, zone, writer_id, key, receiver_id, kind, moment in rows:
        found[course_id, zone][writer_id].append(Waiting(key, receiver_id, kind, moment))
    return found


def _tell(ids: list[int], at: datetime) -> int:
    if ids:
        db.session.execute(
            update(Reason)
            .where(Reason.id.in_(ids), Reason.told_at.is_(None))
            .values(told_at=at)
            .execution_options(synchronize_session="fetch")
        )
    return len(ids)
