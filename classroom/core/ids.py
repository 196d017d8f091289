"""Random names for rows and secrets: nothing can be inferred from them."""

import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# No vowels and no look-alikes: no word forms by chance, and it can be read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_seeded: ContextVar[random.Random | None] = ContextVar("seeded_ids", default=None)


def public_id(length: int = 12) -> str:
    """A random id for URLs; 12 characters carry 57 bits."""
    return _pick(length)


def unordered_id() -> int:
    """A primary key that does not tell which row came before which."""
    return (_seeded.get() or secrets.SystemRandom()).randrange(1, 2**31)


def secret_token() -> str:
    """A bearer secret: 40 characters carry 190 bits. Store its `digest`, never itself."""
    return "".join(secrets.choice(ALPHABET) for _ in range(40))


def join_code() -> str:
    """A code that people copy from a board: 10 characters."""
    return _pick(10)


def is_secret(token: str) -> bool:
    """Does it look like one of ours? Whoever sends it may have made it up."""
    return len(token) == 40 and set(token) <= set(ALPHABET)


def digest(token: str) -> str:
    """What is stored in place of a secret: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def _pick(length: int) -> str:
    chooser = _seeded.get() or secrets.SystemRandom()
    return "".join(chooser.choice(ALPHABET) for _ in range(length))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make public ids repeatable, for the demo only; secrets stay random."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 - repeatable on purpose, and never for secrets
    try:
        yield
    finally:
        _seeded.reset(token)
