"""A whole course in one ZIP, for its instructors."""

from typing import IO

from classroom.access import Actor, Role, Seat
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.insights.exports.boards import board_sheets
from classroom.insights.exports.bundle import Bundle, Sheet
from classroom.insights.exports.cast import Cast, cast_of
from classroom.insights.exports.course_frame import frame_sheets, material_files
from classroom.insights.exports.course_labels import label_sheets, learning_lines
from classroom.insights.exports.course_practice import practice_sheets
from classroom.insights.exports.course_record import record_sheets
from classroom.insights.exports.course_work import work_files, work_sheets
from classroom.insights.exports.help import help_sheets
from classroom.insights.exports.lesson import lesson_sheets
from classroom.insights.exports.questions import question_sheets
from classroom.insights.exports.reasons import reason_sheets


def write_course(actor: Actor, course: Course, out: IO[bytes]) -> Bundle:
    """Everything that the actor, an instructor, sees on the pages of the course."""
    cast = cast_of(course)
    with Bundle(out) as bundle:
        for sheet in _sheets(actor, cast):
            bundle.sheet(sheet)
        bundle.lines("learning.jsonl", learning_lines(actor, cast))
        work_files(actor, cast, bundle)
        material_files(cast, bundle)
        bundle.explain(course.title, _notes())
    return bundle


def _sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    parts = (
        frame_sheets(cast),
        work_sheets(actor, cast),
        reason_sheets(actor, cast),
        practice_sheets(cast),
        lesson_sheets(cast),
        board_sheets(cast),
        help_sheets(actor, cast),
        question_sheets(cast),
        record_sheets(actor, cast),
        label_sheets(actor, cast),
    )
    return [sheet for part in parts for sheet in part]


def _notes() -> list[str]:
    return [
        _("This is all that people did in the course, as an instructor sees it, with names."),
        _("Keep it as you keep grades: it holds addresses, students' work, and who reported what."),
        _("Not in it: notes on a board that is not revealed, and who wrote which note on one without names."),
        _("Not in it: drafts that were never posted, what people were told by mail, and their settings."),
    ]


def whoever_runs_it(course: Course) -> Actor:
    """On the command line: the eyes of an instructor, and no person behind them."""
    seat = Seat(course_id=course.id, membership_id=0, number=0, role=Role.INSTRUCTOR)
    return Actor(person_id=0, name="", called="", seats={course.id: seat})
