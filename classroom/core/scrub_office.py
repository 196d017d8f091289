"""Names in Office documents: properties, comments, tracked changes, pictures, rewritten part by part."""

import io
import re
import struct
import zipfile

from classroom.core import zips
from classroom.core.scrub_pictures import jpeg, png
from classroom.core.scrub_xml import Names, NotReadable, without_names

MAX_PART = 60_000_000  # unpacked, in memory at once
MAX_TEXT = 12_000_000  # more XML that may hold names, in one document, would keep the server busy too long
_WHEN = (1980, 1, 1, 0, 0, 0)
_AUTHOR, _FIRM, _OTHERS = "author", "company", "commenters"
_PEOPLE = dict.fromkeys(("displayName", "userId", "providerId", "name", "initials"), _OTHERS)
_REVIEWERS = dict.fromkeys(("author", "initials", "userId", "providerId"), _OTHERS)
_SENDERS = ("firstname", "lastname", "initials", "email", "phone-private", "phone-work", "street", "company")
_OF_ODF = {
    **dict.fromkeys(("author-name", "author-initials", "initial-creator", "printed-by"), _AUTHOR),
    **{f"sender-{field}": _AUTHOR for field in _SENDERS},
}
_FIRMS = {"Company": _FIRM, "Manager": _FIRM, "Template": "paths", "HyperlinkBase": "paths"}
_NAMES: tuple[tuple[str, Names], ...] = (
    (r"docProps/core\.xml", Names({"creator": _AUTHOR, "lastModifiedBy": _AUTHOR}, blank=True)),
    (r"docProps/app\.xml", Names(_FIRMS, blank=True)),
    (r"docProps/custom\.xml", Names({"lpwstr": "properties", "lpstr": "properties"}, blank=True)),
    (r"word/.*\.xml", Names(attributes=_REVIEWERS)),
    (r"xl/comments.*\.xml", Names({"author": _OTHERS}, echoed=True)),
    (r"xl/workbook\.xml", Names(attributes={"userName": _AUTHOR})),
    (r"xl/revisions/userNames\.xml", Names(attributes={"name": _OTHERS})),
    (r"xl/revisions/.*\.xml", Names(attributes={"userName": _OTHERS})),
    (r"xl/persons/.*\.xml|ppt/(?:commentAuthors|authors)\.xml", Names(attributes=_PEOPLE)),
    (r".*\.rels", Names()),
    (r"meta\.xml", Names({**_OF_ODF, "creator": _AUTHOR, "user-defined": "properties"}, blank=True)),
    (r"(?:content|styles)\.xml", Names({**_OF_ODF, "creator": _OTHERS, "creator-initials": _OTHERS})),
)
_PATHS = (b"sers", b"SERS", b"ome/", b"ome\\", b"ettings")
_SIGNED = re.compile(r"_xmlsignatures/.*|META-INF/documentsignatures\.xml")
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/.+|Object .+/.+")


def scrub_office(_extension: str, data: bytes) -> tuple[bytes, list[str], list[str]]:
    """The same document with names replaced; the same input gives the same bytes."""
    removed: list[str] = []
    left_in: list[str] = []
    budget = [MAX_TEXT]
    out = io.BytesIO()
    with zips.opened(data, document=True) as archive, zipfile.ZipFile(out, "w") as made:
        for entry in archive.infolist():
            left_in += _left_in(entry.filename)
            if entry.file_size > MAX_PART:
                return data, [], ["unread"]
            try:
                part = _cleaned(entry.filename, zips.read(archive, entry), removed, budget)
            except NotReadable:
                return data, [], ["unread"]
            fresh = zipfile.ZipInfo(entry.filename, _WHEN)
            fresh.compress_type = entry.compress_type
            fresh.external_attr = entry.external_attr
            made.writestr(fresh, part)
    return (out.getvalue() if removed else data), removed, left_in


def _left_in(name: str) -> list[str]:
    """What a name may still stand in, and cleaning would break."""
    if _SIGNED.fullmatch(name):
        return ["signature"]
    return ["attachments"] if _EMBEDDED.fullmatch(name) else []


def _cleaned(name: str, part: bytes, removed: list[str], budget: list[int]) -> bytes:
    if name.endswith((".jpg", ".jpeg", ".png")):
        return _picture(part, removed)
    for where, names in _NAMES:
        if re.fullmatch(where, name) and _may_hold(part, names):
            budget[0] -= len(part)
            if budget[0] < 0:
                raise NotReadable
            return without_names(part, names, removed)
    return part


def _may_hold(part: bytes, names: Names) -> bool:
    """Most parts hold no name: a look at the bytes spares them the parser. Wide text (UTF-16) goes to it."""
    return b"\0" in part[:4] or any(word in part for word in (*names.wanted, *_PATHS, b"<!DOCTYPE"))


def _picture(part: bytes, removed: list[str]) -> bytes:
    for start, way in ((b"\xff\xd8\xff", jpeg), (b"\x89PNG", png)):
        if part.startswith(start):
            try:
                cleaned, words = way(part)
            except (struct.error, IndexError, ValueError):
                return part
            removed += words
            return cleaned
    return part
