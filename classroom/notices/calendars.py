"""A private calendar of one's own dates, at an address that nobody guesses and that can be made anew."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, select

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.core import links, signed
from classroom.core.calendar_text import Event, calendar
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.i18n import _, in_full
from classroom.core.ids import public_id
from classroom.courses.models import Course
from classroom.courses.queries import seats_of
from classroom.notices.models import CalendarFeed
from classroom.projects.models import Extension, Project, ProjectState
from classroom.projects.policy import visible_to
from classroom.projects.rules import Phase, due

PURPOSE = "calendar"
LENGTH = 16


def feed_of(person_id: int) -> CalendarFeed | None:
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person_id))


def make_anew(person_id: int) -> None:
    """From now on the calendar stands at another address, and at the one before nothing."""
    there = feed_of(person_id)
    if there is None:
        db.session.add(CalendarFeed(person_id=person_id, nonce=public_id(LENGTH)))
    else:
        there.nonce, there.at = public_id(LENGTH), now()
    db.session.flush()


def end(person_id: int) -> None:
    """No calendar any more."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))


def address_of(feed: CalendarFeed) -> str:
    """Random and signed: what lies in the database, or in a backup, is not enough to make it."""
    return links.absolute(f"/calendar/{signed.sign(PURPOSE, feed.nonce)}.ics")


def owner_of(token: str) -> Person | None:
    """Whose calendar stands at that address; None for one that was made anew, and for a closed account."""
    values = signed.unsign(PURPOSE, token)
    if not values:
        return None
    return db.session.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.nonce == values[0], Person.disabled_at.is_(None))
    )


def file_for(person: Person) -> str:
    """The dates of every project that the person sees, with their own where they were given more time."""
    actor = Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))
    return calendar(_("Classroom"), _events(actor), now(), links.host())


def _events(actor: Actor) -> Iterator[Event]:
    mine = and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id)
    rows = db.session.execute(
        select(Project, Course, Extension)
        .join(Course, and_(Course.id == Project.course_id, Course.archived_at.is_(None)))
        .outerjoin(Extension, mine)
        .where(visible_to(actor), Project.state == ProjectState.PUBLISHED)
        .order_by(Project.id)
    )
    names = {Phase.POST: _("Post"), Phase.COMMENT: _("Comment"), Phase.REVISE: _("Revise")}
    for project, course, extension in rows:
        for phase, name in names.items():
            date = due(project, phase, extension)
            if date is None:
                continue
            own = [_("Your own date.")] if date != due(project, phase) else []
            said = _("%(what)s by %(due)s", what=name, due=in_full(date, ZoneInfo(course.zone)))
            yield Event(
                key=f"{project.public_id}-{phase.value}",
                at=date,
                title=_("%(what)s: %(project)s", what=name, project=project.title),
                text="\n".join([course.title, f"{said}.", *own]),
                url=links.absolute(f"/projects/{project.public_id}"),
            )
