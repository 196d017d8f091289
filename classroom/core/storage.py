"""Where files lie: a local folder or an S3-compatible bucket, under random keys that tell nothing."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Self

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from classroom.core.errors import NotFound, Unavailable
from classroom.core.i18n import _l

CHUNK = 256 * 1024
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")


class StorageDown(Unavailable):
    """The folder or bucket does not answer; text work goes on."""

    message = _l("Files cannot be reached just now. Your text is kept; try again in a moment.")


class FileGone(NotFound):
    """There is no file under this key."""

    message = _l("This file is not here any more.")


class Storage:
    """Safe to share between threads: it holds no state but the connection, which is made for it."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Self:
        """`url` is a folder's path, or s3://bucket/prefix with the usual AWS_… variables set."""
        folder = url.removeprefix("file://")
        if "://" not in folder:
            with _mapped():
                return cls(LocalStore(Path(folder).absolute(), mkdir=True))
        with _mapped():
            return cls(_bucket(url))

    def put(self, data: bytes | IO[bytes]) -> str:
        """Keep the file whole or not at all, and return its new key."""
        name = secrets.token_hex(16)
        key = f"{name[:2]}/{name[2:4]}/{name}"
        self.put_back(key, data)
        return key

    def put_back(self, key: str, data: bytes | IO[bytes]) -> None:
        """Keep the file under a key of old: what a restore does."""
        with _mapped():
            obstore.put(self._store, _checked(key), data)

    def get(self, key: str) -> bytes:
        with _mapped():
            return obstore.get(self._store, _checked(key)).bytes().to_bytes()

    def stream(self, key: str) -> Iterator[bytes]:
        """The file in pieces. What is missing or out of reach is known before the first piece."""
        with _mapped():
            found = obstore.get(self._store, _checked(key))
        return _pieces(iter(found.stream(CHUNK)))

    def delete(self, key: str) -> None:
        """Deleting what is gone does no harm."""
        try:
            with _mapped():
                obstore.delete(self._store, _checked(key))
        except FileGone:
            return

    def exists(self, key: str) -> bool:
        try:
            with _mapped():
                obstore.head(self._store, _checked(key))
        except FileGone:
            return False
        return True

    def keys(self, *, older_than: datetime | None = None) -> Iterator[str]:
        """Every key, for backups; with `older_than`, only those that no upload can still claim."""
        with _mapped():
            for batch in obstore.list(self._store):
                for found in batch:
                    old = older_than is None or found["last_modified"] < older_than
                    if old and _KEY.fullmatch(found["path"]):
                        yield found["path"]


def _bucket(url: str) -> ObjectStore:
    return from_url(
        url,
        client_options={"connect_timeout": timedelta(seconds=5), "timeout": timedelta(seconds=60)},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise FileGone
    return key


def _pieces(source: Iterator[bytes]) -> Iterator[bytes]:
    with _mapped():
        for piece in source:
            yield bytes(piece)


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise FileGone from error
    except (BaseError, OSError) as error:
        raise StorageDown from error


_current: Storage | None = None


def use(storage: Storage) -> None:
    """Put the installation's storage in place; called once by create_app."""
    global _current  # noqa: PLW0603 - one installation, one storage
    _current = storage


def store() -> Storage:
    """The installation's storage."""
    if _current is None:
        raise StorageDown
    return _current
