"""`classroom …`: the group of all commands."""

import click
from flask import current_app
from flask_migrate import upgrade

from classroom.app import create_app
from classroom.cli.access import access


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Classroom: peer feedback for real classes."""
    context.obj = None


@main.group("db")
def database() -> None:
    """The database's schema."""


@database.command("upgrade")
def upgrade_schema() -> None:
    """Bring the schema to what this version needs."""
    app = create_app()
    with app.app_context():
        upgrade(directory=current_app.extensions["migrate"].directory)
    click.echo("The schema is current.")


main.add_command(access)
