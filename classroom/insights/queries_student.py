"""Reads of one student's work in a course: what they said and were told, and the help they asked and gave."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.celebrations.models import Highlight
from classroom.comments.models import COUNTING, Comment, Standing, Thanks
from classroom.comments.policy import visible_to
from classroom.comments.queries import member_from
from classroom.comments.queries_participation import turnouts
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.queries import Member
from classroom.courses.queries_people import member_for
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.help_requests.policy import visible_to as requests_visible_to
from classroom.help_requests.rules import title_of
from classroom.insights.matrix import Line, lines_of
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.naming import Shown, shown_to


@dataclass(frozen=True)
class Said:
    """A comment that the student gave or received; `other` is whoever is at its other end."""

    public_id: str
    post_id: str
    post_title: str
    other: Shown
    state: State
    standing: Standing
    posted_at: datetime | None
    late: bool
    thanked: bool
    acted_on: bool
    highlighted: bool
    moves: dict[str, bool]
    apart: bool  # what these two say of each other is no figure

    @property
    def counts(self) -> bool:
        return self.state is State.HELD or (self.state is State.VISIBLE and self.standing in COUNTING)


@dataclass
class Exchange:
    """What one student gave and received in one project, oldest first."""

    given: list[Said] = field(default_factory=list)
    received: list[Said] = field(default_factory=list)

    def led_to(self, what: str) -> int:
        """How many were `thanked`, `acted_on` or `highlighted`; staff highlight whoever the two are."""
        shown = (one for one in self.given if one.state is State.VISIBLE)
        return sum(getattr(one, what) for one in shown if what == "highlighted" or not one.apart)


@dataclass(frozen=True)
class Help:
    """A request of the student's own, or one that they answered; `helped`: the asker marked an answer."""

    public_id: str
    title: str
    posted_at: datetime | None
    own: bool
    answered: bool
    helped: bool


def student_for(actor: Actor, member_id: str) -> Membership | None:
    """A student's membership with its person, also of one who left."""
    seat = member_for(actor, member_id)
    return seat if seat is not None and seat.role is Role.STUDENT else None


def line_of(actor: Actor, projects: Sequence[Project], person_id: int) -> Line | None:
    """The student's line of the matrix; None for one who left."""
    lines = lines_of(turnouts(actor, projects, only=person_id)) if projects else []
    return lines[0] if lines else None


def exchanges(actor: Actor, seat: Membership, apart: Collection[frozenset[int]]) -> dict[int, Exchange]:
    """By project: every comment that the student wrote or was written, as far as the actor sees it.

    What `apart` say of each other stands in the list and is no figure.
    """
    me = seat.person_id
    other = case((Comment.author_id == me, Post.author_id), else_=Comment.author_id)
    rows = db.session.execute(
        select(
            Comment.public_id,
            Comment.author_id,
            Comment.state,
            Comment.standing,
            Comment.posted_at,
            Comment.late,
            Comment.acted_at,
            Comment.verdict,
            Post.public_id.label("post_id"),
            Post.title,
            Membership,
            Person,
            Project,
            exists().where(Thanks.comment_id == Comment.id).label("thanked"),
            Highlight.id.label("highlight"),
        )
        .select_from(Comment)
        .join(Post, Post.id == Comment.post_id)
        .join(Project, Project.id == Comment.project_id)
        .join(Membership, and_(Membership.course_id == Comment.course_id, Membership.person_id == other))
        .join(Person, Person.id == other)
        .outerjoin(Highlight, and_(Highlight.comment_id == Comment.id, Highlight.withdrawn_at.is_(None)))
        .where(
            Comment.course_id == seat.course_id,
            or_(Comment.author_id == me, Post.author_id == me),
            Comment.state != State.DRAFT,
            visible_to(actor),
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    found: dict[int, Exchange] = defaultdict(Exchange)
    for row in rows:
        there = found[row.Project.id]
        said = _said(actor, row, apart={me, row.Membership.person_id} in apart)
        (there.given if row.author_id == me else there.received).append(said)
    return found


def _said(actor: Actor, row: Any, *, apart: bool) -> Said:
    return Said(
        public_id=row.public_id,
        post_id=row.post_id,
        post_title=row.title,
        other=shown_to(actor, row.Project, member_from(row.Membership, row.Person)),
        state=row.state,
        standing=row.standing,
        posted_at=row.posted_at,
        late=row.late,
        thanked=row.thanked,
        acted_on=row.acted_at is not None,
        highlighted=row.highlight is not None,
        moves=row.verdict.get("moves", {}),
        apart=apart,
    )


def help_of(actor: Actor, seat: Membership) -> dict[int | None, list[Help]]:
    """By project, None for the course: requests that the student made or answered, as the actor sees them."""
    me = seat.person_id
    by_them = (
        select(
            HelpAnswer.request_id,
            func.max(case((HelpAnswer.helped_at.is_not(None), 1), else_=0)).label("helped"),
        )
        .where(HelpAnswer.author_id == me, HelpAnswer.state == State.VISIBLE)
        .group_by(HelpAnswer.request_id)
        .subquery()
    )
    rows = db.session.execute(
        select(HelpRequest, by_them.c.helped)
        .outerjoin(by_them, by_them.c.request_id == HelpRequest.id)
        .where(
            HelpRequest.course_id == seat.course_id,
            or_(HelpRequest.author_id == me, by_them.c.request_id.is_not(None)),
            HelpRequest.state != State.DRAFT,
            requests_visible_to(actor),
        )
        .order_by(HelpRequest.posted_at, HelpRequest.id)
    )
    found: dict[int | None, list[Help]] = defaultdict(list)
    for request, helped in rows:
        own = request.author_id == me
        found[request.project_id].append(
            Help(
                public_id=request.public_id,
                title=title_of(request),
                posted_at=request.posted_at,
                own=own,
                answered=request.answered_at is not None,
                helped=bool(helped) and not own,
            )
        )
    return found
