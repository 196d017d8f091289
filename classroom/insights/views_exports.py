"""Everything taken out: a course, a project's participation, one's own data, a student's data for them."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from os import SEEK_END
from typing import IO

from flask import Response
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.clock import now
from classroom.core.serving import serving_headers
from classroom.courses.commands_viewing import note_export
from classroom.courses.models import Course, Membership
from classroom.courses.queries import course_for, course_numbered, seats_ever_of
from classroom.courses.queries_people import member_for
from classroom.courses.queries_viewing import through_the_eyes_of
from classroom.insights.exports.bundle import IN_MEMORY, PIECE
from classroom.insights.exports.course import write_course
from classroom.insights.exports.participation import gradebook, parts_in
from classroom.insights.exports.person import write_person
from classroom.insights.views import bp
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.web.forms import check_press


@bp.get("/courses/<course_id>/export.zip")
@allow("course:export", course_for)
def export_course(actor: Actor, course: Course) -> ResponseReturnValue:
    return _zip("course", lambda out: write_course(actor, course, out))


@bp.get("/projects/<project_id>/participation.csv")
@allow("project:tend", project_for)
def export_participation(actor: Actor, project: Project) -> ResponseReturnValue:
    """An assistant of some sections gets their students."""
    parts = parts_in(actor, project)
    headers = serving_headers("text/csv; charset=utf-8", dated("participation", "csv"), inline=False)
    return Response(gradebook(parts), headers=headers)


@bp.get("/settings/data.zip")
@allow("account:own")
def export_own(actor: Actor) -> ResponseReturnValue:
    """Also from courses that one has left."""
    whole = Actor(actor.person_id, actor.name, actor.called, seats=seats_ever_of(actor.person_id))
    return _zip("your-data", lambda out: write_person(whole, out))


@bp.post("/members/<member_id>/data")
@allow("member:view_as", member_for)
def export_student(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """A student asked for their data: what they see in this course, without drafts; it is noted."""
    check_press()
    note_export(seat, actor.person_id)
    course = course_numbered(seat.course_id)
    eyes = through_the_eyes_of(seat, seat.person, course.archived_at)
    return _zip("student-data", lambda out: write_person(eyes, out))


def _zip(what: str, write: Callable[[IO[bytes]], object]) -> Response:
    return made(dated(what, "zip"), "application/zip", write)


def made(name: str, kind: str, write: Callable[[IO[bytes]], object]) -> Response:
    """Made on disk and whole before the first byte leaves: the database waits for no slow reader."""
    with ExitStack() as until_sent:
        out = until_sent.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
        write(out)
        size = out.seek(0, SEEK_END)
        out.seek(0)
        small = size <= IN_MEMORY
        answer = Response(
            out.read() if small else iter(lambda: out.read(PIECE), b""),
            headers=serving_headers(kind, name, inline=False),
        )
        answer.content_length = size
        if not small:
            answer.call_on_close(until_sent.pop_all().close)
    return answer


def dated(what: str, ending: str) -> str:
    """It names neither the course nor a person: downloads lie about in folders that others see."""
    return f"{what}-{now():%Y-%m-%d}.{ending}"
