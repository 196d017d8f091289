"""Building the demo: the same class each time for the same seed and day, through commands only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from classroom.core import ids
from classroom.core.db import db, writing
from classroom.core.events import forget_waiting
from classroom.core.ids import digest
from classroom.notices.commands import NoticesToMail
from classroom.notices.listeners import mail_notices
from classroom.notices.models import Notice
from classroom.sample.commands import stage
from classroom.sample.people import Cast
from classroom.sample.reading import Calendar

SEED = 24


@dataclass(frozen=True)
class Built:
    """What was made."""

    course_id: str
    cast: Cast


def build(present: datetime, seed: int = SEED) -> Built:
    """Make the demo class as it stands at `present`; commits once, at the end."""
    with writing(), ids.seeded(seed):
        # The same pseudonyms for the same seed; elsewhere a project's secret is one.
        cast = stage(Calendar(present, ZoneInfo("Europe/Berlin")), secret=lambda name: digest(f"demo {name}"))
        recent = _settle_notices(present)
        forget_waiting()
        course_id = cast.course.public_id
        db.session.commit()
    mail_notices(NoticesToMail(recent))
    return Built(course_id, cast)


def _settle_notices(present: datetime) -> tuple[int, ...]:
    """What was told days ago was seen; what was told today is new, and its letters lie in the mail."""
    db.session.execute(
        update(Notice).where(Notice.created_at < present - timedelta(hours=30)).values(seen_at=present)
    )
    return tuple(
        db.session.scalars(
            select(Notice.id)
            .where(Notice.by_mail, Notice.created_at > present - timedelta(hours=30))
            .limit(20)
        )
    )
