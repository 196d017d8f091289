"""The first start makes what it needs; the wrong schema is not served."""

import json
import re
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from classroom.app import create_app
from classroom.cli import main
from classroom.cli.serve import prepare
from classroom.core.db import db


@pytest.fixture
def environment(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "CLASSROOM_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLASSROOM_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def fresh(settings, tmp_path):
    made = create_app(
        replace(settings, instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    )
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_first_start_prints_a_link_until_somebody_used_it(fresh):
    link = prepare(fresh)
    assert re.fullmatch(r"http://localhost/first/\w{40}", link)
    client = fresh.test_client()
    path = link.removeprefix("http://localhost")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]
    values = {"name": "Adaeze Okafor", "email": "okafor@example.edu", "password": "four loaves before dawn"}
    assert client.post(path, data={"csrf_token": token, **values}).status_code == 303
    assert prepare(fresh) is None


def test_another_versions_schema_is_not_served(fresh):
    prepare(fresh)
    with fresh.app_context(), db.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0000'"))
    with pytest.raises(click.ClickException, match="classroom db upgrade"):
        prepare(fresh)


def test_people_are_added_from_the_command_line(environment):
    runner = CliRunner()
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    said = runner.invoke(main, ["people", "add", "Maya Adler", "maya@example.edu", "--may-teach", "--json"])
    told = json.loads(said.output)
    assert told["name"] == "Maya Adler"
    assert "/sign-in/link/" in told["link"]
    again = runner.invoke(main, ["people", "add", "Maya Adler", " MAYA@example.edu"])
    assert again.exit_code == 1
    assert "already uses this address" in again.output


def test_the_secret_key_is_made_once_and_for_nobody_else(environment):
    runner = CliRunner()
    runner.invoke(main, ["db", "upgrade"])
    key = (environment / "secret_key").read_text()
    assert len(key) == 64
    assert (environment / "secret_key").stat().st_mode & 0o077 == 0
    runner.invoke(main, ["db", "upgrade"])
    assert (environment / "secret_key").read_text() == key


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMTP_HOST", "mail.example.edu", "MAIL_FROM"),
        ("CLASSROOM_URL", "class.example.edu", "CLASSROOM_URL"),
        ("CLASSROOM_MAX_FILES", "many", "CLASSROOM_MAX_FILES"),
    ],
)
def test_half_a_configuration_refuses_to_start(environment, monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["db", "upgrade"])
    assert result.exit_code == 1
    assert said in str(result.exception) + result.output


def test_the_table_of_who_may_what(environment):
    rows = json.loads(CliRunner().invoke(main, ["access", "--json"]).output)
    by_action = {row["action"]: row for row in rows}
    assert by_action["guidelines:edit"]["who"] == ["instructor"]
    assert all(row["says"] and row["who"] for row in rows)
