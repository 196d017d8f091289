"""Pure rules of nominating: two a week, with a reason, of a classmate's comment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom.celebrations.rules import WhyMissing
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l

A_WEEK = 2


class NoneLeft(RuleBroken):
    """Two a week, so that each is meant."""

    message = _l("You have nominated two comments this week. On Monday there are two again.")


class NotByAStudent(RuleBroken):
    """Staff are paid for theirs."""

    message = _l("Only comments by students are nominated.")


def week_of(moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From this Monday's first moment to the next one's, on the clocks of `zone`."""
    day = moment.astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    start, end = (
        datetime(one.year, one.month, one.day, tzinfo=zone) for one in (monday, monday + timedelta(days=7))
    )
    return start, end


def check_reason(why: str) -> None:
    if not why.strip():
        raise WhyMissing


def check_left(used: int) -> None:
    if used >= A_WEEK:
        raise NoneLeft
