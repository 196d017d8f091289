"""Messages: every visible string goes through `_` (now) or `_l` (when it is shown)."""

from typing import Any, cast

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "_", "_l", "_n"]


def _(message: str, **values: Any) -> str:
    return cast(str, gettext(message, **values))


def _l(message: str, **values: Any) -> LazyString:
    return lazy_gettext(message, **values)


def _n(one: str, many: str, count: int, **values: Any) -> str:
    return cast(str, ngettext(one, many, count, **values))
