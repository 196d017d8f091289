"""Coming into a course by its join link."""

from classroom.access import Role
from classroom.accounts import passwords, throttle
from classroom.accounts.commands import AddressTaken, join_as, make_link, start_session
from classroom.accounts.models import LinkPurpose, Person
from classroom.accounts.queries import person_by_email
from classroom.core.errors import Refused
from classroom.core.i18n import _l
from classroom.courses.commands import enrol
from classroom.courses.models import Course, Membership
from classroom.courses.queries import seat_of


class WasTakenOff(Refused):
    """A join link does not undo what an instructor decided."""

    message = _l("You were in this course and are no longer on its list. Your instructor can bring you back.")


def join(course: Course, person: Person, section_id: int | None = None) -> Membership:
    """Take a place as a student; whoever has one keeps it as it is."""
    seat = seat_of(course.id, person.id)
    if seat is None:
        return enrol(course, person, Role.STUDENT, section_id=section_id)
    if seat.left_at is not None:
        raise WasTakenOff
    return seat


def join_as_new(
    course: Course,
    *,
    name: str,
    email: str,
    password: str | None,
    section_id: int | None = None,
    browser: str = "",
    going: str,
) -> tuple[Person, str] | None:
    """A new person with their place and their first session, or None where the address is somebody's.

    A known address is never let in by typing it: a link goes there by mail, and brings its owner back.
    """
    if password:
        passwords.check(password, (name, email))
    try:
        person = None if person_by_email(email) else join_as(name, email, password)
    except AddressTaken:  # another tab was faster
        person = None
    if person is None:
        mail_the_owner(email, going=going)
        return None
    enrol(course, person, Role.STUDENT, section_id=section_id)
    return person, start_session(person, browser)


def mail_the_owner(email: str, *, going: str) -> None:
    """A link to whoever has that address, unless they got several already."""
    owner = person_by_email(email)
    if not throttle.links_used_up(email) and owner is not None and owner.disabled_at is None:
        make_link(LinkPurpose.SIGN_IN, person=owner, going=going)
