"""Where a quoted passage stands: as it is stored with a comment, and found again in the revision shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from classroom.comments.anchors import Anchor, anchor_for, find_again
from classroom.comments.marking import Passage, marked, plain_text
from classroom.comments.models import Comment
from classroom.posts.models import Revision

NOT_IN_TEXT = -1  # words of a site or a file: kept as a quotation without a place
_TAG = re.compile(r"<(/?)(a|mark)\b[^>]*>")
_KEYS = re.compile(r'data-anchor="([^" ]+)')


@dataclass(frozen=True)
class Place:
    """A quotation with its surroundings and its first character's position in the text."""

    quote: str
    start: int
    before: str = ""
    after: str = ""


def place(html: str, quote: str | None, start: int | None) -> Place | None:
    """The quotation as it stands in a revision; None without one. `start` is a hint, the words decide."""
    wanted = (quote or "").strip()
    if not wanted:
        return None
    anchor = anchor_for(plain_text(html), wanted, start)
    if anchor is None:
        return Place(wanted, NOT_IN_TEXT)
    return Place(anchor.quote, anchor.start, anchor.before, anchor.after)


def passages(
    revision: Revision, revisions: dict[int, int], comments: Iterable[Comment]
) -> dict[str, Passage]:
    """Where the comments' passages stand in the revision shown, by public id; not those that are gone.

    `revisions` tells for each comment's id the number of the revision it was written on.
    """
    found: dict[str, Passage] = {}
    text: str | None = None
    for comment in comments:
        if comment.quote is None or comment.quote_start is None or comment.quote_start < 0:
            continue
        key, start = comment.public_id, comment.quote_start
        if revisions[comment.id] == revision.number:
            found[key] = Passage(key, start, start + len(comment.quote))
            continue
        text = plain_text(revision.html) if text is None else text
        anchor = Anchor(comment.quote, comment.quote_before, comment.quote_after, start)
        again = find_again(anchor, text)
        if again is not None:
            found[key] = Passage(key, again.start, again.end)
    return found


def work_with(revision: Revision, places: Iterable[Passage]) -> str:
    """The work with its passages marked, each linked to its comment; the words stay exactly as they were."""
    html = marked(revision.html, places)
    depth, pieces, done = 0, [], 0
    for tag in _TAG.finditer(html):
        closing, name = tag.groups()
        pieces.append(html[done : tag.start()])
        done = tag.end()
        if name == "a":
            depth += -1 if closing else 1
            pieces.append(tag[0])
        elif depth:  # no link within a link
            pieces.append(tag[0])
        else:
            pieces.append("</a></mark>" if closing else _linked(tag[0]))
    return "".join([*pieces, html[done:]])


def _linked(mark: str) -> str:
    key = _KEYS.search(mark)
    return f'{mark}<a href="#c-{key[1]}">' if key else f"{mark}<a>"
