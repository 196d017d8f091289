"""How much one request may carry: little, where nobody is signed in; text, or files where a page takes them.

The body is read before a unit of work begins, so that no slow sender holds the database's one pen.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import flask
from flask import Flask, current_app, request, session
from werkzeug.exceptions import HTTPException

KILOBYTE = 1024
UNKNOWN, TEXT = 256 * KILOBYTE, 5 * KILOBYTE * KILOBYTE
V = TypeVar("V", bound=Callable[..., Any])


class Request(flask.Request):
    """What was refused while the body was read is refused each time one asks for it."""

    _refused: HTTPException | None = None

    def _load_form_data(self) -> None:
        if self._refused is not None:
            raise self._refused
        try:
            super()._load_form_data()
        except HTTPException as refused:
            self._refused = refused
            raise


def init_app(app: Flask) -> None:
    app.request_class = Request
    app.before_request(_bound)


def takes_files(view: V) -> V:
    """Mark a view whose form carries files; the others take text only."""
    view.__dict__["takes_files"] = True
    return view


def most_of(app: Flask, environ: dict[str, Any]) -> int:
    """The bytes that the page at this address takes from whoever asks; for a server that reads ahead."""
    with app.request_context({**environ, "wsgi.input": None}):
        return _most()


def _most() -> int:
    limit: int = current_app.config["MAX_CONTENT_LENGTH"]
    if "_user_id" not in session:
        return min(UNKNOWN, limit)
    view = current_app.view_functions.get(request.endpoint or "")
    files = view is not None and "takes_files" in view.__dict__
    return limit if files and request.mimetype == "multipart/form-data" else min(TEXT, limit)


def _bound() -> None:
    request.max_content_length = _most()
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        with suppress(HTTPException):  # said again where the page asks for its form
            _ = request.form
