"""Reads of many requests: whom one could help, one's own, study material, and what waits for long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from classroom.access import Actor
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.paging import SIZE, Page, number_within
from classroom.courses.models import Course
from classroom.courses.policy import in_care_of
from classroom.courses.queries import Member, members_of
from classroom.following.rules import Interests
from classroom.help_requests import rules
from classroom.help_requests.models import Audience, HelpAnswer, HelpKind, HelpRequest, Size
from classroom.help_requests.naming import is_coarse, shown_in
from classroom.help_requests.policy import in_care, is_material, shown_to_class
from classroom.help_requests.rules import HelpState
from classroom.help_requests.taste import is_followed, is_muted
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project
from classroom.projects.naming import Shown

NOTHING = Interests()
Order = tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]


@dataclass(frozen=True)
class Line:
    """One request in a list, as one reader sees it. `fits` are the reasons why it may suit them."""

    id: str
    title: str
    kind: HelpKind
    size: Size
    state: HelpState
    shown: State
    by: Shown
    project: str
    at: datetime | None
    coarse: bool
    answers: int
    mine: bool
    staff_only: bool
    fits: tuple[str, ...]


def could_help(
    actor: Actor,
    course: Course,
    kinds: Collection[HelpKind],
    number: int,
    interests: Interests = NOTHING,
) -> Page[Line]:
    """Open requests of others: small ones on top, then those that fit, those that nobody is on, the oldest.

    `kinds` are the kinds of help that the actor has shown they can give. What they follow fits, what they
    mute is left out.
    """
    known = HelpRequest.kind.in_(kinds) if kinds else false()
    fits = or_(_did_project(actor), known, is_followed(interests))
    taken = HelpRequest.taken_at > now() - rules.LEASE
    order = (
        case((taken, 1), else_=0),
        case((HelpRequest.size == Size.TWO_MINUTES, 0), else_=1),
        case((fits, 0), else_=1),
        *_oldest_first(),
    )
    others = HelpRequest.author_id != actor.person_id
    where = and_(_reachable(actor), _is_open(), others, ~is_muted(interests))
    return _page(actor, course, where, order, number, kinds, interests)


def own(actor: Actor, course: Course, number: int) -> Page[Line]:
    """What the actor asked, the newest first."""
    mine = and_(HelpRequest.author_id == actor.person_id, HelpRequest.state != State.DRAFT)
    return _page(actor, course, mine, (HelpRequest.id.desc(),), number)


def material(actor: Actor, course: Course, number: int) -> Page[Line]:
    """Answered, with the asker's consent, after the project. By random ids: nobody is first."""
    where = and_(_reachable(actor), is_material())
    return _page(actor, course, where, (HelpRequest.public_id,), number)


def waiting_long(actor: Actor, course: Course, number: int) -> Page[Line]:
    """For staff: what nobody has answered for longer than the course lets wait, the oldest first."""
    where = _overdue(actor, [course])
    return _page(actor, course, where, (_since(), HelpRequest.id), number)


def overdue_in(actor: Actor, courses: Sequence[Course]) -> list[tuple[int, int, datetime]]:
    """Course, how many wait too long, and since when: for the home of staff; one statement."""
    rows = db.session.execute(
        select(HelpRequest.course_id, func.count(), func.min(_since()))
        .where(_overdue(actor, courses))
        .group_by(HelpRequest.course_id)
    )
    return [(course_id, count, oldest) for course_id, count, oldest in rows]


def overdue_counted(actor: Actor, course: Course) -> Any:
    """The same of one course, to be asked together with other things that wait."""
    many, oldest = func.count().label("many"), func.min(_since()).label("oldest")
    return select(many, oldest).where(HelpRequest.course_id == course.id, _overdue(actor, [course]))


@dataclass(frozen=True)
class Asking:
    """What the author of a post asks, in a line beside it."""

    id: str
    title: str
    kind: HelpKind
    size: Size


def beside(actor: Actor, post_id: int) -> Select[Any]:
    """What is open on a post, for whoever may answer it and for its author: a part of the page's statement.

    Rows of (“ask”, of, place, code, words, more), as other parts have them.
    """
    asked: Any = select(
        literal("ask"),
        HelpRequest.id,
        case({one: at for at, one in enumerate(Size)}, value=HelpRequest.size),
        cast(HelpRequest.kind, String),
        HelpRequest.public_id,
        HelpRequest.trying,
    ).where(HelpRequest.post_id == post_id, _is_open(), _reachable(actor, besides_own=True))
    return asked  # type: ignore[no-any-return]


