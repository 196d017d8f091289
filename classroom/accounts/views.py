"""Signing in and out."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from classroom.access import open_to_everyone

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    return render_template("accounts/sign_in.html")
