"""A backup is whole, of one moment, for either database; and what is no backup changes nothing."""

import json
import os
import re
import sqlite3
import threading
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask_migrate import upgrade
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from classroom.accounts.commands import create_person
from classroom.accounts.models import OneTimeLink, Passkey, Person, Session
from classroom.app import create_app
from classroom.cli import main
from classroom.cli.backup_rows import FILE_COLUMNS
from classroom.cli.demo.build import build
from classroom.cli.serve import prepare
from classroom.comments.models import Comment
from classroom.config import read_settings
from classroom.core import links, mail, storage
from classroom.core.db import db
from classroom.posts.models import Post, PostFile
from classroom.projects.models import Material, Project

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PHOTO = bytes(range(256)) * 3000  # 750 kB: more than one piece
KEYS_OF_NO_FILE = {
    "people.email_key",
    "sign_in_tries.key",
    "notices.key",
    "materials.is_answer_key",
    "viewings.key",
}
KEYS_OF_NO_FILE |= {"passkeys.public_key", "lesson_steps.key", "lesson_judgements.item_key"}
KEYS_OF_NO_FILE |= {f"lesson_{table}.step_key" for table in ("marks", "judgements", "texts")}


@dataclass
class Place:
    """An installation of its own: a folder, a database, and `classroom …` run in it."""

    folder: Path
    url: str = ""

    @property
    def environment(self):
        return {"CLASSROOM_INSTANCE": str(self.folder), "DATABASE_URL": self.url, "CLASSROOM_FILES": ""}

    def run(self, *arguments):
        return CliRunner().invoke(main, [str(one) for one in arguments], env=self.environment)

    def app(self):
        return create_app(read_settings(self.environment))

    def ask(self, question):
        """What the database answers, from the outside."""
        app = self.app()
        with app.app_context():
            try:
                return question(db.session)
            finally:
                db.session.remove()
                db.engine.dispose()


@pytest.fixture(autouse=True)
def the_other_apps_keep_their_own(monkeypatch):
    for module, name in ((storage, "_current"), (mail, "_current"), (links, "_base")):
        monkeypatch.setattr(module, name, getattr(module, name))


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The demo's class, with a photo in a post and a handout in a project; read only."""
    place = Place(tmp_path_factory.mktemp("original"))
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((storage, "_current"), (mail, "_current"), (links, "_base")):
            patch.setattr(module, name, getattr(module, name))
        assert place.run("db", "upgrade").exit_code == 0
        app = place.app()
        with app.app_context(), app.test_request_context():
            build(MORNING)
            post = db.session.scalars(select(Post)).first()
            project = db.session.scalars(select(Project)).first()
            db.session.add(
                PostFile(
                    course_id=post.course_id, post_id=post.id, name="日本.png", neutral_name="file-1.png",
                    media_type="image/png", size=len(PHOTO), key=storage.store().put(PHOTO), sha256="0" * 64,
                )
            )  # fmt: skip
            db.session.add(
                Material(
                    course_id=project.course_id, project_id=project.id, title="A handout", visible=True,
                    file_key=storage.store().put(b"three pages"), file_name="handout.pdf",
                )
            )  # fmt: skip
            db.session.add(
                Passkey(
                    person_id=post.author_id, credential_id="AbC-_9", public_key="pQECAyYg",
                    sign_count=2**32 - 1, transports=["internal", "hybrid"], name="الهاتف",
                )
            )  # fmt: skip
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
    return place


@pytest.fixture(scope="module")
def zip_of(original):
    path = original.folder / "class.zip"
    result = original.run("backup", path, "--json")
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def elsewhere(tmp_path):
    return Place(tmp_path / "elsewhere")


@pytest.fixture
def on_postgres(tmp_path):
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given.startswith("postgresql"):
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL")
    name = f"classroom_restore_{os.getpid()}"
    server = create_engine(given, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name}"))
    url = make_url(given).set(database=name)
    yield Place(tmp_path / "postgres", url.render_as_string(hide_password=False))
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


def rows_of(path):
    """What a backup says of every table: the same rows have the same sha256 on every database."""
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))["tables"]


def everything_is_back(place, zip_of, again):
    assert place.run("backup", again).exit_code == 0
    assert rows_of(again) == rows_of(zip_of)
    key = place.ask(lambda session: session.scalars(select(PostFile.key)).one())
    assert (place.folder / "files" / key).read_bytes() == PHOTO


