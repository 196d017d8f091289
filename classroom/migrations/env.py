"""Alembic's entrance: migrations run with the application's own engine and tables."""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from classroom.core.db import Moment, db


def run() -> None:
    """Run what is asked for, in one transaction; batch mode lets SQLite change tables."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    with db.engine.connect() as connection:
        _migrate(connection)
        connection.commit()


def _migrate(connection: Connection) -> None:
    options = current_app.extensions["migrate"].configure_args
    context.configure(connection=connection, target_metadata=db.metadata, render_item=_plain, **options)
    with context.begin_transaction():
        context.run_migrations()


def _plain(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our time type as the plain one: a migration must not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


run()
