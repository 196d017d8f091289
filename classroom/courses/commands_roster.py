"""A roster on its way in: kept until it is confirmed, then carried out as a whole or not at all."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l
from classroom.core.rows import unpacked
from classroom.courses.commands_enrol import carry_out
from classroom.courses.models import Course, RosterImport
from classroom.courses.queries_roster import preview_of, text_of
from classroom.courses.roster import Difference, Text, difference, read, with_columns

KEPT_UNCONFIRMED = timedelta(days=1)


class NotReadyToApply(RuleBroken):
    """Without an address column there is nobody to add."""

    message = _l("First choose which column holds what.")


class MovedOn(ChangedMeanwhile):
    """What would happen now is not what was shown."""

    message = _l("The course has changed since you looked. Look it over once more: nothing was written.")


def hand_in(course: Course, text: Text, *, filename: str, by_id: int) -> RosterImport:
    """Keep a file to be looked over. It must be readable as a table; others that nobody confirmed go."""
    read(text)
    db.session.execute(
        delete(RosterImport).where(
            RosterImport.course_id == course.id,
            RosterImport.applied_at.is_(None),
            RosterImport.created_at < now() - KEPT_UNCONFIRMED,
        )
    )
    roster = RosterImport(
        course_id=course.id,
        by_id=by_id,
        filename=" ".join(filename.split())[-200:],
        text=text.content,
        columns={"encoding": text.encoding, "certain": text.certain},
    )
    db.session.add(roster)
    db.session.flush()
    return roster


def look_again(roster: RosterImport, *, columns: Mapping[str, int | None], encoding: str = "") -> None:
    """Another choice of columns or encoding; `ColumnsRefused` or `CannotRead` when it cannot work."""
    table = read(text_of(roster, encoding))
    chosen = with_columns(table, columns).chosen()
    roster.columns = {**roster.columns, "chosen": chosen, "chosen_encoding": encoding}
    db.session.flush()


def throw_away(roster: RosterImport) -> None:
    """A file that is not to be imported leaves nothing behind."""
    if roster.applied_at is None:
        db.session.delete(roster)
        db.session.flush()


def take_up(course: Course, roster: dict[str, Any]) -> None:
    """Undo that: the list as it was packed."""
    db.session.add(unpacked(RosterImport, roster, course_id=course.id))
    db.session.flush()


def apply(roster: RosterImport, *, drop_missing: bool, seen: str) -> list[int]:
    """Carry it out; `seen` is the fingerprint of what the person looked at. Answers who was added.

    The course's row is held meanwhile, so that of two presses the second finds the first one's receipt.
    """
    held = select(Course.id).where(Course.id == roster.course_id).with_for_update(key_share=True)
    db.session.execute(held)
    db.session.refresh(roster)
    if roster.applied_at is not None:
        return []
    preview = preview_of(roster)
    if preview.found is None:
        raise NotReadyToApply
    if preview.fingerprint != seen:
        raise MovedOn
    found = preview.found
    dropped = found.missing if drop_missing else ()
    added = carry_out(roster.course_id, found, dropped, preview.person_ids)
    roster.summary = _summary(found, len(dropped), len(preview.table.skipped))
    roster.text, roster.applied_at = "", now()
    db.session.flush()
    return added


def _summary(found: Difference, dropped: int, skipped: int) -> dict[str, object]:
    """Figures and line numbers, no names: the receipt stays longer than people may."""
    return {
        "added": sum(addition.returning is None for addition in found.add),
        "returned": sum(addition.returning is not None for addition in found.add),
        "changed": len(found.change),
        "dropped": dropped,
        "same": len(found.same),
        "skipped": skipped,
        "wrong": [row.line for row in found.errors[:500]],
        "wrong_count": len(found.errors),
    }