class TestRoundTrip:
    def test_from_sqlite_to_sqlite(self, zip_of, elsewhere, tmp_path):
        result = elsewhere.run("restore", zip_of, "--json")
        assert result.exit_code == 0, result.output
        told = json.loads(result.output)
        assert told["rows"] > 1000
        assert (told["files"], told["missing"]) == (2, [])
        everything_is_back(elsewhere, zip_of, tmp_path / "again.zip")

    def test_to_postgresql_and_back(self, zip_of, on_postgres, elsewhere, tmp_path):
        assert on_postgres.run("restore", zip_of).exit_code == 0
        everything_is_back(on_postgres, zip_of, tmp_path / "from_postgres.zip")
        assert elsewhere.run("restore", tmp_path / "from_postgres.zip").exit_code == 0
        everything_is_back(elsewhere, zip_of, tmp_path / "again.zip")

    @pytest.mark.parametrize("kind", ["elsewhere", "on_postgres"])
    def test_the_class_goes_on_where_it_was(self, zip_of, kind, request):
        place = request.getfixturevalue(kind)
        assert place.run("restore", zip_of).exit_code == 0

        def go_on(session):
            last = session.scalar(select(Person.id).order_by(Person.id.desc()).limit(1))
            person = create_person("Ida Berg", "ida@example.edu")
            session.flush()
            session.commit()
            return last, person.id

        last, new = place.ask(go_on)
        assert new == last + 1

    def test_moments_and_lists_are_what_they_were(self, original, zip_of, elsewhere):
        elsewhere.run("restore", zip_of)

        def read(session):
            query = select(Comment.public_id, Comment.posted_at, Comment.verdict, Comment.state, Comment.late)
            return session.execute(query.order_by(Comment.id)).all()

        before = original.ask(read)
        assert before == elsewhere.ask(read)
        assert before[0].posted_at.tzinfo is UTC


class TestWhatIsInIt:
    def test_nobody_but_the_owner_reads_it(self, zip_of):
        assert zip_of.stat().st_mode & 0o777 == 0o600
        assert not list(zip_of.parent.glob(".*.partial"))

    def test_no_secret_no_session_and_no_link(self, original, zip_of):
        with zipfile.ZipFile(zip_of) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
            names = archive.namelist()
        assert (original.folder / "secret_key").read_text().encode() not in everything
        assert not [name for name in names if re.search("sessions|one_time|(?<!en)tries|spent", name)]

    def test_an_existing_file_stays_as_it_is(self, original, tmp_path):
        there = tmp_path / "class.zip"
        there.write_text("my other notes")
        result = original.run("backup", there)
        assert result.exit_code == 1
        assert "left as it is" in result.output
        assert there.read_text() == "my other notes"

    def test_a_folder_that_is_not_there(self, original, tmp_path):
        result = original.run("backup", tmp_path / "nowhere" / "class.zip")
        assert result.exit_code == 1
        assert "cannot be written" in result.output

    def test_nothing_to_back_up(self, elsewhere, tmp_path):
        result = elsewhere.run("backup", tmp_path / "class.zip")
        assert result.exit_code == 1
        assert "no schema" in result.output
        assert not (tmp_path / "class.zip").exists()

    def test_a_missing_file_is_told_and_the_rest_is_kept(self, zip_of, elsewhere, tmp_path):
        elsewhere.run("restore", zip_of)
        key = elsewhere.ask(lambda session: session.scalars(select(PostFile.key)).one())
        (elsewhere.folder / "files" / key).unlink()
        result = elsewhere.run("backup", tmp_path / "rest.zip", "--json")
        assert result.exit_code == 1
        assert json.loads(result.output)["missing"] == [key]
        assert rows_of(tmp_path / "rest.zip") == rows_of(zip_of)

    def test_every_column_that_names_a_file_is_known(self):
        keys = {
            f"{table.name}.{column.name}"
            for table in db.metadata.tables.values()
            for column in table.columns
            if column.name.endswith("key")
        }
        assert keys - KEYS_OF_NO_FILE == {f"{table}.{column}" for table, column in FILE_COLUMNS.items()}


def test_one_moment_while_others_write(zip_of, elsewhere, tmp_path):
    """Each commit of the writer adds one person and counts one: never half of it is in a backup."""
    elsewhere.run("restore", zip_of)
    path, written = elsewhere.folder / "classroom.sqlite3", []
    begun, stop = threading.Event(), threading.Event()

    def write():
        connection = sqlite3.connect(path, timeout=10)
        connection.execute("pragma foreign_keys = on")
        try:
            while not stop.is_set():
                number = len(written)
                connection.execute("begin immediate")
                connection.execute(
                    "insert into people (public_id, name, email, email_key, may_teach, created_at) "
                    "values (?, 'Late', ?, ?, 0, '2026-11-23 09:00:00')",
                    (f"late{number}", f"late{number}@example.edu", f"late{number}@example.edu"),
                )
                connection.execute("update courses set people_counted = people_counted + 1")
                connection.commit()
                written.append(number)
                begun.set()
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        backups = [tmp_path / f"{number}.zip" for number in range(3)]
        assert [elsewhere.run("backup", one).exit_code for one in backups] == [0, 0, 0]
    finally:
        stop.set()
        writer.join()

    def counted(file):
        with zipfile.ZipFile(file) as archive:
            course = json.loads(archive.read("tables/courses.jsonl").splitlines()[0])
            people = archive.read("tables/people.jsonl").count(b'"name": "Late"')
        return course["people_counted"] - people

    assert {counted(one) for one in backups} == {counted(zip_of)}
    assert rows_of(backups[0]) != rows_of(backups[2]), "the writer wrote meanwhile"


