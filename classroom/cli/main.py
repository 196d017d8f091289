"""`classroom …`: the group of all commands."""

import click

from classroom.cli.access import access
from classroom.cli.backup import backup, restore_backup
from classroom.cli.demo.command import demo
from classroom.cli.export import export
from classroom.cli.mail import mail
from classroom.cli.people import people
from classroom.cli.schema import database
from classroom.cli.serve import serve
from classroom.cli.sweep import sweep
from classroom.cli.worker import worker


@click.group()
@click.version_option(package_name="classroom")
def main() -> None:
    """Classroom: peer feedback for real classes."""


for command in (access, backup, database, demo, export, mail, people, restore_backup, serve, sweep, worker):
    main.add_command(command)
