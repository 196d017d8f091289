"""Rows on their way into and out of a backup: the same text whichever database they lie in."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Table, func, select, text

BATCH = 500
# Bearers of a person's presence: nobody stays signed in through a backup, and no link in an old mail revives.
# When a sweep last ran belongs to one installation: in another, each runs once and finds what it missed.
LEFT_OUT = frozenset(
    {"alembic_version", "sessions", "one_time_links", "sign_in_tries", "spent_challenges", "undos", "sweeps"}
)
# Where rows name files of the storage; a test finds every column that could be forgotten here.
FILE_COLUMNS = {"post_files": "key", "materials": "file_key"}


def tables_in(connection: Connection) -> list[Table]:
    """The tables as this database has them, parents before children; a backup may be older than the code."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def lines_of(connection: Connection, table: Table) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Every row as one line of JSON, in the order of its key; not more than a batch is in memory."""
    query = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=BATCH).execute(query)
    for row in rows.mappings():
        values = {name: _plain(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n", values


def digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows there are, and the sha256 of their lines."""
    count, digest = 0, hashlib.sha256()
    for line, _values in lines_of(connection, table):
        count += 1
        digest.update(line)
    return count, digest.hexdigest()


def insert_lines(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Put rows back as they were, keys included."""
    moments = {column.name for column in table.columns if isinstance(column.type, DateTime)}
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append({name: _moment(name, value, moments) for name, value in json.loads(line).items()})
        if len(batch) == BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)


def go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL's counter go on behind the restored keys; SQLite looks for itself."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1:
        return
    counter = connection.scalar(
        text("select pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": keys[0].name}
    )
    last = connection.scalar(select(func.max(keys[0])))
    if counter and last:
        connection.execute(text("select setval(:counter, :last)"), {"counter": counter, "last": last})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        in_utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return in_utc.isoformat()
    return value


def _moment(name: str, value: Any, moments: set[str]) -> Any:
    return datetime.fromisoformat(value) if name in moments and value is not None else value
