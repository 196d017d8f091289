"""`classroom access`: the whole table of who may do what."""

import json

import click

from classroom.access import Kind, table
from classroom.app import create_app


def as_rows() -> list[dict[str, object]]:
    """The table as plain data: action, the sentence, and the kinds who may."""
    return [
        {"action": one.action, "says": one.says, "who": [kind.value for kind in Kind if kind in one.who]}
        for one in table()
    ]


def as_markdown() -> str:
    """The table as the README carries it."""
    lines = ["| action | who may | in words |", "| --- | --- | --- |"]
    lines += [f"| `{row['action']}` | {', '.join(row['who'])} | {row['says']} |" for row in as_rows()]  # type: ignore[arg-type]
    return "\n".join(lines)


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def access(json_: bool) -> None:
    """Print who may do what."""
    create_app()
    click.echo(json.dumps(as_rows(), indent=1) if json_ else as_markdown())
