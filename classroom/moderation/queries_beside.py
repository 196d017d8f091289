"""What waits for staff beside the queue: each kind has a page of its own, and is only counted here."""

from sqlalchemy import literal, select, union_all

from classroom.access import Actor
from classroom.boards.queries import held_counted
from classroom.core.db import db
from classroom.guidelines.queries_reports import reports_counted
from classroom.guidelines.queries_situations import situations_counted

KINDS = {"situations": situations_counted, "board_notes": held_counted, "reports": reports_counted}


def waiting_beside(actor: Actor, course_id: int) -> dict[str, int]:
    """How many of each kind wait in a course; one statement."""
    parts = []
    for kind, counted in KINDS.items():
        asked = counted(actor, course_id).subquery()
        parts.append(select(literal(kind).label("kind"), asked.c.many))
    return {row.kind: row.many for row in db.session.execute(union_all(*parts))}
