"""One app and one schema for the whole run, a savepoint per test, a fresh app context per request."""

import gc
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Connection, create_engine, event, make_url, text

from classroom.access import Actor
from classroom.accounts import passwords
from classroom.accounts.commands import start_session
from classroom.accounts.models import Person
from classroom.app import create_app, put_in_place
from classroom.config import Settings
from classroom.core import clock
from classroom.core.db import db
from classroom.core.events import forget_waiting
from classroom.courses.queries import seats_of
from tests import factories

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST = (
    "test_every_page.py", "test_tampering.py", "test_killed.py", "test_access_walk.py", "test_scripts.py",
    "test_coach.py", "test_lesson.py", "test_journeys.py", "test_viewing.py", "test_help.py",
    "test_stored_text.py", "test_calibration.py", "test_after_leaving.py", "test_worker.py", "test_backup.py",
    "test_slow_lines.py", "test_no_trace.py",
)  # fmt: skip
# Looked through less often, what thousands of tests make and drop takes a tenth less time.
gc.set_threshold(50_000, 20, 20)
# A property is true or it is not, however busy the machine is.
hypothesis.settings.register_profile("classroom", deadline=None)
hypothesis.settings.load_profile("classroom")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, else one worker is left alone with one of them at the end.

    Without Chromium there is nothing to walk with; where everything must be there, that is an error.
    """
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))
    if CHROMIUM.exists() or os.environ.get("CLASSROOM_CI") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is not installed"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Packed bytes hold the second in which they were packed; all workers must call a test by one name."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of the run: Playwright refuses a second in a thread where the first still stands."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def database_url() -> Iterator[str | None]:
    """PostgreSQL where the run is given one: itself, or beside it an own one for each of several workers."""
    given, worker = os.environ.get("TEST_DATABASE_URL"), os.environ.get("PYTEST_XDIST_WORKER")
    if not given or not worker:
        yield given
        return
    own = f"{make_url(given).database}_{worker}"
    server = create_engine(given, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"drop database if exists {own} with (force)"))
        connection.execute(text(f"create database {own}"))
    yield make_url(given).set(database=own).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"drop database {own} with (force)"))
    server.dispose()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, database_url: str | None) -> Settings:
    folder = tmp_path_factory.mktemp("instance")
    return Settings(
        instance=folder,
        database_url=database_url or f"sqlite:///{folder / 'test.sqlite3'}",
        secret_key="for tests only, and long enough to be one",
        base_url="http://localhost",
        files_url=str(folder / "files"),
        demo=False,
    )


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> None:
    """Real argon2id at the lowest cost: what is tested is ours, not its strength."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._DUMMY = passwords._hasher.hash("nobody")


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    made.test_client_class = Client
    with made.app_context():
        db.drop_all()
        db.create_all()
    yield made
    with made.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


class Client(FlaskClient):
    """Each request gets an app context of its own, else the first person signed in stays signed in."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if not has_app_context():
            return super().open(*args, **kwargs)
        db.session.commit()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.expire_all()
        return answer


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """All of a test happens within one transaction that is rolled back."""
    with app.app_context():
        engine = db.engines[None]
    with engine.connect() as opened:
        outer = opened.begin()
        db._app_engines[app][None] = opened
        options = db.session.session_factory.kw
        before = options.get("join_transaction_mode")
        options["join_transaction_mode"] = "create_savepoint"
        forget_waiting()
        put_in_place(app.extensions["classroom.settings"])  # another test's app may have put its own
        try:
            yield opened
        finally:
            options["join_transaction_mode"] = before or "conditional_savepoint"
            db._app_engines[app][None] = engine
            outer.rollback()


@pytest.fixture
def context(app: Flask, connection: Connection) -> Iterator[None]:
    """An app context for the test's own reads and writes; requests make their own."""
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Monday 23 November 2026, 9:00 UTC, for whoever asks the clock."""
    with clock.at(MONDAY):
        yield MONDAY


@pytest.fixture
def make(context: None) -> "factories.Make":
    return factories.Make()


@pytest.fixture
def visitor(app: Flask, connection: Connection) -> FlaskClient:
    """Nobody signed in."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask, context: None) -> Callable[[Person], FlaskClient]:
    """A client signed in as someone."""

    def sign_in(person: Person) -> FlaskClient:
        token = start_session(person, "a test")
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return sign_in


@pytest.fixture
def count_queries(connection: Connection) -> Callable[[], "Iterator[list[str]]"]:
    """The statements that a block sends, savepoints left out."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            if "SAVEPOINT" not in statement:
                seen.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counting


@pytest.fixture
def mailbox(settings: Settings) -> Path:
    """The folder of mail, empty at the start."""
    folder = settings.instance / "mail"
    folder.mkdir(exist_ok=True)
    for letter in folder.glob("*.eml"):
        letter.unlink()
    return folder


@pytest.fixture
def send() -> Callable[..., Any]:
    """Fetch a page, take the token of its form, and post `values` to `url` (or to the page itself)."""

    def post(client: FlaskClient, page: str, url: str | None = None, **values: Any) -> Any:
        shown = client.get(page)
        tokens = dict(re.findall(r'name="((?:[\w-]+-)?csrf_token)"[^>]*value="([^"]+)"', shown.text))
        assert tokens, f"no form on {page}: {shown.status_code}"
        return client.post(url or page, data={**tokens, **values})

    return post


@pytest.fixture
def actor_of(context: None) -> Callable[[Person], Actor]:
    """Someone as the rules see them, with the seats they have now."""

    def build(person: Person) -> Actor:
        return Actor(
            person.id, person.name, person.friendly, may_teach=person.may_teach, seats=seats_of(person.id)
        )

    return build
