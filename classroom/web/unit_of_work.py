"""One commit after a successful unsafe request; a GET saves nothing; listeners run after the commit."""

from contextlib import AbstractContextManager

from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from classroom.core.db import db, writing
from classroom.core.errors import ChangedMeanwhile, RuleBroken, Unavailable
from classroom.core.events import forget_waiting, tell_waiting
from classroom.web.errors import database_away, page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_settle)
    app.teardown_request(_end)


def _begin() -> None:
    forget_waiting()
    if request.method not in SAFE:
        g.writing = writing()
        g.writing.__enter__()


def _settle(response: Response) -> Response:
    refused = request.method in SAFE or response.status_code >= 400
    # A refused form may still have noted something that must stay, such as a failed sign-in.
    if refused and not g.get("keep_despite_refusal"):
        db.session.rollback()
        forget_waiting()
        return response
    try:
        _commit()
    except Unavailable:
        return make_response(database_away())
    except RuleBroken as broken:
        return make_response(page(broken.status, broken.message))
    tell_waiting()
    return response


def _commit() -> None:
    try:
        db.session.commit()
    except (IntegrityError, StaleDataError) as error:
        db.session.rollback()
        forget_waiting()
        raise ChangedMeanwhile from error
    except (OperationalError, PoolTimeout) as error:
        db.session.rollback()
        forget_waiting()
        raise Unavailable from error


def _end(_error: BaseException | None) -> None:
    unit: AbstractContextManager[None] | None = g.pop("writing", None)
    if unit is not None:
        unit.__exit__(None, None, None)


def keep_despite_refusal() -> None:
    """Commit this request's writes although its answer is a refusal (a noted failed sign-in)."""
    g.keep_despite_refusal = True
