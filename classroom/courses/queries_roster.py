"""Reads of a roster on its way in: whom the course has, and what the file would change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.core.ids import digest
from classroom.courses.models import Membership, RosterImport, Section
from classroom.courses.policy import may_edit
from classroom.courses.queries_people import never_came
from classroom.courses.roster import (
    Code,
    Columns,
    ColumnsRefused,
    Difference,
    Enrolled,
    Problem,
    RosterRow,
    Table,
    Text,
    decode,
    difference,
    email_key,
    guess_columns,
    read,
    rows,
    with_columns,
)


@dataclass(frozen=True)
class Preview:
    """What the file says and what it would do; `found` is None while the columns are not chosen right."""

    text: Text
    table: Table
    columns: Mapping[str, int]
    problems: Mapping[str, Problem] = field(default_factory=dict)
    found: Difference | None = None
    new_sections: tuple[str, ...] = ()
    person_ids: Mapping[int, int] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Two previews that would do the same have the same one."""
        found = self.found
        return digest(repr((found.add, found.change, found.missing))) if found else ""

    @property
    def drops_many(self) -> bool:
        """Would dropping whoever is missing take a good part of the class away?"""
        return self.found is not None and replace(self.found, drop=self.found.missing).drops_many

    @property
    def decisive(self) -> bool:
        """Is there anything to confirm?"""
        return self.found is not None and bool(self.found.add or self.found.change or self.found.missing)


def roster_for(actor: Actor, roster_id: str) -> RosterImport | None:
    """A roster that was handed in, for the instructors of its course."""
    roster = db.session.scalar(
        select(RosterImport).where(
            RosterImport.public_id == roster_id, RosterImport.course_id.in_(actor.courses())
        )
    )
    return roster if roster is not None and may_edit(actor, roster) else None


def text_of(roster: RosterImport, encoding: str = "") -> Text:
    """The file's characters; a guessed encoding can be chosen anew, because no byte was lost in guessing."""
    kept = roster.columns
    wanted = encoding or kept.get("chosen_encoding", "")
    if kept.get("certain", True) or not wanted or wanted == kept["encoding"]:
        return Text(roster.text, kept.get("encoding", "utf-8"), kept.get("certain", True))
    again = decode(roster.text.encode(kept["encoding"]), roster.filename, encoding=wanted)
    return replace(again, certain=False)


def preview_of(roster: RosterImport) -> Preview:
    """Reads the whole file and compares; three statements, however many people there are."""
    text = text_of(roster)
    table = read(text)
    chosen = roster.columns.get("chosen")
    wanted = guess_columns(table).chosen() if chosen is None else chosen
    try:
        columns = with_columns(table, wanted)
    except ColumnsRefused as refused:
        return Preview(text, table, wanted, refused.problems)
    return _compared(roster.course_id, Preview(text, table, columns.chosen()), columns)


def _compared(course_id: int, preview: Preview, columns: Columns) -> Preview:
    people, person_ids = enrolled_in(course_id)
    found_rows = rows(preview.table, columns)
    found = difference(people, found_rows, drop_missing=False)
    taken = _taken_elsewhere(found, person_ids)
    if taken:
        marked = [_with_taken(row) if row.email_key in taken else row for row in found_rows]
        found = difference(people, marked, drop_missing=False)
    known = set(db.session.scalars(select(Section.name).where(Section.course_id == course_id)))
    new = dict.fromkeys(name for name in _section_names(found) if name not in known)
    return replace(preview, found=found, new_sections=tuple(new), person_ids=person_ids)


def _section_names(found: Difference) -> list[str]:
    added = [addition.row.section or "" for addition in found.add]
    moved = [change.fields["section"].after for change in found.change if "section" in change.fields]
    return [name for name in (*added, *moved) if name]


def _with_taken(row: RosterRow) -> RosterRow:
    return replace(row, errors=(*row.errors, Problem(Code.EMAIL_TAKEN, {"email": row.email})))


def _taken_elsewhere(found: Difference, person_ids: Mapping[int, int]) -> set[str]:
    """Addresses that somebody in the course would get, though they are another person's."""
    wanted = {
        change.row.email_key: person_ids[change.person.id]
        for change in found.change
        if "email" in change.fields
    }
    for addition in found.add:
        back = addition.returning
        if back is not None and not back.settled and addition.row.email_key != email_key(back.email):
            wanted[addition.row.email_key] = person_ids[back.id]
    if not wanted:
        return set()
    owners = db.session.execute(select(Person.email_key, Person.id).where(Person.email_key.in_(wanted)))
    return {key for key, owner in owners if wanted[key] != owner}


def unsettled(course_id: int) -> ColumnElement[bool]:
    """Nobody has said anything of themselves yet, and no other course knows them."""
    other = aliased(Membership)
    elsewhere = exists().where(other.person_id == Person.id, other.course_id != course_id)
    return and_(never_came, Person.may_teach.is_(False), ~elsewhere)


def enrolled_in(course_id: int) -> tuple[list[Enrolled], dict[int, int]]:
    """Everybody, those who left too, by membership; and whose membership it is."""
    found = db.session.execute(
        select(
            Membership.id,
            Membership.person_id,
            Membership.external_id,
            Membership.role,
            Membership.left_at,
            Person.name,
            Person.email,
            Section.name.label("section"),
            unsettled(course_id).label("unsettled"),
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Section, Section.id == Membership.section_id)
        .where(Membership.course_id == course_id)
        .order_by(Membership.number)
    ).all()
    people = [
        Enrolled(
            id=row.id,
            name=row.name,
            email=row.email,
            external_id=row.external_id,
            section=row.section,
            role=row.role,
            left=row.left_at is not None,
            settled=not row.unsettled,
        )
        for row in found
    ]
    return people, {row.id: row.person_id for row in found}


def people_at(keys: Collection[str], course_id: int) -> dict[str, tuple[int, bool]]:
    """Who has these addresses already, and whether they are settled; one statement."""
    found = db.session.execute(
        select(Person.email_key, Person.id, unsettled(course_id)).where(Person.email_key.in_(keys))
    )
    return {key: (person_id, not fresh) for key, person_id, fresh in found}
