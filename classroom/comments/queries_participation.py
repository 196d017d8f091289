"""Reads how far everyone in a project is: three statements, whatever the size of the class."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import load_only

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
from classroom.courses.queries import Member
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, PairingPolicy, Project
from classroom.projects.rules import Phase, is_over

# Not the texts: a class of 1,500 has long ones.
POST = (
    Post.id,
    Post.public_id,
    Post.state,
    Post.revision_number,
    Post.posted_at,
    Post.revised_at,
    Post.draft_saved_at,
    Post.late,
)


@dataclass
class Talk:
    """What passed between everyone and every post: `said[person]` rows by post, `asked[person]` posts."""

    said: dict[int, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    asked: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    received: Counter[int] = field(default_factory=Counter)
    coming: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Shelf:
    """The posts that can be read, and those of them that a student may be led to now."""

    open_posts: frozenset[int]
    offered: frozenset[int]


def participants(actor: Actor, project: Project) -> list[Participant]:
    """Every student of the course in the actor's care who has not left."""
    rows, talk, at = _seats(project), _talk(project.id), now()
    open_posts = frozenset(
        row.Post.id
        for row in rows
        if row.Post is not None and row.Post.state is State.VISIBLE and row.left_at is None
    )
    shelf = Shelf(open_posts, _offered(project, open_posts, talk, at))
    found = []
    for row in rows:
        if row.left_at is None and actor.tends(project.course_id, row.section_id):
            work = _work(project, row, talk, shelf, at)
            found.append(participant(project, _member(row), work, at, row.Extension))
    return found


def _seats(project: Project) -> list[Any]:
    return list(
        db.session.execute(
            select(
                Membership.person_id,
                Membership.public_id,
                Membership.number,
                Membership.role,
                Membership.section_id,
                Membership.left_at,
                Person.name,
                Person.called,
                Post,
                Extension,
            )
            .select_from(Membership)
            .join(Person, Person.id == Membership.person_id)
            .outerjoin(Post, and_(Post.project_id == project.id, Post.author_id == Membership.person_id))
            .outerjoin(
                Extension,
                and_(Extension.project_id == project.id, Extension.person_id == Membership.person_id),
            )
            .where(Membership.course_id == project.course_id, Membership.role == Role.STUDENT)
            .order_by(Membership.number)
            .options(load_only(*POST))
        )
    )


def _talk(project_id: int) -> Talk:
    def has(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((condition, 1), else_=0))

    talk, fresh = Talk(), now() - LEASE
    said = db.session.execute(
        select(
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
        )
        .where(Comment.project_id == project_id)
        .group_by(Comment.author_id, Comment.post_id)
    )
    for row in said:
        talk.said[row.author_id][row.post_id] = row
        talk.received[row.post_id] += row.counts
        talk.coming[row.post_id] += row.writing
    live = select(Pairing.commenter_id, Pairing.post_id).where(
        Pairing.project_id == project_id, Pairing.released_at.is_(None)
    )
    for commenter_id, post_id in db.session.execute(live):
        if post_id not in talk.said.get(commenter_id, {}):
            talk.asked[commenter_id].add(post_id)
            talk.coming[post_id] += 1
    return talk


def _offered(project: Project, open_posts: frozenset[int], talk: Talk, at: datetime) -> frozenset[int]:
    """As `duties.queue_for`: while posts still arrive, the first ones must not swallow the class."""
    if project.pairing is not PairingPolicy.ASSIGNED or is_over(project, Phase.POST, at):
        return open_posts
    few = project.comments_wanted
    return frozenset(post for post in open_posts if talk.received[post] + talk.coming[post] < few)


def _work(project: Project, row: Any, talk: Talk, shelf: Shelf, at: datetime) -> Work:
    post: Post | None = row.Post
    said, asked = talk.said.get(row.person_id, {}), talk.asked.get(row.person_id, set())
    own = post.id if post else None
    read = {key for key, one in said.items() if one.sent}
    given = {key for key, one in said.items() if one.counts}
    others, gone = len(shelf.open_posts - {own}), len(given - shelf.open_posts)
    times = [one.saved_at for one in said.values()]
    times += [post.draft_saved_at, post.revised_at] if post else []
    return Work(
        post=post.state if post else None,
        post_id=post.public_id if post and post.revision_number else None,
        posted_at=post.posted_at if post else None,
        posted_late=bool(post and post.late),
        revised=bool(post and post.revision_number > 1),
        given=len(given),
        held=sum(bool(one.counts and not one.shown) for one in said.values()),
        returned=sum(one.returned for one in said.values()),
        to_mend=sum(
            bool(one.returned or (one.thin and not one.counts) or one.draft) for one in said.values()
        ),
        wanted=wanted_of(project, others, gone, at),
        received=talk.received[own] if own else 0,
        asked=len(asked & shelf.open_posts),
        can_read=bool(asked & shelf.open_posts)
        or any(key != own and key not in read for key in shelf.offered),
        last_at=max((one for one in times if one), default=None),
    )


def _member(row: Any) -> Member:
    return Member(
        person_id=row.person_id,
        public_id=row.public_id,
        name=row.name,
        called=row.called,
        pronouns=None,
        number=row.number,
        role=row.role,
        section_id=row.section_id,
        left=row.left_at is not None,
    )
