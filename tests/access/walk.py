"""Walking every route as every kind of person, each request undone before the next."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, select

from classroom.access import RULES, SIGNED_IN, Kind
from classroom.core.db import db
from tests.access.scene import OTHERS, STUDENTS, Scene

LABELS = (*STUDENTS, *OTHERS)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# A mail program's one press (RFC 8058) comes without any page: the address itself is signed, for one person's
# letters of one kind. tests/notices/test_choosing.py tries it with forged ones.
SIGNED_ADDRESS = {"notices.stop_mail"}
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK TO")  # everything else may write
NAMES_OF_TOKENS = ("csrf_token", "new-csrf_token")


@dataclass(frozen=True)
class Step:
    """One route with its values filled in."""

    endpoint: str
    action: str
    method: str
    path: str
    filled: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} ({self.action}) {dict(self.filled).get('kind', '')}".strip()


def steps(app: Flask, scene: Scene) -> Iterator[Step]:
    """Every route and method; a route whose values the scene has not got is a KeyError that names it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        action = app.view_functions[rule.endpoint].__dict__["access"]
        try:
            places = list(scene.places(set(rule.arguments)))
        except KeyError as missing:
            raise KeyError(f"{rule.endpoint}: the scene has no place for {missing}") from None
        for filled in places:
            with app.test_request_context():
                path = rule.build(filled)[1]
            for method in sorted(rule.methods & {"GET", *UNSAFE}):
                yield Step(rule.endpoint, action, method, path, tuple(filled.items()))


def may(step: Step, kind: Kind) -> bool:
    """What the table says."""
    if step.action == "everyone":
        return True
    return kind in RULES[step.action].who


class Walker:
    """Requests as anyone of the scene; whatever they change is rolled back at once."""

    def __init__(self, app: Flask, connection: Connection, scene: Scene) -> None:
        self.app, self.connection, self.scene = app, connection, scene
        self.cookies: dict[str, str] = {}
        self.csrf: dict[str, str] = {}
        self.wrote = False
        event.listen(connection, "before_cursor_execute", self._note)
        for label in LABELS:
            self._prepare(label)

    def _prepare(self, label: str) -> None:
        """The cookie of someone signed in, and a token that goes with it."""
        client = self.app.test_client()
        token = self.scene.tokens.get(label)
        if token:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        page = client.get("/sign-in" if OTHERS.get(label) is Kind.VISITOR else "/settings")
        self.csrf[label] = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[0]
        found = client.get_cookie("classroom")
        self.cookies[label] = found.value if found else ""

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Comparing all tables takes sixty statements: not worth it where nothing can have changed."""
        if not statement.lstrip().upper().startswith(READING):
            self.wrote = True

    @contextmanager
    def undone(self) -> Iterator[None]:
        db.session.commit()
        savepoint = self.connection.begin_nested()
        self.wrote = False
        try:
            yield
        finally:
            db.session.rollback()
            savepoint.rollback()
            db.session.expire_all()

    def go(self, step: Step, label: str, *, with_token: bool = True, **kwargs: Any) -> Any:
        """The answer to one request; what everybody has one of is always their own."""
        client = self.app.test_client()
        if self.cookies[label]:
            client.set_cookie("classroom", self.cookies[label])
        path = step.path
        if step.method in UNSAFE and with_token:
            kwargs.setdefault("data", dict.fromkeys(NAMES_OF_TOKENS, self.csrf[label]))
        for name, own in self.scene.own.get(label, {}).items():
            path = path.replace(name, own)
        return client.open(path, method=step.method, **kwargs)

    def has_changed(self, before: dict[str, list[Any]]) -> bool:
        """Whether any row is another than `before`; where no statement wrote, none is read again."""
        return self.wrote and self.rows() != before

    def rows(self) -> dict[str, list[Any]]:
        """Everything in the database but the moments at which sessions were seen."""
        tables = [table for table in db.metadata.sorted_tables if table.name != "sessions"]
        return {
            table.name: [tuple(row) for row in self.connection.execute(select(table).order_by(table.c.id))]
            for table in tables
        }


def breach(step: Step, label: str, kind: Kind, answer: Any) -> str | None:
    """What is wrong with this answer, in one line, or None."""
    told, status = f"{step} as {label}: {answer.status_code}", answer.status_code
    if status >= 500:
        return f"{told}, an error of ours"
    if kind is Kind.VISITOR and step.action != "everyone":
        to_door = status in {301, 302, 303} and "/sign-in" in answer.headers["Location"]
        return None if to_door or status == 401 else f"{told}, and not to the sign-in page"
    if may(step, kind):
        return f"{told}, though the table lets them" if status in {401, 403, 404, 405} else None
    if step.action != "everyone" and kind not in SIGNED_IN:
        return f"{told}, and nobody knows who that is"
    return None if status in {403, 404} else f"{told}, though the table does not let them"
