"""What a letter of several news tells beside them; read when it is sent, so that it is so then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom.access import Actor
from classroom.celebrations.queries_week import great_between, said_in
from classroom.comments.queries_duties import NOT_POSTED, duties_for
from classroom.core import links
from classroom.core.i18n import _, in_full
from classroom.core.mail_page import Entry
from classroom.courses.models import Course
from classroom.courses.queries import seats_of
from classroom.following.queries import interests_of
from classroom.following.rules import Interests
from classroom.help_requests.queries_lists import could_help
from classroom.notices.letters import Beside
from classroom.notices.models import Notice
from classroom.notices.reminders import students_who
from classroom.projects.models import Project, ProjectState
from classroom.projects.rules import Phase, due, is_closed, is_open

WEEK = timedelta(days=7)
MOST = 4  # things to do that a letter names
SHORT = 240  # letters of a comment


def beside_news(news: Sequence[Notice], at: datetime) -> Beside:
    """For the person of these news. Who wants to hear only what they owe hears only that."""
    person = news[0].person
    actor = Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))
    course, zone = news[0].course, ZoneInfo(person.zone or news[0].course.zone)
    owed = _owed(actor, at)[:MOST]
    interests = interests_of(actor, course.id)
    if interests.only_owed:
        return Beside(owed)
    monday = at.astimezone(zone).weekday() == 0
    return Beside(owed, _great(actor, course, at) if monday else None, _request(actor, course, interests))


def _owed(actor: Actor, at: datetime) -> list[Entry]:
    """What they can do now, with their own dates."""
    entries, zones = [], {}
    for one in students_who(actor.person_id, Project.state == ProjectState.PUBLISHED):
        project, zone = one.project, ZoneInfo(one.course.zone)
        zones[project.id] = zone
        if one.own not in NOT_POSTED or not is_open(project, at):
            continue
        if not is_closed(project, Phase.POST, at, one.extension):
            date = due(project, Phase.POST, one.extension)
            title = _("Your post in “%(project)s”", project=project.title)
            entries.append(_to_do(title, f"/projects/{project.public_id}/post", date, zone))
    for duty in duties_for(actor):
        if duty.next_post is not None and not duty.is_done and duty.project.id in zones:
            title = _(
                "%(done)s of %(wanted)s comments in “%(project)s”",
                done=duty.shown,
                wanted=duty.wanted,
                project=duty.project.title,
            )
            path = f"/projects/{duty.project.public_id}/next"
            entries.append(_to_do(title, path, duty.due, zones[duty.project.id]))
    return entries


def _to_do(title: str, path: str, date: datetime | None, zone: ZoneInfo) -> Entry:
    line = _("By %(due)s", due=in_full(date, zone)) if date else ""
    return Entry(title, line, links.absolute(path))


def _great(actor: Actor, course: Course, at: datetime) -> Entry | None:
    """The first of those that the page of the week would show, and not one's own."""
    chosen = great_between(actor, course, at - WEEK, at, without=actor.person_id)
    row = said_in(chosen[0]) if chosen else None
    if row is None:
        return None
    body, why = row
    said = body if len(body) <= SHORT else f"{body[:SHORT].rsplit(' ', 1)[0]} …"
    return Entry(f"“{said}”", why, links.absolute(f"/courses/{course.public_id}/great-comments/week"))


def _request(actor: Actor, course: Course, interests: Interests) -> Entry | None:
    """The one that would stand first on the page for helpers."""
    rows = could_help(actor, course, (), 1, interests).rows
    return Entry(rows[0].title, "", links.absolute(f"/help-requests/{rows[0].id}")) if rows else None
