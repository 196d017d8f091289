"""Who takes back what."""

from sqlalchemy import ColumnElement

from classroom.access import SIGNED_IN, Actor, rule
from classroom.undo.models import Undo


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own acts."""
    return Undo.person_id == actor.person_id


@rule("undo:own", SIGNED_IN)
def may_undo(_actor: Actor, _done: Undo) -> bool:
    """Whoever did it, for two minutes; the rule of what it undoes is asked as well."""
    return True
