"""The great comments of one week of a course."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations import queries
from classroom.celebrations.queries_week import great_between
from classroom.celebrations.rules_nominations import week_of
from classroom.celebrations.views import bp
from classroom.core.clock import now
from classroom.courses.models import Course
from classroom.courses.queries import course_for


@bp.get("/courses/<course_id>/great-comments/week")
@allow("course:see", course_for)
def week(actor: Actor, course: Course) -> ResponseReturnValue:
    """This week, or the one that `?of=2026-11-23` lies in; none that is still to come."""
    zone = ZoneInfo(course.zone)
    this, _end = week_of(now(), zone)
    start, end = week_of(_asked(zone) or now(), zone)
    if start > this:
        start, end = week_of(now(), zone)
    chosen = great_between(actor, course, start, end)
    return render_template(
        "celebrations/week.html",
        course=course,
        start=start,
        last=end - timedelta(hours=12),
        current=start == this,
        cards=queries.cards_of(actor, course, chosen),
        earlier=_address(course, start - timedelta(hours=12)) if start > course.created_at else None,
        later=_address(course, end) if start < this else None,
    )


def _asked(zone: ZoneInfo) -> datetime | None:
    try:
        day = date.fromisoformat(request.args.get("of", ""))
    except ValueError:
        return None
    near = 1 < day.year < date.max.year
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone) if near else None


def _address(course: Course, moment: datetime) -> str:
    return url_for(".week", course_id=course.public_id, of=moment.date().isoformat())
