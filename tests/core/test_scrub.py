"""No byte of a cleaned file names its author, and what the author made is still there."""

import io
import json
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from classroom.core import scrub_office, scrub_pdf, scrub_pictures
from classroom.core.files import FileRefused, inspect
from classroom.core.scrub import Scrubbed, scrub
from classroom.core.scrub_xml import MAX_DEPTH, Names, NotReadable, without_names
from tests.core import samples

MAYA = samples.AUTHOR


def cleaned(name: str, data: bytes) -> Scrubbed:
    """Cleaned once and again: the second time finds nothing, and the file is still of its kind."""
    kind = inspect(name, data)
    done = scrub(kind, data)
    assert inspect(name, done.data).family is kind.family
    assert scrub(kind, data) == done
    assert everything(name, done.data).count(b"Maya") == 0
    again = scrub(kind, done.data)
    assert set(again.removed) <= {"program"}  # pypdf's own
    return done


def everything(name: str, data: bytes) -> bytes:
    if not name.endswith(("x", "odt", "ods")):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data + b"".join(archive.read(entry) for entry in archive.infolist())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


# Pictures


def drawn() -> Image.Image:
    image = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    image.putpixel((0, 0), (250, 10, 10))
    return image


def tagged(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x013B], tags[0x0112], tags[0x8298] = MAYA, orientation, f"(c) {MAYA}"
    tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    return tags


def saved(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    drawn().save(out, form, **options)
    return out.getvalue()


def seen(data: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(data)) as image:
        shown = ImageOps.exif_transpose(image).convert("RGB")
        return shown.size, shown.tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_picture_looks_the_same_and_tells_no_name_or_place(form, name, orientation):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(form, exif=tagged(orientation), icc_profile=profile)
    done = cleaned(name, data)
    assert done.removed[0] == "exif"
    assert seen(done.data) == seen(data)
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.info["icc_profile"] == profile
        assert dict(image.getexif()) in ({}, {0x0112: orientation})


CODED = [{"progressive": True}, {"optimize": True, "quality": 100}, {"restart_marker_rows": 1}]


@pytest.mark.parametrize("options", CODED)
def test_every_way_of_coding_a_jpeg_survives(options):
    data = saved("JPEG", comment=f"by {MAYA}".encode(), exif=tagged(3), **options)
    done = cleaned("a.jpg", data)
    assert {"exif", "comment"} == set(done.removed)
    assert seen(done.data) == seen(data)


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize(
    ("put", "word"),
    [
        (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Maya</x>"), "xmp"),
        (segment(0xED, b"Photoshop 3.0\0Maya"), "iptc"),
        (segment(0xE2, b"MPF\0Maya"), "trailer"),
        (segment(0xE0, b"JFXX\0Maya"), "trailer"),
        (segment(0xEB, b"Maya"), "properties"),
        (b"\xff\xff\xff" + segment(0xFE, b"Maya"), "comment"),
    ],
)
def test_what_makers_and_programs_write_into_a_jpeg_goes(put, word):
    data = saved("JPEG")
    done = cleaned("a.jpg", data[:2] + put + data[2:])
    assert done.removed == (word,)
    assert done.data == data


FORMS = [("JPEG", "a.jpg"), ("PNG", "a.png"), ("GIF", "a.gif"), ("WEBP", "a.webp")]


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_what_hangs_behind_a_picture_goes(form, name):
    data = saved(form)
    done = cleaned(name, data + b"a second picture, by Maya")
    assert done.removed == ("trailer",)
    assert done.data == data


def test_unknown_blocks_of_a_png_go():
    data = saved("PNG")
    chunk = b"maYaMaya was here"
    framed = struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk))
    done = cleaned("a.png", data[:33] + framed + data[33:])
    assert done.data == data


def test_a_moving_gif_keeps_moving():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), (90 * n, 40, 7)) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=MAYA.encode())
    done = cleaned("a.gif", out.getvalue())
    assert done.removed == ("comment",)
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.n_frames == 3
        assert image.info["loop"] == 0


def test_a_picture_of_endless_segments_is_left_alone(monkeypatch):
    monkeypatch.setattr(scrub_pictures, "_MOST_BLOCKS", 50)
    data = saved("JPEG")
    flooded = data[:2] + segment(0xFE, b"") * 60 + data[2:]
    done = scrub(inspect("a.jpg", flooded), flooded)
    assert done == Scrubbed(flooded, left_in=("unread",))
    assert done.warning


