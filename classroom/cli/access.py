"""`classroom access`: the whole table of who may do what."""

import json

import click

from classroom.access import MEMBERS, SIGNED_IN, STUDENTS, Kind, table
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
    lines += [f"| `{one.action}` | {_in_words(one.who)} | {one.says} |" for one in table()]
    return "\n".join(lines)


def _in_words(who: frozenset[Kind]) -> str:
    """Kinds that go together are named together."""
    words = []
    for kinds, name in (
        (SIGNED_IN, "whoever is signed in"),
        (MEMBERS, "everyone in the course"),
        (STUDENTS, "students"),
    ):
        if kinds <= who:
            words.append(name)
            who -= kinds
    return ", ".join(words + [kind.value for kind in Kind if kind in who])


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def access(json_: bool) -> None:
    """Print who may do what."""
    create_app()
    click.echo(json.dumps(as_rows(), indent=1) if json_ else as_markdown())
