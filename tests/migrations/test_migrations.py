"""Migrations: one head, an upgrade from nothing equals the models, and a second run does no harm."""

import os
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from classroom.app import MIGRATIONS, create_app
from classroom.cli.schema import state_of
from classroom.core.db import db


@pytest.fixture
def empty_app(settings, tmp_path):
    """An application on a database of its own with nothing in it, of the kind the run is about."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given is None:
        yield create_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
        return
    name = "classroom_migrations_" + str(os.getpid())
    server = create_engine(given, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"drop database if exists {name}"))
        connection.execute(text(f"create database {name}"))
    url = make_url(given).set(database=name).render_as_string(hide_password=False)
    made = create_app(replace(settings, database_url=url))
    yield made
    with made.app_context():
        db.engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    server.dispose()


@pytest.fixture(autouse=True)
def no_engine_left_open(empty_app: Flask):
    yield
    with empty_app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_there_is_one_head():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_an_upgrade_from_nothing_equals_the_models(empty_app):
    with empty_app.app_context():
        upgrade(directory=str(MIGRATIONS))
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []


def test_up_down_and_up_again(empty_app):
    with empty_app.app_context():
        upgrade(directory=str(MIGRATIONS))
        upgrade(directory=str(MIGRATIONS))
        downgrade(directory=str(MIGRATIONS), revision="base")
        upgrade(directory=str(MIGRATIONS))


def test_the_state_of_the_schema_is_told(empty_app):
    assert state_of(empty_app).migration == "unknown"
    with empty_app.app_context():
        upgrade(directory=str(MIGRATIONS))
    assert state_of(empty_app).ok
    with empty_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0000'"))
    assert state_of(empty_app).migration == "behind"
    answer = empty_app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["migration"]) == (503, "behind")
