"""A file is what its content and its name agree on, or it is not taken."""

import io
import stat
import struct
import zipfile
import zlib

import pytest

from classroom.core import files, zips
from classroom.core.files import Family, FileRefused, Kind, clean_name, inspect, neutral_name
from classroom.core.refusals import MESSAGES
from tests.core import samples

HONEST = [
    ("leaf.png", samples.picture("png"), "image/png", True),
    ("leaf.JPG", samples.picture("jpeg"), "image/jpeg", True),
    ("leaf.jpeg", samples.picture("jpeg"), "image/jpeg", True),
    ("leaf.gif", samples.picture("gif"), "image/gif", True),
    ("leaf.webp", samples.picture("webp"), "image/webp", True),
    ("essay.pdf", samples.pdf(), "application/pdf", True),
    ("lab.ipynb", samples.notebook(), "application/x-ipynb+json", False),
    ("a.zip", samples.archive({"a.py": "x = 1", "a.docx": samples.office("docx")}), "application/zip", False),
    ("essay.odt", samples.odf(), "application/vnd.oasis.opendocument.text", False),
    ("main.py", b"print('soil')\n", "text/plain", False),
    ("Makefile", b"all:\n\techo\n", "text/plain", False),
    ("page.html", b"<!DOCTYPE html><script>alert(1)</script>", "text/plain", False),
    ("leaf.svg", b"<svg onload='alert(1)'/>", "text/plain", False),
    ("umlaut.txt", "Möhren säen".encode("cp1252"), "text/plain", False),
    ("wide.csv", "Name;Höhe\n".encode("utf-16"), "text/plain", False),
    ("notes.odd", "園芸".encode(), "text/plain", False),
    ("letter.txt", b"MZ is how the letter begins", "text/plain", False),
]
for kind in ("docx", "xlsx", "pptx"):
    HONEST.append((f"work.{kind}", samples.office(kind), "application/vnd.openxmlformats", False))


@pytest.mark.parametrize(("name", "data", "media_type", "inline"), HONEST, ids=[row[0] for row in HONEST])
def test_honest_files_are_taken(name, data, media_type, inline):
    kind = inspect(name, data)
    assert kind.media_type.startswith(media_type)
    assert kind.inline is inline


