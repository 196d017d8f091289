"""Writes of a course's own data: what it is called, its sections, its join link."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l
from classroom.core.ids import join_code
from classroom.core.rows import unpacked
from classroom.courses.models import AssistantSection, Course, Membership, Section


class NameTaken(RuleBroken):
    """Two sections of one name could not be told apart."""

    message = _l("There is a section of that name already.")


class SectionInUse(RuleBroken):
    """Nobody is moved in silence, and no assistant gets the whole course by it."""

    message = _l("There are people in this section. Move them first; renaming it is always possible.")


def describe(
    course: Course, *, title: str, term: str, zone: str, version: int, help_hours: int | None = None
) -> None:
    """`version` is the one that the person saw; another one means that someone else was faster."""
    if course.version != version:
        raise ChangedMeanwhile
    course.title, course.term, course.zone = title, term, zone
    course.help_hours = help_hours or course.help_hours
    db.session.flush()


def add_sections(course: Course, names: Iterable[str]) -> None:
    """Add those that are not there yet."""
    there = set(db.session.scalars(select(Section.name).where(Section.course_id == course.id)))
    db.session.add_all(Section(course_id=course.id, name=name) for name in names if name not in there)
    db.session.flush()


def rename_section(section: Section, name: str) -> None:
    try:
        with db.session.begin_nested():
            section.name = name
    except IntegrityError as error:
        raise NameTaken from error


def remove_section(section: Section) -> None:
    """Those who left long ago do not hold it; their membership forgets it."""
    here = Membership.section_id == section.id
    used = exists().where(here, Membership.left_at.is_(None)) | exists().where(
        AssistantSection.section_id == section.id
    )
    if db.session.scalar(select(used)):
        raise SectionInUse
    db.session.execute(update(Membership).where(here).values(section_id=None))
    db.session.delete(section)
    db.session.flush()


def put_back_section(course: Course, section: dict[str, Any], seats: Collection[str]) -> None:
    """Undo that: the section as it was packed, and the memberships (by public id) that forgot it."""
    try:
        with db.session.begin_nested():
            back = unpacked(Section, section)
            db.session.add(back)
    except IntegrityError as error:
        raise NameTaken from error
    here = Membership.course_id == course.id, Membership.public_id.in_(seats), Membership.section_id.is_(None)
    db.session.execute(update(Membership).where(*here).values(section_id=back.id))


def reset_join_code(course: Course) -> None:
    """The old link stops working at once."""
    give_join_code(course, join_code())


def give_join_code(course: Course, code: str) -> None:
    """This one, whatever it was before."""
    course.join_code = code
    db.session.flush()


def open_joining(course: Course, *, open_: bool) -> None:
    course.join_open = open_
    db.session.flush()


def archive(course: Course, *, past: bool) -> None:
    """A course that is over takes nobody in; everything in it stays to be read."""
    course.archived_at = (course.archived_at or now()) if past else None
    db.session.flush()
