"""Reminders: the day before one's own date, to those who still owe something and can do it; once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.comments.duties import Duty
from classroom.comments.queries_duties import NOT_POSTED, duty_of
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.notices.commands import tell
from classroom.notices.models import Notice, NoticeKind
from classroom.notices.rules import reminder_at
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState
from classroom.projects.rules import Phase, due, is_open

KINDS = {NoticeKind.POST_SOON: Phase.POST, NoticeKind.COMMENT_SOON: Phase.COMMENT}
AHEAD = timedelta(days=2)  # no reminder comes earlier before its date


@dataclass(frozen=True)
class Student:
    """One student in one project, with what is theirs."""

    project: Project
    course: Course
    person_id: int
    zone: str | None
    extension: Extension | None
    own: State | None


@dataclass(frozen=True)
class Reminder:
    """What one student is to be reminded of. The key outlives a date that moves: it is told once."""

    course_id: int
    person_id: int
    kind: NoticeKind
    key: str
    details: dict[str, Any]


def due_reminders(at: datetime) -> list[Reminder]:
    """Who is to be reminded now; reads only. Asking again later finds those who were missed."""
    soon = [
        column.between(at, at + AHEAD)
        for table in (Project, Extension)
        for column in (table.post_by, table.comment_by)
    ]
    rows = db.session.execute(_students().where(Project.state == ProjectState.PUBLISHED, or_(*soon))).all()
    return list(_reminders([Student(*row) for row in rows], at))


def _reminders(students: Sequence[Student], at: datetime) -> Iterator[Reminder]:
    for one in students:
        for kind, phase in KINDS.items():
            date = due(one.project, phase, one.extension)
            key = f"{kind.value}:{one.project.id}"
            if date is None or not _is_time(one, date, at) or _told(one, key):
                continue
            left = _left(one, kind, at)
            if left:
                details = _details(one, phase, date, left)
                yield Reminder(one.project.course_id, one.person_id, kind, key, details)


def _is_time(one: Student, date: datetime, at: datetime) -> bool:
    """From the afternoon before; whoever heard of the project only after that needs no second letter."""
    moment = reminder_at(date, ZoneInfo(one.zone or one.course.zone))
    heard = max(filter(None, (one.project.published_at, one.project.opens_at)), default=moment)
    return heard <= moment <= at < date


def _told(one: Student, key: str) -> bool:
    told = exists().where(Notice.person_id == one.person_id, Notice.key == key)
    return bool(db.session.scalar(select(told)))


def _left(one: Student, kind: NoticeKind, at: datetime) -> int:
    """How much of it is owed and can be done now; 0: nothing to remind of."""
    date = due(one.project, KINDS[kind], one.extension)
    if date is None or date <= at or not is_open(one.project, at):
        return 0
    if kind is NoticeKind.POST_SOON:
        return int(one.own in NOT_POSTED)
    duty = duty_of(one.person_id, one.project, one.extension, one.own)
    return max(0, duty.wanted - duty.done) if _has_a_way(duty) else 0


def _has_a_way(duty: Duty) -> bool:
    """A post to comment on, or a comment of one's own that a second hand would make count."""
    mended = duty.came_back is not None or duty.to_improve is not None
    return duty.next_post is not None or (duty.waiting_reason == "more_posts" and mended)


def _details(one: Student, phase: Phase, date: datetime, left: int) -> dict[str, Any]:
    return {
        "project": one.project.public_id,
        "project_title": one.project.title,
        "due": date.isoformat(),
        "zone": one.course.zone,
        "left": left,
        "own_date": date != due(one.project, phase),
    }


def _students() -> Any:
    mine = and_(Extension.project_id == Project.id, Extension.person_id == Membership.person_id)
    return (
        select(Project, Course, Membership.person_id, Person.zone, Extension, Post.state)
        .select_from(Project)
        .join(Course, and_(Course.id == Project.course_id, Course.archived_at.is_(None)))
        .join(Membership, Membership.course_id == Project.course_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Extension, mine)
        .outerjoin(Post, and_(Post.project_id == Project.id, Post.author_id == Membership.person_id))
        .where(Membership.role == Role.STUDENT, Membership.left_at.is_(None), Person.disabled_at.is_(None))
        .order_by(Project.id, Membership.person_id)
    )


def students_who(person_id: int, *wanted: ColumnElement[bool]) -> list[Student]:
    """One person in all those of their projects."""
    rows = db.session.execute(_students().where(Membership.person_id == person_id, *wanted)).all()
    return [Student(*row) for row in rows]


def remind(found: Sequence[Reminder]) -> None:
    """Tell them, each with their own date and what is theirs to do."""
    for one in found:
        tell(one.course_id, [one.person_id], one.kind, one.key, **one.details)


def still_wanted(notice: Notice, at: datetime) -> bool:
    """A reminder that waited for the mail server is not sent to someone who is done meanwhile."""
    if notice.kind not in KINDS and notice.kind is not NoticeKind.REMINDED:
        return True
    found = students_who(notice.person_id, Project.public_id == notice.details["project"])
    if notice.kind in KINDS:
        return any(_left(one, notice.kind, at) > 0 for one in found)
    return any(_owes(one, notice.details) for one in found)


def _owes(one: Student, told: Mapping[str, Any]) -> bool:
    """Is something of what they were reminded of still open?"""
    if told["owes_post"] and one.own in NOT_POSTED:
        return True
    return (
        bool(told["owes_comments"])
        and not duty_of(one.person_id, one.project, one.extension, one.own).is_done
    )
