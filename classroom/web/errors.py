"""Errors as people read them: what happened, what to do next, and nothing typed is lost."""

import logging

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken, Unavailable
from classroom.core.i18n import _, _l

log = logging.getLogger("classroom")

TITLES = {
    400: _l("That request was not understood"),
    403: _l("Not yours to do"),
    404: _l("Nothing here"),
    405: _l("That cannot be done here"),
    409: _l("Someone was faster"),
    413: _l("Too large"),
    422: _l("Something is missing"),
    429: _l("One moment"),
    500: _l("Our mistake"),
    503: _l("Back in a moment"),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(HTTPException, _http)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(IntegrityError, _lost_a_race)
    app.register_error_handler(StaleDataError, _lost_a_race)
    app.register_error_handler(DataError, _does_not_fit)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, what: object, retry_after: int | None = None) -> ResponseReturnValue:
    """The error page of `status`; whatever was typed is offered back for copying."""
    title = TITLES.get(status, TITLES[400])
    kept = [text for _name, text in typed()] if request.method == "POST" else []
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    template = "layout/_problem.html" if request.headers.get("HX-Request") else "layout/error.html"
    ask = _whom_to_ask() if status == 403 else ""
    shown = render_template(template, status=status, title=title, what=what, kept=kept, ask=ask)
    return shown, status, headers


def _whom_to_ask() -> str:
    """The names of the course's instructors, where the page belongs to a course."""
    course_id = g.get("course_id")
    return ", ".join(current_app.extensions["classroom.instructors"](course_id)) if course_id else ""


SECRET = frozenset({"csrf_token", "password", "new_password", "once", "token"})


def typed() -> list[tuple[str, str]]:
    """What somebody wrote, by the names of its fields."""
    try:
        form = request.form
    except HTTPException:
        return []  # it was too large to be read
    return [(name, text) for name, text in form.items() if name not in SECRET and 20 < len(text) < 1_000_000]


def _rule_broken(error: RuleBroken) -> ResponseReturnValue:
    db.session.rollback()
    wait = error.details.get("retry_after") or (5 if error.status == 503 else None)
    return page(error.status, error.message, wait)


def _http(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(error, SecurityError):
        return "This address is not served here.", 400  # a forged Host: no page, no link is made for it
    if error.code is not None and error.code < 400:
        return error.get_response()
    said = {
        404: _("There is nothing here, or it is not yours to see."),
        405: _("Go back and use the page's own buttons."),
        413: _("That is more than this page takes: %(limit)s at most.", limit=_most()),
    }
    return page(error.code or 500, said.get(error.code or 500, _("Please go back and try again.")))


def _most() -> str:
    """What this page takes, as people say it."""
    kilobytes = (request.max_content_length or 0) // 1024
    return f"{kilobytes // 1024} MB" if kilobytes >= 1024 else f"{kilobytes} kB"


def _database_away(error: OperationalError | InterfaceError | PoolTimeout) -> ResponseReturnValue:
    log.error("database does not answer: %s", type(getattr(error, "orig", error)).__name__)
    return database_away()


def database_away() -> ResponseReturnValue:
    """The page that asks the database nothing, not even whose page it is: it would fail, or wait, again."""
    g.actor, g.course_id = None, None
    g.pop("frame", None)
    return _rule_broken(Unavailable())


def _lost_a_race(_error: IntegrityError | StaleDataError) -> ResponseReturnValue:
    return _rule_broken(ChangedMeanwhile())


def _does_not_fit(_error: DataError) -> ResponseReturnValue:
    """PostgreSQL is stricter than any form: too long, too large, or a character that no text may hold."""
    return _rule_broken(RuleBroken(_("Something in it is too long, or is no text. Nothing was saved.")))


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.exception("unexpected: %s", type(error).__name__, exc_info=error)
    db.session.rollback()
    return page(500, _("We have noted it. Your text is below, if you had written any; please try again."))