# PDF


def pdf_with(change) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    change(writer, page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_loses_properties_xmp_and_private_data_at_every_level():
    def change(writer, page):
        writer.add_metadata({"/Author": MAYA, "/Title": f"By {MAYA}", "/SourceModified": MAYA})
        packet = StreamObject()
        packet.set_data(f"<x:xmpmeta>{MAYA}</x:xmpmeta>".encode())
        writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
        page[NameObject("/Metadata")] = writer._add_object(packet)
        page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Maya"): TextStringObject(MAYA)})

    done = cleaned("a.pdf", pdf_with(change))
    assert set(done.removed) == {"author", "title", "properties", "xmp"}
    assert len(PdfReader(io.BytesIO(done.data)).pages) == 1


def test_a_comment_in_a_pdf_keeps_its_words_and_loses_its_author():
    def change(writer, page):
        note = FreeText(text="Why?", rect=(1, 1, 50, 50))
        note[NameObject("/T")] = TextStringObject(MAYA)
        writer.add_annotation(0, note)

    done = cleaned("a.pdf", pdf_with(change))
    assert done.removed == ("commenters",)
    (note,) = PdfReader(io.BytesIO(done.data)).pages[0]["/Annots"]
    assert note.get_object()["/Contents"] == "Why?"


def test_a_photograph_in_a_pdf_loses_its_place():
    out = io.BytesIO()
    with Image.open(io.BytesIO(saved("JPEG", exif=tagged(1), comment=MAYA.encode()))) as image:
        image.save(out, "PDF")

    def change(writer, page):
        photo = StreamObject()
        photo._data = saved("JPEG", exif=tagged(1))
        photo[NameObject("/Filter")] = NameObject("/DCTDecode")
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Photo"): writer._add_object(photo)})

    assert "exif" in cleaned("a.pdf", pdf_with(change)).removed
    cleaned("b.pdf", out.getvalue())


def test_what_an_earlier_version_of_a_pdf_said_goes_too():
    first = samples.pdf({"/Author": MAYA})
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    writer.add_metadata({"/Author": "nobody"})
    out = io.BytesIO()
    writer.write(out)
    assert MAYA.encode() in out.getvalue()
    assert "author" in cleaned("a.pdf", out.getvalue()).removed


def test_attachments_and_signatures_are_told():
    data = pdf_with(lambda writer, _: writer.add_attachment("a.txt", b"x"))
    assert scrub(*of("a.pdf", data)).left_in == ("attachments",)

    def sign(writer, page):
        page[NameObject("/Lock")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})

    assert scrub(*of("a.pdf", pdf_with(sign))).left_in == ("signature",)


def of(name: str, data: bytes):
    return inspect(name, data), data


BROKEN = [b"", b"xref\n0 99999\ntrailer<</Root 1 0 R>>startxref\n9\n", b"1 0 obj <<" * 500]


@pytest.mark.parametrize("tail", BROKEN)
def test_a_broken_pdf_is_left_and_told(tail):
    data = b"%PDF-1.7\n" + tail + b"\n%%EOF"
    assert scrub(*of("a.pdf", data)) == Scrubbed(data, left_in=("unread",))


def test_a_protected_pdf_is_left_and_told():
    data = pdf_with(lambda writer, _: writer.encrypt("secret", algorithm="RC4-128"))
    assert scrub(*of("a.pdf", data)) == Scrubbed(data, left_in=("protected",))


def test_a_document_of_endless_text_is_left_and_told(monkeypatch):
    monkeypatch.setattr(scrub_office, "MAX_TEXT", 100)
    data = samples.office("docx", SHARED)
    assert scrub(*of("a.docx", data)) == Scrubbed(data, left_in=("unread",))


def test_a_pdf_of_endless_objects_is_left_and_told(monkeypatch):
    monkeypatch.setattr(scrub_pdf, "MAX_OBJECTS", 1)
    assert scrub(*of("a.pdf", samples.pdf())).left_in == ("unread",)


# Documents

CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="urn:d">'
    f"<dc:title>Soil &amp; water</dc:title><dc:creator>{MAYA}</dc:creator>"
    f"<cp:lastModifiedBy>{MAYA}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = f"<P><Company>{MAYA} Ltd</Company><Manager>{MAYA}</Manager><Template>C:\\{MAYA}.dotm</Template></P>"
CUSTOM = f'<P><property name="Owner"><vt:lpwstr xmlns:vt="urn:v">{MAYA}</vt:lpwstr></property></P>'
SHARED = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}


