"""The frame of a course's pages: its title, its zone, and where one can go."""

from dataclasses import dataclass

from sqlalchemy import func, select

from classroom.access import Actor, Role
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.guidelines.models import Situation, SituationState
from classroom.moderation.models import Case


@dataclass(frozen=True)
class CourseFrame:
    """What `web.templating` shows around a page of the course; links are (label, endpoint, count)."""

    title: str
    public_id: str
    role: Role
    zone: str
    links: tuple[tuple[str, str, int | None], ...]
    over: bool


def course_frame(actor: Actor, course_id: int) -> CourseFrame | None:
    """No statement where the page has read its course; one more for staff: how much waits for them."""
    course, role = db.session.get(Course, course_id), actor.role_in(course_id)
    if course is None or role is None:
        return None
    waiting = _waiting(course_id) if actor.teaches(course_id) else 0
    links, over = _links(role, waiting), course.archived_at is not None
    return CourseFrame(course.title, course.public_id, role, course.zone, links, over)


def _waiting(course_id: int) -> int:
    cases = select(func.count()).where(Case.course_id == course_id, Case.closed_at.is_(None))
    waits = Situation.state == SituationState.WAITING
    questions = select(func.count()).where(Situation.course_id == course_id, waits)
    return db.session.scalar(select(cases.scalar_subquery() + questions.scalar_subquery())) or 0


def _links(role: Role, waiting: int) -> tuple[tuple[str, str, int | None], ...]:
    staff = role in {Role.INSTRUCTOR, Role.ASSISTANT}
    links: list[tuple[str, str, int | None]] = [(_("Projects"), "projects.listing", None)]
    if staff:
        links.insert(0, (_("Today"), "today.show", None))
        links.append((_("Queue"), "moderation.queue", waiting))
    links.append((_("Help requests"), "help_requests.listing", None))
    links.append((_("Guidelines"), "guidelines.show", None))
    links.append((_("Lesson"), "lessons.show", None))
    links.append((_("Boards"), "boards.listing", None))
    links.append((_("Great comments"), "celebrations.wall", None))
    if role is Role.STUDENT:
        links.append((_("My comments"), "portfolio.mine", None))
    if staff:
        links.append((_("People"), "courses.people", None))
    return tuple(links)
