"""Who may do what with posts and their files, and what of them people see."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from classroom.access import MEMBERS, STUDENTS, Actor, Kind, Role, rule
from classroom.core.clock import now
from classroom.courses.policy import in_care_of
from classroom.posts.models import Post, PostFile, Revision, RevisionFile
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState
from classroom.projects.rules import GRACE

CLOSE = MEMBERS - {Kind.OTHER_ASSISTANT}
AUTHOR = frozenset({Kind.AUTHOR})
NOT_POSTED = (State.DRAFT, State.WITHDRAWN)
Condition = Callable[[Actor], ColumnElement[bool]]
_lets_read: list[Condition] = []


class OfCourse(Protocol):
    """A row that knows its course."""

    @property
    def course_id(self) -> int: ...


def open_projects(actor: Actor) -> Select[Any]:
    """Projects in which the actor reads classmates' posts.

    No idea leaks: with `post_first` a student reads them once they have posted, or once their own date for
    posting is over. An observer has nothing to post.
    """
    studied = [seat.course_id for seat in actor.seats.values() if seat.role is Role.STUDENT]
    watched = [seat.course_id for seat in actor.seats.values() if seat.role is Role.OBSERVER]
    own = aliased(Post)
    posted = exists().where(
        own.project_id == Project.id, own.author_id == actor.person_id, own.state.not_in(NOT_POSTED)
    )
    at = now()
    may_look = or_(Project.post_first.is_(False), posted, _posting_is_over(at))
    return (
        select(Project.id)
        .outerjoin(
            Extension, and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id)
        )
        .where(
            Project.state == ProjectState.PUBLISHED,
            or_(Project.opens_at.is_(None), Project.opens_at <= at),
            or_(Project.course_id.in_(watched), and_(Project.course_id.in_(studied), may_look)),
        )
    )


def _posting_is_over(at: datetime) -> ColumnElement[bool]:
    """`projects.rules.is_over` for the phase of posting, as the database says it: the later date decides."""
    cut = at - GRACE
    return and_(
        or_(Project.post_by.is_not(None), Extension.post_by.is_not(None)),
        or_(Project.post_by.is_(None), Project.post_by < cut),
        or_(Extension.post_by.is_(None), Extension.post_by < cut),
    )


def drafts_too(actor: Actor) -> ColumnElement[bool]:
    """One's own posts before they are posted; not for staff who look through the author's eyes."""
    return Post.revision_number > 0 if actor.borrowed else true()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Posts that the actor sees: their own, the class's visible ones, all published ones in their care."""
    mine = and_(Post.author_id == actor.person_id, Post.course_id.in_(actor.courses()), drafts_too(actor))
    shared = and_(Post.state == State.VISIBLE, Post.project_id.in_(open_projects(actor)))
    tended = and_(Post.revision_number > 0, in_care_of(actor, Post.course_id, Post.author_id))
    return or_(mine, shared, tended)


def lets_read(condition: Condition) -> Condition:
    """Register who else reads a published post: a higher domain knows why (they tend its commenters)."""
    _lets_read.append(condition)
    return condition


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Posts whose page, files and changes the actor may open."""
    besides = [and_(Post.revision_number > 0, condition(actor)) for condition in _lets_read]
    return or_(visible_to(actor), *besides)


def file_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Files of posts that the actor sees; one that no revision carries is its author's alone."""
    carried = exists().where(RevisionFile.file_id == PostFile.id, Revision.id == RevisionFile.revision_id)
    if actor.borrowed:
        return and_(readable_by(actor), carried)
    return and_(readable_by(actor), or_(Post.author_id == actor.person_id, carried))


@rule("post:see", CLOSE, lasting=True)
def may_see(actor: Actor, post: OfCourse) -> bool:
    """Its author; the class once it is visible and open to them; staff in whose care the author is."""
    return actor.belongs(post.course_id)


@rule("post:write", STUDENTS, private=True)
def may_write(actor: Actor, desk: OfCourse) -> bool:
    """Students of the course, each their own; staff never write in a student's name."""
    return actor.studies(desk.course_id)


@rule("post:keep", AUTHOR)
def may_keep(actor: Actor, post: Post) -> bool:
    """Its author: the receipt, files, and taking it back."""
    return post.author_id == actor.person_id and actor.belongs(post.course_id)


@rule("file:see", CLOSE)
def may_see_file(actor: Actor, file: PostFile) -> bool:
    """Whoever sees the post; a file that is not published yet is its author's alone."""
    return actor.belongs(file.course_id)


@rule("file:remove", AUTHOR)
def may_remove_file(actor: Actor, file: PostFile) -> bool:
    """The author of the post."""
    return file.post.author_id == actor.person_id and actor.studies(file.course_id)
