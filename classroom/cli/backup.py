"""`classroom backup FILE`, `classroom restore FILE`: database and files in one zip, for either database."""

import json
from pathlib import Path
from typing import Any

import click
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from classroom.app import create_app
from classroom.cli.backup_read import NEWER, Unfit, is_empty, open_backup, restore
from classroom.cli.backup_rows import LEFT_OUT
from classroom.cli.backup_write import NothingHere, write_backup
from classroom.cli.new_file import said_plainly
from classroom.core.db import db, writing
from classroom.core.storage import StorageDown, store

NOT_INSIDE = (
    "Not in it: the secret key (a new installation makes its own), sessions (everybody signs in again) and "
    "one-time links (they are asked for anew)."
)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def backup(file: Path, json_: bool) -> None:
    """Write everything into FILE, a new zip that only you can read; safe while the class goes on."""
    app = create_app()
    with app.app_context():
        try:
            with said_plainly(file):
                written = write_backup(db.engine, store(), file)
        except NothingHere as error:
            raise click.ClickException("There is nothing here yet: this database has no schema.") from error
        finally:
            db.engine.dispose()
    told = {
        "file": str(file),
        "bytes": file.stat().st_size,
        "rows": written.rows,
        "files": len(written.files),
        "missing": written.missing,
        "left_out": sorted(LEFT_OUT - {"alembic_version"}),
    }
    click.echo(json.dumps(told) if json_ else _in_words(told))
    if written.missing:
        raise SystemExit(1)


def _in_words(told: dict[str, Any]) -> str:
    lines = [f"{told['file']}: {told['rows']} rows and {told['files']} files. {NOT_INSIDE}"]
    lines += [f"MISSING: a row names the file {key}; the storage has not got it." for key in told["missing"]]
    return "\n".join(lines)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def restore_backup(file: Path, json_: bool) -> None:
    """Bring FILE back into an empty installation, which may use the other kind of database."""
    app = create_app()
    with app.app_context():
        try:
            archive, manifest = open_backup(file)
            with archive, writing():
                _make_schema(app, manifest["revision"])
                restore(db.engine, store(), archive, manifest)
                upgrade(directory=app.extensions["migrate"].directory)
        except Unfit as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            raise click.ClickException("The database does not answer; nothing was restored.") from error
        except StorageDown as error:
            raise click.ClickException("The files cannot be reached; nothing was restored.") from error
        finally:
            db.engine.dispose()
    rows = sum(one["rows"] for one in manifest["tables"].values())
    told = {"rows": rows, "files": len(manifest["files"]), "missing": manifest["missing"]}
    words = f"Restored {rows} rows and {len(manifest['files'])} files; each was compared with the backup."
    click.echo(json.dumps(told) if json_ else f"{words} Everybody signs in again.")


def _make_schema(app: Flask, revision: str) -> None:
    """The schema as it was when the backup was made; what came later follows after the rows are back.

    An earlier try may have been cut off between two migrations: then the rest of them follows.
    """
    directory = app.extensions["migrate"].directory
    with db.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
        if not is_empty(connection):
            raise Unfit("This installation is in use. Restore into a new folder and a new database.")
    way = _up_to(directory, revision)
    if here is None or here in way:
        upgrade(directory=directory, revision=revision)
    else:
        raise Unfit("The backup has another schema than this database. Restore into a new, empty database.")


def _up_to(directory: str, revision: str) -> set[str]:
    """The revisions on the way to that one, itself among them; `Unfit` for one that this version lacks."""
    config = Config()
    config.set_main_option("script_location", directory)
    script = ScriptDirectory.from_config(config)
    try:
        script.get_revision(revision)
    except CommandError as error:
        raise Unfit(NEWER) from error
    return {one.revision for one in script.iterate_revisions(revision, "base")}
