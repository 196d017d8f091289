"""The frame of a course's pages: its title, its zone, and where one can go."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, select

from classroom.access import Actor, Role
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.moderation.models import Case


@dataclass(frozen=True)
class CourseFrame:
    """What `web.templating` shows around a page of the course; links are (label, endpoint, count)."""

    title: str
    public_id: str
    role: Role
    zone: str
    links: tuple[tuple[str, str, int | None], ...]


def course_frame(actor: Actor, course_id: int) -> CourseFrame | None:
    """One statement: the course, and for staff how much waits for them."""
    waiting: ColumnElement[int] = (
        select(func.count()).where(Case.course_id == course_id, Case.closed_at.is_(None)).scalar_subquery()
        if actor.teaches(course_id)
        else literal(0)
    )
    row = db.session.execute(
        select(Course.title, Course.public_id, Course.zone, waiting.label("waiting")).where(
            Course.id == course_id
        )
    ).one_or_none()
    role = actor.role_in(course_id)
    if row is None or role is None:
        return None
    return CourseFrame(row.title, row.public_id, role, row.zone, _links(role, row.waiting))


def _links(role: Role, waiting: int) -> tuple[tuple[str, str, int | None], ...]:
    staff = role in {Role.INSTRUCTOR, Role.ASSISTANT}
    links: list[tuple[str, str, int | None]] = [(_("Projects"), "projects.listing", None)]
    if staff:
        links.append((_("Queue"), "moderation.queue", waiting))
    links.append((_("Guidelines"), "guidelines.show", None))
    links.append((_("Great comments"), "celebrations.wall", None))
    if staff:
        links.append((_("People"), "courses.people", None))
    return tuple(links)
