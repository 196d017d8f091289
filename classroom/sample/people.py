"""The people of the made-up class, their course, and the guidelines that they agreed to."""

from dataclasses import dataclass, field
from datetime import timedelta

from classroom.access import Role
from classroom.accounts.commands import create_person
from classroom.accounts.models import Person
from classroom.accounts.queries import person_by_email
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.commands import create_course, enrol
from classroom.courses.models import Course, Section
from classroom.guidelines import commands as guidelines
from classroom.guidelines.models import GuidelineVersion, Ruling
from classroom.guidelines.rules import scenarios_for
from classroom.posts.models import Post
from classroom.sample.reading import Calendar, read


@dataclass
class Cast:
    """Who is in the class, by the keys of its files; posts by project number and author."""

    course: Course
    calendar: Calendar
    people: dict[str, Person] = field(default_factory=dict)
    students: list[str] = field(default_factory=list)
    posts: dict[tuple[int, str], Post] = field(default_factory=dict)

    def id_of(self, key: str) -> int:
        return self.people[key].id


def gather(calendar: Calendar, lead: str, host: Person | None = None) -> Cast:
    """The course with its sections, staff and students; `host` is there in place of the `lead`."""
    told = read("people")
    with clock.at(calendar.moment(-40, "09:10")):
        staff = {
            one["key"]: host if host and one["key"] == lead else _person(one, host) for one in told["staff"]
        }
        staff[lead].may_teach = True
        about = told["course"]
        course = create_course(about["title"], staff[lead], zone=about["time_zone"], term=about["term"])
        sections = _sections(course, about["sections"])
        for one in told["staff"]:
            if one["role"] != "instructor":
                enrol(course, staff[one["key"]], Role(one["role"]))
    cast = Cast(course, calendar, dict(staff))
    with clock.at(calendar.moment(-38, "10:00")):
        for one in told["students"]:
            person = _person(one, host)
            enrol(course, person, Role.STUDENT, section_id=sections[one["section"]].id)
            cast.people[one["key"]] = person
            cast.students.append(one["key"])
    return cast


def address(email: str, host: Person | None) -> str:
    """For the demo as it stands; beside real people one that no mail can reach (RFC 2606)."""
    return f"{email.partition('@')[0]}@{host.public_id}.sample.invalid" if host else email


def _person(one: dict[str, str], host: Person | None) -> Person:
    email = address(one["email"], host)
    known = person_by_email(email) if host else None
    if known is not None:
        return known
    person = create_person(one["name"], email, called=one.get("called"), pronouns=one.get("pronouns"))
    person.zone, person.confirmed_at = "Europe/Berlin", clock.now()
    return person


def _sections(course: Course, names: list[str]) -> dict[str, Section]:
    made = {name: Section(course_id=course.id, name=name) for name in names}
    db.session.add_all(made.values())
    db.session.flush()
    return made


def draw_the_line(cast: Cast, instructor: str) -> None:
    """Guidelines in two versions; everyone but one student has agreed."""
    calendar, by_id = cast.calendar, cast.id_of(instructor)
    with clock.at(calendar.moment(-36, "18:20")):
        draft = guidelines.begin_draft(cast.course, from_starter=True)
        guidelines.publish(draft, by_id, major=True)
    for number, key in enumerate(cast.students[:-1]):
        with clock.at(calendar.moment(-35, "08:00") + timedelta(minutes=47 * number)):
            guidelines.acknowledge(draft, cast.id_of(key), _thought(draft, cast.id_of(key), number))
    with clock.at(calendar.moment(-20, "21:15")):
        second = guidelines.begin_draft(cast.course)
        guidelines.add_example(
            cast.course.id,
            version=second,
            situation="read your own page aloud to a friend on the phone before you post it",
            ruling=Ruling.ENCOURAGED,
            why="You hear what you would not see. Tell us in one line what you changed.",
            clause_number=1,
        )
        guidelines.publish(second, by_id, major=False, note="One more example: reading aloud to a friend.")


def _thought(version: GuidelineVersion, person_id: int, number: int) -> dict[str, str]:
    """What somebody answered to their three situations; every third looks at what only seems cheating so."""
    strict = {Ruling.FINE: Ruling.CHEATING, Ruling.ASK_FIRST: Ruling.CHEATING}
    return {
        one.public_id: (strict.get(one.ruling, one.ruling) if number % 3 == 0 else one.ruling).value
        for one in scenarios_for(version.examples, person_id)
    }
