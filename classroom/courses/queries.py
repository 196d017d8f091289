"""Reads of courses and who is in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from classroom.access import Actor, Role, Seat
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import AssistantSection, Course, Membership, Section


@dataclass(frozen=True)
class Member:
    """A member as lists and naming need them; `number` is what pseudonyms rest on."""

    person_id: int
    public_id: str
    name: str
    called: str | None
    pronouns: str | None
    number: int
    role: Role
    section_id: int | None
    left: bool


def member_in(row: Any) -> Member:
    """The member in a row of columns named as `Member` has them (`left_at` for `left`), without pronouns."""
    return Member(
        person_id=row.person_id,
        public_id=row.public_id,
        name=row.name,
        called=row.called,
        pronouns=None,
        number=row.number,
        role=row.role,
        section_id=row.section_id,
        left=row.left_at is not None,
    )


def seats_of(person_id: int) -> dict[int, Seat]:
    """The person's living memberships as seats, by course id; one statement."""
    rows = db.session.execute(
        select(
            Membership.id,
            Membership.course_id,
            Membership.number,
            Membership.role,
            Membership.section_id,
            Course.archived_at,
            AssistantSection.section_id.label("tended"),
        )
        .join(Course, Course.id == Membership.course_id)
        .outerjoin(AssistantSection, AssistantSection.membership_id == Membership.id)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .order_by(Membership.course_id)
    ).all()
    tended: dict[int, set[int]] = {}
    for row in rows:
        if row.tended is not None and row.role is Role.ASSISTANT:
            tended.setdefault(row.id, set()).add(row.tended)
    return {
        row.course_id: Seat(
            course_id=row.course_id,
            membership_id=row.id,
            number=row.number,
            role=row.role,
            sections=frozenset(tended[row.id]) if row.id in tended else None,
            section_id=row.section_id,
            over=row.archived_at is not None,
        )
        for row in rows
    }


def seats_ever_of(person_id: int) -> dict[int, Seat]:
    """The living seats, and those that were left as a classmate's: what one's own data rests on."""
    left = db.session.execute(
        select(Membership.course_id, Membership.id, Membership.number, Membership.section_id).where(
            Membership.person_id == person_id, Membership.left_at.is_not(None)
        )
    )
    gone = {
        row.course_id: Seat(row.course_id, row.id, row.number, Role.STUDENT, section_id=row.section_id)
        for row in left
    }
    return gone | seats_of(person_id)


def course_for(actor: Actor, course_id: str) -> Course | None:
    """The course with that public id, if the actor is in it."""
    return db.session.scalar(
        select(Course).where(Course.public_id == course_id, Course.id.in_(actor.courses()))
    )


def course_called(public_id: str) -> Course | None:
    """The course with that public id, for whoever runs the installation."""
    return db.session.scalar(select(Course).where(Course.public_id == public_id))


def course_by_code(code: str) -> Course | None:
    """The course that a join code leads to, while it lets people in."""
    return db.session.scalar(
        select(Course).where(
            Course.join_code == code, Course.join_open.is_(True), Course.archived_at.is_(None)
        )
    )


def seat_of(course_id: int, person_id: int) -> Membership | None:
    """Someone's membership, also if they left."""
    return db.session.scalar(
        select(Membership).where(Membership.course_id == course_id, Membership.person_id == person_id)
    )


def instructors_of(course_id: int) -> Sequence[str]:
    """By name, the longest there first."""
    return db.session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.course_id == course_id,
            Membership.role == Role.INSTRUCTOR,
            Membership.left_at.is_(None),
        )
        .order_by(Membership.number)
    ).all()


def course_numbered(course_id: int) -> Course:
    """The course of a row that the actor has already been given."""
    return db.session.get_one(Course, course_id)


def section_for(actor: Actor, section_id: str) -> Section | None:
    """The section with that public id, if the actor is in its course."""
    return db.session.scalar(
        select(Section).where(Section.public_id == section_id, Section.course_id.in_(actor.courses()))
    )


def section_sizes(course_id: int) -> dict[int, int]:
    """How many people are in each section now, by section id."""
    rows = db.session.execute(
        select(Membership.section_id, func.count())
        .where(
            Membership.course_id == course_id,
            Membership.left_at.is_(None),
            Membership.section_id.is_not(None),
        )
        .group_by(Membership.section_id)
    )
    return {section_id: count for section_id, count in rows if section_id is not None}


def members_of(course_id: int, person_ids: Collection[int] | None = None) -> dict[int, Member]:
    """Members (those who left too: their work stays) by person id; all, or the ones asked for."""
    asked = select(Membership, Person).join(Person, Person.id == Membership.person_id)
    asked = asked.where(Membership.course_id == course_id)
    if person_ids is not None:
        asked = asked.where(Membership.person_id.in_(person_ids))
    return {
        person.id: Member(
            person_id=person.id,
            public_id=seat.public_id,
            name=person.name,
            called=person.called,
            pronouns=person.pronouns,
            number=seat.number,
            role=seat.role,
            section_id=seat.section_id,
            left=seat.left_at is not None,
        )
        for seat, person in db.session.execute(asked.order_by(Membership.number))
    }


def has_in_care(actor: Actor, course_id: int, person_id: int) -> bool:
    """Does the actor tend that student? A statement only for assistants of sections."""
    seat = actor.seats.get(course_id)
    if seat is None or seat.sections is None:
        return actor.teaches(course_id)
    member = members_of(course_id, [person_id]).get(person_id)
    return member is not None and actor.tends(course_id, member.section_id)


def sections_of(course_id: int) -> Sequence[Section]:
    return db.session.scalars(
        select(Section).where(Section.course_id == course_id).order_by(Section.name)
    ).all()
