"""Trying everything with a made-up class, before the real one."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.accounts.queries import person
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.sample.commands import begin_sample
from classroom.web.forms import check_press

bp = Blueprint("sample", __name__)


@bp.post("/courses/sample")
@allow("course:create")
def begin(actor: Actor) -> ResponseReturnValue:
    """Pressed twice it leads to the same class."""
    check_press()
    course = begin_sample(person(actor.person_id), now())
    flash(_("This class is made up and yours to try. Nobody in it is real, and nobody gets mail."), "good")
    return redirect(url_for("courses.show", course_id=course.public_id), 303)
