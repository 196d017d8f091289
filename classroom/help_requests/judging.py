"""The tone, the asking for answers and the giving away of them: what is stored, and what is held."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from classroom.meaning import Finding, Passage, Verdict, asks_for_answer, assess, leaks, sort_question

ASKS, LEAK = "asks_answer", "leak"
NEAR = 0.5  # a passage half as likely as the best is shown beside it


@dataclass(frozen=True)
class Judged:
    """`verdict` is kept with the row as JSON; `hold_reason` is snark, attack, asks_answer, leak or None."""

    verdict: dict[str, Any]
    hold_reason: str | None
    hold_words: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """A passage of the brief, cut so that the sentence that may answer stands by itself."""

    before: str
    sentence: str
    after: str


@dataclass(frozen=True)
class Before:
    """What an asker is shown before a request is sent."""

    passages: tuple[Marked, ...]
    wants: str  # the words that ask for the answer itself


def judge_request(text: str, *, brief: str, work: str, rested: Collection[str] = ()) -> Judged:
    """A request is held for its tone, or because it asks for the answer itself."""
    return _judged(assess(text, post=work, brief=brief), ASKS, asks_for_answer(text), rested)


def judge_answer(
    text: str, *, brief: str, work: str, keys: Sequence[str] = (), rested: Collection[str] = ()
) -> Judged:
    """An answer is held for its tone, or for handing over what only the key has."""
    known = f"{brief}\n{work}"
    keys = keys if LEAK not in rested else ()
    leak = next((found for key in keys if (found := leaks(text, key, known))), None)
    return _judged(assess(text, post=work, brief=brief), LEAK, leak, rested)


def _judged(verdict: Verdict, code: str, found: Finding | None, rested: Collection[str]) -> Judged:
    hurts = verdict.hold and f"tone.{verdict.tone}" not in rested
    reason = verdict.tone if hurts else code if found else None
    words = verdict.hold_words if hurts else (found.words,) if found else ()
    kept = {
        "tone": verdict.tone if hurts or not verdict.hold else "neutral",
        "hold": reason is not None,
        "because": [
            {"code": one.code, "words": one.words, "span": list(one.span)} for one in verdict.because
        ],
        "hold_words": list(words),
    }
    return Judged(kept, reason, tuple(words))


def look_before(question: str, brief: str) -> Before:
    """Where the brief surely speaks of it, its passages; and whether the answer itself is asked for.

    Passages that are merely alike would stand between everyone and the asking: they are not shown.
    """
    found = sort_question(question, brief)
    near = [one for one in found.passages if one.score >= found.passages[0].score * NEAR]
    passages = tuple(_marked(one) for one in near) if found.label == "in_brief" else ()
    wants = found.because[0].words if found.label == "wants_answer" else ""
    return Before(passages, wants)


def _marked(one: Passage) -> Marked:
    before, _sentence, after = one.text.partition(one.sentence)
    return Marked(before, one.sentence, after)
