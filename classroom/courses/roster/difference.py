"""What an import would do to a course: who is added, changed, dropped or stays, and which rows fail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from classroom.access import Role
from classroom.accounts.rules import email_key
from classroom.courses.roster.names import name_words
from classroom.courses.roster.problems import Code, Problem
from classroom.courses.roster.rows import RosterRow, number_key

_RANK = {Role.OBSERVER: 0, Role.STUDENT: 0, Role.ASSISTANT: 1, Role.INSTRUCTOR: 2}


@dataclass(frozen=True)
class Enrolled:
    """A person in the course; `id` is the caller's own key.

    `settled` is somebody whose name and address are their own by now (they have signed in, or are in
    another course too): a file may name them, and changes neither.
    """

    id: int
    name: str
    email: str
    external_id: str | None = None
    section: str | None = None
    role: Role = Role.STUDENT
    left: bool = False
    settled: bool = False

    @property
    def is_staff(self) -> bool:
        return _RANK[self.role] > 0


@dataclass(frozen=True)
class Addition:
    """Somebody new, or with `returning` somebody who left and comes back."""

    row: RosterRow
    returning: Enrolled | None = None


@dataclass(frozen=True)
class Shift:
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """The fields of one person that the file says otherwise: name, email, external_id, section, role."""

    person: Enrolled
    row: RosterRow
    fields: dict[str, Shift]


@dataclass(frozen=True)
class Difference:
    """The whole preview; `missing` are the students the file does not name, dropped only when asked."""

    add: tuple[Addition, ...] = ()
    change: tuple[Change, ...] = ()
    drop: tuple[Enrolled, ...] = ()
    same: tuple[Enrolled, ...] = ()
    errors: tuple[RosterRow, ...] = ()
    missing: tuple[Enrolled, ...] = ()
    staff_kept: tuple[Enrolled, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not (self.add or self.change or self.drop)

    @property
    def drops_many(self) -> bool:
        """More than a third of the class: more often the wrong file than a mass farewell."""
        stay = len(self.same) + len(self.change)
        return len(self.drop) > 2 and len(self.drop) * 2 > stay


@dataclass
class _Course:
    """Whom we know, by number and by address; somebody present goes before somebody who left."""

    people: Sequence[Enrolled]
    by_number: dict[str, Enrolled] = field(default_factory=dict)
    by_email: dict[str, Enrolled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in sorted(self.people, key=lambda person: not person.left):
            if person.external_id:
                self.by_number[number_key(person.external_id)] = person
            self.by_email[email_key(person.email)] = person

    def known(self, row: RosterRow) -> tuple[Enrolled | None, Enrolled | None]:
        by_number = self.by_number.get(row.number_key) if row.external_id else None
        return by_number, self.by_email.get(row.email_key)

    def whom(self, row: RosterRow) -> Enrolled | None:
        by_number, by_email = self.known(row)
        return by_number or by_email


def difference(existing: Sequence[Enrolled], rows: Iterable[RosterRow], *, drop_missing: bool) -> Difference:
    """Compares by number and address; the same file again gives nothing to add, change or drop."""
    course = _Course(existing)
    read = _checked(course, list(rows))
    good = [row for row in read if row.ok]
    pairs = [(row, course.whom(row)) for row in good]
    found = [(person, row) for row, person in pairs if person and not person.left]
    changes = [Change(person, row, _shifts(person, row)) for person, row in found]
    missing = _missing(course, read)
    return Difference(
        add=tuple(Addition(row, person) for row, person in pairs if person is None or person.left),
        change=tuple(change for change in changes if change.fields),
        drop=missing if drop_missing and good else (),
        same=tuple(change.person for change in changes if not change.fields),
        errors=tuple(row for row in read if not row.ok),
        missing=missing,
        staff_kept=tuple(person for person, row in found if _would_demote(person, row)),
    )


def _checked(course: _Course, rows: list[RosterRow]) -> list[RosterRow]:
    """The rows, with an error on each that would touch two people, the wrong one, or one that others touch.

    Were one of several rows about a person let through, its change would make room for the next row
    when the same file is imported again: then importing twice would not be importing once.
    """
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        for person_id in _touched(course, row):
            lines[person_id].append(row.line)
    checked = []
    for row in rows:
        problem = _conflict(course, row) or _crowd(lines, _touched(course, row))
        checked.append(replace(row, errors=(problem,)) if row.ok and problem else row)
    return checked


def _touched(course: _Course, row: RosterRow) -> set[int]:
    return {person.id for person in course.known(row) if person} if row.ok else set()


def _crowd(lines: Mapping[int, list[int]], person_ids: set[int]) -> Problem | None:
    together = {line for person_id in person_ids for line in lines[person_id]}
    if len(together) < 2:
        return None
    return Problem(Code.SAME_PERSON_TWICE, {"lines": ", ".join(str(line) for line in sorted(together))})


def _conflict(course: _Course, row: RosterRow) -> Problem | None:
    by_number, by_email = course.known(row)
    if by_number and by_email and by_number.id != by_email.id:
        values = {"number_name": by_number.name, "email_name": by_email.name}
        return Problem(Code.TWO_PEOPLE, {"number": row.external_id, "email": row.email, **values})
    if by_number and not by_email and not _may_be_one(by_number, row):
        # Numbers of two systems can collide; then the name and the address are both somebody else's.
        known = by_number.name or by_number.email
        return Problem(
            Code.NUMBER_OF_ANOTHER,
            {"number": row.external_id, "known": known, "name": row.name or row.email},
        )
    return None


def _may_be_one(person: Enrolled, row: RosterRow) -> bool:
    known, named = name_words(person.name), name_words(row.name)
    return not known or not named or bool(known & named)


def _shifts(person: Enrolled, row: RosterRow) -> dict[str, Shift]:
    shifts = {}
    if row.name and row.name != person.name and not person.settled:
        shifts["name"] = Shift(person.name, row.name)
    if row.email_key != email_key(person.email) and not person.settled:
        shifts["email"] = Shift(person.email, row.email)
    if row.external_id and row.number_key != number_key(person.external_id):
        shifts["external_id"] = Shift(person.external_id or "", row.external_id)
    if row.section is not None and row.section != (person.section or ""):
        shifts["section"] = Shift(person.section or "", row.section)
    if row.role_stated and row.role != person.role and not _would_demote(person, row):
        shifts["role"] = Shift(person.role, row.role)
    return shifts


def _would_demote(person: Enrolled, row: RosterRow) -> bool:
    return row.role_stated and _RANK[row.role] < _RANK[person.role]


def _missing(course: _Course, rows: list[RosterRow]) -> tuple[Enrolled, ...]:
    """Students whom no row names; a row with an error still protects whomever it may mean."""
    named: set[int] = set()
    for row in rows:
        named.update(person.id for person in course.known(row) if person)
    spoilt = {name_words(row.name) for row in rows if row.errors and row.name}
    return tuple(
        person
        for person in course.people
        if person.role is Role.STUDENT
        and not person.left
        and person.id not in named
        and name_words(person.name) not in spoilt
    )
