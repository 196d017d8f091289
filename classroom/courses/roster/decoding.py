"""Bytes to text: finds the encoding, and names what is no text at all."""

import codecs
import re
from math import ceil

from classroom.courses.roster.problems import (
    BinaryFile,
    CannotRead,
    CompressedFile,
    DamagedText,
    EmptyFile,
    ExcelWorkbook,
    FileTooLarge,
    LockedWorkbook,
    NumbersDocument,
    OldExcelWorkbook,
    OpenDocument,
    PdfDocument,
    UnknownEncoding,
    WebPage,
    WordDocument,
    ZipArchive,
)
from classroom.courses.roster.table import Text

MAX_BYTES = 20 * 1024 * 1024
_WINDOW = 100_000

# What a person may choose when the guess was wrong; Windows-1252 takes in all of Latin-1's letters.
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "mac-roman",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "shift_jis",
    "euc-kr",
    "gb18030",
    "big5",
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OPENINGS: tuple[tuple[bytes, type[CannotRead]], ...] = (
    (b"%PDF", PdfDocument),
    (b"\x1f\x8b", CompressedFile),
    (b"BZh", CompressedFile),
    (b"\xfd7zXZ\x00", CompressedFile),
    (b"\x28\xb5\x2f\xfd", CompressedFile),
    (b"7z\xbc\xaf\x27\x1c", CompressedFile),
    (b"Rar!\x1a\x07", CompressedFile),
    (b"{\\rtf", WordDocument),
    (b"\x89PNG", BinaryFile),
    (b"\xff\xd8\xff", BinaryFile),
    (b"GIF8", BinaryFile),
)
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|table|\?xml|meta)\b", re.IGNORECASE)
_UNWANTED = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f]")


def decode(data: bytes, filename: str = "", *, encoding: str = "", max_bytes: int = MAX_BYTES) -> Text:
    """The text of an uploaded file; `encoding` is a person's own choice from ENCODINGS, else it is found."""
    if not data.strip():
        raise EmptyFile
    if len(data) > max_bytes:
        raise FileTooLarge(size=megabytes(len(data)), limit=megabytes(max_bytes))
    _refuse_what_is_no_text(data, filename)
    text = _in_chosen(data, encoding) if encoding else _in_found(data)
    return _readable(text)


def pasted(content: str, *, max_bytes: int = MAX_BYTES) -> Text:
    """The same checks for what somebody pasted into the page."""
    size = len(content.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise FileTooLarge(size=megabytes(size), limit=megabytes(max_bytes))
    return _readable(Text(content.removeprefix("\ufeff"), "utf-8"))


def megabytes(size: int) -> str:
    # Rounded up: a file just over the limit must not be said to have exactly the limit.
    return f"{ceil(size * 10 / 1024 / 1024) / 10}".removesuffix(".0")


def _refuse_what_is_no_text(data: bytes, filename: str) -> None:
    for opening, error in _OPENINGS:
        if data.startswith(opening):
            raise error
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _kind_of_zip(data, filename)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise LockedWorkbook if "EncryptedPackage".encode("utf-16-le") in data else OldExcelWorkbook
    if _WEB_PAGE.match(data.removeprefix(codecs.BOM_UTF8)):
        raise WebPage


def _kind_of_zip(data: bytes, filename: str) -> type[CannotRead]:
    # Names stand uncompressed in a ZIP, so a cut-off or hostile archive needs no opening.
    ending = filename.rpartition(".")[2].lower()
    if b"xl/workbook" in data or b"xl/worksheets" in data or ending in {"xlsx", "xlsm", "xlsb"}:
        return ExcelWorkbook
    if b"opendocument.spreadsheet" in data[:300] or ending == "ods":
        return OpenDocument
    if b"Index/Document.iwa" in data or b"Index/Tables/" in data or ending == "numbers":
        return NumbersDocument
    if b"word/document" in data or b"opendocument.text" in data[:300]:
        return WordDocument
    return ZipArchive


def _in_chosen(data: bytes, encoding: str) -> Text:
    if encoding not in ENCODINGS:
        raise UnknownEncoding(encoding=encoding)
    for mark, marked in _BOMS:
        if data.startswith(mark) and marked.startswith(encoding):
            return _strictly(data.removeprefix(mark), marked)
    if encoding == "utf-16":
        return _strictly(data, _order_of_utf16(data))
    return _strictly(data, encoding)


def _in_found(data: bytes) -> Text:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data.removeprefix(mark), encoding)
    if b"\x00" in data:
        return _unmarked_utf16(data)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _eight_bit(data, error)


def _strictly(data: bytes, encoding: str) -> Text:
    try:
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise DamagedText(line=_line_at(before), encoding=encoding.upper()) from error


def _line_at(before: str) -> int:
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _order_of_utf16(data: bytes) -> str:
    # Separators, line ends and every @ are ASCII: their zero byte comes second in little-endian.
    return "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"


def _unmarked_utf16(data: bytes) -> Text:
    order = _order_of_utf16(data)
    try:
        content = data.decode(order)
    except UnicodeDecodeError as error:
        raise BinaryFile from error
    if "\x00" in content or _UNWANTED.search(content):
        raise BinaryFile
    return Text(content, order)


def _eight_bit(data: bytes, error: UnicodeDecodeError) -> Text:
    before = data[: error.start].decode("utf-8")
    after = data[error.start : error.start + _WINDOW].decode("utf-8", "replace")
    broken = after.count("\ufffd")
    wide = sum(len(part) - len(part.encode("ascii", "ignore")) for part in (before, after))
    if wide - broken > broken:
        # Mostly proper UTF-8: reading it as Windows-1252 would spoil every name for the sake of one byte.
        raise DamagedText(line=_line_at(before), encoding="UTF-8")
    try:
        return Text(data.decode("windows-1252"), "windows-1252", certain=False)
    except UnicodeDecodeError:
        return Text(data.decode("latin-1"), "latin-1", certain=False)


def _readable(text: Text) -> Text:
    if not text.content.strip("\ufeff\x1a \t\r\n\v\f"):
        raise EmptyFile
    unwanted = len(text.content) - len(_UNWANTED.sub("", text.content))
    if "\x00" in text.content or unwanted * 50 > len(text.content):
        raise BinaryFile
    return text
