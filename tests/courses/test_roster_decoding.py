"""Bytes to text: every encoding a school's computers write, and a clear answer to what is no text."""

import codecs
import gzip
import io
import zipfile

import pytest

from classroom.courses.roster import decode, pasted
from classroom.courses.roster import problems as wrong

NAMES = "Name;E-Mail\r\nJörg Weiß;joerg.weiss@example.org\r\nÉloïse Dûbois;eloise@example.org\r\n"
SCRIPTS = "名前,メール\n王小明,wang@example.org\nДарья Соколова,darya@example.org\n"


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(name, "<worksheet/>" * 20)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding", "certain"),
    [
        (NAMES.encode("utf-8"), "utf-8", True),
        (NAMES.encode("utf-8-sig"), "utf-8", True),
        (codecs.BOM_UTF16_LE + NAMES.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + NAMES.encode("utf-16-be"), "utf-16-be", True),
        (NAMES.encode("utf-16-le"), "utf-16-le", True),
        (NAMES.encode("utf-16-be"), "utf-16-be", True),
        (codecs.BOM_UTF32_LE + NAMES.encode("utf-32-le"), "utf-32-le", True),
        (NAMES.encode("latin-1"), "windows-1252", False),
        (NAMES.encode("windows-1252"), "windows-1252", False),
    ],
)
def test_the_same_text_comes_out_of_every_encoding(data, encoding, certain):
    text = decode(data, "list.csv")
    assert (text.content, text.encoding, text.certain) == (NAMES, encoding, certain)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_scripts_come_through(encoding):
    assert decode(SCRIPTS.encode(encoding)).content == SCRIPTS


def test_typographic_quotes_of_windows_come_through():
    assert "O’Shea – “Fi”" in decode("name\nO’Shea – “Fi”\n".encode("windows-1252")).content


def test_a_byte_that_windows_does_not_know_is_read_as_latin_1():
    text = decode(b"name\nJ\xf6rg\x81,joerg@example.org\n")
    assert (text.encoding, text.certain) == ("latin-1", False)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("mac-roman", "Jörg Müller"), ("windows-1251", "Дарья Соколова"), ("shift_jis", "山田太郎")],
)
def test_a_person_may_name_the_encoding(encoding, words):
    assert words in decode(f"{words},a@example.org\n".encode(encoding), encoding=encoding).content


def test_a_named_encoding_still_drops_the_mark():
    assert decode(NAMES.encode("utf-8-sig"), encoding="utf-8").content == NAMES
    assert decode(NAMES.encode("utf-16"), encoding="utf-16").content == NAMES
    assert decode(NAMES.encode("utf-16-be"), encoding="utf-16").content == NAMES


def test_an_encoding_outside_the_list_is_refused():
    with pytest.raises(wrong.UnknownEncoding) as refused:
        decode(b"a,b\n", encoding="zlib_codec")
    assert "zlib_codec" in str(refused.value.message)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), wrong.ExcelWorkbook, "not a CSV file. In Excel"),
        (zipped("xl/workbook.xml")[:200], wrong.ExcelWorkbook, "Save as → CSV UTF-8"),
        (
            zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            wrong.OpenDocument,
            "LibreOffice",
        ),
        (zipped("Index/Document.iwa"), wrong.NumbersDocument, "Numbers"),
        (zipped("[Content_Types].xml", "word/document.xml"), wrong.WordDocument, "text document"),
        (zipped("roster.csv"), wrong.ZipArchive, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), wrong.OldExcelWorkbook, "older Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90) + "EncryptedPackage".encode("utf-16-le"),
            wrong.LockedWorkbook,
            "password",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", wrong.PdfDocument, "PDF"),
        (gzip.compress(NAMES.encode(), mtime=0), wrong.CompressedFile, "compressed"),
        (b"{\\rtf1\\ansi Maya Adler}", wrong.WordDocument, "text document"),
        (b"<html><body><table><tr><td>Maya", wrong.WebPage, "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>", wrong.WebPage, "web page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", wrong.BinaryFile, "not a text file"),
        (b"Maya,maya@example.org\n\x00\x00\x00\x00\x01\x02", wrong.BinaryFile, "not a text file"),
        (bytes(range(1, 32)) * 20, wrong.BinaryFile, "not a text file"),
        (b"", wrong.EmptyFile, "empty"),
        (b" \r\n\t\n", wrong.EmptyFile, "empty"),
        (codecs.BOM_UTF8, wrong.EmptyFile, "empty"),
        (codecs.BOM_UTF16_LE + "\r\n".encode("utf-16-le"), wrong.EmptyFile, "empty"),
    ],
)
def test_what_is_no_text_is_named_with_the_way_out(data, error, words):
    with pytest.raises(error) as refused:
        decode(data, "roster.csv")
    assert words in str(refused.value.message)


def test_the_ending_of_the_name_tells_a_workbook_whose_inside_is_unknown():
    with pytest.raises(wrong.ExcelWorkbook):
        decode(zipped("elsewhere.xml"), "Roster.XLSX")


def test_a_tab_separated_text_named_xls_is_read():
    assert decode("Last Name\tFirst Name\n".encode("utf-16"), "gc_export.xls").encoding == "utf-16-le"


def test_20_mb_are_taken_and_one_byte_more_is_refused_with_the_limit():
    limit = 20 * 1024 * 1024
    row = b"Maya Adler,maya@example.org\n"
    data = (row * (limit // len(row) + 1))[:limit]
    assert len(decode(data).content) == limit
    with pytest.raises(wrong.FileTooLarge) as refused:
        decode(data + b"x")
    assert str(refused.value.message) == "This file has 20.1 MB. A roster may have at most 20 MB."
    assert refused.value.status == 413


def test_the_limit_can_be_set_and_holds_for_pasted_text_too():
    with pytest.raises(wrong.FileTooLarge):
        decode(b"a" * 11, max_bytes=10)
    with pytest.raises(wrong.FileTooLarge):
        pasted("ä" * 6, max_bytes=10)
    assert pasted("\ufeffä" * 1, max_bytes=10).content == "ä"


@pytest.mark.parametrize("content", ["", " \n", "\ufeff"])
def test_nothing_pasted_is_an_empty_file(content):
    with pytest.raises(wrong.EmptyFile):
        pasted(content)


def test_one_broken_byte_in_a_utf_8_file_spoils_no_other_name():
    data = SCRIPTS.encode() + b"J\xf6rg,joerg@example.org\n"
    with pytest.raises(wrong.DamagedText) as refused:
        decode(data)
    assert "Line 4" in str(refused.value.message)


def test_a_marked_file_cut_in_the_middle_of_a_character_names_the_line():
    with pytest.raises(wrong.DamagedText) as refused:
        decode(codecs.BOM_UTF8 + "name\nJör".encode()[:-2])
    assert "Line 2" in str(refused.value.message)


def test_every_refusal_has_a_sentence_of_its_own():
    kinds = wrong.CannotRead.__subclasses__()
    assert len({str(kind.message) for kind in kinds}) == len(kinds) > 15
