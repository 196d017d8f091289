"""`classroom sweep`: the bytes of files that nothing names any more."""

import json
from datetime import timedelta

import click

from classroom.app import create_app
from classroom.core import storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts import queries as posts
from classroom.posts.commands_files import forget_left_out
from classroom.posts.models import Post
from classroom.projects import queries as projects
from classroom.projects.undoing import deleted_lately
from classroom.undo.commands import forget_old


def sweep_files(hours: int) -> int:
    """Delete what no row names, no upload under way can claim and nobody can put back; how many went."""
    before = now() - timedelta(hours=hours)
    forget_old()
    forget_left_out(Post.draft_saved_at < before)
    db.session.commit()
    named = posts.file_keys() | projects.file_keys() | deleted_lately()
    store, gone = storage.store(), 0
    for key in list(store.keys(older_than=before)):
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
