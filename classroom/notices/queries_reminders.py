"""Reads of reminders by hand: who was reminded of a project, and when last."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind
from classroom.projects.models import Project
from classroom.projects.rules import Phase


def last_reminded(project_id: int, person_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people was reminded of the project last; those who never were are left out."""
    rows = db.session.execute(
        select(Notice.person_id, func.max(Notice.created_at))
        .where(
            Notice.person_id.in_(person_ids),
            Notice.kind == NoticeKind.REMINDED,
            Notice.key.startswith(f"reminded:{project_id}:"),
        )
        .group_by(Notice.person_id)
    )
    return dict(list(rows))


def times_reminded(project: Project, person_ids: Collection[int]) -> dict[int, Counter[Phase]]:
    """How often each was reminded of posting and of commenting, by hand or by itself."""
    soon = {NoticeKind.POST_SOON: Phase.POST, NoticeKind.COMMENT_SOON: Phase.COMMENT}
    rows = db.session.execute(
        select(Notice.person_id, Notice.kind, Notice.details).where(
            Notice.course_id == project.course_id,
            Notice.person_id.in_(person_ids),
            Notice.kind.in_([NoticeKind.REMINDED, *soon]),
            Notice.details["project"].as_string() == project.public_id,
        )
    )
    times: dict[int, Counter[Phase]] = defaultdict(Counter)
    for person_id, kind, details in rows:
        by_hand = {Phase.POST: details.get("owes_post"), Phase.COMMENT: details.get("owes_comments")}
        phases = [soon[kind]] if kind in soon else [phase for phase, owed in by_hand.items() if owed]
        times[person_id].update(phases)
    return times
