"""Adding one person by their address, and letters to those who are on the list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from classroom.access import Role
from classroom.accounts import throttle
from classroom.accounts.commands import create_person, make_links, prove_address
from classroom.accounts.models import Person
from classroom.accounts.queries import person_by_email
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.courses.commands import enrol, rights_grow, tend
from classroom.courses.models import Course, Membership
from classroom.courses.queries import seat_of

INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class InvitationMade:
    """A letter is to go out; `token` is in no table."""

    email: str
    name: str
    course: str
    by: str
    token: str


class AlreadyThere(RuleBroken):
    """Adding someone twice changes nothing."""

    message = _l("This address is in the course already. Look for it under People.")


def invite(
    course: Course,
    *,
    name: str,
    email: str,
    role: Role,
    section_id: int | None = None,
    tended: Collection[int] = (),
) -> Membership:
    """Add one person by their address; somebody known keeps the name they gave themselves."""
    person = person_by_email(email) or create_person(name, email)
    seat = seat_of(course.id, person.id)
    if seat is not None and seat.left_at is None:
        raise AlreadyThere
    prove_address([person.id])
    seat = enrol(course, person, role, section_id=section_id)
    tend(seat, tended if role is Role.ASSISTANT else ())
    rights_grow([person.id], None, role)
    seat.person = person
    return seat


def mailed_enough(person: Person) -> bool:
    """Have several letters gone there within minutes? Asking counts as one more."""
    return throttle.links_used_up(person.email)


def mail_invitations(course: Course, people: Mapping[int, Person], *, by: str) -> None:
    """One letter to each, with a link of their own that lets them in once, within two weeks."""
    tokens = make_links(people, going=f"/courses/{course.public_id}", life=INVITATION_LIFE)
    for person_id, person in people.items():
        announce(InvitationMade(person.email, person.friendly, course.title, by, tokens[person_id]))
