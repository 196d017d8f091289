"""Seeing the course as one of its students: begun from their page, stopped from the banner on every page."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.courses import commands_viewing
from classroom.courses.models import Membership
from classroom.courses.queries_people import member_for
from classroom.courses.views import bp
from classroom.web import sign_in as glue
from classroom.web.forms import check_press


@bp.post("/members/<member_id>/viewing")
@allow("member:view_as", member_for)
def view_as(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """To where the student's own day begins: their home, with this course alone."""
    check_press()
    back = url_for(".member", member_id=seat.public_id)
    glue.look_through(commands_viewing.begin_viewing(seat, actor.person_id), back)
    return redirect(url_for("insights.home"), 303)


@bp.post("/viewing/ending")
@allow("viewing:stop")
def stop_viewing(_actor: Actor) -> ResponseReturnValue:
    """Back to the student's page, as oneself."""
    check_press()
    key, back = glue.look_no_more()
    commands_viewing.stop_viewing(key)
    return redirect(back or url_for("insights.home"), 303)
