"""Names as systems write them, turned into names as people write them, in any script."""

import re
import unicodedata

from classroom.courses.roster.cells import tidy

_COMMA = re.compile("[,，、،]")
_SUFFIXES = frozenset(
    {"jr", "sr", "junior", "senior", "ii", "iii", "iv", "esq"}
    | {"phd", "dphil", "mphil", "md", "dds", "jd", "msc", "bsc", "mba", "bed"}
)
# What systems put where a name has only one part.
_PLACEHOLDERS = frozenset({".", "..", "-", "--", "–", "—", "_", "*", "?", "n/a", "fnu", "lnu"})
_EAST_ASIAN = ("CJK ", "HIRAGANA", "KATAKANA", "HANGUL")


def whole_name(cell: str) -> str:
    """`Adler, Maya` becomes `Maya Adler`; `King, Martin Luther, Jr.` and `Davis, Jr.` keep their suffix."""
    name = tidy(cell).strip('"').strip()
    parts = [part.strip() for part in _COMMA.split(name)]
    parts = [part for part in parts if part and part.casefold() not in _PLACEHOLDERS]
    suffixes = [part for part in parts[1:] if _is_suffix(part)]
    core = [part for part in parts if part not in suffixes]
    if len(core) == 2:
        return ", ".join([joined(first=core[1], last=core[0]), *suffixes])
    return ", ".join(parts)


def joined(*, first: str, last: str) -> str:
    """First and last name in the order of their script: 王 and 小明 make 王小明."""
    parts = [part for part in (tidy(first), tidy(last)) if part and part.casefold() not in _PLACEHOLDERS]
    if len(parts) == 2 and all(_east_asian(part) for part in parts):
        return parts[1] + parts[0]
    return " ".join(parts)


def name_words(name: str) -> frozenset[str]:
    """For telling whether two spellings can be one person."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return frozenset(re.findall(r"\w+", plain))


def _is_suffix(part: str) -> bool:
    return part.casefold().replace(".", "").replace(" ", "") in _SUFFIXES


def _east_asian(part: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(_EAST_ASIAN) for letter in part)
