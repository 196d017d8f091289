"""Addresses that carry their own permission: signed with the installation's key, so that none is made up."""

from collections.abc import Iterable
from typing import cast

from itsdangerous import BadSignature, Signer, URLSafeSerializer

_keys: list[str] = []  # the oldest first; the last one signs


def use(key: str, old: Iterable[str] = ()) -> None:
    """Put the installation's keys in place; called once by create_app. What old ones signed is still good."""
    global _keys  # noqa: PLW0603 - one installation, one set of keys
    _keys = [*old, key]


def sign(purpose: str, *values: str) -> str:
    """A token for an address; it holds `values` readably and is good for `purpose` alone."""
    return URLSafeSerializer(_keys, salt=purpose).dumps(values)


def unsign(purpose: str, token: str) -> list[str] | None:
    """The values of a token that we made for `purpose`, else None."""
    try:
        return cast("list[str]", URLSafeSerializer(_keys, salt=purpose).loads(token))
    except BadSignature:
        return None


def mark(purpose: str, value: str) -> str:
    """A name for `value` that tells nothing of it and stays the same."""
    return Signer(_keys, salt=purpose).get_signature(value).decode()


def marks(purpose: str, value: str) -> list[str]:
    """The names that `value` may have been given, the newest key's first."""
    return [Signer(key, salt=purpose).get_signature(value).decode() for key in reversed(_keys)]
