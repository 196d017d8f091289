"""“I talked with them”: a note that staff keep of a talk with a student."""

from datetime import timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.courses.models import Membership
from classroom.courses.queries import course_numbered
from classroom.courses.queries_people import member_for
from classroom.insights import views_today_words as said
from classroom.insights.forms import TalkForm
from classroom.insights.views_today import bp
from classroom.notices.commands_tending import note_talk
from classroom.notices.queries_tending import tended_since
from classroom.undo.commands import offer
from classroom.web.preview import back_with
from classroom.web.templating import in_course

LATELY = timedelta(days=180)


@bp.route("/members/<member_id>/talks", methods=["GET", "POST"])
@allow("member:tend", member_for)
def talk(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """With what was done for them lately, so that nobody says the same twice."""
    course, form = course_numbered(seat.course_id), TalkForm.from_request()
    back = url_for(".show", course_id=course.public_id)
    if request.method == "POST" and form.validate():
        made = note_talk(
            course.id, seat.person_id, form.text.data or "", by_id=actor.person_id, once=form.key
        )
        undo = offer(actor.person_id, "today.talk", made.public_id, back=back) if made else None
        return back_with(_("Noted. Today tells you what comes of it."), back, undo=undo)
    in_course(course.id)
    lately = [
        one for one in tended_since(actor, course.id, now() - LATELY) if one.person_id == seat.person_id
    ]
    page = render_template(
        "insights/talk.html", course=course, seat=seat, form=form, back=back, lately=lately[:10], said=said
    )
    return page, 422 if form.has_errors else 200
