"""What kind of file this is, by its content and its name together, and what it may be called."""

import io
import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PIL import Image, UnidentifiedImageError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from classroom.core import zips
from classroom.core.refusals import FileRefused

__all__ = ["Family", "FileRefused", "Kind", "clean_name", "inspect", "neutral_name"]

MAX_NAME_BYTES = 180  # file systems allow 255; the unpacker's folder wants its share
MAX_PIXELS = 200_000_000  # telephones make pictures of this size; more is made to fill a memory
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Family(StrEnum):
    IMAGE = "image"
    PDF = "pdf"
    TEXT = "text"
    NOTEBOOK = "notebook"
    ARCHIVE = "archive"
    OFFICE = "office"


@dataclass(frozen=True)
class Kind:
    """`media_type` is what the file is served as, `inline` whether a browser may show it in place."""

    media_type: str
    extension: str
    inline: bool
    family: Family


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_KINDS = {
    "png": Kind("image/png", "png", inline=True, family=Family.IMAGE),
    "jpg": Kind("image/jpeg", "jpg", inline=True, family=Family.IMAGE),
    "gif": Kind("image/gif", "gif", inline=True, family=Family.IMAGE),
    "webp": Kind("image/webp", "webp", inline=True, family=Family.IMAGE),
    "pdf": Kind("application/pdf", "pdf", inline=True, family=Family.PDF),
    "ipynb": Kind("application/x-ipynb+json", "ipynb", inline=False, family=Family.NOTEBOOK),
    "zip": Kind("application/zip", "zip", inline=False, family=Family.ARCHIVE),
    "docx": Kind(f"{_OOXML}wordprocessingml.document", "docx", inline=False, family=Family.OFFICE),
    "xlsx": Kind(f"{_OOXML}spreadsheetml.sheet", "xlsx", inline=False, family=Family.OFFICE),
    "pptx": Kind(f"{_OOXML}presentationml.presentation", "pptx", inline=False, family=Family.OFFICE),
    "odt": Kind(f"{_ODF}text", "odt", inline=False, family=Family.OFFICE),
    "ods": Kind(f"{_ODF}spreadsheet", "ods", inline=False, family=Family.OFFICE),
    "odp": Kind(f"{_ODF}presentation", "odp", inline=False, family=Family.OFFICE),
}
_SAME = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_NEVER_TEXT_ENDS = """
    7z aac aif avi avif bin bmp bz2 class db dmg doc docm eot epub flac gz heic heif ico iso key m4a m4v mdb
    mid mkv mobi mov mp3 mp4 mpg numbers o ogg otf pages pkl ppt pptm ps psd pub pyc rar so sqlite sqlite3
    swf tar tgz tif tiff ttf wasm wav webm wma wmv woff woff2 xls xlsb xlsm xz zst
"""
_NEVER_TEXT = frozenset(_NEVER_TEXT_ENDS.split())
_CODE_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_MARKUP = re.compile(rb"<(?:script|html|svg|iframe|body|!doctype\s+html|\?php)", re.IGNORECASE)
_SEGMENT = re.compile(rb"\xff[\xe0-\xef\xfe]")
_SCRIPT = re.compile(rb"<script", re.IGNORECASE)


def inspect(name: str, data: bytes) -> Kind:
    """What the file is. Raises FileRefused for what is not taken, or is not what it says it is."""
    extension = _extension(name)
    if not data:
        raise FileRefused("empty")
    if f".{extension}".endswith(zips.EXECUTABLE_ENDINGS) or zips.runs(data[:128]):
        raise FileRefused("executable")
    found = _by_content(data)
    wanted = _KINDS.get(extension)
    if found == "zip" and wanted and wanted.family in {Family.ARCHIVE, Family.OFFICE}:
        return _checked_zip(wanted, data)
    if found and found != extension:
        raise FileRefused("mismatch" if wanted or extension not in _NEVER_TEXT else "unknown")
    if found == "pdf":
        return _checked_pdf(data)
    if found in {"png", "jpg", "gif", "webp"}:
        return _checked_image(_KINDS[found], data)
    if wanted and wanted.family is not Family.NOTEBOOK:
        raise FileRefused("mismatch")
    if extension in _NEVER_TEXT:
        raise FileRefused("unknown")
    return _checked_text(extension, data)


