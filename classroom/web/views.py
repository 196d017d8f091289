"""Pages that belong to no domain: help, and in the demo the style page."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from classroom.access.guard import open_to_everyone

bp = Blueprint("web", __name__)


@bp.get("/help")
@open_to_everyone
def help_page() -> ResponseReturnValue:
    """How the common things are done, the keys, and how the page looks."""
    return render_template("layout/help.html")


@bp.get("/style")
@open_to_everyone
def style() -> ResponseReturnValue:
    """Every token and component in every state; only where nothing is real."""
    if not current_app.config.get("DEMO"):
        abort(404)
    return render_template("style/page.html")
