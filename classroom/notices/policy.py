"""Who reads and who writes announcements."""

from sqlalchemy import ColumnElement, and_, exists, or_

from classroom.access import MEMBERS, STAFF, Actor, Kind, rule
from classroom.courses.models import Course
from classroom.notices.models import Announcement, Notice, Tending

SAID = "said:"  # how the keys of their notices begin


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """What the whole course was told; what one was told oneself; what one said."""
    told = exists().where(
        Notice.person_id == actor.person_id,
        Notice.key == SAID + Announcement.public_id,
    )
    mine = Announcement.by_id == actor.person_id
    led = [course_id for course_id in actor.courses() if actor.leads(course_id)]
    return and_(
        Announcement.course_id.in_(actor.courses()),
        or_(Announcement.to_all, told, mine, Announcement.course_id.in_(led)),
    )


@rule("announcement:see", MEMBERS)
def may_see(actor: Actor, said: Announcement) -> bool:
    """Everyone in the course what all were told; what some were told, they, who said it, and instructors."""
    return actor.belongs(said.course_id)


@rule("announcement:make", STAFF | {Kind.OTHER_ASSISTANT})
def may_announce(actor: Actor, course: Course) -> bool:
    """Staff, to the students in their care."""
    return actor.teaches(course.course_id)


@rule("tending:unsay", STAFF)
def may_unsay(actor: Actor, made: Tending) -> bool:
    """Staff take back what they noted themselves."""
    return actor.teaches(made.course_id) and made.by_id == actor.person_id
