"""Reads how far everyone is, in one project or in several: three statements, whatever the class."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.duties import wanted_of
from classroom.comments.models import Comment, Pairing
from classroom.comments.participation import Participant, Work, participant
from classroom.comments.rules import LEASE
from classroom.comments.tallies import SENT, counting
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.queries import Member, member_in
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, PairingPolicy, Project
from classroom.projects.rules import Phase, is_over

# Not the texts: a class of 1,500 has long ones. Not rows either: several projects have many.
POST = (
    Post.id.label("post_id"),
    Post.public_id.label("post_public_id"),
    Post.title,
    Post.state,
    Post.revision_number,
    Post.posted_at,
    Post.revised_at,
    Post.draft_saved_at,
    Post.late,
)
MEMBER = (
    Membership.person_id,
    Membership.public_id,
    Membership.number,
    Membership.role,
    Membership.section_id,
    Membership.left_at,
    Person.name,
    Person.called,
)
Place = tuple[int, int]  # a project and a person


@dataclass
class Talk:
    """What passed between everyone and every post: `said` are rows by post, `asked` posts, both by place."""

    said: dict[Place, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    asked: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    received: Counter[int] = field(default_factory=Counter)
    coming: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Shelf:
    """The posts that can be read, and those of them that a student may be led to now."""

    open_posts: frozenset[int]
    offered: frozenset[int]


@dataclass(frozen=True)
class Received:
    """A visible post, also of someone who left: whose, and what it has received and is about to."""

    post_id: int
    public_id: str
    title: str
    author: Member
    posted_at: datetime | None
    received: int
    coming: int


@dataclass(frozen=True)
class Turnout:
    """A project: those in the actor's care who have not left, all visible posts, and how many students."""

    project: Project
    people: list[Participant]
    posts: list[Received]
    students: int


def participants(actor: Actor, project: Project) -> list[Participant]:
    """Every student of the course in the actor's care who has not left."""
    return turnouts(actor, [project])[0].people


def turnouts(actor: Actor, projects: Sequence[Project], *, only: int | None = None) -> list[Turnout]:
    """The projects of one course, in their order; `only`: of the people, one alone."""
    ids, at = [project.id for project in projects], now()
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in _seats(ids):
        rows[row.project_id].append(row)
    talk = _talk(ids)
    return [_turnout(actor, project, rows[project.id], talk, at, only) for project in projects]


def _turnout(
    actor: Actor, project: Project, rows: list[Any], talk: Talk, at: datetime, only: int | None
) -> Turnout:
    open_posts = frozenset(row.post_id for row in rows if row.state is State.VISIBLE and row.left_at is None)
    shelf = Shelf(open_posts, _offered(project, open_posts, talk, at))
    people, posts, students = [], [], 0
    for row in rows:
        member = member_in(row)
        if row.state is State.VISIBLE:
            posts.append(_received(actor, project, row, member, talk))
        if row.left_at is not None:
            continue
        students += 1
        if only in {None, row.person_id} and actor.tends(project.course_id, row.section_id):
            work = _work(project, row, talk, shelf, at)
            people.append(participant(project, member, work, at, row.Extension))
    return Turnout(project, people, posts, students)


def _seats(project_ids: Collection[int]) -> list[Any]:
    """Every student of the course with every project, those who left too: their posts stay."""
    return list(
        db.session.execute(
            select(Project.id.label("project_id"), *MEMBER, *POST, Extension)
            .select_from(Membership)
            .join(Person, Person.id == Membership.person_id)
            .join(Project, Project.course_id == Membership.course_id)
            .outerjoin(Post, and_(Post.project_id == Project.id, Post.author_id == Membership.person_id))
            .outerjoin(
                Extension,
                and_(Extension.project_id == Project.id, Extension.person_id == Membership.person_id),
            )
            .where(Project.id.in_(project_ids), Membership.role == Role.STUDENT)
            .order_by(Membership.number)
        )
    )


