"""Reads of the class as a picture: who commented on whom, how soon, and what the comments do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from classroom.access import Actor, Role
from classroom.celebrations.rules import MOVES
from classroom.comments.models import Comment
from classroom.comments.tallies import counting
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.policy import in_care_of
from classroom.helpfulness.queries import besides
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project

SENT = (State.VISIBLE, State.HELD, State.RETURNED, State.REMOVED)


@dataclass(frozen=True)
class Pair:
    """What one student sent to another, and how much of it counts."""

    giver: int
    receiver: int
    sent: int
    counted: int


@dataclass(frozen=True)
class Week:
    """The comments of one week that count: how many, by how many people, and how many make each move."""

    start: datetime
    comments: int
    people: int
    moves: dict[str, int]


@dataclass(frozen=True)
class Waits:
    """How long posts waited for their first comment, in hours, and how many wait still."""

    hours: tuple[float, ...]
    waiting: int


def _in(project: Project | None) -> ColumnElement[bool]:
    return Comment.project_id == project.id if project else true()


def pairs_in(actor: Actor, course_id: int, project: Project | None) -> list[Pair]:
    """Between students who are in the course, where the actor tends one of the two; one statement."""
    giver, receiver = aliased(Membership), aliased(Membership)
    rows = db.session.execute(
        select(Comment.author_id, Post.author_id, func.count(), func.count().filter(counting()))
        .select_from(Comment)
        .join(Post, Post.id == Comment.post_id)
        .join(giver, _seat(giver, Comment.author_id, course_id))
        .join(receiver, _seat(receiver, Post.author_id, course_id))
        .where(
            Comment.course_id == course_id,
            Comment.state.in_(SENT),
            _in(project),
            or_(
                in_care_of(actor, Comment.course_id, Comment.author_id),
                in_care_of(actor, Comment.course_id, Post.author_id),
            ),
        )
        .group_by(Comment.author_id, Post.author_id)
    )
    return [Pair(*row) for row in rows]


def _seat(seat: Any, person_id: Any, course_id: int) -> ColumnElement[bool]:
    return and_(
        seat.course_id == course_id,
        seat.person_id == person_id,
        seat.role == Role.STUDENT,
        seat.left_at.is_(None),
    )


def waits_in(actor: Actor, course_id: int, project: Project | None, section_id: int | None) -> Waits:
    """Posts of students in the actor's care, and when a classmate first commented on each; staff are none."""
    seat, classmate = aliased(Membership), aliased(Membership)
    student = classmate.course_id == course_id, classmate.role == Role.STUDENT
    first = func.min(Comment.posted_at)
    rows = db.session.execute(
        select(Post.posted_at, first)
        .join(seat, _seat(seat, Post.author_id, course_id))
        .outerjoin(
            Comment,
            and_(
                Comment.post_id == Post.id,
                Comment.state.in_((State.VISIBLE, State.HELD)),
                Comment.posted_at >= Post.posted_at,
                Comment.author_id.in_(select(classmate.person_id).where(*student)),
            ),
        )
        .where(
            Post.course_id == course_id,
            Post.state == State.VISIBLE,
            Post.posted_at.is_not(None),
            Post.project_id == project.id if project else true(),
            seat.section_id == section_id if section_id is not None else true(),
            in_care_of(actor, Post.course_id, Post.author_id),
        )
        .group_by(Post.id, Post.posted_at)
    ).all()
    spans = [at - posted for posted, at in rows if posted is not None and at is not None]
    hours = tuple(span.total_seconds() / 3600 for span in spans)
    return Waits(hours, len(rows) - len(hours))


def weeks_of(
    actor: Actor,
    course_id: int,
    project: Project | None,
    section_id: int | None,
    starts: Sequence[datetime],
    end: datetime,
    apart: Collection[frozenset[int]] = (),
) -> list[Week]:
    """By week, what counting comments of students in the actor's care do; `starts` in their order.

    `apart`: two who say something only of each other; that is left out.
    """
    seat = aliased(Membership)
    which = case(
        *((Comment.posted_at < after, number) for number, after in enumerate([*starts[1:], end])),
        else_=len(starts),
    ).label("which")
    does = [
        func.count().filter(Comment.verdict["moves"][move].as_boolean().is_(True)).label(move)
        for move in MOVES
    ]
    rows = db.session.execute(
        select(which, func.count(), func.count(Comment.author_id.distinct()), *does)
        .join(Post, Post.id == Comment.post_id)
        .join(seat, _seat(seat, Comment.author_id, course_id))
        .where(
            Comment.course_id == course_id,
            counting(),
            besides(apart),
            _in(project),
            Comment.posted_at >= starts[0],
            seat.section_id == section_id if section_id is not None else true(),
            in_care_of(actor, Comment.course_id, Comment.author_id),
        )
        .group_by(which)
    )
    found = {
        row[0]: Week(starts[row[0]], row[1], row[2], dict(zip(MOVES, row[3:], strict=True)))
        for row in rows
        if row[0] < len(starts)
    }
    return [
        found.get(number, Week(start, 0, 0, dict.fromkeys(MOVES, 0))) for number, start in enumerate(starts)
    ]
