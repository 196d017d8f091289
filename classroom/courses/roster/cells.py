"""Single cells: tidying, addresses told from other words, and formulas made harmless and restored."""

import re
import unicodedata

# A spreadsheet takes these for the start of a formula; the wide forms are what some keyboards type.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_NEUTRALISED = re.compile(r"''*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_AS_TEXT = re.compile(r'="([^"]*)"')
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")
# Marks that only turn the direction of writing or take no room; joiners stay, several scripts need them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_LONGEST_HEADING = 200
_SPACES = re.compile(r"\s+")


def neutral(cell: str) -> str:
    """The cell as an export writes it: never a formula, and plain numbers left as they are."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def restored(cell: str) -> str:
    """What was in the cell before `neutral`; `="0012"`, a spreadsheet's way of writing text, is unwrapped."""
    if not cell or cell[0] not in "'= ":  # nearly every cell
        return cell
    if _NEUTRALISED.match(cell):
        return cell[1:]
    as_text = _AS_TEXT.fullmatch(cell.strip())
    return as_text[1] if as_text else cell


def tidy(cell: str) -> str:
    """One line, single spaces, composed characters, nothing invisible."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", cell))
    return _SPACES.sub(" ", _INVISIBLE.sub("", composed)).strip()


def is_address(cell: str) -> bool:
    """Whether this looks like an address; the careful check is made on the row."""
    return len(cell) <= 320 and "@" in cell and _ADDRESS.fullmatch(cell.strip()) is not None


def header_key(cell: str) -> str:
    """`E-Mail address:` and `email_address` are one heading; accents do not count."""
    plain = unicodedata.normalize("NFKD", cell[:_LONGEST_HEADING]).casefold()
    return "".join(character for character in plain if character.isalnum())
