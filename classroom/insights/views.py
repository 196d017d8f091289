"""Home, and whether the service is well."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from classroom.access import SIGNED_IN, Actor, allow, open_to_everyone, rule
from classroom.insights import queries

bp = Blueprint("insights", __name__)


@rule("home:see", SIGNED_IN)
def may_see_home(actor: Actor, _row: None) -> bool:
    """Everyone who is signed in sees their own home."""
    return bool(actor)


@bp.get("/")
@allow("home:see")
def home(actor: Actor) -> ResponseReturnValue:
    return render_template("insights/home.html", actor=actor)


@bp.get("/healthz")
@open_to_everyone
def health() -> ResponseReturnValue:
    """200 when the database answers and its schema is the one this code needs; 503 otherwise."""
    state = queries.database_state(current_app.extensions["migrate"].directory)
    return {
        "ok": state.ok,
        "database": state.database,
        "migration": state.migration,
    }, 200 if state.ok else 503
