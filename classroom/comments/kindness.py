"""The kindness step: the words that may hurt, why they may, and the text with them marked; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classroom.core.i18n import LazyString, _l

Pieces = list[tuple[bool, str]]
ATTACK, SNARK = "tone.attack", "tone.snark"

HIDDEN = _l("Written with other letters, it is still read as what it is.")
# What a finding is, by its own words; the first that fits says why. The last of each tone fits always.
WHY: dict[str, tuple[tuple[str, LazyString], ...]] = {
    ATTACK: (
        (r"^\S{0,3}(?:\w[ ._-]){2,}|\w[0-9@$!]\w", HIDDEN),
        (
            r"\b(?:people like you|you people|your (?:kind|sort)|foreigners?|girls|boys|women|men)\b",
            _l("It speaks of a whole group, and everyone in it is hurt by it, here in the class too."),
        ),
        (
            r"\b(?:you|u|your|ur|you['’]?re)\b",
            _l("It is about the person and not about the work. Nobody can revise who they are."),
        ),
        ("", _l("It is read as contempt. Whoever reads it stops listening, and what is true in it is lost.")),
    ),
    SNARK: (
        (
            r"[\"“”'‘’]\w+[\"“”'‘’]$",
            _l("Marks around a plain word say that it is none. It reads as mockery."),
        ),
        (
            r"\b(?:even|actually|really|ever|bother(?:ed)?)\b.*|\?$",
            _l("It sounds like a question, but wants no answer. What arrives is: you did not try."),
        ),
        (
            r"\b(?:obviously|clearly|surely|apparently|evidently|of course|everyone|anyone)\b",
            _l("It says that everybody else knows this. Whoever did not know feels small."),
        ),
        (
            r"^(?:oh|wow|great|nice|good|congrat\w*|bravo|kudos|well done|thanks?|love|cute|adorable|how)\b",
            _l("Praise that means its opposite hurts more than plain words: one believes it first."),
        ),
        (
            r"\b(?:joke|laugh\w*|lo+l|lmao|ha(?:ha)+|snooze\w*|yawn)\b",
            _l("A joke about someone’s work is a joke about them, for as long as they cannot see you smile."),
        ),
        ("", _l("Nobody hears your voice in writing. Read without it, this sounds like mockery.")),
    ),
}


@dataclass(frozen=True)
class Sting:
    """Words that may hurt, and why."""

    words: str
    why: LazyString


@dataclass(frozen=True)
class Look:
    """What somebody is shown before words that would be held are sent."""

    pieces: Pieces
    stings: tuple[Sting, ...]


def look_at(text: str, verdict: Mapping[str, Any]) -> Look | None:
    """None where nothing in the text is held for how it sounds."""
    if verdict.get("tone") not in {"attack", "snark"} or not verdict.get("hold"):
        return None
    found = [one for one in verdict.get("because", ()) if one["code"].startswith((ATTACK, SNARK))]
    stings = {one["words"].casefold(): Sting(one["words"], why(one["code"], one["words"])) for one in found}
    return Look(marked(text, [tuple(one["span"]) for one in found]), tuple(stings.values()))


def why(code: str, words: str) -> LazyString:
    """Why words like these may hurt: by the tone that was heard, and by what they are."""
    tone = ATTACK if code.startswith(ATTACK) else SNARK
    said = words.strip().casefold()
    return next(sentence for pattern, sentence in WHY[tone] if re.search(pattern, said))


def marked(text: str, spans: Sequence[tuple[int, ...]]) -> Pieces:
    """The text cut into (marked, part); spans that touch or lie in one another are one mark."""
    cut: Pieces = []
    at = 0
    for first, last in sorted((span[0], span[1]) for span in spans):
        start, end = max(first, at), min(last, len(text))
        if start >= end:
            continue
        if start > at:
            cut.append((False, text[at:start]))
        if cut and cut[-1][0]:
            cut[-1] = (True, cut[-1][1] + text[start:end])
        else:
            cut.append((True, text[start:end]))
        at = end
    return [*cut, (False, text[at:])] if at < len(text) else cut
