"""Real little files of every kind, made on the spot."""

import io
import json
import zipfile
from collections.abc import Mapping

from PIL import Image
from pypdf import PdfWriter

AUTHOR = "Maya Okafor"
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (44, 106, 77)).save(out, kind.upper(), **options)
    return out.getvalue()


def pdf(metadata: Mapping[str, str] | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if metadata:
        writer.add_metadata(dict(metadata))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(entries: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def office(kind: str, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    parts = {"[Content_Types].xml": "<Types/>", _MAIN[kind]: "<document/>"}
    return archive({**parts, **(extra or {})})


def odf(kind: str = "text", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<content/>"}
    return archive({**parts, **(extra or {})}, compression=zipfile.ZIP_STORED)


def notebook(**metadata: object) -> bytes:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# Soil"]}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()
