"""Writes of the quick reasons: saying one, and taking it back while its writer has not been told."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from classroom.comments import rules
from classroom.comments.models import Comment, Reason, ReasonKind
from classroom.comments.reasons import AlreadyTold, check_one_more
from classroom.core.db import db
from classroom.posts.states import State


def say(comment: Comment, person_id: int, kind: ReasonKind) -> None:
    """One press by the receiver; pressing twice says it once. Nothing is announced: nobody is told now."""
    if comment.state is not State.VISIBLE:
        raise rules.NotToAnswer
    given = _given(comment, person_id)
    if kind in given:
        return
    check_one_more(given)
    try:
        with db.session.begin_nested():
            db.session.add(
                Reason(course_id=comment.course_id, comment_id=comment.id, person_id=person_id, kind=kind)
            )
    except IntegrityError:
        return  # another tab was first


def take_back(comment: Comment, person_id: int, kind: ReasonKind) -> None:
    """As if it had not been said; not once the writer was told, who would see whose went."""
    one = _given(comment, person_id).get(kind)
    if one is None:
        return
    if one.told_at is not None:
        raise AlreadyTold
    db.session.delete(one)
    db.session.flush()


def _given(comment: Comment, person_id: int) -> dict[ReasonKind, Reason]:
    rows = db.session.scalars(
        select(Reason).where(Reason.comment_id == comment.id, Reason.person_id == person_id)
    )
    return {one.kind: one for one in rows}
