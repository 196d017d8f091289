"""Templates are compiled once for all processes, and kept as Python keeps its modules: beside them."""

from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """In the `__pycache__` of the templates: whoever may write there may write the package, too.

    Jinja names each file by the template and takes it only for the very source that it was made from.
    """

    def __init__(self, templates: Path) -> None:
        self._folder = templates / "__pycache__"
        super().__init__(str(self._folder), "%s.jinja.pyc")

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Where the package is not ours to write to, each process compiles for itself, as without this."""
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
