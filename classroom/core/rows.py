"""A row as plain values and back: for what is deleted and may have to be put back as it was."""

import enum
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Enum, inspect
from sqlalchemy.types import TypeEngine

from classroom.core.db import Base, Moment

T = TypeVar("T", bound=Base)


def packed(row: Base) -> dict[str, Any]:
    """Its columns as JSON can hold them. The primary key is left out: another row may have it by then."""
    found = inspect(type(row)).column_attrs
    return {one.key: _plain(getattr(row, one.key)) for one in found if not one.columns[0].primary_key}


def unpacked(kind: type[T], values: dict[str, Any], **changed: Any) -> T:
    """A new row of `kind`, not added yet; `changed` are columns that differ, such as a parent's key."""
    columns = {one.key: one.columns[0].type for one in inspect(kind).column_attrs}
    return kind(**{key: _typed(value, columns[key]) for key, value in values.items()} | changed)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value


def _typed(value: Any, wanted: TypeEngine[Any]) -> Any:
    if value is None:
        return None
    if isinstance(wanted, Moment):
        return datetime.fromisoformat(value)
    return wanted.enum_class(value) if isinstance(wanted, Enum) and wanted.enum_class else value
