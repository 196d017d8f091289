"""A great comment becomes an example of the guidelines, for as long as its writer consents."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations.models import Highlight
from classroom.celebrations.queries import highlight_for
from classroom.celebrations.rules import is_on_wall
from classroom.celebrations.views import bp
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.queries import course_numbered
from classroom.guidelines.commands import add_example, begin_draft
from classroom.guidelines.models import Ruling
from classroom.guidelines.queries import draft_version
from classroom.web.forms import check_press


@bp.post("/highlights/<highlight_id>/guideline-example")
@allow("guidelines:edit", highlight_for)
def guideline_example(_actor: Actor, made: Highlight) -> ResponseReturnValue:
    """Into the draft, which is begun where there is none; a second press finds it there."""
    check_press()
    if not is_on_wall(made, made.comment):
        raise RuleBroken(_("Its writer does not consent any more, so it cannot be shown."))
    course = course_numbered(made.course_id)
    draft = draft_version(course.id) or begin_draft(course)
    if all(one.highlight_id != made.id for one in draft.examples):
        situation = _("Somebody writes on a classmate's work: “%(words)s”", words=made.comment.body)
        add_example(
            course.id,
            version=draft,
            situation=situation,
            ruling=Ruling.ENCOURAGED,
            why=made.why,
            highlight_id=made.id,
        )
    flash(
        _(
            "It is in the draft of the guidelines, without a name. Students see it once you publish that; "
            "if its writer takes consent back, it goes."
        ),
        "good",
    )
    return redirect(url_for("guidelines.draft", course_id=course.public_id, _anchor="examples"), 303)
