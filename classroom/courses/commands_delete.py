"""Deleting a course: the rows of every table that carries it, and the bytes of its files."""

import logging
from dataclasses import dataclass

from sqlalchemy import Column, Table, delete, select

from classroom.core.db import STORED, db
from classroom.core.events import announce
from classroom.courses.models import Course

log = logging.getLogger("classroom")


@dataclass(frozen=True)
class CourseDeleted:
    """Nothing of the course is left but the bytes under these keys, which go once that is committed."""

    keys: tuple[str, ...]


def delete_course(course: Course, *, by_id: int) -> None:
    """People stay, and so do other courses. Children go before their parents, table by table."""
    course_id, name = course.id, course.public_id
    tables = [table for table in db.metadata.sorted_tables if "course_id" in table.columns]
    keys = [key for table in tables for column in stored_in(table) for key in _keys(column, course_id)]
    for table in reversed(tables):
        db.session.execute(delete(table).where(table.c.course_id == course_id))
    db.session.execute(delete(Course).where(Course.id == course_id))
    db.session.expire_all()
    log.warning("course %s was deleted by person %s", name, by_id)
    announce(CourseDeleted(tuple(keys)))


def stored_in(table: Table) -> list["Column[str]"]:
    """The columns that name bytes of the storage."""
    return [column for column in table.columns if column.info.get(STORED)]


def _keys(column: "Column[str]", course_id: int) -> list[str]:
    named = select(column).where(column.table.c.course_id == course_id, column.is_not(None))
    return list(db.session.scalars(named))
