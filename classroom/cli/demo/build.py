"""Building the demo: the same class each time for the same seed and day, through commands only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from classroom.cli.worker import send_due
from classroom.core import clock, ids
from classroom.core.db import db, writing
from classroom.core.events import forget_waiting
from classroom.core.ids import digest
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
        _settle_notices(present)
        forget_waiting()
        course_id = cast.course.public_id
        db.session.commit()
    with clock.at(present):
        send_due()
    return Built(course_id, cast)


def _settle_notices(present: datetime) -> None:
    """What was told days ago was seen and mailed; what was told today is new, and its letters go out."""
    db.session.execute(
        update(Notice)
        .where(Notice.created_at < present - timedelta(hours=30))
        .values(seen_at=present, sent_at=Notice.try_at, try_at=None)
    )
