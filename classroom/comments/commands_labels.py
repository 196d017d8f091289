"""Writes of what people decided about the rules: labels, and rules that rest."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from classroom.comments.complaints import PASSED, Complaint, complaints, respecting
from classroom.comments.models import Comment, Label, RuleRest, Standing
from classroom.comments.queries_labels import rest_of, rested_in
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import public_id

JUST_NOW = timedelta(minutes=3)  # what an undo takes back is not older


def label(comment: Comment, *, fine: bool, holds: bool, by_id: int) -> int:
    """Keep a decision for each complaint of that kind; how many there were."""
    decided = [one for one in complaints(comment.verdict) if one.holds == holds]
    decided = decided or ([] if holds else [Complaint(PASSED)])
    act = public_id()
    for one in decided:
        db.session.add(
            Label(
                course_id=comment.course_id,
                comment_id=comment.id,
                code=one.code[:60],
                words=one.words,
                fine=fine,
                holds=holds,
                act=act,
                by_id=by_id,
            )
        )
    db.session.flush()
    return len(decided)


def unlabel(comment_id: int, *, holds: bool) -> None:
    """Undo the decision that was just made; the one before it holds again."""
    last = db.session.scalar(
        select(Label.act)
        .where(Label.comment_id == comment_id, Label.holds == holds, Label.at >= now() - JUST_NOW)
        .order_by(Label.id.desc())
        .limit(1)
    )
    if last is not None:
        db.session.execute(delete(Label).where(Label.act == last, Label.comment_id == comment_id))


def rest_rule(course_id: int, code: str, by_id: int) -> list[int] | None:
    """Judge by this rule no more. Answers the comments that count from now on; None: it rests already.

    What waits for a person already goes on waiting: somebody is asked.
    """
    try:
        with db.session.begin_nested():
            db.session.add(RuleRest(course_id=course_id, code=code, by_id=by_id))
    except IntegrityError:
        return None
    rested = rested_in(course_id)
    freed = []
    for comment_id, verdict in _not_counting(course_id):
        if not verdict.get("criteria"):
            continue
        again = respecting(verdict, rested)
        if again["criteria"] == verdict["criteria"]:
            continue
        standing = Standing.COUNTS if again["counts"] else Standing.NOT_YET
        _set(comment_id, verdict=again, standing=standing)
        freed += [comment_id] if again["counts"] else []
    return freed


def bring_rule_back(course_id: int, code: str, by_id: int) -> bool:
    """Judge by it again, from now on: what counts meanwhile goes on counting."""
    rest = rest_of(course_id, code)
    if rest is None:
        return False
    rest.ended_at, rest.ended_by_id = now(), by_id
    db.session.flush()
    return True


def unrest(course_id: int, code: str, by_id: int, freed: Sequence[int]) -> bool:
    """Undo a rest that has just begun: what it let count does not count yet, as before."""
    if not bring_rule_back(course_id, code, by_id):
        return False
    asked = select(Comment.id, Comment.verdict).where(
        Comment.course_id == course_id, Comment.id.in_(freed), Comment.standing == Standing.COUNTS
    )
    for comment_id, verdict in db.session.execute(asked).all():
        if "unrested" in verdict:
            _set(comment_id, verdict=verdict["unrested"], standing=Standing.NOT_YET)
    return True


def _not_counting(course_id: int) -> Sequence[tuple[int, dict[str, object]]]:
    asked = select(Comment.id, Comment.verdict).where(
        Comment.course_id == course_id, Comment.standing == Standing.NOT_YET, Comment.posted_at.is_not(None)
    )
    return [(row.id, row.verdict) for row in db.session.execute(asked)]


def _set(comment_id: int, **values: object) -> None:
    """Past the version: nobody's text has changed, so nobody who is rewriting it loses to this."""
    db.session.execute(update(Comment).where(Comment.id == comment_id).values(**values))
