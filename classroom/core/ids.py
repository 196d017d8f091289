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


def secret_token() -> str:
    """A bearer secret: 40 characters carry 190 bits. Store its `digest`, never itself."""
    return "".join(secrets.choice(ALPHABET) for _ in range(40))


def join_code() -> str:
    """A code that people copy from a board: 10 characters."""
    return _pick(10)


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
