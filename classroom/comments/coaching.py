"""The coach's words: what a comment has already, and the one next step; never a score."""

from dataclasses import dataclass

from classroom.comments.judging import Judged
from classroom.core.i18n import LazyString, _l

MET: dict[str, LazyString] = {
    "place": _l("points at a place"),
    "point": _l("makes a point"),
    "own": _l("in your own words"),
    "praise": _l("says what works"),
    "problem": _l("names a problem"),
    "suggestion": _l("makes a suggestion"),
    "question": _l("asks a question"),
    "specific": _l("is about this work"),
    "reason": _l("says why"),
}
# Shown only where they are not met: nobody is praised for not copying.
SILENT = frozenset({"own", "length", "point"})
MOVES = ("praise", "problem", "suggestion", "question", "reason")

TIPS: dict[str, LazyString] = {
    "leak": _l("This gives the solution away. What hint would let them find it themselves?"),
    "tone.attack": _l("This could hurt the person. What did you see in the work, and where?"),
    "tone.snark": _l("This could sting. Say the true thing under it plainly, and it will help."),
    "own.brief": _l("These words are from the brief. What do you see in this work yourself?"),
    "own.post": _l("These words are from the work. What do they do to you as a reader?"),
    "own.earlier": _l("You wrote this on another post. What is different about this one?"),
    "own.filler": _l("Say the one thing that you noticed; it need not be long."),
    "point.restates": _l("You say what is there. What does it do for you, or what would you change?"),
    "point.why": _l("What exactly is good, and why does it work?"),
    "point.particular": _l("Where in this work would you do that?"),
    "point.vague": _l("Something is bothering you. What is it, and where does it happen?"),
    "point.question": _l("What about this work would you like to know?"),
    "point.missing": _l("Pick one thing: what works and why, what got in your way, or what you would try."),
    "place.missing": _l("Which place do you mean? Quote it, or name something that stands there."),
    "place.tie": _l("Good point. Which place in this work is it about?"),
    "need.praise": _l("This project also asks for something that works. What would you keep?"),
    "need.problem": _l("This project also asks for a problem. Where did you stumble?"),
    "need.suggestion": _l("This project also asks for a suggestion. What would you try instead?"),
    "need.question": _l("This project also asks for a question. What do you want to know?"),
    "need.specific": _l("This project asks that you name a place. Which one do you mean?"),
    "need.reason": _l("This project also asks why. Add “because …”."),
    "length.short": _l("Nearly there. Add a few words on why, or on what you would try."),
}
FURTHER: dict[str, LazyString] = {
    "suggestion": _l("This already helps. If you like: what would you try instead?"),
    "reason": _l("This already helps. If you like: say why, with “because …”."),
    "done": _l("This helps. You can post it."),
}
EMPTY = _l("Pick one thing: what works and why, what got in your way, or what you would try.")


@dataclass(frozen=True)
class Coaching:
    """What the coach says: criteria met, in words, one tip, and whether the comment would count."""

    met: list[LazyString]
    tip: LazyString
    counts: bool | None


def coach(judged: Judged | None) -> Coaching:
    """One tip at a time: what is missing first, and nothing but encouragement once nothing is."""
    if judged is None:
        return Coaching([], EMPTY, None)
    met = [MET[code] for code in judged.met if code in MET and code not in SILENT]
    moves = judged.verdict["moves"]
    met += [MET[move] for move in MOVES if moves.get(move) and MET[move] not in met]
    return Coaching(met, _tip(judged), judged.meets and judged.hold_reason is None)


def _tip(judged: Judged) -> LazyString:
    if judged.tip:
        return TIPS.get(judged.tip, TIPS["point.missing"])
    moves = judged.verdict["moves"]
    if moves.get("problem") and not moves.get("suggestion"):
        return FURTHER["suggestion"]
    return FURTHER["done"] if moves.get("reason") else FURTHER["reason"]


def tip_for(verdict: dict[str, object]) -> LazyString | None:
    """The words for the tip that is stored with a comment."""
    code = verdict.get("tip")
    return TIPS.get(code) if isinstance(code, str) else None
