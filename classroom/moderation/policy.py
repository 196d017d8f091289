"""Who may do what in moderation."""

from sqlalchemy import ColumnElement

from classroom.access import STAFF, Actor, Kind, rule
from classroom.courses.policy import in_care_of
from classroom.moderation.models import Case
from classroom.moderation.subjects import Row


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Cases about what students in the actor's care wrote."""
    return in_care_of(actor, Case.course_id, Case.author_id)


@rule("case:decide", STAFF)
def may_decide(actor: Actor, case: Case) -> bool:
    """Staff in whose care the writer is."""
    return actor.teaches(case.course_id)


@rule("subject:record", STAFF | {Kind.AUTHOR})
def may_see_record(actor: Actor, row: Row) -> bool:
    """Its writer, and staff in whose care the writer is: every decision with time, reason and clause."""
    return row.author_id == actor.person_id or actor.teaches(row.course_id)


@rule("subject:flag", frozenset({Kind.RECEIVER, Kind.CLASSMATE}))
def may_flag(actor: Actor, row: Row) -> bool:
    """Students, for what others wrote; who reported is told to staff only."""
    return actor.studies(row.course_id) and row.author_id != actor.person_id


@rule("subject:moderate", STAFF)
def may_moderate(actor: Actor, row: Row) -> bool:
    """Staff in whose care the writer is return, remove and restore; nobody rewrites in a student's name."""
    return actor.teaches(row.course_id) and row.author_id != actor.person_id