def changed(zip_of, target, change):
    """A copy of the backup in which `change(name, data)` answers the new entry, or None to leave it out."""
    with zipfile.ZipFile(zip_of) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = change(name, old.read(name))
            if entry is not None:
                new.writestr(*entry)
    return target


def traversal(name, data):
    if name != "manifest.json":
        return (name.replace("files/", "files/../../"), data) if name.startswith("files/") else (name, data)
    told = json.loads(data)
    told["files"] = {f"../../{key}": value for key, value in told["files"].items()}
    return name, json.dumps(told)


def newer(name, data):
    return name, data.replace(b'"revision": "0', b'"revision": "9') if name == "manifest.json" else data


UNFIT = {
    "another row": lambda name, data: (name, data.replace(b"Okafor", b"Mallory")),
    "a table is gone": lambda name, data: None if name == "tables/comments.jsonl" else (name, data),
    "a file too many": lambda name, data: (name.replace("tables/people.", "tables/persons."), data),
    "a path that leads out": traversal,
    "of a newer version": newer,
    "no manifest": lambda name, data: None if name == "manifest.json" else (name, data),
    "a list for a manifest": lambda name, data: (name, b"[]") if name == "manifest.json" else (name, data),
}


class TestRefused:
    def untouched(self, place):
        app = place.app()
        with app.app_context():
            db.engine.dispose()
        files = [path for path in (place.folder / "files").rglob("*") if path.is_file()]
        assert files == []
        if (place.folder / "classroom.sqlite3").exists():
            with sqlite3.connect(place.folder / "classroom.sqlite3") as connection:
                tables = connection.execute("select name from sqlite_master where name = 'people'").fetchall()
                people = connection.execute("select count(*) from people").fetchone()[0] if tables else 0
            connection.close()
            assert people == 0

    @pytest.mark.parametrize("what", UNFIT)
    def test_what_is_no_whole_backup(self, zip_of, elsewhere, tmp_path, what):
        result = elsewhere.run("restore", changed(zip_of, tmp_path / "unfit.zip", UNFIT[what]))
        assert result.exit_code == 1
        assert result.output.startswith("Error: "), result.output
        assert not (tmp_path / "files").exists()
        self.untouched(elsewhere)

    @pytest.mark.parametrize("part", [0, 0.3, 0.9, 0.999])
    def test_what_was_cut_off(self, zip_of, elsewhere, tmp_path, part):
        whole = zip_of.read_bytes()
        (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * part)])
        result = elsewhere.run("restore", tmp_path / "cut.zip")
        assert result.exit_code == 1
        assert "Error: " in result.output
        self.untouched(elsewhere)

    def test_a_damaged_byte(self, zip_of, elsewhere, tmp_path):
        whole = bytearray(zip_of.read_bytes())
        whole[len(whole) // 2] ^= 0xFF
        (tmp_path / "damaged.zip").write_bytes(whole)
        result = elsewhere.run("restore", tmp_path / "damaged.zip")
        assert result.exit_code == 1
        self.untouched(elsewhere)

    def test_an_installation_in_use(self, zip_of, elsewhere):
        elsewhere.run("db", "upgrade")
        elsewhere.run("people", "add", "Noor Haddad", "noor@example.edu")
        result = elsewhere.run("restore", zip_of)
        assert result.exit_code == 1
        assert "in use" in result.output
        assert elsewhere.ask(lambda session: session.scalars(select(Person.name)).all()) == ["Noor Haddad"]

    def test_a_row_that_fails_takes_the_files_back(self, zip_of, elsewhere, monkeypatch):
        monkeypatch.setattr("classroom.cli.backup_read.digest_of", lambda *_: (0, ""))
        result = elsewhere.run("restore", zip_of)
        assert result.exit_code == 1
        assert "do not read as they did" in result.output
        self.untouched(elsewhere)


def test_the_empty_installations_first_link_dies(zip_of, elsewhere):
    """Else whoever holds it becomes an instructor of a class that is not theirs."""
    app = elsewhere.app()
    assert prepare(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert elsewhere.run("restore", zip_of).exit_code == 0
    assert elsewhere.ask(lambda session: session.scalars(select(OneTimeLink)).all()) == []
    assert elsewhere.ask(lambda session: session.scalars(select(Session)).all()) == []


def test_a_restored_class_is_served(zip_of, elsewhere):
    elsewhere.run("restore", zip_of)
    app = elsewhere.app()
    assert prepare(app) is None
    health = app.test_client().get("/healthz")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert health.json["migration"] == "current"


def test_a_schema_that_was_cut_off_between_two_migrations_is_finished(zip_of, elsewhere):
    app = elsewhere.app()
    with app.app_context():
        upgrade(directory=app.extensions["migrate"].directory, revision="0001")
        db.session.remove()
        db.engine.dispose()
    assert elsewhere.run("restore", zip_of).exit_code == 0
    test_a_restored_class_is_served(zip_of, elsewhere)