def _talk(project_ids: Collection[int]) -> Talk:
    def has(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((condition, 1), else_=0))

    talk, fresh = Talk(), now() - LEASE
    said = db.session.execute(
        select(
            Comment.project_id,
            Comment.author_id,
            Comment.post_id,
            has(counting()).label("counts"),
            has(and_(Comment.state == State.VISIBLE, counting())).label("shown"),
            has(Comment.state == State.RETURNED).label("returned"),
            has(and_(Comment.state == State.VISIBLE, ~counting())).label("thin"),
            has(Comment.state == State.DRAFT).label("draft"),
            has(and_(Comment.state == State.DRAFT, Comment.saved_at > fresh)).label("writing"),
            has(Comment.state.in_(SENT)).label("sent"),
            func.max(Comment.saved_at).label("saved_at"),
            func.max(case((counting(), Comment.posted_at))).label("sent_at"),
        )
        .where(Comment.project_id.in_(project_ids))
        .group_by(Comment.project_id, Comment.author_id, Comment.post_id)
    )
    for row in said:
        talk.said[row.project_id, row.author_id][row.post_id] = row
        talk.received[row.post_id] += row.counts
        talk.coming[row.post_id] += row.writing
    live = select(Pairing.project_id, Pairing.commenter_id, Pairing.post_id).where(
        Pairing.project_id.in_(project_ids), Pairing.released_at.is_(None)
    )
    for project_id, commenter_id, post_id in db.session.execute(live):
        place = project_id, commenter_id
        if post_id not in talk.said.get(place, {}):
            talk.asked[place].add(post_id)
            talk.coming[post_id] += 1
    return talk


def _received(actor: Actor, project: Project, row: Any, member: Member, talk: Talk) -> Received:
    """What the actor is writing themselves is no promise of somebody else's."""
    mine = talk.said.get((project.id, actor.person_id), {}).get(row.post_id)
    return Received(
        post_id=row.post_id,
        public_id=row.post_public_id,
        title=row.title,
        author=member,
        posted_at=row.posted_at,
        received=talk.received[row.post_id],
        coming=talk.coming[row.post_id] - (mine.writing if mine else 0),
    )


def _offered(project: Project, open_posts: frozenset[int], talk: Talk, at: datetime) -> frozenset[int]:
    """As `duties.queue_for`: while posts still arrive, the first ones must not swallow the class."""
    if project.pairing is not PairingPolicy.ASSIGNED or is_over(project, Phase.POST, at):
        return open_posts
    few = project.comments_wanted
    return frozenset(post for post in open_posts if talk.received[post] + talk.coming[post] < few)


def _work(project: Project, row: Any, talk: Talk, shelf: Shelf, at: datetime) -> Work:
    own: int | None = row.post_id
    place = project.id, row.person_id
    said, asked = talk.said.get(place, {}), talk.asked.get(place, set())
    given = [key for key, one in said.items() if one.counts]
    others = len(shelf.open_posts) - (own in shelf.open_posts)
    gone = sum(key not in shelf.open_posts for key in given)
    times = [*(one.saved_at for one in said.values()), row.draft_saved_at, row.revised_at]
    return Work(
        post=row.state,
        post_id=row.post_public_id if row.revision_number else None,
        posted_at=row.posted_at,
        posted_late=bool(row.late),
        revised=(row.revision_number or 0) > 1,
        revised_at=row.revised_at,
        commented_at=max((one.sent_at for one in said.values() if one.sent_at), default=None),
        given=len(given),
        held=sum(1 for key in given if not said[key].shown),
        returned=sum(one.returned for one in said.values()),
        to_mend=sum(1 for one in said.values() if one.returned or (one.thin and not one.counts) or one.draft),
        wanted=wanted_of(project, others, gone, at),
        received=talk.received[own] if own else 0,
        asked=len(asked & shelf.open_posts),
        can_read=bool(asked & shelf.open_posts)
        or any(key != own and not (key in said and said[key].sent) for key in shelf.offered),
        last_at=max((one for one in times if one), default=None),
    )
