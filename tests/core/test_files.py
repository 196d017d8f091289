"""Files: what they are, what is refused, what is taken out of them, and how they are handed out."""

import io
import json
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from classroom.core.files import Family, FileRefused, clean_name, inspect, neutral_name
from classroom.core.scrub import scrub
from classroom.core.serving import serving_headers


def picture(form, **saved):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (180, 90, 20)).save(out, form, **saved)
    return out.getvalue()


def exif(**extra):
    tags = Image.Exif()
    tags[0x013B], tags[0x0112] = "Maya Adler", extra.get("orientation", 6)
    tags.get_ifd(0x8825)[1] = "N"
    return tags


def pdf(author="Maya Adler"):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": author, "/Title": "A bakery"})
    writer.write(out)
    return out.getvalue()


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(**more):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<w:p><w:ins w:author="Maya Adler" w:initials="MA"/>Half past three</w:p>',
        "docProps/core.xml": "<c><dc:creator>Maya Adler</dc:creator>"
        "<cp:lastModifiedBy>Maya</cp:lastModifiedBy></c>",
        "docProps/app.xml": "<Properties><Company>Adler Ltd</Company></Properties>",
    }
    return packed(parts | more)


NOTEBOOK = json.dumps({"metadata": {"authors": [{"name": "Maya Adler"}]}, "cells": []}).encode()


@pytest.mark.parametrize(
    ("name", "data", "family", "inline"),
    [
        ("a.png", picture("PNG"), Family.IMAGE, True),
        ("a.JPEG", picture("JPEG"), Family.IMAGE, True),
        ("a.gif", picture("GIF"), Family.IMAGE, True),
        ("a.webp", picture("WEBP"), Family.IMAGE, True),
        ("日本.pdf", pdf(), Family.PDF, True),
        ("page.html", b"<!doctype html><script>alert(1)</script>", Family.TEXT, False),
        ("drawing.svg", b"<svg onload='alert(1)'/>", Family.TEXT, False),
        ("tool.py", "print('größe')".encode(), Family.TEXT, False),
        ("notes.ipynb", NOTEBOOK, Family.NOTEBOOK, False),
        ("work.zip", packed({"a/b.txt": "x"}), Family.ARCHIVE, False),
        ("essay.docx", docx(), Family.OFFICE, False),
    ],
)
def test_what_is_taken(name, data, family, inline):
    kind = inspect(name, data)
    assert (kind.family, kind.inline) == (family, inline)
    if family is Family.TEXT:
        assert kind.media_type == "text/plain"


def bomb():
    return packed({"zeros.txt": b"\0" * 30_000_000})


def linked():
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("a.png", picture("JPEG"), "mismatch"),
        ("a.pdf", b"<html>", "mismatch"),
        ("a.jpg", picture("JPEG") + packed({"a.txt": "x"}), "polyglot"),
        ("a.gif", picture("GIF") + b"<script>alert(1)</script>", "polyglot"),
        ("a.pdf", pdf() + packed({"a.txt": "x"}), "polyglot"),
        ("run.exe", b"MZ\x90\0" + b"\0" * 200, "executable"),
        ("innocent.txt", b"\x7fELF" + b"\0" * 200, "executable"),
        ("a.zip", bomb(), "bomb"),
        ("a.zip", packed({"inner.zip": packed({"a": "x"})}), "nested"),
        ("a.zip", packed({"../../etc/x": "x"}), "path"),
        ("a.zip", packed({"/etc/x": "x"}), "path"),
        ("a.zip", linked(), "symlink"),
        ("a.zip", packed({f"{n}.txt": "" for n in range(5001)}), "too_many_entries"),
        ("a.docx", packed({"a.txt": "x"}), "mismatch"),
        ("a.docx", docx(**{"word/vbaProject.bin": "x"}), "macros"),
        ("data.txt", b"\0\1\2\3" * 20, "not_text"),
        ("a.ipynb", b"[1, 2]", "mismatch"),
        ("a.png", picture("PNG")[:40], "broken"),
    ],
)
def test_what_is_refused_and_why(name, data, code):
    with pytest.raises(FileRefused) as refused:
        inspect(name, data)
    assert refused.value.code == code
    assert str(refused.value.message)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Maya\\essay.docx", "essay.docx"),
        ("日本.pdf", "日本.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("a" * 400 + ".pdf", "a" * 176 + ".pdf"),
        ("con.txt", "_con.txt"),
    ],
)
def test_names_are_kept_but_for_what_deceives(given_, kept):
    assert clean_name(given_) == kept


