"""Writes of who is in a course: enrolled, changed, taken off, brought back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from classroom.access import Role
from classroom.accounts.commands import end_sessions, prove_address
from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.courses.models import AssistantSection, Course, Membership, Section
from classroom.courses.queries import seat_of

STAFF_ROLES = frozenset({Role.INSTRUCTOR, Role.ASSISTANT})


@dataclass(frozen=True)
class MemberJoined:
    """Someone joined, or came back; `together` with others of a roster, whom `RosterApplied` follows."""

    course_id: int
    person_id: int
    role: Role
    together: bool = False


@dataclass(frozen=True)
class MemberLeft:
    """Someone left; their work stays. `together` as in `MemberJoined`."""

    course_id: int
    person_id: int
    together: bool = False


@dataclass(frozen=True)
class RosterApplied:
    """Many joined or left at once: for what costs too much to do for each of them."""

    course_id: int


class LastInstructor(RuleBroken):
    """A course is never without one."""

    message = _l("A course needs an instructor. Make someone else an instructor first.")


def create_course(
    title: str, by: Person, *, zone: str, term: str = "", sections: Sequence[str] = ()
) -> Course:
    """A course with its first instructor."""
    course = Course(title=title, term=term, zone=zone)
    db.session.add(course)
    db.session.flush()
    db.session.add_all(Section(course_id=course.id, name=name) for name in sections)
    enrol(course, by, Role.INSTRUCTOR)
    return course


def enrol(
    course: Course,
    person: Person,
    role: Role,
    *,
    section_id: int | None = None,
    external_id: str | None = None,
) -> Membership:
    """Add a member, or bring one back; the number in the course is given once and kept."""
    seat = seat_of(course.id, person.id) or _new_seat(course, person, role)
    seat.left_at, seat.role = None, role
    seat.section_id, seat.external_id = section_id or seat.section_id, external_id or seat.external_id
    db.session.flush()
    announce(MemberJoined(course.id, person.id, role))
    return seat


def _new_seat(course: Course, person: Person, role: Role) -> Membership:
    """Of two presses at once, the second finds what the first made."""
    seat = Membership(course_id=course.id, person_id=person.id, number=next_number(course.id), role=role)
    try:
        with db.session.begin_nested():
            db.session.add(seat)
    except IntegrityError:
        found = seat_of(course.id, person.id)
        if found is None:
            raise
        return found
    return seat


def next_number(course_id: int, count: int = 1) -> int:
    """The first of `count` free numbers; counted in the database, so that two who join at once get two."""
    last = db.session.execute(
        update(Course)
        .where(Course.id == course_id)
        .values(people_counted=Course.people_counted + count)
        .returning(Course.people_counted)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return last - count + 1


def change_member(
    seat: Membership, *, role: Role, section_id: int | None, tended: Collection[int] = ()
) -> None:
    """Give a member another role or section; `tended` are an assistant's sections, none means all."""
    before = seat.role
    if before is Role.INSTRUCTOR and role is not Role.INSTRUCTOR:
        _keep_an_instructor(seat)
    seat.role, seat.section_id = role, section_id
    tend(seat, tended if role is Role.ASSISTANT else ())
    if role in STAFF_ROLES and before not in STAFF_ROLES:
        prove_address([seat.person_id])
    rights_grow([seat.person_id], before, role)


def tend(seat: Membership, section_ids: Collection[int]) -> None:
    """The sections that an assistant tends, all of them at once."""
    db.session.execute(delete(AssistantSection).where(AssistantSection.membership_id == seat.id))
    db.session.add_all(
        AssistantSection(course_id=seat.course_id, membership_id=seat.id, section_id=section_id)
        for section_id in section_ids
    )
    db.session.flush()


def rights_grow(person_ids: Collection[int], before: Role | None, after: Role) -> None:
    """Whoever becomes staff signs in anew; what is taken away is gone at their next press anyway."""
    if after in STAFF_ROLES and before not in STAFF_ROLES:
        end_sessions(person_ids)


def remove_member(seat: Membership) -> None:
    """Take someone off the list; their work stays, and they can be brought back."""
    if seat.left_at is not None:
        return
    if seat.role is Role.INSTRUCTOR:
        _keep_an_instructor(seat)
    seat.left_at = now()
    db.session.flush()
    announce(MemberLeft(seat.course_id, seat.person_id))


def bring_back(seat: Membership) -> None:
    """With the role and section they had."""
    if seat.left_at is None:
        return
    seat.left_at = None
    db.session.flush()
    rights_grow([seat.person_id], None, seat.role)
    announce(MemberJoined(seat.course_id, seat.person_id, seat.role))


def _keep_an_instructor(leaving: Membership) -> None:
    """The course's row is held meanwhile: two instructors cannot take each other off at once."""
    held = select(Course.id).where(Course.id == leaving.course_id).with_for_update(key_share=True)
    db.session.execute(held)
    others = db.session.scalar(
        select(func.count()).where(
            Membership.course_id == leaving.course_id,
            Membership.role == Role.INSTRUCTOR,
            Membership.left_at.is_(None),
            Membership.id != leaving.id,
        )
    )
    if not others:
        raise LastInstructor
