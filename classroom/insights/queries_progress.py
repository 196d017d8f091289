"""How far a class is in a project: who has posted, and how many comments of each student count."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from classroom.access import Actor, Role
from classroom.comments.models import Comment
from classroom.comments.queries_reading import fresh_on_own
from classroom.comments.tallies import counting
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.policy import in_care_of
from classroom.following.models import Interest
from classroom.following.policy import visible_to as own_interests
from classroom.following.queries import sorted_in
from classroom.following.rules import Interests
from classroom.posts.models import Post
from classroom.posts.policy import drafts_too
from classroom.posts.states import State
from classroom.projects.effects import Progress
from classroom.projects.models import Project

HANDED_IN = (State.VISIBLE, State.HELD)


def progress_in(actor: Actor, course_id: int, project_id: int) -> Progress:
    """The students in the actor's care; one statement, a row for each who has not left."""
    has_posted = (
        select(func.count())
        .where(
            Post.project_id == project_id,
            Post.author_id == Membership.person_id,
            Post.state.in_(HANDED_IN),
        )
        .scalar_subquery()
    )
    left = (
        select(
            Comment.author_id,
            func.count().label("all"),
            func.count(Comment.post_id.distinct()).filter(counting()).label("counted"),
        )
        .where(
            Comment.course_id == course_id,
            Comment.project_id == project_id,
            Comment.state.in_(HANDED_IN),
        )
        .group_by(Comment.author_id)
        .subquery()
    )
    rows = db.session.execute(
        select(has_posted, func.coalesce(left.c.all, 0), func.coalesce(left.c.counted, 0))
        .select_from(Membership)
        .outerjoin(left, left.c.author_id == Membership.person_id)
        .where(
            Membership.course_id == course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            in_care_of(actor, Membership.course_id, Membership.person_id),
        )
    ).all()
    return Progress(
        students=len(rows),
        posted=sum(1 for row in rows if row[0]),
        commenting=sum(1 for row in rows if row[1]),
        counted=tuple(row[2] for row in rows),
    )


def posted_in(actor: Actor, project_ids: Collection[int]) -> dict[int, int]:
    """How many posts each project has of students in the actor's care; the work of those who left stays."""
    rows = db.session.execute(
        select(Post.project_id, func.count())
        .where(
            Post.project_id.in_(project_ids),
            Post.state.in_(HANDED_IN),
            in_care_of(actor, Post.course_id, Post.author_id),
        )
        .group_by(Post.project_id)
    )
    return dict(list(rows))


@dataclass(frozen=True)
class Mine:
    """One's own post, and how many comments on it are new."""

    post: Post
    fresh: int


def own_posts(actor: Actor, project_ids: Collection[int]) -> dict[int, Mine]:
    """The actor's own posts by project id, drafts included."""
    rows = db.session.execute(
        select(Post, fresh_on_own(actor)).where(
            Post.author_id == actor.person_id, Post.project_id.in_(project_ids), drafts_too(actor)
        )
    )
    return {post.project_id: Mine(post, fresh or 0) for post, fresh in rows}


def own_and_interests(actor: Actor, project: Project) -> tuple[Mine | None, Interests]:
    """The actor's own post in a project, and what they follow and mute in its course; one statement."""
    rows = db.session.execute(
        select(Post, fresh_on_own(actor), Interest)
        .select_from(Membership)
        .outerjoin(
            Post,
            and_(Post.author_id == Membership.person_id, Post.project_id == project.id, drafts_too(actor)),
        )
        .outerjoin(Interest, and_(Interest.course_id == Membership.course_id, own_interests(actor)))
        .where(Membership.course_id == project.course_id, Membership.person_id == actor.person_id)
    ).all()
    mine = next((Mine(post, fresh or 0) for post, fresh, _one in rows if post is not None), None)
    said = [one for _post, _fresh, one in rows if one is not None]
    return mine, sorted_in((one.stance, one.thing, one.what) for one in said)
