"""An installation of its own, on either database, with a small class; served as `classroom serve` does."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from classroom.accounts.commands import start_session
from classroom.app import create_app
from classroom.cli.schema import upgrade_in
from classroom.config import read_settings
from classroom.core import links, mail, signed, storage
from classroom.core.db import db
from classroom.courses.commands_roster import hand_in
from classroom.courses.roster.table import Text
from classroom.projects.models import PairingPolicy
from tests.factories import Make

ROOT = Path(__file__).parents[2]
ROSTER = "".join(f"Student {n},new{n}@example.edu\n" for n in range(12))


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """An empty one of the kind that the tests run on; the URL is empty for SQLite in the folder."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given.startswith("postgresql"):
        yield ""
        return
    name = f"classroom_faults_{os.getpid()}_{abs(hash(folder)) % 10**8}"
    server = create_engine(given, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield make_url(given).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


@contextmanager
def others_kept() -> Iterator[None]:
    """What `put_in_place` sets for a process belongs to the run's own app."""
    with pytest.MonkeyPatch.context() as patch:
        kept = ((storage, "_current"), (mail, "_current"), (links, "_base"), (signed, "_keys"))
        for module, name in kept:
            patch.setattr(module, name, getattr(module, name))
        yield


@dataclass
class Installation:
    """A folder, a database, and who is in the class: `post` is Maya's, `project` takes posts with files."""

    folder: Path
    url: str
    more: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        return {"CLASSROOM_INSTANCE": str(self.folder), "DATABASE_URL": self.url, **self.more}

    @contextmanager
    def app(self, **more: str) -> Iterator[Flask]:
        """The product in this process, with `more` settings, and nothing left open after it."""
        with others_kept():
            made = create_app(read_settings({**self.environment, **more}))
            try:
                yield made
            finally:
                with made.app_context():
                    db.session.remove()
                    db.engine.dispose()

    def ask(self, question: Callable[[], Any]) -> Any:
        with self.app() as app, app.app_context():
            found = question()
            db.session.remove()
            return found

    def begin(self) -> "Installation":
        """The schema, a teacher, three students, a project that runs, a post, a roster to confirm."""
        with self.app() as app:
            upgrade_in(app)
            with app.app_context(), app.test_request_context():
                self._class()
                db.session.commit()
        return self

    def _class(self) -> None:
        make = Make()
        teacher = make.person("Adaeze Okafor")
        course = make.course(teacher)
        project = make.project(course, post_first=False, pairing=PairingPolicy.EVERYONE, comments_wanted=1)
        people = {name: make.student(course, name.title()) for name in ("maya", "kofi", "noor")}
        post = make.post(project, people["maya"])
        roster = hand_in(
            course, Text("name,email\n" + ROSTER, "utf-8", True), filename="a.csv", by_id=teacher.id
        )
        for name, person in {**people, "teacher": teacher}.items():
            self.tokens[name] = start_session(person, "a test")
        self.ids = {
            "course": course.public_id,
            "project": project.public_id,
            "post": post.public_id,
            "roster": roster.public_id,
        }

    def cookie(self, name: str, app: Flask | None = None) -> str:
        """What a signed-in browser sends."""
        if app is None:
            with self.app() as made:
                return self.cookie(name, made)
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        value = signer.dumps({"_user_id": self.tokens[name], "_fresh": True, "_permanent": True})
        return f"{app.config['SESSION_COOKIE_NAME']}={value}"

    def start(self) -> None:
        """`classroom serve` as an installation runs it; returns when it answers."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "classroom", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if self.get("/healthz", timeout=2)[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(20)
        self.process = None

    def request(
        self,
        method: str,
        path: str,
        *,
        cookie: str = "",
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 15,
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own: status, headers, body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        try:
            line.request(method, path, body, sent)
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def get(self, path: str, **options: Any) -> tuple[int, dict[str, str], bytes]:
        return self.request("GET", path, **options)

    def send(self, page: str, path: str, cookie: str, **values: str) -> tuple[int, dict[str, str], bytes]:
        """Fetch a page, take its token, and send a form."""
        _status, headers, shown = self.get(page, cookie=cookie)
        cookie = headers.get("set-cookie", cookie).split(";")[0]
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', shown)
        assert found, shown[:400]
        body = urlencode({"csrf_token": found[1].decode(), **values})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, cookie=cookie, body=body, headers=kind)
