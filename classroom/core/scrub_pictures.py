"""Names and places in pictures, cut out block by block: the picture itself is not touched.

Formats as in the JPEG (JFIF, Exif), PNG, WebP container and GIF89a specifications.
"""

import struct
from collections.abc import Iterator

Result = tuple[bytes, list[str], list[str]]
_PNG_TELLING = {b"tEXt": "texts", b"zTXt": "texts", b"iTXt": "texts", b"eXIf": "exif", b"tIME": "time"}
_WEBP_TELLING = {b"EXIF": "exif", b"XMP ": "xmp"}
_ORIENTATION = 0x0112


def scrub_picture(extension: str, data: bytes) -> Result:
    """Without Exif (but for the orientation), GPS, XMP, IPTC, texts and comments."""
    ways = {"jpg": _jpeg, "png": _png, "webp": _webp, "gif": _gif}
    try:
        cleaned, removed = ways[extension](data)
    except (struct.error, IndexError, ValueError):
        return data, [], ["unread"]
    return cleaned, removed, []


def _jpeg(data: bytes) -> tuple[bytes, list[str]]:
    out, removed, at = bytearray(data[:2]), list[str](), 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, (size,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        segment, body = data[at : at + 2 + size], data[at + 4 : at + 2 + size]
        word = _jpeg_word(marker, body)
        if word is None:
            out += segment
        else:
            removed.append(word)
            out += _upright(body) if word == "exif" else b""
        at += 2 + size
    return bytes(out) + data[at:], removed


def _jpeg_word(marker: int, body: bytes) -> str | None:
    if marker == 0xE1:
        return "exif" if body.startswith(b"Exif\0\0") else "xmp"
    return {0xED: "iptc", 0xFE: "comment"}.get(marker)


def _upright(exif: bytes) -> bytes:
    """An Exif segment with nothing but the orientation, where the picture needs it."""
    turned = _orientation(exif[6:])
    if turned in {0, 1}:
        return b""
    body = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHLHHL", 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    (at,) = struct.unpack_from(order + "L", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, at)
    for number in range(min(count, 200)):
        tag, _kind, _number, value = struct.unpack_from(order + "HHLH", tiff, at + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value) if value <= 8 else 0
    return 0


def _png(data: bytes) -> tuple[bytes, list[str]]:
    out, removed, at = bytearray(data[:8]), list[str](), 8
    while at < len(data):
        (size,), kind = struct.unpack_from(">L", data, at), data[at + 4 : at + 8]
        if kind in _PNG_TELLING:
            removed.append(_PNG_TELLING[kind])
        else:
            out += data[at : at + 12 + size]
        at += 12 + size
    return bytes(out), removed


def _webp(data: bytes) -> tuple[bytes, list[str]]:
    body, removed = bytearray(), list[str]()
    for kind, chunk in _chunks(data):
        if kind in _WEBP_TELLING:
            removed.append(_WEBP_TELLING[kind])
            continue
        part = bytearray(chunk)
        if kind == b"VP8X":
            part[8] &= 0xFF ^ 0x0C  # the flags that announce Exif and XMP
        body += part
    return b"RIFF" + struct.pack("<L", len(body) + 4) + b"WEBP" + bytes(body), removed


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        (size,) = struct.unpack_from("<L", data, at + 4)
        end = at + 8 + size + size % 2
        yield data[at : at + 4], data[at:end]
        at = end


def _gif(data: bytes) -> tuple[bytes, list[str]]:
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    out, removed = bytearray(data[:at]), list[str]()
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            label, at = data[at + 1], _end_of_blocks(data, at + 2)
            if label == 0xFE or (label == 0xFF and data[start + 3 : start + 11] == b"XMP Data"):
                removed.append("comment" if label == 0xFE else "xmp")
                continue
        elif data[at] == 0x2C:
            packed = data[at + 9]
            at = _end_of_blocks(data, at + 10 + (3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0) + 1)
        else:
            raise ValueError("not a block")
        out += data[start:at]
    return bytes(out) + b"\x3b", removed


def _end_of_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
