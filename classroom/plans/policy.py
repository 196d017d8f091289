"""Who sees a revision plan, and who writes in it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from classroom.access import STAFF, Actor, Kind, rule
from classroom.comments.models import Comment
from classroom.comments.reading import Reading
from classroom.courses.policy import in_care_of
from classroom.plans.models import PlanItem
from classroom.posts.models import Post

AUTHOR = frozenset({Kind.AUTHOR})


@dataclass(frozen=True)
class Plan:
    """The plan of one post: what the rules are asked about."""

    reading: Reading

    @property
    def course_id(self) -> int:
        return self.reading.course_id

    @property
    def post(self) -> Post:
        return self.reading.post

    def is_of(self, actor: Actor) -> bool:
        return self.post.author_id == actor.person_id

    def is_tended_by(self, actor: Actor) -> bool:
        return actor.tends(self.course_id, self.reading.author.section_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Plans, in a statement that knows their `Post`: one's own, and those of students in one's care."""
    own = and_(Post.author_id == actor.person_id, Post.course_id.in_(actor.courses()))
    return or_(own, in_care_of(actor, Post.course_id, Post.author_id))


def told_to(actor: Actor) -> ColumnElement[bool]:
    """The one item that a commenter sees: that of their own comment, once a revision settled it."""
    return and_(Comment.author_id == actor.person_id, PlanItem.told_at.is_not(None))


@rule("plan:see", AUTHOR | STAFF)
def may_see(actor: Actor, plan: Plan) -> bool:
    """The author of the post, and the staff in whose care they are."""
    return plan.is_of(actor) or plan.is_tended_by(actor)


@rule("plan:write", AUTHOR)
def may_write(actor: Actor, plan: Plan) -> bool:
    """The author of the post."""
    return plan.is_of(actor) and actor.studies(plan.course_id)


@rule("plan:reply", STAFF)
def may_reply(actor: Actor, plan: Plan) -> bool:
    """Staff in whose care the author is, before the rewrite."""
    return plan.is_tended_by(actor)


@rule("plan:decide", frozenset({Kind.RECEIVER}))
def may_decide(actor: Actor, comment: Comment) -> bool:
    """The author of the post: what they make of a comment on it."""
    return comment.post.author_id == actor.person_id and actor.studies(comment.course_id)


@rule("plan:change", AUTHOR)
def may_change(actor: Actor, item: PlanItem) -> bool:
    """The author of the post: the order, what is done, and what they take out."""
    return item.post.author_id == actor.person_id and actor.studies(item.course_id)
