"""Names in PDF files: the document's properties and its XMP packet."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject

TELLING = {"/Author": "author", "/Creator": "program", "/Company": "company", "/Title": "title"}


def scrub_pdf(_extension: str, data: bytes) -> tuple[bytes, list[str], list[str]]:
    """Without properties and XMP; a protected or broken file stays as it is, and that is told."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return data, [], ["protected"]
        info = reader.metadata
        removed = [word for key, word in TELLING.items() if info is not None and info.get(key)]
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        if NameObject("/Metadata") in writer.root_object:
            del writer.root_object[NameObject("/Metadata")]
            removed.append("xmp")
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return data, [], ["unread"]
    return out.getvalue(), removed, []
