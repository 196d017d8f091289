"""Building the demo: the same class each time for the same seed and day, through commands only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from classroom.cli.demo.people import Cast, draw_the_line, gather
from classroom.cli.demo.projects import post_works, revise_works, set_up
from classroom.cli.demo.reading import Calendar
from classroom.cli.demo.talk import Talk
from classroom.core import ids
from classroom.core.db import db, writing
from classroom.core.events import forget_waiting
from classroom.notices.commands import NoticesToMail
from classroom.notices.listeners import mail_notices
from classroom.notices.models import Notice

INSTRUCTOR, SEED = "okafor", 24


@dataclass(frozen=True)
class Built:
    """What was made."""

    course_id: str
    cast: Cast


def build(present: datetime, seed: int = SEED) -> Built:
    """Make the demo class as it stands at `present`; commits once, at the end."""
    calendar = Calendar(present, ZoneInfo("Europe/Berlin"))
    with writing(), ids.seeded(seed):
        cast = gather(calendar)
        draw_the_line(cast, INSTRUCTOR)
        for number in (1, 2, 3):
            project = set_up(cast, number, INSTRUCTOR)
            post_works(cast, number, project)
            if number < 3:
                talk = Talk(cast, number, project, INSTRUCTOR)
                talk.hold_it()
                revise_works(cast, number, project)
                talk.answer_it()
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