@given(st.text(max_size=300))
def test_any_name_becomes_a_harmless_one(name):
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned.encode()) <= 200
    assert not set(cleaned) & set('/\\\0\n\r"')
    assert clean_name(cleaned) == cleaned


@given(
    st.sampled_from(["a.png", "a.pdf", "a.zip", "a.docx", "a.txt", "a.ipynb", "a.webp"]),
    st.binary(max_size=400),
)
def test_any_bytes_are_taken_or_refused_and_nothing_else(name, data):
    with suppress(FileRefused):
        inspect(name, data)


class TestScrubbing:
    def clean(self, name, data):
        kind = inspect(name, data)
        done = scrub(kind, data)
        assert inspect(name, done.data) == kind
        assert b"Maya" not in done.data
        assert b"Adler" not in done.data
        assert scrub(kind, data) == done
        return done

    def test_pdf(self):
        done = self.clean("a.pdf", pdf())
        assert "author" in done.removed
        assert len(PdfReader(io.BytesIO(done.data)).pages) == 1

    def test_a_protected_pdf_is_left_and_told(self):
        writer, out = PdfWriter(), io.BytesIO()
        writer.add_blank_page(10, 10)
        writer.encrypt("x", algorithm="RC4-128")
        writer.write(out)
        done = scrub(inspect("a.pdf", out.getvalue()), out.getvalue())
        assert done.left_in == ("protected",)

    @pytest.mark.parametrize("orientation", [1, 6])
    def test_jpeg_keeps_only_which_way_is_up(self, orientation):
        done = self.clean("a.jpg", picture("JPEG", exif=exif(orientation=orientation), comment=b"by Maya"))
        assert {"exif", "comment"} <= set(done.removed)
        with Image.open(io.BytesIO(done.data)) as image:
            assert image.getexif().get(0x0112, 1) == orientation
            assert not image.getexif().get_ifd(0x8825)

    def test_png(self):
        texts = PngInfo()
        texts.add_text("Author", "Maya Adler")
        done = self.clean("a.png", picture("PNG", pnginfo=texts, exif=exif()))
        assert set(done.removed) == {"texts", "exif"}

    def test_webp(self):
        done = self.clean("a.webp", picture("WEBP", exif=exif(), xmp=b"<x>Maya Adler</x>"))
        assert set(done.removed) == {"exif", "xmp"}
        assert struct.unpack_from("<L", done.data, 4)[0] == len(done.data) - 8

    def test_gif(self):
        assert self.clean("a.gif", picture("GIF", comment=b"by Maya Adler")).removed == ("comment",)

    def test_word(self):
        done = self.clean("a.docx", docx())
        assert {"author", "company", "commenters"} == set(done.removed)
        with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
            assert b"Half past three" in archive.read("word/document.xml")

    def test_notebook(self):
        assert self.clean("a.ipynb", NOTEBOOK).removed == ("author",)

    def test_what_holds_no_name_stays_to_the_byte(self):
        data = picture("PNG")
        assert scrub(inspect("a.png", data), data).data == data

    def test_a_zip_is_not_looked_into_and_that_is_told(self):
        data = packed({"a.txt": "x"})
        assert scrub(inspect("a.zip", data), data).left_in == ("archive",)

    @given(st.integers(0, 600), st.integers(1, 255))
    def test_a_damaged_picture_never_crashes(self, place, change):
        data = bytearray(picture("JPEG", exif=exif()))
        data[place % len(data)] ^= change
        for name in ("a.jpg", "a.png", "a.webp", "a.gif"):
            kind = inspect("a.png", picture("PNG"))
            scrub(type(kind)(kind.media_type, name[2:], inline=True, family=Family.IMAGE), bytes(data))


class TestHandingOut:
    def test_a_download_can_do_nothing(self):
        headers = serving_headers("text/plain", 'pa"ge\n日本.html', inline=False)
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert "\n" not in headers["Content-Disposition"]
        assert "filename*=UTF-8''pa%22ge%0A%E6%97%A5%E6%9C%AC.html" in headers["Content-Disposition"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["Cache-Control"] == "private, no-store"

    def test_a_picture_is_seen_in_place_in_a_sandbox(self):
        headers = serving_headers("image/png", "a.png", inline=True)
        assert headers["Content-Disposition"].startswith("inline")
        assert "sandbox" in headers["Content-Security-Policy"]


def test_a_neutral_name_tells_nothing():
    assert neutral_name(2, inspect("Maya Adler.pdf", pdf())) == "post-file-2.pdf"
