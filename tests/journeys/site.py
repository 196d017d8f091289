"""A live site for the journeys: one server, and databases that are put back between them."""

import logging
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from werkzeug.serving import make_server

from classroom.accounts.commands import start_session
from classroom.accounts.models import Person
from classroom.app import create_app, put_in_place
from classroom.cli.demo import views as demo
from classroom.cli.demo.build import build
from classroom.cli.schema import upgrade_in
from classroom.cli.worker import send_due
from classroom.config import Settings
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.guidelines import commands as guidelines
from classroom.projects.models import PairingPolicy
from tests.factories import Make

MAYA, KOFI = "maya@example.edu", "kofi@example.edu"


@dataclass
class Site:
    """Where the product answers, and what it has written."""

    app: Flask
    settings: Settings

    @property
    def url(self) -> str:
        return self.settings.base_url

    @property
    def database(self) -> Path:
        return self.settings.instance / "journeys.sqlite3"

    def cookie_of(self, email: str) -> dict[str, Any]:
        """A signed-in browser's cookie, as signing in would set it."""
        with self.app.app_context():
            person = db.session.scalars(select(Person).where(Person.email == email)).one()
            token = start_session(person, "a journey")
            db.session.commit()
            db.session.remove()
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        value = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
        return {"name": self.app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.url}

    def read(self, question: Callable[[], Any]) -> Any:
        """What the database holds just now."""
        with self.app.app_context(), self.app.test_request_context():
            found = question()
            db.session.remove()
            return found

    def letters(self, to: str) -> list[str]:
        """The texts of the mail to someone, the oldest first, as files in the instance's folder."""
        with self.app.app_context(), clock.at(now() + timedelta(hours=10)):  # whatever hour it is here
            send_due()
            db.session.remove()
        folder = self.settings.instance / "mail"
        texts = [(path.stat().st_mtime_ns, path.read_text()) for path in folder.glob("*.eml")]
        return [text.replace("=\n", "") for _at, text in sorted(texts) if f"To: {to}" in text]

    def link_in_mail(self, to: str, path: str) -> str:
        """The newest link to `path` in someone's mail."""
        found = [
            link for text in self.letters(to) for link in re.findall(rf"{self.url}{path}[\w/#?=&.-]*", text)
        ]
        assert found, self.letters(to)
        return found[-1]

    def put_back(self, copy: Path) -> None:
        """The database as `copy` has it; no mail, no files beside the copy's."""
        with self.app.app_context():
            db.engine.dispose()
        with sqlite3.connect(copy) as source, sqlite3.connect(self.database) as target:
            source.backup(target)
        source.close()
        target.close()
        shutil.rmtree(self.settings.instance / "mail", ignore_errors=True)
        put_in_place(self.settings)

    def keep_as(self, name: str) -> Path:
        copy = self.settings.instance / f"{name}.copy"
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        with sqlite3.connect(self.database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        source.close()
        target.close()
        return copy


@contextmanager
def served(folder: Path, host: str = "127.0.0.1") -> Iterator[Site]:
    """The product on a free port of this machine, which people call `host`."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    def later(environ: Any, start: Any) -> Any:
        return app(environ, start)  # made below: its links need the port

    server = make_server("127.0.0.1", 0, later, threaded=True)
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'journeys.sqlite3'}",
        secret_key="for the journeys only, and long enough",
        base_url=f"http://{host}:{server.server_port}",
        files_url=str(folder / "files"),
        demo=True,
    )
    app = create_app(settings)
    app.register_blueprint(demo.bp)
    upgrade_in(app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(app, settings)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def build_class(site: Site) -> None:
    """The demo's class of 24, as it stands now."""
    with site.app.app_context(), site.app.test_request_context():
        build(now())
        db.session.remove()


def begin_course(site: Site, email: str) -> None:
    """A course that has just begun: guidelines, a running project, and two posts that wait for comments."""
    make = Make()
    with site.app.app_context(), site.app.test_request_context():
        teacher = db.session.scalars(select(Person).where(Person.email == email)).one()
        course = make.course(teacher)
        guidelines.publish(guidelines.begin_draft(course, from_starter=True), teacher.id, major=True)
        project = make.project(course, pairing=PairingPolicy.EVERYONE, comments_wanted=1)
        for name, address in (("Maya Adler", MAYA), ("Kofi Mensah", KOFI)):
            student = make.student(course, name)
            student.email = student.email_key = address
            make.post(project, student)
        db.session.commit()
        db.session.remove()
