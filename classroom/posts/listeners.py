"""What follows from publishing, and once the commit has succeeded: bytes that no row names any more go."""

import logging

from classroom.core import storage
from classroom.core.errors import RuleBroken
from classroom.core.events import after, listens
from classroom.posts.commands_files import forget_left_out
from classroom.posts.events import FileDropped, PostPublished
from classroom.posts.models import Post


@listens(PostPublished)
def tidy(event: PostPublished) -> None:
    """What was taken out of the draft is not put back once the draft is published."""
    forget_left_out(Post.id == event.post_id)


@after(FileDropped)
def drop_bytes(event: FileDropped) -> None:
    """Left-over bytes do no harm; a sweep can find them by `storage.keys()`."""
    try:
        storage.store().delete(event.key)
    except RuleBroken:
        logging.getLogger("classroom").warning("bytes of a removed file could not be deleted")
