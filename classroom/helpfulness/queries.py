"""Reads of how comments helped: what a writer may know, and what two people say only of one another."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import aliased

from classroom.access import Actor, Role
from classroom.comments.models import Comment, Reason, ReasonKind, Thanks
from classroom.comments.reasons import NOT_YET
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import Member, members_of
from classroom.helpfulness.mutual import Said, Two, entangled, left_out
from classroom.posts.models import Post
from classroom.posts.states import State


@dataclass(frozen=True)
class Pair:
    """Two people as staff see them, with the evidence."""

    two: Two
    one: Member
    other: Member


def told_of(writer_id: int, course_ids: Collection[int]) -> dict[int, dict[ReasonKind, int]]:
    """What a writer was told, by course, as sums; one statement.

    It follows no comment's state and no pair found later: a sum that falls tells whose reason went.
    """
    rows = db.session.execute(
        select(Reason.course_id, Reason.kind, func.count())
        .join(Comment, Comment.id == Reason.comment_id)
        .where(Reason.course_id.in_(course_ids), Comment.author_id == writer_id, Reason.told_at.is_not(None))
        .group_by(Reason.course_id, Reason.kind)
    )
    counts = {(course_id, kind): count for course_id, kind, count in rows}
    return {
        course_id: {kind: counts[course_id, kind] for kind in ReasonKind if (course_id, kind) in counts}
        for course_id in course_ids
    }


def said_in(course_id: int) -> list[Said]:
    """What students made of one another's comments; one statement, a row for each two."""
    return [Said(*(int(value) for value in row)) for row in db.session.execute(asked_of(course_id))]


def asked_of(course_id: int) -> Select[Any]:
    """That statement, for a page that asks more in the same: five numbers a row, as `Said` has them."""
    given = Reason.comment_id == Comment.id, Reason.person_id == Post.author_id
    thanked = exists().where(Thanks.comment_id == Comment.id, Thanks.person_id == Post.author_id)
    good = thanked | exists().where(*given, Reason.kind.not_in(NOT_YET))
    bad = and_(~good, exists().where(*given, Reason.kind.in_(NOT_YET)))
    receiver, writer = aliased(Membership), aliased(Membership)
    asked: Any = (
        select(
            Post.author_id.label("receiver_id"),
            Comment.author_id.label("writer_id"),
            func.count().label("comments"),
            func.sum(case((good, 1), else_=0)).label("helpful"),
            func.sum(case((bad, 1), else_=0)).label("not_yet"),
        )
        .join(Comment, Comment.post_id == Post.id)
        .join(receiver, and_(receiver.course_id == course_id, receiver.person_id == Post.author_id))
        .join(writer, and_(writer.course_id == course_id, writer.person_id == Comment.author_id))
        .where(
            Comment.course_id == course_id,
            Comment.state == State.VISIBLE,
            receiver.role == Role.STUDENT,
            writer.role == Role.STUDENT,
        )
        .group_by(Post.author_id, Comment.author_id)
    )
    return cast("Select[Any]", asked)


def left_out_in(course_id: int) -> frozenset[frozenset[int]]:
    """Pairs of people whose thanks and reasons for each other count in no figure; for every figure to ask."""
    return left_out(entangled(said_in(course_id)))


def besides(apart: Collection[frozenset[int]]) -> ColumnElement[bool]:
    """No comment by one of such a pair on a post of the other; for statements that read both."""
    return and_(true(), *(~(Comment.author_id.in_(two) & Post.author_id.in_(two)) for two in apart))


def seen_between_two(actor: Actor, course: Course) -> list[Pair]:
    """Those of whom the actor has both in their care; two statements."""
    found = entangled(said_in(course.id))
    members = members_of(course.id, _people(found))
    pairs = [Pair(two, members[two.one.receiver_id], members[two.other.receiver_id]) for two in found]
    return [
        pair
        for pair in pairs
        if all(actor.tends(course.id, member.section_id) for member in (pair.one, pair.other))
    ]


def _people(found: Iterable[Two]) -> set[int]:
    return {person for two in found for person in two.people}
