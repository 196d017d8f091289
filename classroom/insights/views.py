"""Home, and whether the service is well."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from classroom.access import SIGNED_IN, Actor, allow, open_to_everyone, rule
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.insights import queries
from classroom.insights.home import home_of
from classroom.notices.queries import oldest_waiting_seconds
from classroom.notices.wording import words_of
from classroom.web.forms import PlainForm
from classroom.web.templating import in_course

bp = Blueprint("insights", __name__)


@rule("home:see", SIGNED_IN)
def may_see_home(actor: Actor, _row: None) -> bool:
    """Everyone who is signed in sees their own home."""
    return bool(actor)


@bp.get("/")
@allow("home:see")
def home(actor: Actor) -> ResponseReturnValue:
    found = home_of(actor)
    if len(found.courses) == 1:
        in_course(found.courses[0].id)
    elif not found.courses and not found.past and actor.may_teach:
        return redirect(url_for("courses.create"))
    zone = ZoneInfo(found.courses[0].zone if found.courses else actor.zone)
    return render_template(
        "insights/home.html",
        home=found,
        greeting=_greeting(actor.called, now().astimezone(zone)),
        several=len(found.courses) > 1,
        words_of=words_of,
        form=PlainForm(),
        may_teach=actor.may_teach,
        teaches=bool(actor.courses_taught()),
        tended=[one for one in found.courses if actor.teaches(one.id)],
    )


def _greeting(name: str, here: datetime) -> str:
    if 5 <= here.hour < 12:
        return _("Good morning, %(name)s", name=name)
    if 12 <= here.hour < 18:
        return _("Good afternoon, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name)


@bp.get("/healthz")
@open_to_everyone
def health() -> ResponseReturnValue:
    """200 when the database answers and its schema is the one this code needs; 503 otherwise."""
    state = queries.database_state(current_app.extensions["migrate"].directory)
    body: dict[str, object] = {"ok": state.ok, "database": state.database, "migration": state.migration}
    if state.ok:
        body["oldest_letter_seconds"] = oldest_waiting_seconds()
    return body, 200 if state.ok else 503
