"""How much each post of some projects has received, and what one person has to do with it: one statement."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, distinct, func, or_, select

from classroom.accounts.models import Person
from classroom.comments.models import COUNTING, Comment, Pairing
from classroom.comments.rules import LEASE
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.queries import Member
from classroom.posts.models import Post
from classroom.posts.states import State

POST = (Post.id, Post.public_id, Post.project_id, Post.title, Post.author_id, Post.state, Post.posted_at)
MEMBER = (
    Membership.public_id.label("seat_id"),
    Membership.number,
    Membership.role,
    Membership.section_id,
    Membership.left_at,
    Person.name,
    Person.called,
)
SENT = (State.VISIBLE, State.HELD, State.RETURNED, State.REMOVED)


@dataclass(frozen=True)
class Peer:
    """Another student's post as one person meets it.

    `received`: people whose comments count. `writing`: others who are writing now. `asked`: others who were
    asked and have not begun. The rest is about the person: `paired` (asked), `drafting`, `sent`, `done`
    (counts), `held` (counts only while someone looks at it); `returned` and `thin` are ids of comments.
    """

    post_id: int
    public_id: str
    project_id: int
    title: str
    author_id: int
    state: State
    posted_at: datetime | None
    left: bool
    member: Member
    received: int = 0
    writing: int = 0
    asked: int = 0
    paired: bool = False
    drafting: bool = False
    sent: bool = False
    done: bool = False
    held: bool = False
    returned: str | None = None
    thin: str | None = None

    @property
    def posted(self) -> float:
        return self.posted_at.timestamp() if self.posted_at else 0.0


def counting() -> ColumnElement[bool]:
    """`rules.counts`, as the database says it."""
    return or_(
        Comment.state == State.HELD,
        and_(Comment.state == State.VISIBLE, Comment.standing.in_(COUNTING)),
    )


def _comments(project_ids: Collection[int], me: int) -> Subquery:
    mine, fresh = Comment.author_id == me, Comment.saved_at > now() - LEASE
    shown = and_(Comment.state == State.VISIBLE, Comment.standing.in_(COUNTING))

    def has(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((and_(mine, condition), 1), else_=0))

    writer = case((and_(Comment.state == State.DRAFT, fresh, Comment.author_id != me), Comment.author_id))
    return (
        select(
            Comment.post_id,
            func.count(distinct(case((counting(), Comment.author_id)))).label("received"),
            func.count(distinct(writer)).label("writing"),
            has(Comment.state == State.DRAFT).label("drafting"),
            has(Comment.state.in_(SENT)).label("sent"),
            has(counting()).label("done"),
            has(shown).label("shown"),
            func.max(case((and_(mine, Comment.state == State.RETURNED), Comment.public_id))).label(
                "returned"
            ),
            func.max(case((and_(mine, Comment.state == State.VISIBLE, ~shown), Comment.public_id))).label(
                "thin"
            ),
        )
        .where(Comment.project_id.in_(project_ids))
        .group_by(Comment.post_id)
        .subquery()
    )


def _pairings(project_ids: Collection[int], me: int) -> Subquery:
    begun = (
        select(Comment.id)
        .where(Comment.post_id == Pairing.post_id, Comment.author_id == Pairing.commenter_id)
        .exists()
    )
    return (
        select(
            Pairing.post_id,
            func.max(case((Pairing.commenter_id == me, 1), else_=0)).label("paired"),
            func.sum(case((and_(Pairing.commenter_id != me, ~begun), 1), else_=0)).label("asked"),
        )
        .where(Pairing.project_id.in_(project_ids), Pairing.released_at.is_(None))
        .group_by(Pairing.post_id)
        .subquery()
    )


def peers_of(project_ids: Collection[int], me: int) -> dict[int, list[Peer]]:
    """The others' posts by project: visible ones, and those on which the person has commented before."""
    tally, asked = _comments(project_ids, me), _pairings(project_ids, me)
    found = db.session.execute(
        select(*POST, *MEMBER, tally, asked.c.paired, asked.c.asked)
        .select_from(Post)
        .join(
            Membership, and_(Membership.course_id == Post.course_id, Membership.person_id == Post.author_id)
        )
        .join(Person, Person.id == Post.author_id)
        .outerjoin(tally, tally.c.post_id == Post.id)
        .outerjoin(asked, asked.c.post_id == Post.id)
        .where(
            Post.project_id.in_(project_ids),
            Post.author_id != me,
            or_(Post.state == State.VISIBLE, tally.c.sent == 1),
        )
        .order_by(Post.posted_at, Post.id)
    )
    peers: dict[int, list[Peer]] = defaultdict(list)
    for row in found:
        peers[row.project_id].append(_peer(row))
    return peers


def _peer(row: Any) -> Peer:
    """No row of comments or pairings: nothing has happened there yet."""
    return Peer(
        post_id=row.id,
        public_id=row.public_id,
        project_id=row.project_id,
        title=row.title,
        author_id=row.author_id,
        state=row.state,
        posted_at=row.posted_at,
        left=row.left_at is not None,
        member=Member(
            person_id=row.author_id,
            public_id=row.seat_id,
            name=row.name,
            called=row.called,
            pronouns=None,
            number=row.number,
            role=row.role,
            section_id=row.section_id,
            left=row.left_at is not None,
        ),
        received=row.received or 0,
        writing=row.writing or 0,
        asked=int(row.asked or 0),
        paired=bool(row.paired),
        drafting=bool(row.drafting),
        sent=bool(row.sent),
        done=bool(row.done),
        held=bool(row.done) and not row.shown,
        returned=row.returned,
        thin=row.thin,
    )
