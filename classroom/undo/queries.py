"""Reads of undoing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from classroom.access import Actor
from classroom.core.db import db
from classroom.undo.models import Undo
from classroom.undo.policy import visible_to


def undo_for(actor: Actor, undo_id: str) -> Undo | None:
    """One's own act, held while it is taken back: of two presses one does it."""
    return db.session.scalar(
        select(Undo).where(Undo.public_id == undo_id, visible_to(actor)).with_for_update(key_share=True)
    )


def kept_in(act: str) -> Sequence[dict[str, Any]]:
    """What acts of one kind keep that can still be taken back."""
    return db.session.scalars(select(Undo.kept).where(Undo.act == act, Undo.used_at.is_(None))).all()
