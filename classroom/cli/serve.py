"""`classroom serve`: the production server; the first start makes everything it needs."""

import os
from datetime import timedelta

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from classroom.accounts.commands import make_link
from classroom.accounts.models import LinkPurpose
from classroom.accounts.queries import anyone_there
from classroom.app import create_app
from classroom.cli.schema import state_of, upgrade_in
from classroom.cli.worker import beside
from classroom.core.db import db, writing
from classroom.core.links import absolute

FIRST_LINK_LIFE = timedelta(days=7)


def run_server(
    host: str, port: int, workers: int, threads: int, factory: str = "classroom.cli.gateway:create_gateway"
) -> None:
    """Serve until stopped; each worker builds the application for itself."""
    os.environ["CLASSROOM_THREADS"] = str(threads)
    Server(
        factory,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        factory=True,
        workers=workers,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    ).serve()


def prepare(app: Flask) -> str | None:
    """Make the schema on the first start; answer the first instructor's link while there is nobody.

    Raises click.ClickException when the schema belongs to another version: it is not touched unasked.
    """
    state = state_of(app)
    if state.migration == "unknown":
        upgrade_in(app)
    elif state.migration == "away":
        raise click.ClickException("The database does not answer. Check DATABASE_URL.")
    elif not state.ok:
        raise click.ClickException(
            "The schema is older than this version. Back up, then: classroom db upgrade"
        )
    with app.app_context(), writing():
        if anyone_there():
            return None
        token = make_link(LinkPurpose.FIRST_INSTRUCTOR, life=FIRST_LINK_LIFE)
        db.session.commit()
        return absolute(f"/first/{token}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True)
@click.option(
    "--workers", default=1, show_default=True, help="Processes; SQLite is happiest with one or two."
)
@click.option("--threads", default=4, show_default=True, help="Requests that one process answers at once.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the production server."""
    os.environ.setdefault("CLASSROOM_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")  # noqa: S104
    app = create_app()
    first = prepare(app)
    if first:
        click.echo("Nobody is here yet. This link makes you the first instructor; it works once, for a week:")
        click.echo(f"\n  {first}\n")
    with app.app_context():
        db.engine.dispose()
    click.echo(f"Classroom is served at {os.environ['CLASSROOM_URL']}  (stop with Ctrl+C)")
    with beside(create_app):
        run_server(host, port, workers, threads)
