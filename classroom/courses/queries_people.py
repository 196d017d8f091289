"""Reads of the people of a course: the list, its counts, one member."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor, Role
from classroom.accounts.models import Person, Session
from classroom.core.db import db
from classroom.core.paging import Page
from classroom.courses.models import AssistantSection, Membership
from classroom.courses.policy import people_visible_to
from classroom.courses.rules import initials


class Show(StrEnum):
    """Which of the people are listed."""

    ALL = ""
    STUDENTS = "students"
    STAFF = "staff"
    OBSERVERS = "observers"
    WAITING = "waiting"  # have never signed in
    LEFT = "left"


@dataclass(frozen=True)
class Crowd:
    """One group of the same role, section and state, and how many they are."""

    role: Role
    section_id: int | None
    left: bool
    waiting: bool
    count: int

    def shown_by(self, show: Show) -> bool:
        if self.left or show is Show.LEFT:
            return self.left and show is Show.LEFT
        return {
            Show.STUDENTS: self.role is Role.STUDENT,
            Show.STAFF: self.role in {Role.INSTRUCTOR, Role.ASSISTANT},
            Show.OBSERVERS: self.role is Role.OBSERVER,
            Show.WAITING: self.waiting,
        }.get(show, True)


@dataclass(frozen=True)
class Listed:
    """A member as staff see them in the list."""

    public_id: str
    name: str
    called: str | None
    pronouns: str | None
    email: str
    role: Role
    section_id: int | None
    external_id: str | None
    left: bool
    waiting: bool
    unreachable: bool = False  # letters to the address were given up
    tended: tuple[int, ...] = ()

    @property
    def initials(self) -> str:
        return initials(self.called or self.name)


# Somebody who was put on the list and has not been here: no password, no proof of the address, no session.
never_came: ColumnElement[bool] = and_(
    Person.password_hash.is_(None),
    Person.confirmed_at.is_(None),
    ~exists().where(Session.person_id == Person.id),
)


def crowd_of(actor: Actor, course_id: int) -> list[Crowd]:
    """All counts of the page in one statement, however many people there are."""
    left = Membership.left_at.is_not(None)
    groups = (Membership.role, Membership.section_id, left, never_came)
    rows = db.session.execute(
        select(*groups, func.count())
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.course_id == course_id, people_visible_to(actor))
        .group_by(*groups)
    )
    return [Crowd(role, section_id, bool(gone), bool(never), n) for role, section_id, gone, never, n in rows]


def counted(crowd: Collection[Crowd], show: Show, section_id: int | None = None) -> int:
    return sum(one.count for one in crowd if one.shown_by(show) and section_id in {None, one.section_id})


def people_page(
    actor: Actor, course_id: int, *, show: Show, section_id: int | None, words: str, number: int
) -> Page[Listed]:
    """One page of the list; three statements."""
    wanted = [Membership.course_id == course_id, people_visible_to(actor), *_chosen(show, section_id)]
    wanted += [_named(word) for word in words.split()[:8]]
    found = select(Membership, Person, never_came).join(Person, Person.id == Membership.person_id)
    total = db.session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(*wanted)
    )
    page = Page[Listed]([], number, total or 0)
    number = min(max(number, 1), page.pages)
    rows = db.session.execute(
        found.where(*wanted)
        .order_by(_rank(), func.lower(Person.name), Membership.number)
        .limit(page.size)
        .offset((number - 1) * page.size)
    ).all()
    tended = tended_by([seat.id for seat, _person, _never in rows if seat.role is Role.ASSISTANT])
    listed = [_listed(seat, who, never, tended.get(seat.id, ())) for seat, who, never in rows]
    return Page(listed, number, page.total)


def _chosen(show: Show, section_id: int | None) -> list[ColumnElement[bool]]:
    here = Membership.left_at.is_(None)
    by_role = {
        Show.STUDENTS: [Role.STUDENT],
        Show.STAFF: [Role.INSTRUCTOR, Role.ASSISTANT],
        Show.OBSERVERS: [Role.OBSERVER],
    }
    wanted: list[ColumnElement[bool]] = [~here if show is Show.LEFT else here]
    if show in by_role:
        wanted.append(Membership.role.in_(by_role[show]))
    if show is Show.WAITING:
        wanted.append(never_came)
    if section_id is not None:
        wanted.append(Membership.section_id == section_id)
    return wanted


def _named(word: str) -> ColumnElement[bool]:
    """A word of the name, the address or the number; no sign in it has a meaning of its own."""
    fields = (Person.name, Person.called, Person.email, Membership.external_id)
    return or_(*(field.icontains(word, autoescape=True) for field in fields))


def _rank() -> ColumnElement[int]:
    """Instructors first, then assistants, students, observers."""
    order = {Role.INSTRUCTOR: 0, Role.ASSISTANT: 1, Role.STUDENT: 2, Role.OBSERVER: 3}
    return case(*((Membership.role == role, literal(rank)) for role, rank in order.items()), else_=9)


def tended_by(membership_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The sections that assistants tend, by membership id; none for the whole course."""
    rows = db.session.execute(
        select(AssistantSection.membership_id, AssistantSection.section_id)
        .where(AssistantSection.membership_id.in_(membership_ids))
        .order_by(AssistantSection.section_id)
    ).all()
    return {key: tuple(row.section_id for row in rows if row.membership_id == key) for key in membership_ids}


def _listed(seat: Membership, who: Person, never: bool, tended: tuple[int, ...]) -> Listed:
    return Listed(
        public_id=seat.public_id,
        name=who.name,
        called=who.called,
        pronouns=who.pronouns,
        email=who.email,
        role=seat.role,
        section_id=seat.section_id,
        external_id=seat.external_id,
        left=seat.left_at is not None,
        waiting=bool(never),
        unreachable=who.mail_failed_at is not None,
        tended=tended,
    )


def member_for(actor: Actor, member_id: str) -> Membership | None:
    """One membership with its person and section, if the actor may see it among the people."""
    return db.session.scalar(
        select(Membership)
        .join(Membership.person)
        .where(Membership.public_id == member_id, people_visible_to(actor))
        .options(contains_eager(Membership.person), joinedload(Membership.section))
    )


def students_for(actor: Actor, course_id: int, *wanted: ColumnElement[bool]) -> Sequence[Membership]:
    """Students who are in the course now, with their people, by name: those that the conditions choose."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.person)
        .where(
            Membership.course_id == course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            people_visible_to(actor),
            *wanted,
        )
        .options(contains_eager(Membership.person))
        .order_by(func.lower(Person.name), Membership.number)
    ).all()


def students_named(actor: Actor, course_id: int, member_ids: Collection[str]) -> Sequence[Membership]:
    """The students with these public ids; a foreign one among them is not there."""
    return students_for(actor, course_id, Membership.public_id.in_(member_ids))


def students_shown(
    actor: Actor, course_id: int, *, show: Show, section_id: int | None, words: str
) -> Sequence[Membership]:
    """All students whom a filter of the page lists, whatever page they stand on."""
    return students_for(actor, course_id, *_chosen(show, section_id), *map(_named, words.split()[:8]))
