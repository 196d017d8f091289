"""Whether a student takes the lesson before the first comment in a course, and how many that concerns."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, distinct, exists, false, func, select

from classroom.access import Actor, Role
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.lessons.models import Lesson, LessonProgress
from classroom.lessons.queries import comes_first
from classroom.posts.states import State


def before_first_comment(actor: Actor, course_id: int) -> ColumnElement[bool]:
    """Of lessons: the one that a student still owes; none for whoever has commented in the course."""
    if not actor.studies(course_id):
        return false()
    said = exists().where(
        Comment.course_id == course_id, Comment.author_id == actor.person_id, Comment.state != State.DRAFT
    )
    return and_(Lesson.course_id == course_id, comes_first(actor.person_id), ~said)


def must_learn(actor: Actor, course_id: int) -> bool:
    """One statement."""
    return db.session.scalar(select(Lesson.id).where(before_first_comment(actor, course_id))) is not None


def is_owed(actor: Actor) -> ColumnElement[bool]:
    """Of courses: those in which the lesson comes before this person's first comment."""
    said = exists().where(
        Comment.course_id == Lesson.course_id,
        Comment.author_id == actor.person_id,
        Comment.state != State.DRAFT,
    )
    owed = exists().where(Lesson.course_id == Course.id, comes_first(actor.person_id), ~said)
    return owed.correlate(Course).label("owed")


def is_under_way(actor: Actor) -> ColumnElement[bool]:
    """Of courses: those in which this person has begun the lesson and not finished it."""
    going = exists().where(
        LessonProgress.course_id == Course.id,
        LessonProgress.person_id == actor.person_id,
        LessonProgress.finished_at.is_(None),
    )
    return going.correlate(Course).label("going")


@dataclass(frozen=True)
class Concerned:
    """Students of a course: those who have commented, and those with a draft that nobody has seen yet."""

    commented: int
    drafting: int
    all: int


def concerned_in(course_id: int) -> Concerned:
    """Whom it concerns when the lesson comes first; three short counts in one statement."""
    student = and_(
        Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None)
    )
    here = select(Membership.person_id).where(student)
    written = select(func.count(distinct(Comment.author_id))).where(
        Comment.course_id == course_id, Comment.author_id.in_(here)
    )
    sent = select(Comment.author_id).where(Comment.course_id == course_id, Comment.state != State.DRAFT)
    row = db.session.execute(
        select(
            written.where(Comment.state != State.DRAFT).scalar_subquery(),
            written.where(Comment.state == State.DRAFT, Comment.author_id.not_in(sent)).scalar_subquery(),
            select(func.count()).where(student).scalar_subquery(),
        )
    ).one()
    return Concerned(*row)
