"""Names in PDF files: properties, XMP packets, comments' authors, and what pictures inside tell."""

import io
import struct
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from classroom.core.scrub_pictures import jpeg

MAX_OBJECTS = 20_000
SOMEONE = "Author"
TELLING = {"/Author": "author", "/Creator": "program", "/Company": "company", "/Title": "title"}
_DULL = ("/Producer", "/ModDate", "/CreationDate", "/Trapped")
_HIDDEN = ("/Metadata", "/PieceInfo")


def scrub_pdf(_extension: str, data: bytes) -> tuple[bytes, list[str], list[str]]:
    """Without properties and XMP; a protected or broken file stays as it is, and that is told."""
    if data.count(b" obj") > MAX_OBJECTS:
        return data, [], ["unread"]
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return data, [], ["protected"]
        if len(reader.xref_objStm) + sum(map(len, reader.xref.values())) > MAX_OBJECTS:
            return data, [], ["unread"]
        return _rewritten(reader)
    except Exception:  # a PDF may be broken in ways that nobody has listed; the upload goes on, and says so
        return data, [], ["unread"]


def _rewritten(reader: PdfReader) -> tuple[bytes, list[str], list[str]]:
    info = reader.metadata
    removed = [word for key, word in TELLING.items() if info is not None and info.get(key)]
    if info is not None and any(key not in TELLING and key not in _DULL for key in info):
        removed.append("properties")
    left_in: list[str] = []
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for thing in _dictionaries(list(writer._objects)):
        removed += _cleaned(thing)
        left_in += _left_in(thing)
    made = _written(writer)
    if "xmp" in removed:  # what was cut off still lies in the file; a second copy takes only what is reached
        again = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
        again.metadata = None
        made = _written(again)
    return made, removed, left_in


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _dictionaries(things: list[Any]) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, also those that lie inside others."""
    while things:
        thing = things.pop()
        if isinstance(thing, DictionaryObject):
            yield thing
            things += list(thing.values())
        elif isinstance(thing, list):
            things += list(thing)


def _cleaned(thing: DictionaryObject) -> list[str]:
    removed = []
    for key in _HIDDEN:
        if key in thing:
            del thing[NameObject(key)]
            removed.append("xmp")
    comment = "/Rect" in thing and thing.get("/Subtype") != "/Widget"
    if comment and thing.get("/T", SOMEONE) != SOMEONE:
        thing[NameObject("/T")] = TextStringObject(SOMEONE)
        removed.append("commenters")
    if isinstance(thing, StreamObject) and thing.get("/Filter") == "/DCTDecode":
        removed += _picture(thing)
    return removed


def _picture(thing: StreamObject) -> list[str]:
    try:
        cleaned, removed = jpeg(bytes(thing._data))
    except (struct.error, IndexError, ValueError):
        return []
    thing._data = cleaned
    return removed


def _left_in(thing: DictionaryObject) -> list[str]:
    if thing.get("/Type") == "/Sig" or "/ByteRange" in thing:
        return ["signature"]
    return ["attachments"] if "/EmbeddedFiles" in thing or thing.get("/Type") == "/Filespec" else []
