"""Writes of nominations: made, taken back, celebrated or set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from classroom.access import Role
from classroom.celebrations.commands import highlight
from classroom.celebrations.models import Highlight, Nomination
from classroom.celebrations.queries import highlight_of
from classroom.celebrations.queries_nominations import nominated_since
from classroom.celebrations.rules import check_celebratable
from classroom.celebrations.rules_nominations import NotByAStudent, check_left, check_reason, week_of
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.courses.models import Membership
from classroom.courses.queries import course_numbered, seat_of


@dataclass(frozen=True)
class Nominated:
    """A student finds a comment great; nobody is told, staff find it where they celebrate."""

    nomination_id: int
    course_id: int


def nominate(comment: Comment, by_id: int, why: str) -> Nomination:
    """Say that a classmate's comment is great, and why; a second press changes the reason."""
    check_celebratable(comment)
    check_reason(why)
    writer = seat_of(comment.course_id, comment.author_id)
    if writer is None or writer.role is not Role.STUDENT:
        raise NotByAStudent
    _one_at_a_time(comment.course_id, by_id)
    there = db.session.scalar(
        select(Nomination).where(Nomination.comment_id == comment.id, Nomination.by_id == by_id)
    )
    if there is not None:
        there.why = why
        if there.withdrawn_at is not None:
            renew(there)
        return there
    _check_week(comment.course_id, by_id)
    made = Nomination(course_id=comment.course_id, comment_id=comment.id, by_id=by_id, why=why)
    db.session.add(made)
    db.session.flush()
    announce(Nominated(made.id, made.course_id))
    return made


def _one_at_a_time(course_id: int, person_id: int) -> None:
    """Of two presses at once the second waits for the first."""
    db.session.execute(
        select(Membership.id)
        .where(Membership.course_id == course_id, Membership.person_id == person_id)
        .with_for_update(key_share=True)
    )


def _check_week(course_id: int, person_id: int) -> None:
    start, _end = week_of(now(), ZoneInfo(course_numbered(course_id).zone))
    check_left(nominated_since(course_id, person_id, start))


def withdraw(made: Nomination) -> None:
    """Whoever nominated it takes that back; there is one more for the week."""
    made.withdrawn_at = now()
    db.session.flush()


def renew(made: Nomination) -> None:
    """Nominate again what was taken back; it counts in this week."""
    check_celebratable(made.comment)
    _check_week(made.course_id, made.by_id)
    made.withdrawn_at, made.at = None, now()
    db.session.flush()


def celebrate(made: Nomination, by_id: int, moves: Sequence[str]) -> Highlight:
    """Celebrate the nominated comment with the student's reason; what is celebrated already stays so."""
    return highlight_of(made.comment_id) or highlight(made.comment, by_id, why=made.why, moves=moves)


def set_aside(made: Nomination, *, aside: bool = True) -> None:
    """Off the staff's list, or on it again; the student sees no difference."""
    made.set_aside_at = now() if aside else None
    db.session.flush()
