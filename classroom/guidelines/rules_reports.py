"""Pure rules of "I went too far": the window, and what is promised where a course says nothing else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l

HOURS = 72
FOLLOWS = _l(
    "You and I talk about it, you redo or mark the part that is not yours, and that is the end of it: it "
    "costs no grade and goes no further. If you tell me later than that, it still speaks for you, and we "
    "look together at what is right."
)


class NotYet(RuleBroken):
    """Nothing is told of tomorrow."""

    message = _l("That day is still to come.")


def window_end(happened_on: datetime, hours: int, zone: str) -> datetime:
    """So many hours after the end of that day, since nobody remembers the minute."""
    here = happened_on.astimezone(ZoneInfo(zone))
    next_day = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (next_day.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(here.tzinfo)


def check_happened(happened_on: datetime, at: datetime) -> None:
    if happened_on > at:
        raise NotYet
