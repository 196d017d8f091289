"""What staff tell a course, or those of its students whom they chose: told once, and kept to be read."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.paging import SIZE, Page, number_within
from classroom.courses.models import Course
from classroom.notices.commands import tell
from classroom.notices.models import Announcement, NoticeKind
from classroom.notices.policy import SAID, visible_to


def announcement_for(actor: Actor, announcement_id: str) -> Announcement | None:
    return db.session.scalar(
        select(Announcement)
        .where(Announcement.public_id == announcement_id, visible_to(actor))
        .options(joinedload(Announcement.course), joinedload(Announcement.by))
    )


def announcements_in(actor: Actor, course: Course, number: int) -> Page[Announcement]:
    """The newest first."""
    here = and_(Announcement.course_id == course.id, visible_to(actor))
    total = db.session.scalar(select(func.count()).select_from(Announcement).where(here)) or 0
    number = number_within(number, total)
    rows: Sequence[Announcement] = db.session.scalars(
        select(Announcement)
        .where(here)
        .options(joinedload(Announcement.by))
        .order_by(Announcement.at.desc(), Announcement.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return Page(rows, number, total)


def announce_to(
    course: Course, by_id: int, people: Collection[int], *, title: str, body: str, to_all: bool, once: str
) -> Announcement:
    """Tell them; `once` makes a second press of the same words to the same people nothing."""
    there = db.session.scalar(
        select(Announcement).where(Announcement.by_id == by_id, Announcement.once == once)
    )
    if there is not None:
        return there
    made = Announcement(course_id=course.id, by_id=by_id, title=title, body=body, to_all=to_all, once=once)
    db.session.add(made)
    db.session.flush()
    tell(
        course.id,
        people,
        NoticeKind.ANNOUNCED,
        f"{SAID}{made.public_id}",
        announcement=made.public_id,
        title=title,
        text=body,
    )
    return made
