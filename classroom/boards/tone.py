"""How a note sounds: what the kindness step and the hold rest on."""

from typing import Any

from classroom.meaning import Verdict, assess


def heard(body: str, prompt: str) -> Verdict:
    """A note is measured by no standard; only its tone is listened to."""
    return assess(body, post="", brief=prompt)


def told(verdict: Verdict) -> dict[str, Any]:
    """As the kindness step reads it; nothing of it is kept."""
    because = [{"code": one.code, "words": one.words, "span": list(one.span)} for one in verdict.because]
    return {"tone": verdict.tone, "hold": verdict.hold, "because": because}
