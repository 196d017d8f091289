"""Reads of one's own comments: what they led to, and what a portfolio needs to leave others out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.celebrations.models import Highlight
from classroom.celebrations.rules import moves_in
from classroom.comments import rules as comments
from classroom.comments.models import Comment, Thanks, ThanksKind
from classroom.comments.queries import member_from
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import members_of
from classroom.plans.models import PlanItem
from classroom.plans.queries import Told
from classroom.plans.rules import outcome_of
from classroom.portfolio.rules import Led
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.naming import STAFF_ROLES, shown_to


@dataclass(frozen=True)
class MyComment:
    """One of one's own comments, and what it led to."""

    key: int
    id: str
    project: str
    post: str
    author: str
    posted_at: datetime
    state: State
    counts: bool
    body: str
    html: str
    quote: str | None
    moves: frozenset[str]
    acted_revision: int | None
    great: bool
    advice: Told | None  # what its receiver made of it, once a revision settled that
    thanks: tuple[ThanksKind, ...] = ()

    def led_to(self, led: Led) -> bool:
        return {
            Led.ALL: True,
            Led.THANKED: bool(self.thanks),
            Led.ACTED: self.acted_revision is not None,
            Led.GREAT: self.great,
        }[led]

    @property
    def shown(self) -> bool:
        return self.state is State.VISIBLE


def my_comments(actor: Actor, course: Course) -> list[MyComment]:
    """All that the actor sent in the course and did not take back, the newest first; two statements."""
    rows = db.session.execute(
        select(Comment, Project, Post.title, Membership, Person, Highlight.id, PlanItem)
        .join(Post, Post.id == Comment.post_id)
        .join(Project, Project.id == Comment.project_id)
        .join(Membership, and_(Membership.course_id == course.id, Membership.person_id == Post.author_id))
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Highlight, and_(Highlight.comment_id == Comment.id, Highlight.withdrawn_at.is_(None)))
        .outerjoin(PlanItem, and_(PlanItem.comment_id == Comment.id, PlanItem.told_at.is_not(None)))
        .where(
            Comment.course_id == course.id,
            Comment.author_id == actor.person_id,
            Comment.state.not_in([State.DRAFT, State.WITHDRAWN]),
            Comment.posted_at.is_not(None),
        )
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    ).all()
    thanks = _thanks(actor, course)
    return [replace(_mine(actor, row), thanks=tuple(thanks.get(row.Comment.id, ()))) for row in rows]


def _mine(actor: Actor, row: Any) -> MyComment:
    comment, project = row.Comment, row.Project
    return MyComment(
        key=comment.id,
        id=comment.public_id,
        project=project.title,
        post=row.title,
        author=shown_to(actor, project, member_from(row.Membership, row.Person)).name,
        posted_at=comment.posted_at,
        state=comment.state,
        counts=comments.counts(comment.state, comment.standing),
        body=comment.body,
        html=comment.body_html,
        quote=comment.quote,
        moves=frozenset(moves_in(comment.verdict)),
        acted_revision=comment.acted_revision,
        great=row.id is not None,
        advice=_told(row.PlanItem, comment),
    )


def _told(item: PlanItem | None, comment: Comment) -> Told | None:
    """As the post's page tells it to its commenter."""
    if item is None or comment.state is not State.VISIBLE:
        return None
    words = "" if item.withheld else item.words
    outcome = outcome_of(item.choice, acted=comment.acted_at is not None)
    return Told(item.choice, words, outcome, item.revision)


def _thanks(actor: Actor, course: Course) -> dict[int, list[ThanksKind]]:
    rows = db.session.execute(
        select(Thanks.comment_id, Thanks.kind)
        .join(Comment, Comment.id == Thanks.comment_id)
        .where(Thanks.course_id == course.id, Comment.author_id == actor.person_id)
        .order_by(Thanks.kind)
    )
    found: dict[int, list[ThanksKind]] = {}
    for comment_id, kind in rows:
        found.setdefault(comment_id, []).append(kind)
    return found


def works_under(actor: Actor, comment_ids: Collection[int]) -> dict[int, str]:
    """The texts that the actor's own comments were written on, so that no quotation of them goes along."""
    rows = db.session.execute(
        select(Comment.id, Revision.text)
        .join(Revision, Revision.id == Comment.revision_id)
        .where(Comment.id.in_(comment_ids), Comment.author_id == actor.person_id)
    )
    return {key: text for key, text in rows}  # noqa: C416


def names_besides(actor: Actor, course: Course, *, student: str, staff: str) -> Sequence[tuple[str, str]]:
    """Every name in the course but one's own, those who left among them, with what stands in its place."""
    return [
        (name, staff if member.role in STAFF_ROLES else student)
        for member in members_of(course.id).values()
        if member.person_id != actor.person_id
        for name in (member.name, member.called)
        if name
    ]
