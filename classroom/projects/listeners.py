"""What projects do once the commit has succeeded: bytes that no row names any more go."""

import logging

from classroom.core import storage
from classroom.core.errors import RuleBroken
from classroom.core.events import after
from classroom.projects.commands_materials import BytesDropped


@after(BytesDropped)
def drop_bytes(event: BytesDropped) -> None:
    """Left-over bytes do no harm: they are under no name."""
    try:
        storage.store().delete(event.key)
    except RuleBroken:
        logging.getLogger("classroom").warning("bytes of a material could not be deleted")
