"""`classroom sweep`: the bytes of files that nothing names any more."""

import json
from datetime import timedelta

import click

from classroom.app import create_app
from classroom.core import storage
from classroom.core.clock import now
from classroom.posts import queries as posts
from classroom.projects import queries as projects


def sweep_files(hours: int) -> int:
    """Delete what no row names and no upload under way can still claim; how many went."""
    named = posts.file_keys() | projects.file_keys()
    store, gone = storage.store(), 0
    for key in list(store.keys(older_than=now() - timedelta(hours=hours))):
        if key not in named:
            store.delete(key)
            gone += 1
    return gone


@click.command()
@click.option("--hours", default=24, show_default=True, help="Leave what is younger alone.")
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def sweep(hours: int, json_: bool) -> None:
    """Delete the left-over bytes of files that nothing names; running it twice does no harm."""
    app = create_app()
    with app.app_context():
        gone = sweep_files(max(hours, 1))
    click.echo(json.dumps({"deleted": gone}) if json_ else f"{gone} left-over files deleted.")
