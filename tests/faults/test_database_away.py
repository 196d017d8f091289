"""The database is locked, gone, or has no line free: it says when to come back, keeps words, and heals."""

import re
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.engine import make_url

from classroom.app import create_app
from classroom.comments.models import Comment
from classroom.config import read_settings
from classroom.core.db import db
from tests.faults.installation import others_kept

WORDS = (
    "The menu stands at the bottom of the page, so on my phone I had to scroll past every photo to find it. "
    "Could you move it to the top?"
)


@contextmanager
def product(begun, **options):
    """The product in this process with other engine options; nothing is waited for long."""
    settings = read_settings(begun.environment)
    with others_kept():
        app = create_app(settings)
        usual = app.config["SQLALCHEMY_ENGINE_OPTIONS"]
        app = create_app(settings, SQLALCHEMY_ENGINE_OPTIONS={**usual, **options})
        if not begun.url:
            with app.app_context():
                event.listen(db.engine, "connect", lambda c, _: c.execute("pragma busy_timeout=300").close())
        try:
            yield app
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


KEPT = {200, 409}  # 409: another test of this module has kept other words meanwhile


class Student:
    """A signed-in browser with the pen open."""

    def __init__(self, begun, app, name):
        self.page = f"/posts/{begun.ids['post']}"
        self.client = app.test_client(use_cookies=True)
        key, value = begun.cookie(name, app).split("=", 1)
        self.client.set_cookie(key, value, domain="127.0.0.1")
        self.base = {"base_url": "http://127.0.0.1"}
        shown = self.client.get(self.page, **self.base).text
        self.token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)[1]

    def look(self):
        return self.client.get(self.page, **self.base)

    def keep(self, words=WORDS):
        form = {"csrf_token": self.token, "body": words, "version": "0"}
        return self.client.post(f"{self.page}/draft", data=form, **self.base)

    def post(self, words=WORDS):
        form = {"csrf_token": self.token, "body": words}
        return self.client.post(f"{self.page}/comments", data=form, **self.base)


def comments():
    return db.session.scalar(select(func.count()).select_from(Comment))


def told_and_kept(answer):
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) <= 10
    assert WORDS in answer.text
    assert "<h1>" in answer.text
    assert answer.headers["Content-Security-Policy"]


@pytest.fixture
def locked(begun):
    """Somebody else holds the pen of SQLite."""
    if begun.url:
        pytest.skip("PostgreSQL locks rows, not the whole")
    engine = create_engine(f"sqlite:///{begun.folder / 'classroom.sqlite3'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.rollback()
    engine.dispose()


def test_while_sqlite_is_locked_people_read_and_what_they_write_is_kept(begun, locked):
    before = begun.ask(comments)
    with product(begun) as app:
        kofi = Student(begun, app, "kofi")
        told_and_kept(kofi.post())
        assert kofi.look().status_code == 200
        locked.rollback()
        assert begun.ask(comments) == before
        assert kofi.keep().status_code in KEPT


def test_sqlite_waits_ten_seconds_before_it_says_so(begun):
    if begun.url:
        pytest.skip("of SQLite")
    with begun.app() as app, app.app_context():
        assert db.session.scalar(text("pragma busy_timeout")) == 10000


def test_no_line_is_free(begun):
    with product(begun, pool_size=1, max_overflow=0, pool_timeout=0.3) as app:
        noor = Student(begun, app, "noor")
        with app.app_context():
            held = db.engine.connect()
        told_and_kept(noor.post())
        assert noor.look().status_code == 503
        assert noor.look().headers["Retry-After"]
        assert app.test_client().get("/healthz", **noor.base).status_code == 503
        held.close()
        assert noor.look().status_code == 200
        assert noor.keep().status_code in KEPT


@pytest.fixture
def server(begun):
    """`server(sql)` says something to PostgreSQL beside the product."""
    if not begun.url:
        pytest.skip("of PostgreSQL")
    url = make_url(begun.url)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def say(sentence):
        with engine.connect() as connection:
            connection.execute(text(sentence.format(name=url.database)))

    yield say
    say("alter database {name} allow_connections true")
    engine.dispose()


END = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"


def test_postgresql_was_started_again(begun, server):
    """All lines are cut: the next request finds new ones, and nobody sees that anything was."""
    with product(begun) as app:
        noor = Student(begun, app, "noor")
        for _ in range(3):
            server(END)
            assert noor.look().status_code == 200
            server(END)
            assert noor.keep(f"{WORDS} {time.monotonic()}").status_code in KEPT


def test_postgresql_is_away_and_comes_back(begun, server):
    before = begun.ask(comments)
    with product(begun) as app:
        kofi = Student(begun, app, "kofi")
        server("alter database {name} allow_connections false")
        server(END)
        told_and_kept(kofi.post())
        assert kofi.look().status_code == 503
        assert app.test_client().get("/healthz", **kofi.base).status_code == 503
        server("alter database {name} allow_connections true")
        assert begun.ask(comments) == before
        assert kofi.look().status_code == 200
        assert app.test_client().get("/healthz", **kofi.base).status_code == 200


def test_postgresql_goes_away_in_the_middle_of_a_unit_of_work(begun, server):
    """After its first writes and before its commit: nothing of it stays."""
    before = begun.ask(comments)
    with product(begun) as app:
        kofi = Student(begun, app, "kofi")

        def cut(_connection):
            server(END)

        with app.app_context():
            event.listen(db.engine, "commit", cut)
            told_and_kept(kofi.post())
            event.remove(db.engine, "commit", cut)
        assert begun.ask(comments) == before
        assert kofi.look().status_code == 200