def test_a_word_document_keeps_its_text_and_changes():
    body = (
        '<w:document xmlns:w="urn:w" xmlns:mc="urn:m" mc:Ignorable="w14"><w:p>'
        "<w:ins w:id=\"1\" w:author='Maya Okafor' w:initials='Maya'>"
        '<w:t xml:space="preserve"> Half &lt; past </w:t></w:ins>'
        '<w:br/><w:p w:a="1"/></w:p></w:document>'
    )
    rels = '<R><Relationship Target="file:///C:\\Users\\Maya\\Normal.dotm" Mode="External"/></R>'
    people = '<p xmlns:w15="u"><w15:person w15:author="Maya"><w15:info w15:userId="Maya"/></w15:person></p>'
    extra = {"word/document.xml": body, "word/_rels/settings.xml.rels": rels, "word/people.xml": people}
    extra["word/media/1.jpeg"] = saved("JPEG", exif=tagged(1))
    data = samples.archive({"[Content_Types].xml": "<Types/>", **extra, **SHARED})
    done = cleaned("a.docx", data)
    assert set(done.removed) == {"author", "company", "properties", "commenters", "paths", "exif"}
    made = parts(done.data)
    assert list(made) == list(parts(data))
    assert b'<w:t xml:space="preserve"> Half &lt; past </w:t>' in made["word/document.xml"]
    assert b'w:author="Author"' in made["word/document.xml"]
    assert b'mc:Ignorable="w14"' in made["word/document.xml"]
    assert b'<w:br/><w:p w:a="1"/></w:p></w:document>' in made["word/document.xml"]
    assert b"<dc:title>Soil &amp; water</dc:title><dc:creator/>" in made["docProps/core.xml"]
    assert b"C:\\Users\\Author\\Normal.dotm" in made["word/_rels/settings.xml.rels"]


def test_a_sheet_loses_the_names_of_its_commenters_in_the_comments_too():
    comments = f"<c><authors><author>{MAYA}</author></authors><t>{MAYA}:</t><t>Check these numbers</t></c>"
    persons = f'<l><person displayName="{MAYA}" id="1" userId="maya@x" providerId="AD"/></l>'
    book = '<w><fileSharing userName="Maya"/><x:absPath xmlns:x="u" url="/Users/Maya/Docs/"/></w>'
    extra = {"xl/comments1.xml": comments, "xl/persons/person.xml": persons, "xl/workbook.xml": book}
    done = cleaned("a.xlsx", samples.archive({"[Content_Types].xml": "<Types/>", **extra, **SHARED}))
    made = parts(done.data)
    assert b"<t>Author:</t><t>Check these numbers</t>" in made["xl/comments1.xml"]
    assert b'url="/Users/Author/Docs/"' in made["xl/workbook.xml"]
    assert b"maya" not in made["xl/persons/person.xml"]


def test_slides_lose_the_names_of_their_commenters():
    old = f'<p:list xmlns:p="u"><p:cmAuthor id="0" name="{MAYA}" initials="Maya"/></p:list>'
    new = '<a:list xmlns:a="u"><a:author id="{1}" name="Maya" userId="Maya" providerId="AD"/></a:list>'
    extra = {"ppt/commentAuthors.xml": old, "ppt/authors.xml": new}
    made = parts(cleaned("a.pptx", samples.office("pptx", {**extra, **SHARED})).data)
    assert b'id="0" name="Author" initials="Author"' in made["ppt/commentAuthors.xml"]
    assert b'id="{1}"' in made["ppt/authors.xml"]


def test_an_odt_stays_an_odt():
    note = "<o:annotation><dc:creator>Maya</dc:creator><o:p>Why?</o:p></o:annotation>"
    meta = f"<m:initial-creator>{MAYA}</m:initial-creator><m:generator>LibreOffice</m:generator>"
    extra = {
        "content.xml": f'<o:c xmlns:o="u" xmlns:dc="d">{note}</o:c>',
        "meta.xml": f'<m:m xmlns:m="u">{meta}</m:m>',
    }
    done = cleaned("a.odt", samples.odf(extra=extra))
    made = parts(done.data)
    assert next(iter(made)) == "mimetype"
    assert b"<o:p>Why?</o:p>" in made["content.xml"]
    assert b"LibreOffice" in made["meta.xml"]


