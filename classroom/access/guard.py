"""The guard of every route: find the row, ask the table, hand over the row."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from classroom.access.actor import Actor
from classroom.access.rules import RULES, is_closed
from classroom.core.errors import CourseIsOver, NotFound, Private, Refused

V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
Finder = Callable[..., Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def current_actor() -> Actor | None:
    """Who makes this request; loaded once, by the loader that `create_app` put in place."""
    if "actor" not in g:
        g.actor = current_app.extensions["classroom.actor_loader"]()
    return cast("Actor | None", g.actor)


def allow(action: str, find: Finder | None = None) -> Callable[[V], V]:
    """Let the view run only for those whom the rule `action` allows.

    `find(actor, **url_values)` answers the row or None. The view is called with `(actor, row)`, or with
    `(actor)` where there is no finder. Nobody signed in: to the sign-in page and back. No row: 404. No: 403.
    Through borrowed eyes nothing private is shown; in a course that is over nothing is changed.
    """

    def guard(view: V) -> V:
        @wraps(view)
        def guarded(**url_values: Any) -> ResponseReturnValue:
            actor = current_actor()
            if actor is None:
                return cast("ResponseReturnValue", current_app.extensions["classroom.sign_in_first"]())
            rule, row = RULES[action], None
            if actor.borrowed and rule.private:
                raise Private
            if find is not None:
                row = find(actor, **url_values)
                if row is None:
                    raise NotFound
            if isinstance(course_id := getattr(row, "course_id", None), int) and actor.belongs(course_id):
                g.course_id = course_id  # also an error page keeps the course's frame
            if not rule.may(actor, row):
                raise Refused
            if request.method not in SAFE and is_closed(actor, action, row):
                raise CourseIsOver
            return view(actor, row) if find is not None else view(actor, **url_values)

        guarded.__dict__["access"] = action
        return cast("V", guarded)

    return guard


def open_to_everyone(view: V) -> V:
    """Mark a view that needs nobody to be signed in."""
    view.__dict__["access"] = "everyone"
    return view
