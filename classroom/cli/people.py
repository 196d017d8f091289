"""`classroom people …`: people from the command line."""

import json

import click

from classroom.accounts.commands import create_person, make_link
from classroom.accounts.models import LinkPurpose
from classroom.app import create_app
from classroom.core.db import db, writing
from classroom.core.errors import RuleBroken
from classroom.core.links import absolute


@click.group()
def people() -> None:
    """People of this installation."""


@people.command()
@click.argument("name")
@click.argument("email")
@click.option("--may-teach", is_flag=True, help="May begin courses of their own.")
@click.option("--json", "json_", is_flag=True, help="As JSON, for scripts.")
def add(name: str, email: str, may_teach: bool, json_: bool) -> None:
    """Add a person and print a link, which works once, to sign in with."""
    app = create_app()
    with app.app_context(), app.test_request_context(), writing():
        try:
            person = create_person(name.strip(), email, may_teach=may_teach)
            link = absolute(f"/sign-in/link/{make_link(LinkPurpose.SIGN_IN, person=person)}")
        except RuleBroken as error:
            raise click.ClickException(str(error.message)) from error
        db.session.commit()
        told = {"id": person.public_id, "name": person.name, "email": person.email, "link": link}
    click.echo(
        json.dumps(told)
        if json_
        else f"{told['name']} <{told['email']}> may sign in, within 30 minutes, at {link}"
    )
