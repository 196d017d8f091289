"""`classroom demo`: a believable class at a local address, marked as a demo."""

import os
import shutil
from pathlib import Path

import click
from flask import Flask

from classroom.app import create_app
from classroom.cli.demo import views
from classroom.cli.demo.build import SEED, build
from classroom.cli.gateway import Gateway
from classroom.cli.schema import upgrade_in
from classroom.cli.serve import run_server
from classroom.cli.worker import beside
from classroom.core.clock import now
from classroom.core.db import db


def create_demo_app() -> Flask:
    """The product with the demo's own pages: signing in leads to the list of people."""
    app = create_app()
    app.register_blueprint(views.bp)
    sign_in_first = app.extensions["classroom.sign_in_first"]
    app.extensions["classroom.sign_in_first"] = lambda: sign_in_first("demo.doors")
    return app


def create_gateway() -> Gateway:
    """The factory that granian's worker calls."""
    return Gateway(create_demo_app())


def begin_anew(instance: Path, seed: int) -> None:
    """Throw the last demo away and build the class for today."""
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm"):
        (instance / name).unlink(missing_ok=True)
    shutil.rmtree(instance / "mail", ignore_errors=True)
    shutil.rmtree(instance / "demo-files", ignore_errors=True)
    app = create_demo_app()
    upgrade_in(app)
    with app.app_context(), app.test_request_context():
        build(now(), seed)
        db.session.remove()
        db.engine.dispose()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--seed", default=SEED, show_default=True, help="The same seed makes the same class.")
@click.option("--keep", is_flag=True, help="Go on with the class as it was left.")
@click.option("--build-only", is_flag=True, help="Build the class and do not serve it.")
def demo(host: str, port: int, seed: int, keep: bool, build_only: bool) -> None:
    """Show Classroom with a class of 24, made up for today. Nothing in it is real."""
    instance = Path(os.environ.get("CLASSROOM_DEMO_INSTANCE", "instance/demo")).resolve()
    os.environ.update(
        CLASSROOM_DEMO="1", CLASSROOM_INSTANCE=str(instance), CLASSROOM_URL=f"http://{host}:{port}"
    )
    for name in ("DATABASE_URL", "CLASSROOM_FILES", "SMTP_HOST"):
        os.environ.pop(name, None)  # the demo touches nothing but its own folder
    instance.mkdir(parents=True, exist_ok=True)
    if not keep or not (instance / "demo.sqlite3").exists():
        click.echo("Making a class of 24 students …")
        begin_anew(instance, seed)
    if build_only:
        return
    click.echo(
        f"\n  Open  http://{host}:{port}/demo\n\nand sign in with one press, as Ms Okafor or as a student."
    )
    click.echo("Everything here is made up; stop with Ctrl+C.")
    with beside(create_app):
        run_server(host, port, workers=1, threads=4, factory="classroom.cli.demo.command:create_gateway")
