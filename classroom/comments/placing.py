"""Where a quoted passage stands in a revision's text, as it is stored with a comment."""

from dataclasses import dataclass

AROUND = 32
NOT_IN_TEXT = -1  # words of a site or a file: kept as a quotation without a place


@dataclass(frozen=True)
class Place:
    """A quotation with its surroundings and its first character's position in the text."""

    quote: str
    start: int
    before: str = ""
    after: str = ""


def place(text: str, quote: str | None, start: int | None, before: str, after: str) -> Place | None:
    """The quotation as it stands in the text; None without one."""
    wanted = (quote or "").strip()
    if not wanted:
        return None
    if start is not None and text[start : start + len(wanted)] == wanted:
        at = start
    else:
        at = text.find(f"{before}{wanted}{after}")
        at = at + len(before) if at >= 0 else text.find(wanted)
    if at < 0:
        return Place(wanted, NOT_IN_TEXT)
    end = at + len(wanted)
    return Place(wanted, at, text[max(0, at - AROUND) : at], text[end : end + AROUND])
