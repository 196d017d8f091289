"""A new file on the command line: whole or not at all, its owner's alone; and plain words if it cannot be."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from sqlalchemy.exc import OperationalError

from classroom.core.storage import StorageDown


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Under a temporary name until it is whole. FileExistsError rather than touch a file that is there."""
    if path.exists():
        raise FileExistsError(path)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)  # 0600
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _give_name(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _give_name(temporary: str, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike a rename, it never replaces
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a stick's
        if path.exists():
            raise FileExistsError(path) from None
        Path(temporary).rename(path)


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """What keeps the file from being written, as the person at the terminal reads it."""
    try:
        yield
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already, and is left as it is.") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    except OperationalError as error:
        raise click.ClickException("The database does not answer. Check DATABASE_URL.") from error
    except StorageDown as error:
        raise click.ClickException("The files cannot be reached; nothing was written.") from error