def asked_beside(rows: Sequence[Any]) -> list[Asking]:
    """That, small asks first and then the oldest."""
    rows = sorted(rows, key=lambda row: (row.place, row.of))
    return [
        Asking(row.words, rules.title_from(row.more), HelpKind(row.code), list(Size)[row.place])
        for row in rows
    ]


def _reachable(actor: Actor, *, besides_own: bool = False) -> ColumnElement[bool]:
    mine = HelpRequest.author_id == actor.person_id if besides_own else false()
    return or_(mine, shown_to_class(actor), in_care(actor))


def _is_open() -> ColumnElement[bool]:
    return and_(HelpRequest.state == State.VISIBLE, HelpRequest.answered_at.is_(None))


def _did_project(actor: Actor) -> ColumnElement[bool]:
    """The actor has posted in the project that it is about."""
    return exists().where(
        Post.project_id == HelpRequest.project_id,
        Post.author_id == actor.person_id,
        Post.state == State.VISIBLE,
    )


def _oldest_first() -> Order:
    """By day; by minute only where minutes are told."""
    blind = exists().where(Project.id == HelpRequest.project_id, Project.anonymity != Anonymity.NAMED)
    return (
        func.date(_since()),
        case((blind, None), else_=_since()),
        HelpRequest.public_id,
    )


def _since() -> ColumnElement[datetime]:
    """Since when it waits."""
    return func.coalesce(HelpRequest.reopened_at, HelpRequest.shown_at, HelpRequest.posted_at)


def _overdue(actor: Actor, courses: Sequence[Course]) -> ColumnElement[bool]:
    at = now()
    late = [
        and_(HelpRequest.course_id == one.id, _since() < at - timedelta(hours=one.help_hours))
        for one in courses
        if actor.teaches(one.id)
    ]
    answered = exists().where(
        HelpAnswer.request_id == HelpRequest.id,
        HelpAnswer.state == State.VISIBLE,
        HelpAnswer.author_id != HelpRequest.author_id,
        HelpAnswer.posted_at >= _since(),
    )
    tended = in_care_of(actor, HelpRequest.course_id, HelpRequest.author_id)
    return and_(_is_open(), or_(false(), *late), ~answered, tended)


def _page(
    actor: Actor,
    course: Course,
    where: ColumnElement[bool],
    order: Order,
    number: int,
    kinds: Collection[HelpKind] = (),
    interests: Interests = NOTHING,
) -> Page[Line]:
    here = and_(HelpRequest.course_id == course.id, where)
    total = db.session.scalar(select(func.count()).select_from(HelpRequest).where(here)) or 0
    number = number_within(number, total)
    answers = (
        select(func.count())
        .where(
            HelpAnswer.request_id == HelpRequest.id,
            HelpAnswer.state == State.VISIBLE,
            HelpAnswer.author_id != HelpRequest.author_id,
        )
        .correlate(HelpRequest)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(HelpRequest, answers, _did_project(actor), is_followed(interests))
        .where(here)
        .options(joinedload(HelpRequest.project))
        .order_by(*order)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    members = members_of(course.id, {row[0].author_id for row in rows}) if rows else {}
    lines = [
        _line(actor, row, members[row.author_id], many, fits=_fits(row, kinds, did=did, follows=follows))
        for row, many, did, follows in rows
    ]
    return Page(lines, number, total)


def _fits(row: HelpRequest, kinds: Collection[HelpKind], *, did: bool, follows: bool) -> tuple[str, ...]:
    reasons = {"follows": follows, "project": did, "kind": row.kind in kinds}
    return tuple(reason for reason, holds in reasons.items() if holds)


def _line(actor: Actor, row: HelpRequest, member: Member, answers: int, *, fits: tuple[str, ...]) -> Line:
    return Line(
        id=row.public_id,
        title=rules.title_of(row),
        kind=row.kind,
        size=row.size,
        state=rules.standing(row, now()),
        shown=row.state,
        by=shown_in(actor, row, member),
        project=row.project.title if row.project else "",
        at=row.reopened_at or row.shown_at or row.posted_at,
        coarse=is_coarse(actor, row),
        answers=answers,
        mine=row.author_id == actor.person_id,
        staff_only=row.audience is Audience.STAFF,
        fits=fits,
    )
