"""`classroom export COURSE FILE`: everything of one course in a ZIP, as its instructors get it."""

import json
from pathlib import Path

import click

from classroom.app import create_app
from classroom.cli.new_file import new_file, said_plainly
from classroom.core.db import db
from classroom.courses.queries import course_called
from classroom.insights.exports.bundle import Bundle
from classroom.insights.exports.course import whoever_runs_it, write_course


@click.command("export")
@click.argument("course")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def export(course: str, file: Path, json_: bool) -> None:
    """Write all of COURSE (the id in its address) into FILE, a new ZIP that only you can read."""
    app = create_app()
    with app.app_context():
        try:
            with said_plainly(file):
                bundle = _write(course, file)
        finally:
            db.session.remove()
            db.engine.dispose()
    told = {
        "file": str(file),
        "course": course,
        "bytes": file.stat().st_size,
        "tables": len(bundle.sheets),
        "rows": bundle.rows,
        "files": bundle.files,
        "missing": bundle.missing,
    }
    words = f"{file}: {bundle.rows} rows in {len(bundle.sheets)} tables, and {bundle.files} files."
    lines = [words, *(f"MISSING: the storage has not got {name}." for name in bundle.missing)]
    click.echo(json.dumps(told) if json_ else "\n".join(lines))
    if bundle.missing:
        raise SystemExit(1)


def _write(course: str, file: Path) -> Bundle:
    found = course_called(course)
    if found is None:
        raise click.ClickException(f"There is no course {course}. Its id stands in its address: /courses/ID.")
    with new_file(file) as out:
        return write_course(whoever_runs_it(found), found, out)
