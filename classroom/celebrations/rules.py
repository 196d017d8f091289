"""Pure rules of celebrations: what may be celebrated, and that the reason is said."""

from collections.abc import Mapping, Sequence
from typing import Any

from classroom.celebrations.models import Consent, Highlight
from classroom.comments.models import Comment
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _, _l
from classroom.posts.states import State

MOVES = ("specific", "praise", "reason", "problem", "suggestion", "question")
ON_WALL = frozenset({Consent.NAME, Consent.PSEUDONYM})


class NotVisible(RuleBroken):
    """Only what its receiver can read is celebrated."""

    message = _l("This comment is not visible, so it cannot be celebrated now.")


class WhyMissing(RuleBroken):
    """Praise without a reason teaches nobody."""

    message = _l("Say why it is great: that is what others learn from.")


class MoveMissing(RuleBroken):
    """The wall is filtered by move."""

    message = _l("Choose at least one thing that it does.")


def check_celebratable(comment: Comment) -> None:
    if comment.state is not State.VISIBLE:
        raise NotVisible


def check_why(why: str, moves: Sequence[str]) -> None:
    if not why.strip():
        raise WhyMissing
    if not moves or set(moves) - set(MOVES):
        raise MoveMissing


def is_on_wall(made: Highlight, comment: Comment) -> bool:
    """Consented, not taken back, and still visible."""
    return made.withdrawn_at is None and made.consent in ON_WALL and comment.state is State.VISIBLE


def moves_in(verdict: Mapping[str, Any]) -> list[str]:
    """What the engine found that a comment does, in the order of the lesson."""
    found = verdict.get("moves", {})
    return [move for move in MOVES if found.get(move)]


def move_words(move: str) -> str:
    """How a move is said on the wall."""
    return {
        "specific": _("Names a place"),
        "praise": _("Sees a strength"),
        "reason": _("Says why"),
        "problem": _("Finds a problem"),
        "suggestion": _("Offers a next step"),
        "question": _("Asks"),
    }[move]
