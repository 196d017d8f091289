"""Writes of the made-up class: the whole of it for the demo, a running project for an instructor to try."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.accounts.rules import email_key
from classroom.core.db import db
from classroom.core.events import forget_waiting
from classroom.core.i18n import _
from classroom.courses.models import Course, Membership
from classroom.sample.boards import ask_the_class
from classroom.sample.garden import NUMBER, follow_and_praise
from classroom.sample.help import help_one_another
from classroom.sample.lesson import take_lesson
from classroom.sample.people import Cast, address, draw_the_line, gather
from classroom.sample.plans import plan_revisions
from classroom.sample.practice import practise
from classroom.sample.projects import post_works, revise_works, set_up
from classroom.sample.questions import ask_without_a_name, tell_in_confidence
from classroom.sample.reading import Calendar, read
from classroom.sample.reasons import misunderstand, tell
from classroom.sample.talk import Talk
from classroom.sample.tending import remind_some, talk_with_one

INSTRUCTOR = "okafor"
WITH_TALK = (1, 2)
WITH_SAMPLES = (2,)
TENDED = (2,)
RUNNING = (2,)


def stage(
    calendar: Calendar,
    host: Person | None = None,
    numbers: Sequence[int] = (1, 2, 3),
    secret: Callable[[str], str] | None = None,
) -> Cast:
    """The class as it stands at the calendar's present; `host` takes the instructor's place."""
    cast = gather(calendar, INSTRUCTOR, host)
    draw_the_line(cast, INSTRUCTOR)
    ask_the_class(cast, INSTRUCTOR)
    take_lesson(cast)
    projects = {}
    ask_without_a_name(cast, INSTRUCTOR, demo=host is None)
    tell_in_confidence(cast, INSTRUCTOR)
    for number in numbers:
        project = projects[number] = set_up(cast, number, INSTRUCTOR)
        if secret:
            project.secret = secret(f"{number} {project.public_id}")
        post_works(cast, number, project)
        if number in TENDED and host is None:  # beside real people nobody is written to
            remind_some(cast, project, INSTRUCTOR)
        if number in WITH_SAMPLES:
            practise(cast, project, INSTRUCTOR)
        if number in WITH_TALK:
            talk = Talk(cast, number, project, INSTRUCTOR)
            talk.hold_it()
            plan_revisions(cast, number, project, INSTRUCTOR)
            revise_works(cast, number, project)
            talk.answer_it()
    if NUMBER in projects:
        follow_and_praise(cast, projects[NUMBER], INSTRUCTOR)
    help_one_another(cast, projects)
    if 1 in projects:
        misunderstand(cast)
    tell(cast)
    if host is None:
        talk_with_one(cast, INSTRUCTOR)
    return cast


def begin_sample(host: Person, present: datetime) -> Course:
    """A course of one's own to try everything in; the one that is there already, if there is one.

    Nobody in it is real, and nobody is told anything by mail.
    """
    found = _sample_of(host)
    if found is not None:
        return found
    cast = stage(Calendar(present, ZoneInfo(host.zone or "Europe/Berlin")), host, RUNNING)
    cast.course.title = _("A made-up class: %(title)s", title=cast.course.title)
    forget_waiting()
    return cast.course


def _sample_of(host: Person) -> Course | None:
    someone = email_key(address(read("people")["students"][0]["email"], host))
    return db.session.scalar(
        select(Course)
        .join(Membership, Membership.course_id == Course.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.email_key == someone, Course.archived_at.is_(None))
        .limit(1)
    )
