"""Anchors: a quoted passage of a post, found when it is pasted and found again after the post was edited.

As in the W3C Web Annotation model: the quote with a little of what stands before and after it (TextQuote)
and where it began (TextPosition), over the plain text of a post as `marking.plain_text` gives it. An offset
is only a hint; the words decide.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

QUOTE_MAX = 1000
CONTEXT = 32
LIKE_ENOUGH = 0.7
SURE = 0.8
WORD_MAX = 24
PIECE, PIECES = 64, 5  # up to 64 characters are compared at once
PIECE_LIKE_ENOUGH = 0.6
NEIGHBOUR = 8  # a known neighbour outweighs this many hundredths of likeness
NEARBY = 4_000  # characters on either side of the old position that are looked at first
SHORT = 16  # a quote this short proves little by itself: what stands around it must agree
CANDIDATES = 500  # how many places of a common word are compared


@dataclass(frozen=True, slots=True)
class Anchor:
    quote: str
    before: str
    after: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor stands in a text. `exact`: the words have not changed; `likeness` from 0 to 1."""

    start: int
    end: int
    exact: bool
    likeness: float


def anchor_for(text: str, quote: str, start_hint: int | None = None) -> Anchor | None:
    """The anchor of a selected or pasted passage; None when the post does not hold these words.

    White space, line breaks, typographic quotes and dashes, and composed letters may differ; then letter
    case, and last all white space and quotation marks put around the words. Among several places the one
    nearest to the hint is meant, else the first.
    """
    wanted = quote.strip()
    if not wanted or len(wanted) > QUOTE_MAX:
        return None
    hint = (start_hint or 0) + len(quote) - len(quote.lstrip())
    found = _nearest(text, wanted, hint)
    span = (found, found + len(wanted)) if found is not None else _find_loosely(text, wanted, hint)
    return anchor_at(text, *span) if span else None


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of a passage whose offsets are known."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find_again(anchor: Anchor, text: str) -> Place | None:
    """Where the passage stands now; None when it has changed beyond recognition.

    The same words in the same surroundings come first, then the same words where the surroundings agree best,
    nearest to the old position; then words that are like them.
    """
    if not anchor.quote:
        return None
    whole = anchor.before + anchor.quote + anchor.after
    found = _nearest(text, whole, anchor.start - len(anchor.before))
    if found is not None:
        start = found + len(anchor.before)
        return Place(start, start + len(anchor.quote), exact=True, likeness=1.0)
    return _same_words(anchor, text) or _like_words(anchor, text)


def _nearest(text: str, wanted: str, hint: int) -> int | None:
    """The occurrence that begins nearest to the hint."""
    hint = max(0, hint)
    later = text.find(wanted, hint)
    earlier = text.rfind(wanted, 0, hint + len(wanted) - 1)
    places = [place for place in (earlier, later) if place >= 0]
    return min(places, key=lambda place: abs(place - hint), default=None)


def _same_words(anchor: Anchor, text: str) -> Place | None:
    best, best_rank = None, (0, 0)
    for start in _outward(text, anchor.quote, anchor.start):
        end = start + len(anchor.quote)
        shared = _shared_around(anchor, text, start, end)
        rank = (shared, -abs(start - anchor.start))
        if best is None or rank > best_rank:
            best, best_rank = start, rank
    if best is None or (len(anchor.quote) < SHORT and best_rank[0] < _agreement_needed(anchor)):
        return None
    return Place(best, best + len(anchor.quote), exact=True, likeness=1.0)


def _outward(text: str, wanted: str, hint: int) -> Iterator[int]:
    """Occurrences on either side of the hint, nearest first on each side, boundedly many."""
    place = text.find(wanted, max(0, hint))
    for _ in range(CANDIDATES):
        if place < 0:
            break
        yield place
        place = text.find(wanted, place + 1)
    place = text.rfind(wanted, 0, max(0, hint) + len(wanted) - 1)
    for _ in range(CANDIDATES):
        if place < 0:
            break
        yield place
        place = text.rfind(wanted, 0, place + len(wanted) - 1)


