"""Taking names and places out of files: what a file says of its author beside what they wrote in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from classroom.core.files import Family, Kind
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


def scrub(kind: Kind, data: bytes) -> Scrubbed:
    """The same file without its author's name, address or place; what cannot be read is left and told."""
    cleaned, removed, left_in = _WAYS[kind.family](kind.extension, data)
    return Scrubbed(cleaned, tuple(dict.fromkeys(removed)), tuple(dict.fromkeys(left_in)))


def _notebook(_extension: str, data: bytes) -> Result:
    book = json.loads(data.decode("utf-8-sig"))
    metadata = book.get("metadata")
    told = [key for key in ("author", "authors") if isinstance(metadata, dict) and key in metadata]
    for key in told:
        del metadata[key]
    if not told:
        return data, [], []
    return json.dumps(book, ensure_ascii=False, indent=1).encode(), ["author"], []


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
