"""The database: one declarative base, typed columns, and transactions that do not trip over each other."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, String, Text, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from classroom.core.clock import now
from classroom.core.ids import public_id


class Moment(TypeDecorator[datetime]):
    """A time in UTC with its zone, on SQLite too, which stores none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class InSmallLetters(FunctionElement[str]):
    """A text in small letters, in every alphabet: the `lower` of SQLite knows those from A to Z only."""

    type = Text()
    inherit_cache = True


@compiles(InSmallLetters)
def _in_small_letters(element: InSmallLetters, compiler: Any, **how: Any) -> str:
    return f"lower({compiler.process(element.clauses, **how)})"


@compiles(InSmallLetters, "sqlite")
def _in_small_letters_on_sqlite(element: InSmallLetters, compiler: Any, **how: Any) -> str:
    return f"in_small_letters({compiler.process(element.clauses, **how)})"


def _small(text: str | None) -> str | None:
    return None if text is None else text.lower()


Id = Annotated[int, mapped_column(primary_key=True)]
PublicId = Annotated[str, mapped_column(String(16), unique=True, default=public_id)]
CreatedAt = Annotated[datetime, mapped_column(default=now)]
STORED = "stored"  # in a column's `info`: it names bytes of the storage, which go when the row goes
Short = Annotated[str, mapped_column(String(200))]

# Constraint names by rule: migrations on SQLite and PostgreSQL can then name what they change.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_types = registry(
    type_annotation_map={
        datetime: Moment(),
        str: Text(),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            length=32,
            values_callable=lambda kind: [str(one.value) for one in kind],
        ),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }
)


class Base(DeclarativeBase):
    """The parent of all tables."""

    registry = _types


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
db.metadata.naming_convention = NAMES
_writing: ContextVar[bool] = ContextVar("unit_writes", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Within it, SQLite takes its write lock at the start: a unit that reads first cannot lose it later."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def prepare_engine(engine: Engine) -> None:
    """Give SQLite its settings and an explicit BEGIN; PostgreSQL needs neither."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is below
        for setting in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {setting}").close()
        connection.create_function("in_small_letters", 1, _small, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
