"""Which clauses decisions rested on, as figures without anyone in them."""

from collections import Counter

from sqlalchemy import func, select

from classroom.core.db import db
from classroom.moderation.models import LogEntry
from classroom.posts.states import UNDONE, State


def clauses_cited(course_id: int) -> Counter[tuple[int, int]]:
    """How often something was returned or removed by a clause, by (version, number) as they were then."""
    rows = db.session.execute(
        select(LogEntry.guideline_version, LogEntry.clause_number, func.count().label("many"))
        .where(
            LogEntry.course_id == course_id,
            LogEntry.after.in_((State.RETURNED, State.REMOVED)),
            LogEntry.reason != UNDONE,
            LogEntry.clause_number.is_not(None),
            LogEntry.guideline_version.is_not(None),
        )
        .group_by(LogEntry.guideline_version, LogEntry.clause_number)
    )
    return Counter({(version, number): many for version, number, many in rows if version and number})
