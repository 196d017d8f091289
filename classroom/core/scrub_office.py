"""Names in Office documents: properties, comments and tracked changes, rewritten part by part."""

import io
import re
import zipfile

from classroom.core import zips

SOMEONE = "Author"
# (part of the archive, what is looked for, what stands there afterwards, the word for it)
_TEXT = rb"(<(?P<tag>%s)(?:\s[^>]*)?>)[^<]+(</(?P=tag)>)"
_RULES: tuple[tuple[str, bytes, str], ...] = (
    (r"docProps/core\.xml", rb"dc:creator|cp:lastModifiedBy", "author"),
    (r"docProps/app\.xml", rb"Company|Manager", "company"),
    (r"docProps/custom\.xml", rb"vt:lpwstr|vt:lpstr", "properties"),
    (r"xl/comments\d*\.xml", rb"author", "commenters"),
    (r"meta\.xml", rb"meta:initial-creator|dc:creator|meta:printed-by|meta:user-defined", "author"),
    (r"content\.xml", rb"dc:creator|meta:creator-initials", "commenters"),
)
_ATTRIBUTES: tuple[tuple[str, bytes], ...] = (
    (r"word/.*\.xml", rb'(\bw(?:\d+)?:(?:author|initials)=")[^"]*(")'),
    (r"word/people\.xml", rb'(\bw15:(?:author|userId|providerId)=")[^"]*(")'),
    (r"ppt/(?:commentAuthors|authors)\.xml", rb'(\b(?:name|initials|userId|providerId)=")[^"]*(")'),
    (r"xl/persons/.*\.xml", rb'(\b(?:displayName|userId|providerId)=")[^"]*(")'),
)
_WHEN = (1980, 1, 1, 0, 0, 0)


def scrub_office(_extension: str, data: bytes) -> tuple[bytes, list[str], list[str]]:
    """The same document with names replaced; the same input gives the same bytes."""
    removed: list[str] = []
    out = io.BytesIO()
    with zips.opened(data, document=True) as archive, zipfile.ZipFile(out, "w") as made:
        for entry in archive.infolist():
            part = zips.read(archive, entry)
            if entry.filename.endswith(".xml"):
                part = _without_names(entry.filename, part, removed)
            fresh = zipfile.ZipInfo(entry.filename, _WHEN)
            fresh.compress_type = entry.compress_type
            made.writestr(fresh, part)
    return (out.getvalue() if removed else data), removed, []


def _without_names(name: str, part: bytes, removed: list[str]) -> bytes:
    for where, tags, word in _RULES:
        if re.fullmatch(where, name):
            part, count = re.subn(_TEXT % tags, rb"\1" + SOMEONE.encode() + rb"\3", part)
            removed += [word] * bool(count)
    for where, pattern in _ATTRIBUTES:
        if re.fullmatch(where, name):
            part, count = re.subn(pattern, rb"\1" + SOMEONE.encode() + rb"\2", part)
            removed += ["commenters"] * bool(count)
    return part