def _shared_around(anchor: Anchor, text: str, start: int, end: int) -> int:
    """How many characters right before and right after are still the same."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return _common_start(anchor.before[::-1], before[::-1]) + _common_start(anchor.after, after)


def _common_start(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _agreement_needed(anchor: Anchor) -> int:
    return min(6, len(anchor.before) + len(anchor.after))


def _like_words(anchor: Anchor, text: str) -> Place | None:
    """Changed words: the likest stretch. A short quote is looked for together with what stood around it."""
    short = len(anchor.quote) < SHORT
    lead = len(anchor.before) if short else 0
    words = anchor.before + anchor.quote + anchor.after if short else anchor.quote
    window = _likest_stretch(words, text, anchor.start - lead)
    if window is None or (short and fuzz.ratio(words, text[slice(*window)]) < 100 * SURE):
        return None
    start, end = _best_cut(anchor, text, *window)
    likeness = fuzz.ratio(anchor.quote, text[start:end]) / 100
    return Place(start, end, exact=False, likeness=likeness) if likeness >= LIKE_ENOUGH else None


def _likest_stretch(words: str, text: str, near: int) -> tuple[int, int] | None:
    """Pieces of the words are found by likeness; each says where all of them would begin and end.

    Only pieces, because the time for a long passage in a long, repetitive text would grow without measure.
    """
    count = min(PIECES, -(-len(words) // PIECE))
    offsets = [index * max(0, len(words) - PIECE) // max(1, count - 1) for index in range(count)]
    starts: set[int] = set()
    ends: set[int] = set()
    for offset in offsets:
        piece = words[offset : offset + PIECE]
        at = max(0, near + offset)
        for low, high in ((max(0, at - NEARBY), at + NEARBY), (0, len(text))):
            found = fuzz.partial_ratio_alignment(piece, text[low:high], score_cutoff=100 * PIECE_LIKE_ENOUGH)
            if found is not None:
                starts.add(max(0, low + found.dest_start - offset))
                ends.add(min(len(text), low + found.dest_end + len(words) - offset - len(piece)))
    stretches = [(s, e) for s in sorted(starts) for e in sorted(ends) if 0 < e - s <= 2 * len(words)]

    def rank(stretch: tuple[int, int]) -> float:
        far = min(1.0, abs(stretch[0] - near) / NEARBY)
        return float(fuzz.ratio(words, text[slice(*stretch)])) - 10 * far

    return max(stretches, key=rank, default=None)


def _best_cut(anchor: Anchor, text: str, start: int, end: int) -> tuple[int, int]:
    """Where the likest stretch truly begins and ends: at words, and rather at what stood around it before."""
    slack = max(2 * CONTEXT, len(anchor.quote) // 2)
    starts, ends = {_word_start(text, start): 0}, {_word_end(text, end): 0}
    if before := anchor.before[-12:]:
        place = text.rfind(before, max(0, start - slack), start + slack)
        starts.update({place + len(before): NEIGHBOUR} if place >= 0 else {})
    if after := anchor.after[:12]:
        place = text.find(after, max(0, end - slack), end + slack)
        ends.update({place: NEIGHBOUR} if place >= 0 else {})
    cuts = [(s, e) for s in starts for e in ends if s < e]

    def rank(cut: tuple[int, int]) -> float:
        return float(fuzz.ratio(anchor.quote, text[slice(*cut)])) + starts[cut[0]] + ends[cut[1]]

    return _without_edges(text, *max(cuts, key=rank, default=(start, end)))


def _word_start(text: str, place: int) -> int:
    """Back to where the word begins; some scripts put no spaces between words, so not for ever."""
    back = place
    while 0 < back < len(text) and text[back - 1].isalnum() and text[back].isalnum():
        back -= 1
        if place - back > WORD_MAX:
            return place
    return back


def _word_end(text: str, place: int) -> int:
    on = place
    while 0 < on < len(text) and text[on - 1].isalnum() and text[on].isalnum():
        on += 1
        if on - place > WORD_MAX:
            return place
    return on


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and text[start].isspace():
        start += 1
    while end - start > 1 and text[end - 1].isspace():
        end -= 1
    return start, end


Fold = Callable[[str], str]
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_AROUND = "\"'“”„«»‘’ ….,\n\t"


def _alike(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter.translate(_PLAIN))


def _caseless(letter: str) -> str:
    return _alike(letter).casefold()


def _find_loosely(text: str, wanted: str, hint: int) -> tuple[int, int] | None:
    bare = wanted.strip(_AROUND)
    loosest = (bare, _caseless, "")
    if not bare or _find_folded(text, *loosest, hint) is None:
        return None
    attempts = ((wanted, _alike, " "), (wanted, _caseless, " "), (bare, _caseless, " "), loosest)
    found = (_find_folded(text, *attempt, hint) for attempt in attempts)
    return next((span for span in found if span), None)


def _find_folded(text: str, words: str, fold: Fold, space: str, hint: int) -> tuple[int, int] | None:
    needle, _origin = _folded(words, fold, space)
    if not needle.strip():
        return None
    hay, origin = _folded(text, fold, space)
    found = _nearest(hay, needle, bisect_left(origin, hint))
    return (origin[found], origin[found + len(needle) - 1] + 1) if found is not None else None


def _folded(text: str, fold: Fold, space: str) -> tuple[str, list[int]]:
    """The text without the differences that do not matter, and for each character where it came from."""
    known: dict[str, str] = {}
    letters: list[str] = []
    origin: list[int] = []
    blank = False
    for place, letter in enumerate(text):
        new = known.get(letter)
        if new is None:
            new = known[letter] = space if letter.isspace() else fold(letter)
        if letter.isspace():
            if blank:
                continue
            blank = True
        elif new:
            blank = False
        letters += new
        origin += [place] * len(new)
    return "".join(letters), origin
