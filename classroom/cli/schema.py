"""`classroom db …`, and what `serve` needs of the schema."""

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from classroom.app import create_app
from classroom.insights.queries import DatabaseState, database_state


def state_of(app: Flask) -> DatabaseState:
    """Whether the database answers, and whether its schema is the one this code needs."""
    with app.app_context():
        return database_state(app.extensions["migrate"].directory)


def upgrade_in(app: Flask) -> None:
    """Bring the schema to what this version needs; safe to run again after it was cut off."""
    with app.app_context():
        upgrade(directory=current_app.extensions["migrate"].directory)


@click.group("db")
def database() -> None:
    """The database's schema."""


@database.command("upgrade")
def upgrade_schema() -> None:
    """Bring the schema to what this version needs."""
    upgrade_in(create_app())
    click.echo("The schema is current.")
