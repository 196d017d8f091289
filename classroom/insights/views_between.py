"""What two people say only of one another: the evidence for staff, and one thing to do, which is to talk."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.helpfulness.queries import Pair, seen_between_two
from classroom.insights.forms import AnnouncementForm
from classroom.insights.views import bp
from classroom.insights.views_announcing import written
from classroom.web.forms import PlainForm, check_press


@bp.get("/courses/<course_id>/between-two")
@allow("course:run", course_for)
def between(actor: Actor, course: Course) -> ResponseReturnValue:
    return render_template(
        "insights/between.html", course=course, pairs=seen_between_two(actor, course), plain=PlainForm()
    )


@bp.post("/courses/<course_id>/between-two/talk")
@allow("announcement:make", course_for)
def talk(actor: Actor, course: Course) -> ResponseReturnValue:
    """A kind word to both, to be edited first; each gets a letter of their own that names nobody."""
    check_press()
    pair = _pair(actor, course, set(request.form.getlist("who")))
    form = AnnouncementForm.from_request()
    if "title" not in request.form:
        form.title.data = _("A word with you")
        form.body.data = _(
            "I read along in the course, and I would like to hear how commenting goes for you. "
            "This is no reproach, and nothing is counted. Could you come by after class, or write to me?"
        )
    here = url_for(".talk", course_id=course.public_id)
    back = url_for(".between", course_id=course.public_id)
    people = [(one.person_id, one.name) for one in (pair.one, pair.other)]
    kept = [("who", one.public_id) for one in (pair.one, pair.other)]
    return written(actor, course, people, form, here, back, to_all=False, kept=kept)


def _pair(actor: Actor, course: Course, ids: set[str]) -> Pair:
    """Nothing is written to anybody who is not in such a pair, and in the actor's care."""
    for pair in seen_between_two(actor, course):
        if {pair.one.public_id, pair.other.public_id} == ids:
            return pair
    raise RuleBroken(_("These two are not on the page any more. Have a look at it again."))
