"""Reads of a week's great comments: for the page of the course, and for the letter."""

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select

from classroom.access import Actor
from classroom.celebrations.models import Highlight
from classroom.celebrations.policy import on_wall
from classroom.celebrations.rules_week import Candidate, choose
from classroom.comments.models import Comment, Thanks
from classroom.core.db import db
from classroom.courses.models import Course


def great_between(
    actor: Actor, course: Course, start: datetime, end: datetime, *, without: int | None = None
) -> list[int]:
    """Ids of the highlights that a week shows, preferred ones first; `without` leaves a writer out.

    Only what its writer consents to. A highlight counts from when it was consented to; thanks and "acted on"
    bring it back in the week in which they come. One statement.
    """
    since = func.coalesce(Highlight.consent_at, Highlight.at)
    thanked = exists().where(Thanks.comment_id == Comment.id, Thanks.at >= start, Thanks.at < end)
    acted = and_(Comment.acted_at >= start, Comment.acted_at < end)
    fresh = and_(since < end, or_(since >= start, thanked, acted))
    rows = db.session.execute(
        select(Highlight.id, Comment.author_id, fresh, since < start)
        .join(Comment, Comment.id == Highlight.comment_id)
        .where(Highlight.course_id == course.id, on_wall(actor))
        .order_by(Highlight.public_id)
    )
    candidates = [Candidate(key, writer, bool(new), bool(old)) for key, writer, new, old in rows]
    return choose([one for one in candidates if one.writer_id != without])


def said_in(highlight_id: int) -> tuple[str, str] | None:
    """The words of a chosen one, and why it is great."""
    row = db.session.execute(
        select(Comment.body, Highlight.why)
        .join(Comment, Comment.id == Highlight.comment_id)
        .where(Highlight.id == highlight_id)
    ).one_or_none()
    return (row.body, row.why) if row else None
