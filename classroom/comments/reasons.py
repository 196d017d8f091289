"""Pure rules of the quick reasons: which there are, how they are said, and how many go with one comment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from classroom.comments.models import ReasonKind
from classroom.core.errors import RuleBroken
from classroom.core.i18n import LazyString, _l

MOST = 3
NOT_YET = frozenset({ReasonKind.TOO_VAGUE, ReasonKind.NOT_UNDERSTOOD})
WORDS: dict[ReasonKind, LazyString] = {
    ReasonKind.SHOWED_WHERE: _l("showed me where"),
    ReasonKind.TOLD_WHY: _l("told me why"),
    ReasonKind.NEXT_STEP: _l("gave me a next step"),
    ReasonKind.MADE_ME_THINK: _l("made me think"),
    ReasonKind.TOO_VAGUE: _l("too vague to use yet"),
    ReasonKind.NOT_UNDERSTOOD: _l("I did not understand it"),
}


@dataclass(frozen=True)
class Choice:
    """One reason as its receiver sees it. `told`: its writer has been told, so it stands."""

    kind: ReasonKind
    words: str
    given: bool
    told: bool


def choices(given: Mapping[ReasonKind, bool]) -> tuple[Choice, ...]:
    """All reasons, with those given (and whether their writer was told); only these once three are."""
    offered = given if len(given) >= MOST else WORDS
    return tuple(
        Choice(kind, str(words), kind in given, given.get(kind, False))
        for kind, words in WORDS.items()
        if kind in offered
    )


class ThreeAreGiven(RuleBroken):
    """Three say enough."""

    message = _l("You have given three reasons for this comment. Take one back first.")


class AlreadyTold(RuleBroken):
    """Taking one back alone would show whose it was."""

    message = _l("The writer has been told of this one, among others'. It stays: nobody is to be recognised.")


def check_one_more(given: Collection[ReasonKind]) -> None:
    if len(given) >= MOST:
        raise ThreeAreGiven
