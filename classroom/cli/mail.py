"""`classroom mail`: how the mail stands, and a new try for letters that were given up."""

import dataclasses
import json

import click

from classroom.app import create_app
from classroom.cli.worker import unit
from classroom.core.clock import now
from classroom.notices import outbox, queries


@click.command()
@click.option("--retry", is_flag=True, help="Try the letters that were given up once more.")
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def mail(retry: bool, json_: bool) -> None:
    """Say how many letters wait, are tried again, or were given up."""
    with create_app().app_context():
        put_back = 0
        if retry:
            with unit():
                put_back = outbox.put_back(now())
        state, addresses = queries.mail_state(), list(queries.dead_addresses())
    told = {**dataclasses.asdict(state), "put_back": put_back, "addresses": addresses}
    click.echo(json.dumps(told) if json_ else _in_words(state, put_back, addresses))


def _in_words(state: queries.MailState, put_back: int, addresses: list[str]) -> str:
    lines = [
        f"waiting     {state.waiting}",
        f"for morning {state.for_morning}",
        f"retrying    {state.retrying}",
        f"given up    {state.dead}",
    ]
    if state.oldest_seconds:
        lines.append(f"The oldest letter has waited for {state.oldest_seconds // 60} minutes.")
    if put_back:
        lines.append(f"{put_back} are tried anew.")
    if addresses:
        lines.append("Mail does not arrive at: " + ", ".join(addresses))
    return "\n".join(lines)
