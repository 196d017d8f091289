"""The demo's own pages: sign in by one press, and read the mail."""

import email
from email import policy
from email.message import EmailMessage
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from classroom.access import Actor, open_to_everyone
from classroom.accounts.commands import start_session
from classroom.accounts.models import Person
from classroom.config import Settings
from classroom.core.db import db
from classroom.core.errors import NotFound
from classroom.courses.models import Membership
from classroom.web import sign_in as glue
from classroom.web.forms import PlainForm

bp = Blueprint("demo", __name__)


@bp.get("/demo")
@open_to_everyone
def doors() -> ResponseReturnValue:
    """Everyone in the class, each one press away."""
    rows = db.session.execute(
        select(Person, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .order_by(Membership.number)
    ).all()
    return render_template("demo/doors.html", rows=rows, form=PlainForm(), going=_going())


def _going() -> str:
    return glue.safe_path(request.values.get("next")) or url_for("insights.home")


@bp.post("/demo/sign-in/<person_id>")
@open_to_everyone
def enter(person_id: str) -> ResponseReturnValue:
    """Only in the demo: nothing here is real."""
    person = db.session.scalar(select(Person).where(Person.public_id == person_id))
    if person is None or not PlainForm.from_request().validate():
        raise NotFound
    glue.begin(start_session(person, "demo"), Actor(person.id, person.name, person.friendly))
    return redirect(_going(), 303)


@bp.get("/demo/mail")
@open_to_everyone
def mail() -> ResponseReturnValue:
    """The letters that the product has written, the newest first."""
    folder = cast("Settings", current_app.extensions["classroom.settings"]).instance / "mail"
    files = sorted(folder.glob("*.eml"), reverse=True)[:50]
    letters = [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return render_template(
        "demo/mail.html",
        letters=[(one["To"], one["Subject"], one["Date"], _plain(one)) for one in letters],
    )


def _plain(letter: EmailMessage) -> str:
    """What a letter says without its page."""
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""
