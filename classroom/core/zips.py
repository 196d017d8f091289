"""Looks into ZIP files without trusting them: the directory is checked before anything is unpacked."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from classroom.core.refusals import FileRefused

MAX_ENTRIES = 5_000
MAX_DIRECTORY = 2_000_000  # bytes; read whole by the zipfile module, whatever the count in the file says
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100  # honest text packs 5 to 20 times
RATIO_MATTERS = 10_000_000  # a small file of blanks is no bomb
END = b"PK\x05\x06"
END_SIZE = 22
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error)
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PACKED_DOCUMENTS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
EXECUTABLE_ENDINGS = tuple(
    f".{ending}"
    for ending in """
    apk bat chm cmd com cpl deb desktop dll dmg exe hta iso jar jnlp jse lnk msi msix msp pif reg rpm scr
    url vbe vbs wsf wsh
    """.split()  # noqa: SIM905 - a list of words, read as one
)
_MACHINE_CODE = (
    *(b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe"),
    *(b"\xcf\xfa\xed\xfe", b"\0asm", b"dex\n", b"!<arch>\n", b"L\0\0\0\x01\x14\x02\0"),
)


@contextmanager
def opened(data: bytes, *, document: bool = False) -> Iterator[zipfile.ZipFile]:
    """The archive after every check. A `document` (docx, odt) may embed files; an archive, no archives."""
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(data))
            _check_places(entries, data)
            for entry in entries:
                _check_entry(entry)
                if document:
                    _check_markup(archive, entry)
                else:
                    _check_start(archive, entry)
            yield archive
    except _UNREADABLE as error:
        raise FileRefused("broken") from error


def read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The whole entry, never more than it announced and `opened` agreed to."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise FileRefused("broken")
    return data


def is_also_zip(data: bytes) -> bool:
    """Whether an unpacker would find an archive in this file, wherever it begins."""
    at = data.rfind(END, max(0, len(data) - 65_535 - END_SIZE))
    if at < 0 or len(data) < at + END_SIZE:
        return False
    size, offset = struct.unpack_from("<LL", data, at + 12)
    return data[max(0, at - size) :][:4] == b"PK\x01\x02" or data[offset : offset + 4] == b"PK\x01\x02"


def _check_directory(data: bytes) -> None:
    """From the fixed end of the file alone: no prefix, no tail, no directory too large to read."""
    at = data.rfind(END, max(0, len(data) - 65_535 - END_SIZE))
    if not data.startswith((b"PK\x03\x04", END)) or at < 0 or len(data) < at + END_SIZE:
        raise FileRefused("broken")
    count, size, offset, comment = struct.unpack_from("<HLLH", data, at + 10)
    if count == 0:
        raise FileRefused("empty")
    if count > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise FileRefused("too_many_entries", limit=MAX_ENTRIES)
    said = data[at + END_SIZE :]
    if len(said) != comment or offset + size != at or b"<" in said or b"%PDF" in said:
        raise FileRefused("polyglot")


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("too_many_entries", limit=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * packed):
        raise FileRefused("bomb")


def _check_places(entries: list[zipfile.ZipInfo], data: bytes) -> None:
    """No two entries share bytes (that is how small files unpack to petabytes), and no two share a name."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end or entry.header_offset + 30 > len(data):
            raise FileRefused("bomb")
        name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
        end = entry.header_offset + 30 + name + extra + entry.compress_size
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileRefused("broken")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or any(ord(char) < 32 for char in name):
        raise FileRefused("path", entry=entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FileRefused("symlink", entry=entry.filename)
    if entry.flag_bits & 0x1:
        raise FileRefused("encrypted", entry=entry.filename)
    if entry.filename.lower().endswith(EXECUTABLE_ENDINGS):
        raise FileRefused("executable", entry=entry.filename)


def _check_markup(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Office documents declare no entities; one that does was made to make its readers fetch or swell."""
    if entry.filename.lower().endswith((".xml", ".rels")):
        with archive.open(entry) as stream:
            start = stream.read(1024).replace(b"\0", b"")
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise FileRefused("entities", entry=entry.filename)


def _check_start(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """By the first bytes, since a name may lie: no archive in an archive, and nothing that runs."""
    if entry.is_dir() or entry.file_size < 4:
        return
    with archive.open(entry) as stream:
        start = stream.read(128)
    if runs(start):
        raise FileRefused("executable", entry=entry.filename)
    if start.startswith(_ARCHIVES) and not entry.filename.lower().endswith(_PACKED_DOCUMENTS):
        raise FileRefused("nested", entry=entry.filename)


def runs(start: bytes) -> bool:
    """Whether a file that begins like this is a program for a machine."""
    return start.startswith(_MACHINE_CODE) or (start[:2] == b"MZ" and b"\0" in start[:128])
