"""How a note sounds: what the kindness step and the hold rest on."""

from typing import Any

from classroom.meaning import Verdict, assess
from classroom.meaning.language import likeliest_language
from classroom.meaning.tokens import plain_words, read_closely

# Rules made for comments on work. What was learned there took every fifth honest note for mockery, and
# “everyone else knows more than I do” is what a board asks for: who speaks of themselves mocks nobody.
LIKELY, SNARK = "tone.snark.likely", "tone.snark"


def heard(body: str, prompt: str) -> Verdict:
    """A note is measured by no standard; only its tone is listened to."""
    return assess(body, post="", brief=prompt)


def out_of_place(body: str) -> frozenset[str]:
    """The rules that do not judge this note; an attack is one, whoever speaks."""
    oneself = likeliest_language(read_closely(body)).words["self"]
    return frozenset([LIKELY] if oneself.isdisjoint(plain_words(body)) else [LIKELY, SNARK])


def told(verdict: Verdict) -> dict[str, Any]:
    """As the kindness step reads it; nothing of it is kept."""
    because = [{"code": one.code, "words": one.words, "span": list(one.span)} for one in verdict.because]
    return {"tone": verdict.tone, "hold": verdict.hold, "because": because}