def refused(name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        inspect(name, data)
    assert str(error.value.message) == str(MESSAGES[error.value.code])
    return error.value.code


PNG, JPG, GIF, PDF = samples.picture("png"), samples.picture("jpeg"), samples.picture("gif"), samples.pdf()
ZIP = samples.archive({"a.txt": "soil"})
DISHONEST = [
    ("nothing.txt", b"", "empty"),
    ("leaf.png", JPG, "mismatch"),
    ("leaf.txt", PNG, "mismatch"),
    ("leaf.png", b"just text", "mismatch"),
    ("essay.docx", ZIP, "mismatch"),
    ("essay.odt", ZIP, "mismatch"),
    ("essay.pdf", ZIP, "mismatch"),
    ("lab.ipynb", ZIP, "mismatch"),
    ("lab.ipynb", b'{"cells": 3}', "mismatch"),
    ("lab.ipynb", b'{"cells": [', "broken"),
    ("lab.ipynb", b'{"cells":' + b"[" * 100_000, "broken"),
    ("lab.ipynb", b'{"cells":[' + b"{}," * 400_000 + b"1]}", "broken"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown"),
    ("essay.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mismatch"),
    ("song.mp3", b"ID3\x03" + bytes(50), "unknown"),
    ("data.bin", b"plain words", "unknown"),
    ("data.rar", b"Rar!\x1a\x07\x01\0", "unknown"),
    ("notes.txt", b"soil\0water", "not_text"),
    ("notes.txt", b"\x01\x02\x03\x04", "not_text"),
    ("setup.exe", b"MZ" + bytes(100), "executable"),
    ("photo.jpg.exe", JPG, "executable"),
    ("photo\u202egpj.exe", JPG, "executable"),
    ("notes.txt", b"MZ\x90\0" + bytes(100), "executable"),
    ("tool", b"\x7fELF\x02\x01" + bytes(60), "executable"),
    ("run.bat", b"@echo off", "executable"),
    ("leaf.gif", GIF[:13] + b"/*<script>*/" + GIF[13:], "polyglot"),
    ("leaf.gif", GIF + b"<html><script>alert(1)</script>", "polyglot"),
    ("leaf.jpg", JPG + ZIP, "polyglot"),
    ("leaf.png", PNG + ZIP, "polyglot"),
    ("essay.pdf", PDF + ZIP, "polyglot"),
    ("essay.pdf", b"%PDF-1.7\n<script>alert(1)</script>" + PDF, "polyglot"),
    ("leaf.jpg", JPG[:20] + b"%PDF-1.4" + JPG[20:], "polyglot"),
    ("code.zip", ZIP + b"<script>", "polyglot"),
    ("code.zip", ZIP[:-2] + struct.pack("<H", 9) + b"<script>x", "polyglot"),
    ("essay.pdf", b"%PDF-1.7\nnothing more", "broken"),
    ("leaf.png", PNG[:20], "broken"),
    ("leaf.jpg", JPG[:40], "broken"),
    ("code.zip", ZIP[:40], "broken"),
    ("code.zip", samples.archive({}), "empty"),
    ("work.docx", samples.office("docx", {"word/vbaProject.bin": b"x"}), "macros"),
    ("work.odt", samples.odf("spreadsheet"), "mismatch"),
    ("work.docx", samples.office("docx", {"word/a.xml": "<!DOCTYPE x SYSTEM 'file:///x'><x/>"}), "entities"),
    ("work.docx", samples.office("docx", {"word/a.xml": "<!DOCTYPE x><x/>".encode("utf-16")}), "entities"),
    ("leaf.jpg", JPG[:2] + b"\xff\xfe\0\2" * 10_001 + JPG[2:], "broken"),
]


@pytest.mark.parametrize(("name", "data", "code"), DISHONEST)
def test_dishonest_files_are_refused(name, data, code):
    assert refused(name, data) == code


@pytest.mark.parametrize("mark", [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile"])
def test_a_pdf_that_acts_is_only_ever_a_download(mark):
    kind = inspect("essay.pdf", PDF.replace(b"/Type /Catalog", b"/Type /Catalog\n" + mark + b" (x)"))
    assert kind.family is Family.PDF
    assert kind.inline is False


def test_a_picture_of_too_many_points_is_refused_by_its_header(monkeypatch):
    monkeypatch.setattr(files, "MAX_PIXELS", 100)
    assert refused("leaf.png", PNG) == "too_many_pixels"


def with_attributes(name: str, mode: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        file.writestr(entry, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.archive({"../../etc/passwd": "x"}), "path"),
        (samples.archive({"a/../../b": "x"}), "path"),
        (samples.archive({"/etc/passwd": "x"}), "path"),
        (samples.archive({"..\\..\\b": "x"}), "path"),
        (samples.archive({"C:/windows/x": "x"}), "path"),
        (samples.archive({"a\nb": "x"}), "path"),
        (with_attributes("link", stat.S_IFLNK | 0o777), "symlink"),
        (with_attributes("pipe", stat.S_IFIFO | 0o600), "symlink"),
        (samples.archive({"inner.zip": ZIP}), "nested"),
        (samples.archive({"inner.txt": ZIP}), "nested"),
        (samples.archive({"inner.tar.gz": b"\x1f\x8b\x08" + bytes(30)}), "nested"),
        (samples.archive({"build/tool.exe": b"x"}), "executable"),
        (samples.archive({"build/tool": b"\x7fELF" + bytes(60)}), "executable"),
        (samples.archive({"zeros": bytes(60_000_000)}), "bomb"),
        (samples.office("docx", {"word/media/zeros": bytes(60_000_000)}), "bomb"),
        (samples.archive({str(n): "" for n in range(zips.MAX_ENTRIES + 1)}), "too_many_entries"),
    ],
)
def test_archives_that_would_do_harm_are_refused(data, code):
    assert refused("work.docx" if b"word/document.xml" in data else "code.zip", data) == code


def changed(data: bytes, signature: bytes, at: int, layout: str, *values: int) -> bytes:
    """The archive with a number written over, in each record that begins with the signature."""
    out = bytearray(data)
    start = out.find(signature)
    while start >= 0:
        struct.pack_into(layout, out, start + at, *values)
        start = out.find(signature, start + 4)
    return bytes(out)


def test_a_directory_that_understates_its_count_is_still_counted():
    many = samples.archive({str(n): "" for n in range(zips.MAX_ENTRIES + 1)})
    assert refused("code.zip", changed(many, zips.END, 8, "<HH", 3, 3)) == "too_many_entries"


def test_a_hundred_thousand_entries_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)
    record = b"PK\x01\x02" + bytes(42)
    data = b"PK\x03\x04" + record * 100_000
    data += zips.END + struct.pack("<HHHHLLH", 0, 0, 7, 7, len(record) * 100_000, 4, 0)
    assert refused("code.zip", data) == "too_many_entries"


def test_entries_that_share_bytes_are_refused():
    data = samples.archive({"a": "soil" * 50, "b": "soil" * 50}, compression=zipfile.ZIP_STORED)
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    overlapping = data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]
    assert refused("code.zip", overlapping) == "bomb"


def test_an_entry_locked_with_a_password_is_refused():
    assert refused("code.zip", changed(ZIP, b"PK\x01\x02", 8, "<H", 1)) == "encrypted"


def test_an_entry_that_unpacks_to_more_than_it_says_is_never_read_whole():
    packed = zlib.compress(bytes(5_000_000), 9)[2:-4]
    data = samples.archive({"mimetype": b"x" * len(packed)}, compression=zipfile.ZIP_STORED)
    data = data.replace(b"x" * len(packed), packed)
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data = changed(data, signature, at, "<H", zipfile.ZIP_DEFLATED)
    assert refused("work.odt", data) == "broken"


def test_an_honest_archive_of_many_files_is_looked_through_in_bounded_work():
    data = samples.archive({f"data/{n}.csv": f"{n};1\n" for n in range(zips.MAX_ENTRIES)})
    assert inspect("data.zip", data).family is Family.ARCHIVE


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("日本.pdf", "日本.pdf"),
        ("Übung 3.PDF", "Übung 3.PDF"),
        ("U\u0308bung.pdf", "Übung.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Maya\\essay.docx", "essay.docx"),
        ("/abs/olute.txt", "olute.txt"),
        ("...hidden", "hidden"),
        (".gitignore", "gitignore"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\nc.txt", "abc.txt"),
        ("a\u200bb\ufeff.txt", "ab.txt"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("con.txt", "_con.txt"),
        ("trailing. ", "trailing"),
        ("", "file"),
        ("..", "file"),
        ("\u202e", "file"),
        ("two  spaces.md", "two spaces.md"),
    ],
)
def test_names_keep_their_script_and_lose_their_tricks(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize("name", ["x" * 5000 + ".pdf", "園" * 500 + ".pdf", "a." + "b" * 300, "." * 999])
def test_names_stay_short_and_keep_their_ending(name):
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= 181
    assert clean_name(clean) == clean
    assert not name.endswith(".pdf") or clean.endswith(".pdf")


def test_neutral_names_tell_the_kind_only():
    assert neutral_name(2, inspect("Maya Okafor.PDF", PDF)) == "post-file-2.pdf"
    assert neutral_name(1, inspect("Makefile", b"all:\n")) == "post-file-1"
    assert neutral_name(3, inspect("notes.maya_okafor_the_author", b"x")) == "post-file-3.txt"
    assert isinstance(inspect("a.py", b"x"), Kind)
