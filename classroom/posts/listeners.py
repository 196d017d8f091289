"""What posts do once the commit has succeeded: bytes that no row names any more go."""

import logging

from classroom.core import storage
from classroom.core.errors import RuleBroken
from classroom.core.events import after
from classroom.posts.events import FileDropped


@after(FileDropped)
def drop_bytes(event: FileDropped) -> None:
    """Left-over bytes do no harm; a sweep can find them by `storage.keys()`."""
    try:
        storage.store().delete(event.key)
    except RuleBroken:
        logging.getLogger("classroom").warning("bytes of a removed file could not be deleted")
