"""The one press that takes back what was just done."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.i18n import _
from classroom.undo import commands, queries
from classroom.undo.models import Undo
from classroom.web.forms import check_press

bp = Blueprint("undo", __name__)


@bp.post("/undo/<undo_id>")
@allow("undo:own", queries.undo_for)
def press(actor: Actor, done: Undo) -> ResponseReturnValue:
    check_press()
    said = commands.take_back(actor, done)
    flash(said if said is not None else _("That is undone already."), "good")
    return redirect(done.back, 303)
