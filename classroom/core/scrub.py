"""Taking names and places out of files: what a file says of its author beside what they wrote in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from classroom.core.files import Family, Kind, decoded, read_notebook
from classroom.core.scrub_office import scrub_office
from classroom.core.scrub_pdf import scrub_pdf
from classroom.core.scrub_pictures import scrub_picture

Result = tuple[bytes, list[str], list[str]]


@dataclass(frozen=True)
class Scrubbed:
    """`removed` was taken out, `left_in` may still tell who the author is; both in codes for `wording`."""

    data: bytes
    removed: tuple[str, ...] = ()
    left_in: tuple[str, ...] = ()

    @property
    def warning(self) -> bool:
        """Whether its owner must be told that the file may still name them."""
        return bool(self.left_in)


def scrub(kind: Kind, data: bytes) -> Scrubbed:
    """The same file without its author's name, address or place; what cannot be read is left and told."""
    cleaned, removed, left_in = _WAYS[kind.family](kind.extension, data)
    return Scrubbed(cleaned, tuple(dict.fromkeys(removed)), tuple(dict.fromkeys(left_in)))


def _notebook(_extension: str, data: bytes) -> Result:
    book = read_notebook(decoded(data))
    removed = _without_people(book.get("metadata"))
    for cell in book["cells"]:
        removed += _without_people(cell.get("metadata") if isinstance(cell, dict) else None)
    if not removed:
        return data, [], []
    return json.dumps(book, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"), removed, []


def _without_people(metadata: Any) -> list[str]:
    """Colab writes who ran a cell into each of them, and the file's name and origin into the notebook."""
    if not isinstance(metadata, dict):
        return []
    removed = [metadata.pop(key, None) for key in ("author", "authors", "user")]
    run, colab = metadata.get("executionInfo"), metadata.get("colab")
    if isinstance(run, dict):
        removed.append(run.pop("user", None))
    if isinstance(colab, dict):
        removed += [colab.pop(key, None) for key in ("name", "provenance")]
    return ["author"] if any(removed) else []


def _nothing(_extension: str, data: bytes) -> Result:
    return data, [], []


def _archive(_extension: str, data: bytes) -> Result:
    """What lies in an archive is not opened for cleaning; its owner is told."""
    return data, [], ["archive"]


_WAYS: dict[Family, Callable[[str, bytes], Result]] = {
    Family.IMAGE: scrub_picture,
    Family.PDF: scrub_pdf,
    Family.OFFICE: scrub_office,
    Family.NOTEBOOK: _notebook,
    Family.ARCHIVE: _archive,
    Family.TEXT: _nothing,
}
