"""A sample taken from a post of an earlier project: the author's name out of it, and their consent noted."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.calibration.forms import SampleForm
from classroom.calibration.rules import without_names
from classroom.calibration.views import bp
from classroom.comments.queries import reading_for
from classroom.comments.tallies import peers_of
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.queries import project_for, projects_led
from classroom.web.numbers import whole


@bp.get("/projects/<project_id>/calibration/posts")
@allow("calibration:edit", project_for)
def posts(actor: Actor, project: Project) -> ResponseReturnValue:
    """The projects that one led before, and the posts of the one that is chosen."""
    earlier = [one for one in projects_led(actor) if one.id != project.id]
    wanted = request.args.get("from")
    chosen = next((one for one in earlier if one.public_id == wanted), earlier[0] if earlier else None)
    peers = peers_of([chosen.id], actor.person_id).get(chosen.id, []) if chosen else []
    shown = [peer for peer in peers if peer.state is State.VISIBLE]
    return render_template(
        "calibration/posts.html",
        project=project,
        earlier=earlier,
        chosen=chosen,
        paging=page_of(shown, request.args.get("page", 1, type=whole)),
    )


def prefilled(actor: Actor, post_id: str) -> SampleForm:
    """The form with a post's words; `NotFound` for a post that the actor does not lead."""
    reading = reading_for(actor, post_id)
    if reading is None or not actor.leads(reading.course_id):
        raise NotFound
    names = [name for name in (reading.author.name, reading.author.called) if name]
    instead = _("[name]")
    return SampleForm(
        data={
            "title": without_names(reading.revision.title, names, instead),
            "body": without_names(reading.revision.source, names, instead),
            "copied": post_id,
        }
    )
