"""Reads of Today besides the students: what waits for staff, and what went well; two statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.boards.queries import held_counted
from classroom.celebrations.models import Highlight
from classroom.celebrations.queries_nominations import waiting_counted
from classroom.comments.models import COUNTING, Comment, Thanks
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.courses.policy import in_care_of
from classroom.guidelines.queries_reports import reports_counted
from classroom.guidelines.queries_situations import situations_counted
from classroom.help_requests.models import HelpRequest
from classroom.help_requests.policy import in_care
from classroom.help_requests.queries_lists import overdue_counted
from classroom.helpfulness.mutual import Said, entangled, left_out
from classroom.helpfulness.queries import asked_of, besides
from classroom.moderation.models import Reason
from classroom.moderation.queries import open_by_reason
from classroom.posts.models import Post
from classroom.posts.states import State

GOOD = ("great", "thanks", "acted", "helped", "first")
MOST = 4  # comments that are offered to be celebrated


@dataclass(frozen=True)
class Waits:
    """One kind of thing that waits: a reason of the queue, or where else somebody waits."""

    kind: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Worth:
    """A comment that could be celebrated, and why it is offered."""

    public_id: str
    body: str
    by: str
    post_title: str
    thanked: bool
    acted: bool
    first: bool


def waits_and_goes_well(
    actor: Actor, course: Course, start: datetime, apart: Collection[frozenset[int]]
) -> tuple[list[Waits], dict[str, int]]:
    """Everything that waits in the actor's care, in the order in which it is told, and what went well.

    What `apart` say only of each other is no figure.
    """
    queue = open_by_reason(actor, course.id).subquery()
    counted = {
        "situations": situations_counted(actor, course.id),
        "board_notes": held_counted(actor, course.id),
        "help": overdue_counted(actor, course),
        "nominations": waiting_counted(actor, course),
        "reports": reports_counted(actor, course.id),
        **_good(actor, course.id, start, apart),
    }
    parts = [select(cast(queue.c.reason, String).label("kind"), queue.c.many, queue.c.opened_at)]
    for kind, asked in counted.items():
        one = asked.subquery()
        parts.append(select(literal(kind).label("kind"), one.c.many, one.c.oldest))
    found = {kind: (count, oldest) for kind, count, oldest in db.session.execute(union_all(*parts)) if count}
    order = [*(reason.value for reason in Reason), *(kind for kind in counted if kind not in GOOD)]
    waits = [Waits(kind, *found[kind]) for kind in order if kind in found]
    return waits, {kind: found[kind][0] for kind in GOOD if kind in found}


def _good(
    actor: Actor, course_id: int, start: datetime, apart: Collection[frozenset[int]]
) -> dict[str, Select[Any]]:
    """What came since then from students in the actor's care; what is not visible is not told."""
    seen = and_(
        Comment.course_id == course_id,
        Comment.state == State.VISIBLE,
        in_care_of(actor, Comment.course_id, Comment.author_id),
    )
    great = select(*_many(Highlight.at)).join(Comment, Comment.id == Highlight.comment_id)
    thanks = select(*_many(Thanks.at)).join(Comment, Comment.id == Thanks.comment_id)
    heard = exists().where(Post.id == Comment.post_id, besides(apart))
    begun = (
        select(Comment.author_id, func.min(Comment.posted_at).label("at"))
        .where(seen)
        .group_by(Comment.author_id)
        .subquery()
    )
    helped = and_(HelpRequest.course_id == course_id, HelpRequest.answered_at >= start, in_care(actor))
    return {
        "great": great.where(seen, Highlight.at >= start, Highlight.withdrawn_at.is_(None)),
        "thanks": thanks.where(seen, heard, Thanks.at >= start),
        "acted": select(*_many(Comment.acted_at)).where(seen, heard, Comment.acted_at >= start),
        "helped": select(*_many(HelpRequest.answered_at)).where(helped),
        "first": select(*_many(begun.c.at)).where(begun.c.at >= start),
    }


def _many(moment: Any) -> tuple[Any, Any]:
    return func.count().label("many"), func.min(moment).label("oldest")


def worth_celebrating(
    actor: Actor, course: Course, start: datetime
) -> tuple[list[Worth], frozenset[frozenset[int]]]:
    """Lately thanked, acted on, or somebody's first; of students who were not celebrated so far, one each.

    By their random ids: nobody is first. And, in the same statement, which two are left out of every figure.
    """
    offered, said = _offered(actor, course, start).subquery(), asked_of(course.id).subquery()
    nothing = literal("")
    rows = db.session.execute(
        union_all(
            select(literal("offered"), offered),
            select(literal("said"), *said.c, nothing, nothing, nothing, nothing),
        )
    ).all()
    apart = left_out(entangled([Said(*map(int, row[1:6])) for row in rows if row[0] == "said"]))
    one_each: dict[int, Worth] = {}
    for row in sorted((row for row in rows if row[0] == "offered"), key=lambda row: str(row[6])):
        author_id, other_id, thanked, acted, first = row[1:6]
        if first or {author_id, other_id} not in apart:
            public_id, body, by, title = row[6:10]
            worth = Worth(public_id, body, by, title, bool(thanked), bool(acted), bool(first))
            one_each.setdefault(author_id, worth)
    return list(one_each.values())[:MOST], apart


def _offered(actor: Actor, course: Course, start: datetime) -> Select[Any]:
    """Five numbers (both people, thanked, acted on, first), and four texts."""
    before = aliased(Comment)
    thanked = exists().where(Thanks.comment_id == Comment.id, Thanks.at >= start)
    acted = func.coalesce(Comment.acted_at >= start, literal(False))
    earlier = and_(
        before.course_id == Comment.course_id,
        before.author_id == Comment.author_id,
        before.state == State.VISIBLE,
        before.posted_at < Comment.posted_at,
    )
    first = and_(Comment.posted_at >= start, ~exists().where(earlier))
    numbers = (
        case((one, 1), else_=0).label(name) for one, name in zip((thanked, acted, first), "taf", strict=True)
    )
    return (
        select(
            Comment.author_id, Post.author_id.label("other_id"), *numbers,
            Comment.public_id, Comment.body, Person.name, Post.title,
        )
        .join(Person, Person.id == Comment.author_id)
        .join(Post, Post.id == Comment.post_id)
        .where(
            Comment.course_id == course.id,
            Comment.state == State.VISIBLE,
            Comment.standing.in_(COUNTING),
            in_care_of(actor, Comment.course_id, Comment.author_id),
            Post.state == State.VISIBLE,
            or_(thanked, acted, first),
            ~_celebrated(course.id),
        )
        .order_by(Comment.public_id)
        .limit(MOST * 5)
    )  # fmt: skip


def _celebrated(course_id: int) -> ColumnElement[bool]:
    """Its writer has a great comment in the course already."""
    praised = aliased(Comment)
    return exists().where(
        Highlight.course_id == course_id,
        Highlight.withdrawn_at.is_(None),
        Highlight.comment_id == praised.id,
        praised.author_id == Comment.author_id,
    )
