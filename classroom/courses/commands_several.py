"""Writes on several students of a course at once: to another section, or off the list."""

from collections.abc import Sequence

from classroom.access import Role
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.courses.commands import MemberLeft, RosterApplied
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


def _check(seats: Sequence[Membership]) -> None:
    if any(seat.role is not Role.STUDENT for seat in seats):
        raise OnlyStudents