def neutral_name(n: int, kind: Kind) -> str:
    """A name that tells nothing of its author, for anonymous projects."""
    return f"post-file-{n}.{kind.extension}" if kind.extension else f"post-file-{n}"


def clean_name(name: str) -> str:
    """The name without its path and without characters that deceive or do harm; any script stays as it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(char for char in last if _may_stand_in_a_name(char))
    kept = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", kept)).lstrip(". ").rstrip(". ")
    if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", kept):
        kept = f"_{kept}"
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        return _cut(kept, MAX_NAME_BYTES) or "file"
    return f"{_cut(stem, MAX_NAME_BYTES - len(ending.encode()) - 1)}.{ending}"


def _may_stand_in_a_name(char: str) -> bool:
    if char in "\u200c\u200d":  # joiners, without which Persian names and many emoji fall apart
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or char == "\t"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .\u200c\u200d")


def _extension(name: str) -> str:
    stem, dot, ending = clean_name(name).rpartition(".")
    ending = ending.lower() if dot and stem else ""
    return _SAME.get(ending, ending)


def _by_content(data: bytes) -> str:
    """The kind that the first bytes announce; "" where they announce none, as with text."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    return ""


_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (zips.END, "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gz"),
    (b"SQLite format 3\0", "sqlite"),
)


def _checked_image(kind: Kind, data: bytes) -> Kind:
    _refuse_second_face(data)
    try:
        with _header(kind, data) as image:
            pixels = image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError) as error:
        raise FileRefused("broken") from error
    if pixels > MAX_PIXELS:
        raise FileRefused("too_many_pixels")
    return kind


def _header(kind: Kind, data: bytes) -> ImageFile:
    """Only the header is read. A JPEG is taken as one, without the second picture that may hang behind it."""
    if kind.extension == "jpg":
        if sum(1 for _ in _SEGMENT.finditer(data)) > 10_000:  # Pillow joins comments in ever longer strings
            raise UnidentifiedImageError
        return JpegImageFile(io.BytesIO(data))
    return Image.open(io.BytesIO(data), formats=[kind.extension.upper()])


def _refuse_second_face(data: bytes) -> None:
    """A picture that is also a page, a PDF or an archive is made to fool somebody."""
    page = _MARKUP.search(data, 0, 4096) or _SCRIPT.search(data)
    if page or b"%PDF-" in data[:1024] or zips.is_also_zip(data):
        raise FileRefused("polyglot")


def _checked_pdf(data: bytes) -> Kind:
    if zips.is_also_zip(data) or _MARKUP.search(data, 0, 1024):
        raise FileRefused("polyglot")
    if b"%%EOF" not in data[-4096:]:
        raise FileRefused("broken")
    plain = _KINDS["pdf"]
    if _CODE_IN_PDF.search(data):
        return Kind(plain.media_type, plain.extension, inline=False, family=plain.family)
    return plain


def _checked_zip(wanted: Kind, data: bytes) -> Kind:
    with zips.opened(data, document=wanted.family is Family.OFFICE) as archive:
        names = set(archive.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise FileRefused("macros")
        part = _MAIN_PART.get(wanted.extension)
        if part and not {part, "[Content_Types].xml"} <= names:
            raise FileRefused("mismatch")
        if wanted.media_type.startswith(_ODF):
            first = archive.infolist()[0]
            if first.filename != "mimetype" or zips.read(archive, first) != wanted.media_type.encode():
                raise FileRefused("mismatch")
    return wanted


def _checked_text(extension: str, data: bytes) -> Kind:
    """Any text is welcome as a download, pages and SVG too: what is served as plain text runs nowhere."""
    text = decoded(data)
    if extension == "ipynb":
        read_notebook(text)
        return _KINDS["ipynb"]
    short = extension if re.fullmatch(r"[a-z0-9+_-]{1,12}", extension) else "txt" if extension else ""
    return Kind("text/plain", short, inline=False, family=Family.TEXT)


def read_notebook(text: str) -> dict[str, Any]:
    """The notebook's tree, which must not outgrow the memory: a plot has many points but few branches."""
    if text.count("{") + text.count("[") > 300_000 or text.count(",") > 3_000_000:
        raise FileRefused("broken")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused("broken") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise FileRefused("mismatch")
    return notebook


def decoded(data: bytes) -> str:
    """The text, in UTF-8, UTF-16 with its mark, or as Windows of old wrote it. Raises FileRefused."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]", text):
            return text
    raise FileRefused("not_text")
