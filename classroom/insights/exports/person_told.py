"""What one person was told, what was decided about their work, and what they reported."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.course_record import about_what
from classroom.insights.exports.person_world import World, to_the_minute
from classroom.moderation.models import Flag, LogEntry
from classroom.moderation.queries import told_who
from classroom.notices.models import Group, Notice, Tending
from classroom.notices.rules import kinds_of
from classroom.notices.wording import words_of


def told_sheets(world: World) -> list[Sheet]:
    return [_notices(world), _tendings(world), _decisions(world), _reports(world)]


def _notices(world: World) -> Sheet:
    columns = {
        "at": _("when"),
        "course": _("the course"),
        "title": _("what you were told"),
        "line": _("what stood below it"),
    }
    return Sheet("news", _("What you were told."), columns, _notice_rows(world))


def _notice_rows(world: World) -> Iterator[Sequence[Any]]:
    asked = select(Notice).where(Notice.person_id == world.me, Notice.course_id.in_(world.courses))
    if world.actor.borrowed:  # taken out by staff: what someone follows is told to nobody
        asked = asked.where(Notice.kind.not_in(kinds_of({Group.FOLLOWED})))
    for (one,) in stream(asked.order_by(Notice.id)):
        words = words_of(one)
        yield to_the_minute(one.created_at), world.course(one.course_id), words.title, words.line


def _tendings(world: World) -> Sheet:
    columns = {
        "at": _("when"),
        "course": _("the course"),
        "kind": _("reminded or talked"),
        "text": _("what was written to you, or what staff noted of the talk"),
    }
    asked = select(Tending).where(Tending.person_id == world.me, Tending.course_id.in_(world.courses))
    rows = (
        (to_the_minute(one.at), world.course(one.course_id), one.kind, one.text)
        for (one,) in stream(asked.order_by(Tending.id))
    )
    return Sheet("staff_words", _("When staff reminded you by hand, or talked with you."), columns, rows)


def _decisions(world: World) -> Sheet:
    columns = {
        "at": _("when"),
        "subject": _("post, comment, reply, help or help_answer"),
        "subject_id": _("the id of that thing"),
        "before": _("its state before"),
        "after": _("its state after"),
        "by": _("who did it: the standard, you, a classmate, or staff by name"),
        "reason": _("why"),
        "note": _("what was said with it"),
        "clause": _("the number of the clause it rests on"),
        "guideline_version": _("the version of the guidelines in force"),
    }
    mine = (LogEntry.author_id == world.me, LogEntry.course_id.in_(world.courses))
    rows = (
        (
            to_the_minute(one.at),
            one.subject,
            thing,
            one.before,
            one.after,
            told_who(one, world.members[one.course_id], world.actor),
            one.reason,
            one.note,
            one.clause_number,
            one.guideline_version,
        )
        for one, thing in stream(about_what(LogEntry, *mine))
    )
    return Sheet("decisions", _("Every change of state of what you wrote."), columns, rows)


def _reports(world: World) -> Sheet:
    columns = {
        "subject": _("post, comment, reply, help or help_answer"),
        "subject_id": _("the id of that thing"),
        "reason": _("why"),
        "note": _("what you said"),
        "at": _("when"),
    }
    mine = (Flag.by_id == world.me, Flag.course_id.in_(world.courses))
    rows = (
        (one.subject, thing, one.reason, one.note, one.at) for one, thing in stream(about_what(Flag, *mine))
    )
    return Sheet("reports", _("What you reported; only staff know that it was you."), columns, rows)
