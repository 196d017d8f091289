"""How what was done to a course and its people is taken back."""

from sqlalchemy import select

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.i18n import _, _n
from classroom.core.rows import packed
from classroom.courses import commands, commands_course, commands_roster, commands_several, queries
from classroom.courses.models import Course, Membership, Section
from classroom.courses.queries_people import member_for
from classroom.undo.commands import Kept, TooLate, undoes


@undoes("courses.remove_member", "course:edit", member_for)
def member_is_back(_actor: Actor, seat: Membership, _kept: Kept) -> str:
    commands.bring_back(seat)
    return _("%(name)s is in the course again.", name=seat.person.name)


def section_of(section: Section) -> Kept:
    """A section, and the memberships that will forget it."""
    seats = select(Membership.public_id).where(Membership.section_id == section.id)
    return {"section": packed(section), "seats": list(db.session.scalars(seats))}


@undoes("courses.remove_many", "course:edit", queries.course_for)
def members_are_back(_actor: Actor, course: Course, kept: Kept) -> str:
    count = commands_several.bring_back_several(course.id, kept["seats"])
    return _n("%(num)s student is in the course again.", "%(num)s students are in the course again.", count)


@undoes("courses.move_several", "course:edit", queries.course_for)
def members_are_where_they_were(_actor: Actor, course: Course, kept: Kept) -> str:
    count = commands_several.move_back(course.id, kept["sections"], moved_to=kept["to"])
    return _n("%(num)s student is where they were.", "%(num)s students are where they were.", count)


@undoes("courses.remove_section", "course:edit", queries.course_for)
def section_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    commands_course.put_back_section(course, kept["section"], kept["seats"])
    return _("Section %(name)s is back.", name=kept["section"]["name"])


@undoes("courses.reset_join_link", "course:edit", queries.course_for)
def old_link_works(_actor: Actor, course: Course, kept: Kept) -> str:
    if course.join_code != kept["new"]:
        raise TooLate
    commands_course.give_join_code(course, kept["old"])
    return _("The old join link works again, and the new one does not.")


@undoes("courses.throw_roster_away", "course:edit", queries.course_for)
def roster_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    commands_roster.take_up(course, kept["roster"])
    return _("The list is back. Nothing has been imported.")
