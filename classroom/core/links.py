"""Absolute addresses for mail: the host comes from the settings, never from a request."""

from urllib.parse import urlsplit

_base = "http://127.0.0.1:8000"


def use(base: str) -> None:
    """Put the installation's address in place; called once by create_app."""
    global _base  # noqa: PLW0603 - one installation, one address
    _base = base.rstrip("/")


def absolute(path: str) -> str:
    """`path` begins with a slash."""
    return _base + path


def host() -> str:
    """The name of this installation's host, for Message-IDs."""
    return urlsplit(_base).hostname or "classroom.invalid"
