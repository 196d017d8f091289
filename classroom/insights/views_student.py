"""One student's page for the staff who tend them: project by project, and the moves they use over time."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.celebrations.rules import MOVES, move_words
from classroom.comments.participation import Participant
from classroom.core.i18n import _
from classroom.courses.models import Membership
from classroom.courses.queries import course_numbered
from classroom.helpfulness.queries import left_out_in
from classroom.insights.moves import Growth, growth
from classroom.insights.queries_matrix import begun_projects
from classroom.insights.queries_student import Exchange, Help, exchanges, help_of, line_of, student_for
from classroom.insights.views_matrix import bp
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.web.forms import PlainForm

MOST_SHOWN = 12


@dataclass(frozen=True)
class Chapter:
    """One project in the student's story. `stands` is None once they have left the course."""

    project: Project
    stands: Participant | None
    talk: Exchange
    help: list[Help]


@bp.get("/members/<member_id>/work")
@allow("member:see", student_for)
def student(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """What they posted, gave and received, what became of it, and the acts that follow."""
    course = course_numbered(seat.course_id)
    projects = begun_projects(actor, course.id)
    line = line_of(actor, projects, seat.person_id)
    talk, asked = exchanges(actor, seat, left_out_in(course.id)), help_of(actor, seat)
    stands = {one.id: line.cells[place] if line else None for place, one in enumerate(projects)}
    chapters = [
        Chapter(one, stands[one.id], talk.get(one.id, Exchange()), asked.get(one.id, []))
        for one in reversed(projects)
    ]
    times = [one.work.last_at for one in stands.values() if one and one.work.last_at]
    return render_template(
        "insights/student.html",
        course=course,
        seat=seat,
        person=seat.person,
        section=seat.section.name if seat.section else None,
        chapters=chapters,
        elsewhere=asked.get(None, []),
        last_at=max(times, default=None),
        most=MOST_SHOWN,
        growth=_growth(talk, course.zone),
        move_words={move: move_words(move) for move in MOVES},
        columns=_columns(),
        may_view_as=may(actor, "member:view_as", seat),
        state_words=_state_words(),
        plain=PlainForm(),
    )


def _columns() -> list[str | dict[str, object]]:
    """The table beside the pictures."""
    counted = [_("Comments"), *(move_words(move) for move in MOVES)]
    return [_("Week from"), *({"label": words, "number": True} for words in counted)]


def _growth(talk: Mapping[int, Exchange], zone: str) -> Growth | None:
    said = [
        (one.posted_at, one.moves)
        for there in talk.values()
        for one in there.given
        if one.posted_at is not None and one.state is State.VISIBLE
    ]
    return growth(said, MOVES, zone)


def _state_words() -> dict[str, str]:
    """What is said of a comment that is not simply there."""
    return {
        State.HELD.value: _("waits for a person"),
        State.RETURNED.value: _("came back"),
        State.REMOVED.value: _("removed"),
        State.WITHDRAWN.value: _("taken back"),
    }
