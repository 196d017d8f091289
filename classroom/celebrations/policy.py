"""Who may do what with celebrations."""

from sqlalchemy import ColumnElement, and_, or_, select

from classroom.access import STAFF, STUDENTS, Actor, Kind, rule
from classroom.celebrations.models import Highlight, Nomination
from classroom.celebrations.rules import ON_WALL
from classroom.comments.models import Comment
from classroom.courses.models import Course
from classroom.courses.policy import in_care_of
from classroom.posts.states import State


def on_wall(actor: Actor) -> ColumnElement[bool]:
    """Highlights of the actor's courses whose writers consent, while the comment is visible."""
    return and_(
        Highlight.course_id.in_(actor.courses()),
        Highlight.withdrawn_at.is_(None),
        Highlight.consent.in_(ON_WALL),
        Comment.state == State.VISIBLE,
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own celebrated comments, and those of students in one's care."""
    mine = select(Comment.id).where(Comment.author_id == actor.person_id)
    tended = select(Comment.id).where(in_care_of(actor, Comment.course_id, Comment.author_id))
    return and_(
        Highlight.course_id.in_(actor.courses()),
        or_(Highlight.comment_id.in_(mine), Highlight.comment_id.in_(tended)),
    )


@rule("highlight:make", STAFF)
def may_highlight(actor: Actor, comment: Comment) -> bool:
    """Staff in whose care the writer is; never their own comment."""
    return actor.teaches(comment.course_id) and comment.author_id != actor.person_id


@rule("highlight:take_back", STAFF)
def may_take_back(actor: Actor, made: Highlight) -> bool:
    """Staff in whose care the writer is."""
    return actor.teaches(made.course_id)


@rule("highlight:consent", frozenset({Kind.AUTHOR}), lasting=True)
def may_consent(actor: Actor, made: Highlight) -> bool:
    """The writer of the comment, and nobody else."""
    return made.comment.author_id == actor.person_id


def nominations_visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own, and those of comments by students in one's care; while the comment is visible."""
    mine = and_(Nomination.by_id == actor.person_id, Nomination.course_id.in_(actor.courses()))
    return and_(
        Comment.state == State.VISIBLE, or_(mine, in_care_of(actor, Comment.course_id, Comment.author_id))
    )


@rule("nomination:make", frozenset({Kind.RECEIVER, Kind.CLASSMATE}))
def may_nominate(actor: Actor, comment: Comment) -> bool:
    """Students who see the comment; never their own."""
    return actor.studies(comment.course_id) and comment.author_id != actor.person_id


@rule("nomination:see", STUDENTS | STAFF | {Kind.OTHER_ASSISTANT})
def may_see_nominations(actor: Actor, course: Course) -> bool:
    """Students find their own; staff those of comments by students in their care, and by whom."""
    return actor.studies(course.course_id) or actor.teaches(course.course_id)


@rule("nomination:withdraw", frozenset({Kind.AUTHOR}))
def may_withdraw(actor: Actor, made: Nomination) -> bool:
    """Who nominated it."""
    return made.by_id == actor.person_id


@rule("nomination:decide", STAFF)
def may_decide(actor: Actor, made: Nomination) -> bool:
    """Staff in whose care the writer is celebrate it or set it aside."""
    return actor.teaches(made.course_id)
