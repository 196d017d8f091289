"""Reads of notices: one person's, and what a letter needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.mail import is_made_up
from classroom.core.paging import SIZE, Page
from classroom.courses.models import Course, Membership
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.notices.models import Group, MailChoice, Notice, NoticeKind, Way
from classroom.notices.muting import is_heard
from classroom.notices.rules import DEFAULT, GROUP_OF
from classroom.posts.models import Post, Revision
from classroom.posts.policy import NOT_POSTED
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState


class Show(StrEnum):
    """Which of the news are meant; `MUTED` are those that otherwise are left out."""

    ALL = ""
    NEW = "new"
    MUTED = "muted"


def unseen_of(person_id: int, limit: int = 20) -> Sequence[Notice]:
    """What someone has not seen yet, the newest first."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.seen_at.is_(None), is_heard())
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(limit)
    ).all()


@cache
def unseen_by(person_id: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """How many news a person has not seen, within a statement that reads the person anyway."""
    asked = select(func.count()).where(Notice.person_id == person_id, Notice.seen_at.is_(None), is_heard())
    return asked.correlate(person_id.class_).scalar_subquery()


def page_of(actor: Actor, number: int, show: Show = Show.ALL) -> Page[Notice]:
    """What someone was told in the courses they are in, the newest first; without what they muted."""
    mine = and_(
        Notice.person_id == actor.person_id,
        Notice.course_id.in_(actor.courses()),
        {Show.ALL: is_heard(), Show.NEW: is_heard() & Notice.seen_at.is_(None), Show.MUTED: ~is_heard()}[
            show
        ],
    )
    total = db.session.scalar(select(func.count()).where(mine)) or 0
    rows = db.session.scalars(
        select(Notice)
        .where(mine)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return Page(rows, number, total)


@dataclass(frozen=True)
class Addressee:
    """Someone to be told, how they want to hear of it, and where their morning is."""

    person_id: int
    way: Way
    zone: ZoneInfo


def addressees(course_id: int, people: Collection[int], kind: NoticeKind) -> list[Addressee]:
    """Those people with what they chose for this kind; made-up ones get no mail. One statement."""
    group = GROUP_OF[kind]
    rows = db.session.execute(
        select(Person.id, Person.zone, Person.email, MailChoice.way, Course.zone.label("course_zone"))
        .select_from(Person)
        .join(Course, Course.id == course_id)
        .outerjoin(MailChoice, and_(MailChoice.person_id == Person.id, MailChoice.about == group))
        .where(Person.id.in_(people))
        .order_by(Person.id)
    )
    usual = DEFAULT[group] if group else Way.HERE
    return [
        Addressee(
            row.id,
            Way.HERE if is_made_up(row.email) else row.way or usual,
            ZoneInfo(row.zone or row.course_zone),
        )
        for row in rows
    ]


def ways_of(person_id: int) -> dict[Group, Way]:
    """How someone hears of every group."""
    chosen = db.session.execute(
        select(MailChoice.about, MailChoice.way).where(MailChoice.person_id == person_id)
    )
    return {**DEFAULT, **{row.about: row.way for row in chosen}}


def address_of(person_id: int) -> str:
    return db.session.get_one(Person, person_id).email


def person_by_public_id(public_id: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.public_id == public_id))


@dataclass(frozen=True)
class MailState:
    """How the mail stands: letters that wait for their first try, are tried again, or were given up."""

    waiting: int
    for_morning: int
    retrying: int
    dead: int
    oldest_seconds: int


def mail_state() -> MailState:
    """One statement over what waits; `for_morning`: news that wait for a daily letter."""
    at = now()
    rows = Notice.try_at.is_not(None)
    fresh = and_(rows, Notice.attempts == 0)
    later = and_(fresh, Notice.try_at > at)
    row = db.session.execute(
        select(
            _count(and_(fresh, Notice.try_at <= at)),
            _count(later),
            _count(and_(rows, Notice.attempts > 0)),
            _count(Notice.failed_at.is_not(None)),
        ).where(or_(rows, Notice.failed_at.is_not(None)))
    ).one()
    waiting, for_morning, retrying, dead = (n or 0 for n in row)
    return MailState(waiting, for_morning, retrying, dead, oldest_waiting_seconds())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def oldest_waiting_seconds() -> int:
    """How long the oldest letter waits that should be with someone by now; 0 when none does."""
    at = now()
    due = or_(Notice.try_at <= at, ~Notice.in_digest & (Notice.attempts > 0))
    late = case((Notice.attempts > 0, Notice.created_at), else_=Notice.try_at)
    since = case((Notice.in_digest, Notice.try_at), else_=late)
    oldest = db.session.scalar(
        select(func.min(since)).where(
            Notice.try_at.is_not(None), or_(Notice.try_at <= at, ~Notice.in_digest & (Notice.attempts > 0))
        )
    )
    return max(0, int((at - oldest).total_seconds())) if oldest else 0


def dead_addresses(limit: int = 50) -> Sequence[str]:
    """The addresses to which letters were given up."""
    return db.session.scalars(
        select(Person.email).where(Person.mail_failed_at.is_not(None)).order_by(Person.email).limit(limit)
    ).all()


def students_of(course_id: int) -> Sequence[int]:
    return members_in(course_id, Role.STUDENT)


def members_in(course_id: int, role: Role) -> Sequence[int]:
    """Who has this role in the course now."""
    return db.session.scalars(
        select(Membership.person_id).where(
            Membership.course_id == course_id, Membership.role == role, Membership.left_at.is_(None)
        )
    ).all()


def comment_with_post(comment_id: int) -> Comment:
    """A comment with its post and project."""
    return db.session.scalars(
        select(Comment)
        .where(Comment.id == comment_id)
        .options(joinedload(Comment.post).joinedload(Post.project))
    ).one()


def helpers_of(request_id: int) -> Sequence[int]:
    """Those who answered a request, other than its asker."""
    return db.session.scalars(
        select(HelpAnswer.author_id)
        .join(HelpRequest, HelpRequest.id == HelpAnswer.request_id)
        .where(
            HelpAnswer.request_id == request_id,
            HelpAnswer.state == State.VISIBLE,
            HelpAnswer.author_id != HelpRequest.author_id,
        )
        .distinct()
    ).all()


def post_with_project(post_id: int) -> Post:
    return db.session.scalars(select(Post).where(Post.id == post_id).options(joinedload(Post.project))).one()


def readers_in(project_id: int, people: Collection[int]) -> set[int]:
    """Those of these people who may read classmates' posts there now: they have posted, or need not."""
    posted = exists().where(
        Post.project_id == project_id,
        Post.author_id == Membership.person_id,
        Post.state.not_in(NOT_POSTED),
    )
    rows = db.session.scalars(
        select(Membership.person_id)
        .join(Project, and_(Project.id == project_id, Project.course_id == Membership.course_id))
        .where(Membership.person_id.in_(people), or_(Membership.role != Role.STUDENT, posted))
    )
    return set(rows)


def told_under(course_id: int, key: str) -> Sequence[int]:
    """Everyone in the course who was told this."""
    return db.session.scalars(
        select(Notice.person_id).where(Notice.course_id == course_id, Notice.key == key)
    ).all()


def digest_of(post_id: int, revision: int) -> str | None:
    """The fingerprint of what was posted."""
    return db.session.scalar(
        select(Revision.digest).where(Revision.post_id == post_id, Revision.number == revision)
    )


def extension_of(project_id: int, person_id: int) -> tuple[Extension, Project, str]:
    """Someone's own dates, with their project and the zone they are in."""
    row = db.session.execute(
        select(Extension, Project, Course.zone)
        .join(Project, Project.id == Extension.project_id)
        .join(Course, Course.id == Extension.course_id)
        .where(Extension.project_id == project_id, Extension.person_id == person_id)
    ).one()
    return row[0], row[1], row[2]


def opened_between(since: datetime, at: datetime) -> Sequence[Project]:
    """Published projects whose opening has come meanwhile."""
    return db.session.scalars(
        select(Project)
        .where(Project.state == ProjectState.PUBLISHED, Project.opens_at > since, Project.opens_at <= at)
        .order_by(Project.id)
    ).all()


def project(project_id: int) -> Project:
    return db.session.get_one(Project, project_id)
