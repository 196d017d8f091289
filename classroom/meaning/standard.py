"""A project's standard for comments, and the judgement of one comment by it."""

from dataclasses import dataclass

from classroom.meaning.verdict import LOOSE_POINTS, MOVES, NOT_OWN, TIED_POINTS, Finding, Verdict, best_words

HIGHEST_FLOOR = 150
_SHORTEST_ANCHORED = 3
_PLACES = ("specific.anchor", "specific.quoted", "specific.place", "specific.named", "specific.part")

TIPS = (
    "tone.attack",
    "tone.snark",
    "own.brief",
    "own.post",
    "own.earlier",
    "own.other",
    "own.filler",
    "point.restates",
    "point.why",
    "point.particular",
    "point.vague",
    "point.question",
    "point.missing",
    "place.missing",
    "place.tie",
    "need.praise",
    "need.problem",
    "need.suggestion",
    "need.question",
    "need.specific",
    "need.reason",
    "length.short",
)
_NEED_CODES = {
    "praise": ("praise.reasoned", "praise.untied", "praise.bare"),
    "problem": ("problem.named", "problem.untied"),
    "suggestion": ("suggestion.concrete", "suggestion.untied"),
    "question": ("question.genuine", "question.untied"),
    "reason": ("reason.given", "reason.argued"),
    "specific": _PLACES,
}
_OWN_TIPS = {
    "pasted.brief": "own.brief",
    "pasted.post": "own.post",
    "copied.earlier": "own.earlier",
    "copied.other": "own.other",
    "restates": "point.restates",
    "filler": "own.filler",
    "stuffing": "own.filler",
}
_POINT_TIPS = (
    ("praise.bare", "point.why"),
    ("suggestion.generic", "point.particular"),
    ("problem.vague", "point.vague"),
    ("question.empty", "point.question"),
    ("praise.generic", "point.why"),
)


@dataclass(frozen=True, slots=True)
class Standard:
    """What a project asks of a comment beyond the definition: a floor of words and further moves."""

    floor: int = 8
    needs: frozenset[str] = frozenset()

    def problems(self) -> tuple[str, ...]:
        """Why nobody, or nearly nobody, could meet it; empty when all is well."""
        found = []
        if self.floor < 0:
            found.append("floor.negative")
        if self.floor > HIGHEST_FLOOR:
            found.append("floor.high")
        if not self.needs <= set(MOVES):
            found.append("needs.unknown")
        if len(self.needs - {"specific"}) > 3:
            found.append("needs.many")
        return tuple(found)

    def possible(self) -> bool:
        return not self.problems()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One part of the standard: its code, whether it is met, and by which words."""

    code: str
    met: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a comment counts in a project, by which criteria, and the one next step."""

    counts: bool
    criteria: tuple[Criterion, ...]
    tip: str | None


def judge(verdict: Verdict, standard: Standard, anchored: bool) -> Judgement:
    """Measures a verdict by a project's standard."""
    if verdict.found("language.unknown"):
        return _judge_unread(verdict, standard)
    criteria = [_place(verdict, anchored=anchored), _point(verdict)]
    criteria += [_need(verdict, move) for move in MOVES if move in standard.needs]
    criteria.append(_own(verdict))
    if not _long_enough(verdict, standard, criteria, anchored=anchored):
        criteria.append(Criterion("length", met=False))
    return Judgement(all(c.met for c in criteria), tuple(criteria), _tip(verdict, criteria))


def _judge_unread(verdict: Verdict, standard: Standard) -> Judgement:
    """A text that the engine cannot read is held to the floor and to being its writer's own."""
    criteria = [_own(verdict)]
    if verdict.words_count < standard.floor:
        criteria.append(Criterion("length", met=False))
    return Judgement(all(c.met for c in criteria), tuple(criteria), _tip(verdict, criteria))


def _words(found: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(best_words(found))


def _place(verdict: Verdict, *, anchored: bool) -> Criterion:
    """Met where a point is made about something that the comment names, or where it is anchored."""
    named = verdict.found(*_PLACES)
    tied = verdict.found(*TIED_POINTS)
    loose = verdict.found(*LOOSE_POINTS)
    met = anchored or bool(tied) or bool(named and not loose)
    return Criterion("place", met, _words(named) if met else ())


def _point(verdict: Verdict) -> Criterion:
    found = verdict.found(*TIED_POINTS) or verdict.found(*LOOSE_POINTS)
    if verdict.found("doubt.empty"):
        return Criterion("point", False)
    return Criterion("point", bool(found), _words(found))


def _need(verdict: Verdict, move: str) -> Criterion:
    return Criterion(move, verdict.moves[move], _words(verdict.found(*_NEED_CODES[move])))


def _own(verdict: Verdict) -> Criterion:
    """A part taken over is no harm as long as a point of the writer's own stands beside it."""
    taken = verdict.found(*NOT_OWN)
    whole = any(one.code in ("copied.earlier", "copied.other", "stuffing") for one in taken)
    nothing_else = not verdict.found(*TIED_POINTS, *LOOSE_POINTS) or bool(verdict.found("doubt.empty"))
    met = not taken or not (whole or nothing_else)
    return Criterion("own", met, () if met else _words(taken))


def _long_enough(verdict: Verdict, standard: Standard, criteria: list[Criterion], *, anchored: bool) -> bool:
    if verdict.words_count >= standard.floor:
        return True
    met = all(criterion.met for criterion in criteria)
    return anchored and met and verdict.words_count >= min(_SHORTEST_ANCHORED, standard.floor)


def _tip(verdict: Verdict, criteria: list[Criterion]) -> str | None:
    """The one next step: first what hurts, then what is not one's own, then what is missing."""
    if verdict.hold:
        return f"tone.{verdict.tone}"
    missing = {criterion.code for criterion in criteria if not criterion.met}
    if "own" in missing:
        return _OWN_TIPS[verdict.found(*NOT_OWN)[0].code]
    if "point" in missing:
        return next((tip for code, tip in _POINT_TIPS if verdict.found(code)), "point.missing")
    if "place" in missing:
        return "place.tie" if verdict.found(*LOOSE_POINTS) else "place.missing"
    needed = next((c.code for c in criteria if not c.met and c.code in MOVES), None)
    if needed:
        return f"need.{needed}"
    return "length.short" if "length" in missing else None
