"""Reads around the participation matrix: which projects there are, and what became of comments."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from classroom.access import Actor
from classroom.celebrations.models import Highlight
from classroom.comments.models import Comment, Thanks
from classroom.core.clock import now
from classroom.core.db import db
from classroom.helpfulness.queries import besides
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project, ProjectState
from classroom.projects.policy import visible_to


@dataclass(frozen=True)
class Outcome:
    """What one student's comments in a project led to: how many were thanked, acted on, celebrated."""

    thanked: int = 0
    acted_on: int = 0
    highlighted: int = 0


NOTHING = Outcome()


def begun_projects(actor: Actor, course_id: int) -> Sequence[Project]:
    """Those that are open or were, the first first; the course is loaded with them."""
    opened = or_(Project.opens_at.is_(None), Project.opens_at <= now())
    return db.session.scalars(
        select(Project)
        .where(
            Project.course_id == course_id,
            Project.state == ProjectState.PUBLISHED,
            opened,
            visible_to(actor),
        )
        .options(joinedload(Project.course))
        .order_by(func.coalesce(Project.opens_at, Project.published_at), Project.id)
    ).all()


def outcomes(
    project_ids: Collection[int],
    person_ids: Collection[int] | None = None,
    *,
    apart: Collection[frozenset[int]],
) -> dict[tuple[int, int], Outcome]:
    """By project and writer; one statement. Without `person_ids`, of everyone.

    What the pairs in `apart` (see `helpfulness.mutual`) say of each other's comments is left out.
    """
    heard = besides(apart)
    thanked = and_(heard, exists().where(Thanks.comment_id == Comment.id))
    asked = (
        select(
            Comment.project_id,
            Comment.author_id,
            func.sum(case((thanked, 1), else_=0)),
            func.count(case((heard, Comment.acted_at))),
            func.count(Highlight.id),
        )
        .join(Post, Post.id == Comment.post_id)
        .outerjoin(Highlight, and_(Highlight.comment_id == Comment.id, Highlight.withdrawn_at.is_(None)))
        .where(Comment.project_id.in_(project_ids), Comment.state == State.VISIBLE)
        .group_by(Comment.project_id, Comment.author_id)
    )
    if person_ids is not None:
        asked = asked.where(Comment.author_id.in_(person_ids))
    rows = db.session.execute(asked)
    return {(project_id, author_id): Outcome(*figures) for project_id, author_id, *figures in rows}
