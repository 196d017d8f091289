"""Writes of celebrations: highlighting, the writer's consent, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from classroom.celebrations.models import Consent, Highlight
from classroom.celebrations.rules import check_celebratable, check_why
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce


@dataclass(frozen=True)
class Highlighted:
    """A comment is celebrated; its writer and its receiver are told why."""

    highlight_id: int
    comment_id: int
    course_id: int
    why: str


@dataclass(frozen=True)
class ConsentGiven:
    """The writer said under which name, or that it stays off the wall."""

    highlight_id: int
    course_id: int
    consent: Consent


def highlight(comment: Comment, by_id: int, *, why: str, moves: Sequence[str]) -> Highlight:
    """Celebrate a visible comment with the reason why; a second press changes the reason."""
    check_celebratable(comment)
    check_why(why, moves)
    there = db.session.scalar(select(Highlight).where(Highlight.comment_id == comment.id))
    if there is not None:
        there.why, there.moves, there.withdrawn_at = why, list(moves), None
        return there
    made = Highlight(
        course_id=comment.course_id,
        project_id=comment.project_id,
        comment_id=comment.id,
        by_id=by_id,
        why=why,
        moves=list(moves),
    )
    db.session.add(made)
    db.session.flush()
    announce(Highlighted(made.id, comment.id, comment.course_id, why))
    return made


def answer(made: Highlight, consent: Consent) -> None:
    """The writer's yes or no, which they may change at any time."""
    made.consent, made.consent_at = consent, now()
    db.session.flush()
    announce(ConsentGiven(made.id, made.course_id, consent))


def take_back(made: Highlight) -> None:
    """The instructor no longer celebrates it."""
    made.withdrawn_at = now()
    db.session.flush()


def celebrate_again(made: Highlight) -> None:
    """Undo that; what is not visible any more is not celebrated."""
    check_celebratable(made.comment)
    made.withdrawn_at = None
    db.session.flush()
