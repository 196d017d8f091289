"""Reads of reminders by hand: who was reminded of a project, and when last."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind


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
