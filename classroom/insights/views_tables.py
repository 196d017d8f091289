"""What staff may take out of a course as tables, and what every column of them means."""

from dataclasses import dataclass
from typing import IO

from flask import render_template
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.insights.exports.bundle import Sheet, as_book, as_csv
from classroom.insights.exports.tables import TABLES, dictionary, sheet_of
from classroom.insights.queries_matrix import begun_projects
from classroom.insights.views_exports import dated, made
from classroom.insights.views_matrix import bp

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DICTIONARY = "dictionary"


@dataclass(frozen=True)
class Wanted:
    """A table of a course, or the dictionary of them all."""

    course: Course
    name: str

    @property
    def course_id(self) -> int:
        return self.course.id


def table_for(actor: Actor, course_id: str, table: str) -> Wanted | None:
    course = course_for(actor, course_id)
    return Wanted(course, table) if course is not None and table in {*TABLES, DICTIONARY} else None


@bp.get("/courses/<course_id>/participation/tables")
@allow("course:run", course_for)
def data(actor: Actor, course: Course) -> ResponseReturnValue:
    """The dictionary as a page, with the ways to take the tables out."""
    found = [(name, table.says(), table.columns()) for name, table in TABLES.items()]
    return render_template(
        "insights/tables.html",
        course=course,
        tables=found,
        whole=course.id in actor.courses_taught_whole(),
        projects=begun_projects(actor, course.id),
    )


@bp.get("/courses/<course_id>/participation/<table>.csv")
@allow("course:run", table_for)
def table_csv(actor: Actor, wanted: Wanted) -> ResponseReturnValue:
    """An assistant of some sections gets the rows of their students."""

    def write(out: IO[bytes]) -> None:
        for line in as_csv(_sheet(actor, wanted)):
            out.write(line)

    return made(dated(wanted.name.replace("_", "-"), "csv"), "text/csv; charset=utf-8", write)


@bp.get("/courses/<course_id>/participation/tables.xlsx")
@allow("course:run", course_for)
def workbook(actor: Actor, course: Course) -> ResponseReturnValue:
    """All tables, and the dictionary as the last sheet."""
    sheets = (_sheet(actor, Wanted(course, name)) for name in (*TABLES, DICTIONARY))
    return made(dated("participation", "xlsx"), BOOK, lambda out: as_book(sheets, out))


def _sheet(actor: Actor, wanted: Wanted) -> Sheet:
    if wanted.name == DICTIONARY:
        return dictionary(list(TABLES))
    return sheet_of(wanted.name, actor, wanted.course)
