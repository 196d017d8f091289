"""Writes on several students of a course at once: to another section, or off the list."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select

from classroom.access import Role
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.courses.commands import MemberJoined, MemberLeft, RosterApplied
from classroom.courses.models import Membership, Section


class OnlyStudents(RuleBroken):
    """Staff are changed one by one."""

    message = _l("Only students are changed together. Open the others one by one.")


def move_to_section(seats: Sequence[Membership], section: Section | None) -> int:
    """Put students into a section, or into none; answers how many were elsewhere before."""
    _check(seats)
    moved = [seat for seat in seats if seat.section_id != (section.id if section else None)]
    for seat in moved:
        seat.section_id = section.id if section else None
    db.session.flush()
    return len(moved)


def remove_several(seats: Sequence[Membership]) -> int:
    """Take students off the list; their work stays, and the pairings are mended once for all of them."""
    _check(seats)
    leaving = [seat for seat in seats if seat.left_at is None]
    for seat in leaving:
        seat.left_at = now()
    db.session.flush()
    for seat in leaving:
        announce(MemberLeft(seat.course_id, seat.person_id, together=True))
    if leaving:
        announce(RosterApplied(leaving[0].course_id))
    return len(leaving)


def bring_back_several(course_id: int, seat_ids: Collection[str]) -> int:
    """Undo that, for those who are still off the list (by public id); answers how many came back."""
    seats = _seats(course_id, seat_ids, Membership.left_at.is_not(None))
    for seat in seats:
        seat.left_at = None
    db.session.flush()
    for seat in seats:
        announce(MemberJoined(course_id, seat.person_id, seat.role, together=True))
    if seats:
        announce(RosterApplied(course_id))
    return len(seats)


def move_back(course_id: int, sections: Mapping[str, int | None], *, moved_to: int | None) -> int:
    """Undo a move: each (by public id) to the section they had, unless they were moved on or it is gone."""
    there = set(db.session.scalars(select(Section.id).where(Section.course_id == course_id))) | {None}
    seats = _seats(course_id, sections, Membership.section_id == moved_to)
    back = [seat for seat in seats if sections[seat.public_id] in there]
    for seat in back:
        seat.section_id = sections[seat.public_id]
    db.session.flush()
    return len(back)


def _seats(course_id: int, seat_ids: Collection[str], still: ColumnElement[bool]) -> Sequence[Membership]:
    mine = Membership.course_id == course_id, Membership.role == Role.STUDENT
    return db.session.scalars(
        select(Membership).where(*mine, Membership.public_id.in_(seat_ids), still).order_by(Membership.id)
    ).all()


def _check(seats: Sequence[Membership]) -> None:
    if any(seat.role is not Role.STUDENT for seat in seats):
        raise OnlyStudents
