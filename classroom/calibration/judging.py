"""A comment on a sample, measured by the project's standard: by criterion what was found, and the words."""

from typing import Any

from classroom.meaning import MOVES, Standard, assess, judge
from classroom.projects.models import Project
from classroom.projects.rules import standard_of

SHOWN = ("place", "point", *(move for move in MOVES if move != "specific"))


def asked_in(project: Project) -> list[str]:
    """The criteria that this project asks every comment to meet, in the order in which they are shown."""
    needs = {"place" if move == "specific" else move for move in project.needs}
    return [code for code in SHOWN if code in needs | {"place", "point"}]


def measured(body: str, *, project: Project, post_text: str, quote: str | None) -> dict[str, Any]:
    """Every criterion with what was found, also those that the project does not ask for."""
    verdict = assess(body, post=post_text, brief=project.brief_text, quote=quote)
    anchored = bool(quote and quote.strip())
    own = judge(verdict, standard_of(project), anchored)
    wide = judge(verdict, Standard(0, frozenset(MOVES)), anchored)
    found = {one.code: {"met": one.met, "words": list(one.words)} for one in wide.criteria}
    return {
        "found": {code: found[code] for code in SHOWN if code in found},
        "missed": [code for code in asked_in(project) if code in found and not found[code]["met"]],
        "read": any(code in found for code in SHOWN),
        "counts": own.counts,
        "tip": own.tip,
        "hold": verdict.hold,
    }
