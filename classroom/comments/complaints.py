"""What speaks against a comment, rule by rule, and how a verdict reads once a rule rests; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from classroom.core.i18n import LazyString, _l
from classroom.meaning import MOVES, Criterion, Judgement, Verdict

# What is found in a comment's favour, or only noted; every other code complains, known here or not.
FAVOURS = (
    *(f"{move}." for move in MOVES),
    "tone.kind",
    "tone.blunt",
    "tone.neutral",
    "language.",
    "points.",
    "point.made",
)
HOLDING = ("tone.", "leak")
PASSED = "passed"  # no rule: a person decided about a comment that none spoke against
OWN = "own"  # this criterion is made of findings, and they are the rules
DOUBT = "doubt.empty"  # for which a point that was found is not taken for one
ENOUGH, LEAST = 20, 0.7
_NEXT = {"point": "point.missing", "place": "place.missing", "length": "length.short", OWN: "own.filler"}

NAMES: dict[str, LazyString] = {
    "tone.snark": _l("It sounds mocking or condescending"),
    "tone.attack": _l("It attacks a person or a group"),
    "leak": _l("It gives the answer away"),
    "restates": _l("It only tells what the work says"),
    "filler": _l("Its words only make it longer"),
    "stuffing": _l("It strings words together"),
    DOUBT: _l("It names the work, but would fit another as well"),
    "copied": _l("Its writer left the same words before"),
    "copied.earlier": _l("Its writer left the same words on another post"),
    "copied.other": _l("Somebody else said the same on this post before"),
    "pasted": _l("Its words are taken over"),
    "pasted.brief": _l("Its words are from the brief"),
    "pasted.post": _l("Its words are from the work"),
    "point": _l("It makes no point"),
    "place": _l("It names no place in the work"),
    "length": _l("It is too short"),
    "praise": _l("It names no strength"),
    "problem": _l("It names no problem"),
    "suggestion": _l("It suggests nothing"),
    "question": _l("It asks nothing"),
    "reason": _l("It gives no reason"),
    "specific": _l("It names no place in particular"),
}


@dataclass(frozen=True)
class Complaint:
    """One rule that speaks against a comment, with the words for which it does."""

    code: str
    words: str = ""

    @property
    def holds(self) -> bool:
        return holds(self.code)


def holds(code: str) -> bool:
    """Whether a rule makes a comment wait for a person; the others keep it from counting."""
    return code.startswith(HOLDING)


def name_of(code: str) -> str:
    """A rule in plain words; a new one by the nearest name there is, else by its code."""
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        name = NAMES.get(".".join(parts[:length]))
        if name is not None:
            return str(name) if length == len(parts) else f"{name} ({parts[-1]})"
    return code


def complaints(verdict: Mapping[str, Any]) -> list[Complaint]:
    """Every rule that holds this comment, or keeps it from counting; each once."""
    unmet = {one["code"] for one in verdict.get("criteria", ()) if not one["met"]}
    unmet = set() if verdict.get("counts") else unmet
    found: dict[str, Complaint] = {}
    for one in verdict.get("because", ()):
        code = one["code"]
        speaks = verdict.get("hold") if holds(code) else OWN in unmet or (code == DOUBT and "point" in unmet)
        if speaks and not code.startswith(FAVOURS):
            found.setdefault(code, Complaint(code, one["words"][:300]))
    for code in sorted(unmet - {OWN}):
        found.setdefault(code, Complaint(code))
    return list(found.values())


def without(verdict: Verdict, rested: Collection[str]) -> Verdict:
    """What the engine found, but for rules that rest."""
    if not rested:
        return verdict
    kept = tuple(one for one in verdict.because if one.code not in rested)
    still = verdict.hold and any(one.code.startswith("tone.") and holds_tone(one.code) for one in kept)
    return replace(
        verdict, because=kept, hold=still, tone=verdict.tone if still or not verdict.hold else "neutral"
    )


def holds_tone(code: str) -> bool:
    """Whether a tone is one for which a comment waits."""
    return not code.startswith(FAVOURS)


def lenient(judgement: Judgement, rested: Collection[str]) -> Judgement:
    """A judgement in which the criteria that rest are met."""
    if not any(not one.met and one.code in rested for one in judgement.criteria):
        return judgement
    criteria = tuple(
        Criterion(one.code, met=one.met or one.code in rested, words=one.words) for one in judgement.criteria
    )
    missing = [one.code for one in criteria if not one.met]
    return Judgement(not missing, criteria, _tip(judgement.tip, missing, rested))


def _tip(tip: str | None, missing: list[str], rested: Collection[str]) -> str | None:
    about = (tip or "").removeprefix("need.").split(".")[0]
    if tip is not None and about not in rested:
        return tip
    return _NEXT.get(missing[0], f"need.{missing[0]}") if missing else None


def respecting(verdict: Mapping[str, Any], rested: Collection[str]) -> dict[str, Any]:
    """A stored verdict, read once more without the rules that rest; what it said before is kept in it."""
    because = [one for one in verdict["because"] if one["code"] not in rested]
    taken = any(not holds(one["code"]) and not one["code"].startswith(FAVOURS) for one in because)
    criteria = [
        {**one, "met": one["met"] or one["code"] in rested or (one["code"] == OWN and not taken)}
        for one in verdict["criteria"]
    ]
    missing = [one["code"] for one in criteria if not one["met"]]
    freed = {one["code"] for one in verdict["criteria"] if not one["met"]} - set(missing)
    tip = verdict.get("tip")
    if freed:
        tip = _tip(tip, missing, freed | {"own"} if OWN in freed else freed)
    before = verdict.get("unrested", dict(verdict))
    return {**verdict, "criteria": criteria, "counts": not missing, "tip": tip, "unrested": before}


def suggests_rest(decisions: int, agreed: int) -> bool:
    """Whether people say often enough that a rule is wrong."""
    return decisions >= ENOUGH and agreed / decisions < LEAST
