"""Messages: every visible string goes through `_` (now) or `_l` (when it is shown)."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "_", "_l", "_n", "in_full"]


def _(message: str, **values: Any) -> str:
    return cast(str, gettext(message, **values))


def _l(message: str, **values: Any) -> LazyString:
    return lazy_gettext(message, **values)


def _n(one: str, many: str, count: int, **values: Any) -> str:
    return cast(str, ngettext(one, many, count, **values))


def in_full(moment: datetime, zone: ZoneInfo) -> str:
    """'Wednesday 25 November 2026, 22:00 (Europe/Berlin)': for a letter, which is read who knows when."""
    told = format_datetime(moment.astimezone(zone), "EEEE d MMMM y, HH:mm", rebase=False)
    return f"{told} ({zone.key})"
