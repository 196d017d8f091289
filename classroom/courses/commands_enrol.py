"""Enrolling, changing and dropping many people at once, in a handful of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from classroom.access import Role
from classroom.accounts.commands import end_sessions, prove_address
from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.courses.commands import STAFF_ROLES, MemberJoined, MemberLeft, RosterApplied, next_number
from classroom.courses.models import AssistantSection, Membership, Section
from classroom.courses.queries_roster import people_at
from classroom.courses.roster import Change, Difference, Enrolled, RosterRow

Rows = list[dict[str, Any]]


def carry_out(
    course_id: int, found: Difference, dropped: Sequence[Enrolled], person_ids: Mapping[int, int]
) -> list[int]:
    """Write a whole difference; answers the people who are new or back."""
    sections = _sections(course_id, found)
    new = [addition.row for addition in found.add if addition.returning is None]
    back = [(addition.returning, addition.row) for addition in found.add if addition.returning]
    added = _add(course_id, new, sections)
    _bring_back(back, sections, person_ids)
    _change(found.change, sections, person_ids)
    who = {row.line: added[row.email_key] for row in new}
    who |= {row.line: person_ids[seat.id] for seat, row in back}
    who |= {one.row.line: person_ids[one.person.id] for one in found.change if "role" in one.fields}
    _tend(course_id, [*(one.row for one in found.add), *(one.row for one in found.change)], who, sections)
    _write(update(Membership), [{"id": person.id, "left_at": now()} for person in dropped])
    db.session.expire_all()  # what was loaded before these bulk writes is old
    for addition in found.add:
        announce(MemberJoined(course_id, who[addition.row.line], addition.row.role, together=True))
    for person in dropped:
        announce(MemberLeft(course_id, person_ids[person.id], together=True))
    announce(RosterApplied(course_id))
    return [who[addition.row.line] for addition in found.add]


def _write(statement: Any, rows: Rows) -> None:
    if rows:
        db.session.execute(statement, rows)


def _sections(course_id: int, found: Difference) -> dict[str, int]:
    """Ids of all sections by name, those that the file brings included."""
    asked = select(Section.name, Section.id).where(Section.course_id == course_id)
    known = {row.name: row.id for row in db.session.execute(asked)}
    rows = [*(one.row for one in found.add), *(one.row for one in found.change)]
    new = [name for name in dict.fromkeys(row.section for row in rows) if name and name not in known]
    if new:
        _write(insert(Section), [{"course_id": course_id, "name": name} for name in new])
        known = {row.name: row.id for row in db.session.execute(asked)}
    return known


def _add(course_id: int, rows: Sequence[RosterRow], sections: Mapping[str, int]) -> dict[str, int]:
    """People by address: whoever is known keeps their account, the others get one without a password."""
    if not rows:
        return {}
    known = people_at([row.email_key for row in rows], course_id)
    fresh = [row for row in rows if row.email_key not in known]
    ids = {key: person_id for key, (person_id, _settled) in known.items()} | _create(fresh)
    named = [row for row in rows if row.name and row.email_key in known and not known[row.email_key][1]]
    _write(update(Person), [{"id": ids[row.email_key], "name": row.name} for row in named])
    old = {ids[row.email_key]: row.role for row in rows if row.email_key in known}
    _let_in_anew(old, {person_id for person_id, role in old.items() if role in STAFF_ROLES})
    first = next_number(course_id, len(rows))
    _write(
        insert(Membership),
        [
            {
                "course_id": course_id,
                "person_id": ids[row.email_key],
                "number": number,
                "role": row.role,
                "section_id": sections.get(row.section or ""),
                "external_id": row.external_id,
            }
            for number, row in enumerate(rows, start=first)
        ],
    )
    return ids


def _create(rows: Sequence[RosterRow]) -> dict[str, int]:
    """A bare list of addresses brings no names: until they give their own, the address must do."""
    if not rows:
        return {}
    made = db.session.execute(
        insert(Person).returning(Person.email_key, Person.id),
        [
            {
                "name": row.name or row.email.partition("@")[0],
                "email": row.email,
                "email_key": row.email_key,
            }
            for row in rows
        ],
    )
    return {row.email_key: row.id for row in made}


def _let_in_anew(person_ids: Collection[int], risen: Collection[int]) -> None:
    """See `prove_address`; and whoever becomes staff signs in once more."""
    if person_ids:
        prove_address(person_ids)
    if risen:
        end_sessions(risen)


def _bring_back(
    back: Sequence[tuple[Enrolled, RosterRow]], sections: Mapping[str, int], person_ids: Mapping[int, int]
) -> None:
    """The role is what the file says; section and number stay where it says nothing."""
    seats = [
        {
            "id": seat.id,
            "left_at": None,
            "role": row.role,
            "section_id": sections.get((seat.section if row.section is None else row.section) or ""),
            "external_id": row.external_id or seat.external_id,
        }
        for seat, row in back
    ]
    _write(update(Membership), seats)
    _write(update(Person), [_self(person_ids[seat.id], seat, row) for seat, row in back if not seat.settled])
    risen = {person_ids[seat.id] for seat, row in back if row.role in STAFF_ROLES}
    _let_in_anew([person_ids[seat.id] for seat, _row in back], risen)


def _self(person_id: int, seat: Enrolled, row: RosterRow) -> dict[str, Any]:
    return {"id": person_id, "name": row.name or seat.name, "email": row.email, "email_key": row.email_key}


def _change(changes: Sequence[Change], sections: Mapping[str, int], person_ids: Mapping[int, int]) -> None:
    _write(update(Membership), [_seat(change, sections) for change in changes])
    own = [change for change in changes if change.fields.keys() & {"name", "email"}]
    _write(update(Person), [_self(person_ids[one.person.id], one.person, one.row) for one in own])
    risen = {
        person_ids[one.person.id]
        for one in changes
        if "role" in one.fields and one.row.role in STAFF_ROLES and not one.person.is_staff
    }
    _let_in_anew(risen, risen)


def _seat(change: Change, sections: Mapping[str, int]) -> dict[str, Any]:
    person, row, fields = change.person, change.row, change.fields
    section = row.section if "section" in fields else person.section
    return {
        "id": person.id,
        "role": row.role if "role" in fields else person.role,
        "section_id": sections.get(section or ""),
        "external_id": row.external_id if "external_id" in fields else person.external_id,
    }


def _tend(
    course_id: int, rows: Iterable[RosterRow], who: Mapping[int, int], sections: Mapping[str, int]
) -> None:
    """An assistant whom the file puts into a section tends that section, and not the whole course."""
    tended = {
        who[row.line]: sections[row.section]
        for row in rows
        if row.role is Role.ASSISTANT and row.section and row.line in who
    }
    if not tended:
        return
    asked = select(Membership.id, Membership.person_id).where(
        Membership.course_id == course_id, Membership.person_id.in_(tended)
    )
    seats = db.session.execute(asked).all()
    db.session.execute(
        delete(AssistantSection).where(AssistantSection.membership_id.in_([seat.id for seat in seats]))
    )
    _write(
        insert(AssistantSection),
        [
            {"course_id": course_id, "membership_id": seat.id, "section_id": tended[seat.person_id]}
            for seat in seats
        ],
    )
