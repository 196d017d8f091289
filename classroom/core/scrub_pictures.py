"""Names and places in pictures, cut out block by block: the picture itself is not touched.

Formats as in the JPEG (JFIF, Exif), PNG, WebP container and GIF89a specifications. What is kept is listed,
not what is dropped: makers invent blocks of their own faster than anyone can list them.
"""

import re
import struct
import zlib
from collections.abc import Iterator

Result = tuple[bytes, list[str], list[str]]
_ORIENTATION = 0x0112
_MOST_BLOCKS = 100_000  # a picture of more is made to keep the server busy
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI"
    b" acTL fcTL fdAT".split()
)
_SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_WORDS = {b"eXIf": "exif", b"tIME": "time"}
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def scrub_picture(extension: str, data: bytes) -> Result:
    """Without Exif (but for the orientation), GPS, XMP, IPTC, texts, comments and what is hung on behind."""
    ways = {"jpg": jpeg, "png": png, "webp": _webp, "gif": _gif}
    try:
        cleaned, removed = ways[extension](data)
    except (struct.error, IndexError, ValueError):
        return data, [], ["unread"]
    return cleaned, removed, []


def jpeg(data: bytes) -> tuple[bytes, list[str]]:
    """The segments in front are sorted; in the scans nothing but picture is kept; nothing follows the end."""
    out, removed, at = bytearray(data[:2]), list[str](), 2
    for _ in range(_MOST_BLOCKS):
        while data[at : at + 2] == b"\xff\xff":  # any number of these may stand before a marker
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0:
            raise ValueError("not a marker")
        if marker == 0xD9:
            break
        (size,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + size
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        body = data[at + 4 : end]
        word = _jpeg_word(marker, body)
        if word:
            removed.append(word)
            out += _upright_segment(body) if word == "exif" else b""
        else:
            out += data[at:end]
        at = end
    else:
        raise ValueError("too many segments")
    if len(data) > at + 2:
        removed.append("trailer")
    return bytes(out) + b"\xff\xd9", removed


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the coded picture."""
    found = _SCAN_ENDS.search(data, at)
    if not found:
        raise ValueError("the picture ends early")
    return found.start()


def _jpeg_word(marker: int, body: bytes) -> str:
    """What an application segment is called in `removed`; "" where it is kept."""
    if marker == 0xE1 and body == b"Exif\0\0" + upright(body[6:]):
        return ""  # it says which way is up, and nothing else
    if marker == 0xE1:
        return "exif" if body.startswith(b"Exif\0") else "xmp"
    if marker == 0xE2 and not body.startswith(b"ICC_PROFILE\0"):
        return "trailer"  # the index of pictures that are hung on behind
    if marker == 0xE0 and not body.startswith(b"JFIF\0"):
        return "trailer"
    if 0xE3 <= marker <= 0xEF and marker != 0xEE:
        return "iptc" if marker == 0xED else "properties"
    return "comment" if marker == 0xFE else ""


def _upright_segment(exif: bytes) -> bytes:
    body = upright(exif[6:])
    return b"\xff\xe1" + struct.pack(">H", len(body) + 8) + b"Exif\0\0" + body if body else b""


def upright(tiff: bytes) -> bytes:
    """Exif with nothing but the orientation; empty where the picture stands upright as it is."""
    try:
        turned = _orientation(tiff)
    except struct.error:  # the directory is damaged: the picture is worth more than its angle
        turned = 0
    if turned in {0, 1}:
        return b""
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHLHHL", 1, _ORIENTATION, 3, 1, turned, 0, 0)


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


def png(data: bytes) -> tuple[bytes, list[str]]:
    out, removed, at = bytearray(data[:8]), list[str](), 8
    kind = b""
    while kind != b"IEND":
        (size,), kind = struct.unpack_from(">L", data, at), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data) or len(removed) > _MOST_BLOCKS:
            raise ValueError("the picture ends early")
        tiff = data[at + 8 : end - 4] if kind == b"eXIf" else b""
        if kind in _PNG_KEPT or (tiff and tiff == upright(tiff)):
            out += data[at:end]
        else:
            removed.append(_PNG_WORDS.get(kind, "texts"))
            out += _png_upright(tiff)
        at = end
    if len(data) > at:
        removed.append("trailer")
    return bytes(out), removed


def _png_upright(tiff: bytes) -> bytes:
    body = upright(tiff)
    chunk = b"eXIf" + body
    return struct.pack(">L", len(body)) + chunk + struct.pack(">L", zlib.crc32(chunk)) if body else b""


def _webp(data: bytes) -> tuple[bytes, list[str]]:
    body, removed = bytearray(), list[str]()
    turned = b""
    for kind, chunk in _chunks(data):
        if kind in _WEBP_KEPT:
            body += chunk
            continue
        if kind == b"EXIF":
            turned = upright(chunk[8:].removeprefix(b"Exif\0\0"))
        if kind != b"EXIF" or chunk[8:] != turned:
            removed.append("exif" if kind == b"EXIF" else "xmp")
    if body[:4] == b"VP8X":
        body[8] = body[8] & 0b11110011 | (0b1000 if turned else 0)  # what is announced is there
    if turned:
        body += b"EXIF" + struct.pack("<L", len(turned)) + turned
    (size,) = struct.unpack_from("<L", data, 4)
    if len(data) > size + 8 + size % 2:
        removed.append("trailer")
    return b"RIFF" + struct.pack("<L", len(body) + 4) + b"WEBP" + bytes(body), removed


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    last = min(len(data), struct.unpack_from("<L", data, 4)[0] + 8)
    while at + 8 <= last:
        (size,) = struct.unpack_from("<L", data, at + 4)
        end = at + 8 + size + size % 2
        if at + 8 + size > len(data):
            raise ValueError("the picture ends early")
        yield data[at : at + 4], data[at:end].ljust(end - at, b"\0")
        at = end


def _gif(data: bytes) -> tuple[bytes, list[str]]:
    at = 13 + _colours(data[10])
    out, removed = bytearray(data[:at]), list[str]()
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            at = _end_of_blocks(data, at + 2)
            word = _gif_word(data[start:at])
            if word:
                removed.append(word)
                if len(removed) > _MOST_BLOCKS:
                    raise ValueError("too many blocks")
                continue
        elif data[at] == 0x2C:
            at = _end_of_blocks(data, at + 11 + _colours(data[at + 9]))
        else:
            raise ValueError("not a block")
        out += data[start:at]
    if len(data) > at + 1:
        removed.append("trailer")
    return bytes(out) + b"\x3b", removed


def _colours(packed: int) -> int:
    return int(3 * 2 ** ((packed & 7) + 1)) if packed & 0x80 else 0


def _gif_word(block: bytes) -> str:
    if block[1] == 0xFE:
        return "comment"
    return "xmp" if block[1] == 0xFF and not block.startswith(_GIF_KEPT, 3) else ""


def _end_of_blocks(data: bytes, at: int) -> int:
    for _ in range(_MOST_BLOCKS):
        if not data[at]:
            return at + 1
        at += data[at] + 1
    raise ValueError("too many blocks")