def test_a_document_without_names_stays_as_it_is_to_the_byte():
    data = samples.office("docx", {"docProps/core.xml": "<c><dc:creator xmlns:dc='u'></dc:creator></c>"})
    assert scrub(*of("a.docx", data)) == Scrubbed(data)


def test_what_a_document_holds_inside_is_told():
    holding = samples.office("docx", {"word/embeddings/b.xlsx": "x"})
    signed = samples.office("docx", {"_xmlsignatures/sig1.xml": "<x/>"})
    assert scrub(*of("a.docx", holding)).left_in == ("attachments",)
    assert scrub(*of("a.docx", signed)).left_in == ("signature",)


BOMBS = [
    '<!DOCTYPE x [<!ENTITY a "Maya"><!ENTITY b "&a;&a;&a;&a;">]><dc:creator>&b;</dc:creator>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><dc:creator>x</dc:creator>',
    "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1/x'> %p;]><dc:creator>x</dc:creator>",
    "<dc:creator>unfinished",
    "<dc:creator>&unknown;</dc:creator>",
    "<creator>" * (MAX_DEPTH + 1) + "x" + "</creator>" * (MAX_DEPTH + 1),
]


@pytest.mark.parametrize("part", BOMBS)
def test_dangerous_or_broken_xml_is_never_expanded(part):
    kind = inspect("a.docx", samples.office("docx"))
    data = samples.office("docx", {"docProps/core.xml": part})
    if "DOCTYPE" in part:
        with pytest.raises(FileRefused, match="FileRefused"):
            inspect("a.docx", data)
    else:
        assert scrub(kind, data) == Scrubbed(data, left_in=("unread",))
    with pytest.raises(NotReadable):
        without_names(part.encode(), Names({"creator": "author"}), [])


def test_xml_in_wide_letters_is_read_too():
    part = f"<?xml version='1.0' encoding='UTF-16'?><c><creator>{MAYA}</creator></c>".encode("utf-16")
    made = parts(cleaned("a.docx", samples.office("docx", {"docProps/core.xml": part})).data)
    assert b"<c><creator/></c>" in made["docProps/core.xml"]


# Notebooks


def test_a_notebook_loses_who_ran_its_cells():
    run = {"executionInfo": {"status": "ok", "user": {"displayName": MAYA, "userId": "1"}}, "tags": ["keep"]}
    cell = {"cell_type": "code", "metadata": run, "source": ["x = 1"], "outputs": []}
    colab = {"name": "Maya.ipynb", "provenance": []}
    book = {"cells": [cell], "metadata": {"authors": [{"name": MAYA}], "colab": colab}}
    done = cleaned("a.ipynb", json.dumps(book).encode())
    made = json.loads(done.data)
    assert made["cells"][0]["metadata"] == {"executionInfo": {"status": "ok"}, "tags": ["keep"]}
    assert made["metadata"] == {"colab": {}}


def test_a_notebook_in_any_encoding_or_shape_is_read():
    cleaned("a.ipynb", json.dumps({"cells": [], "metadata": {"author": MAYA}}).encode("utf-16"))
    data = b'{"cells": [3, null, {"metadata": 7}], "metadata": []}'
    assert scrub(*of("a.ipynb", data)) == Scrubbed(data)


def test_text_stays_and_an_archive_is_told():
    assert scrub(*of("a.py", b"# by Maya")) == Scrubbed(b"# by Maya")
    data = samples.archive({"a.txt": "x"})
    assert scrub(*of("a.zip", data)) == Scrubbed(data, left_in=("archive",))


# Whatever comes: an answer, and never a crash

WHOLE = {
    "a.pdf": samples.pdf({"/Author": MAYA}),
    "a.docx": samples.office("docx", SHARED),
    "a.odt": samples.odf(extra={"meta.xml": "<m><creator>Maya</creator></m>"}),
    "a.gif": saved("GIF", comment=MAYA.encode()),
    "a.webp": saved("WEBP", exif=tagged(6)),
    "a.png": saved("PNG", exif=tagged(6)),
    "a.ipynb": samples.notebook(author=MAYA),
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 0.999), st.integers(1, 255), st.booleans())
def test_a_damaged_file_is_refused_or_cleaned_or_told(name, place, change, cut):
    data = bytearray(WHOLE[name])
    at = int(place * len(data))
    data[at] ^= change
    damaged = bytes(data[:at] if cut else data)
    try:
        kind = inspect(name, damaged)
        done = scrub(kind, damaged)
    except FileRefused:
        return
    assert done.left_in or inspect(name, done.data).family is kind.family
