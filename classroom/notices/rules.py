"""Pure rules of mail: which news belong together, when a letter is tried again, at which hour it comes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from classroom.notices.models import Group, NoticeKind, Way
from classroom.projects.dates import read

GROUP_OF: dict[NoticeKind, Group | None] = {
    NoticeKind.PROJECT_OPENED: Group.ASKED,
    NoticeKind.ASKED_TO_COMMENT: Group.ASKED,
    NoticeKind.MORE_TIME: Group.ASKED,
    NoticeKind.REMINDED: Group.SOON,
    NoticeKind.POST_SOON: Group.SOON,
    NoticeKind.COMMENT_SOON: Group.SOON,
    NoticeKind.RETURNED: Group.CAME_BACK,
    NoticeKind.REMOVED: Group.CAME_BACK,
    NoticeKind.UNDONE: Group.CAME_BACK,
    NoticeKind.HELP_BACK: Group.CAME_BACK,
    NoticeKind.COMMENT_RECEIVED: Group.TALK,
    NoticeKind.REPLIED: Group.TALK,
    NoticeKind.APPROVED: Group.TALK,
    NoticeKind.RESTORED: Group.TALK,
    NoticeKind.COUNTED: Group.TALK,
    NoticeKind.NOT_COUNTED: Group.TALK,
    NoticeKind.SEEN_OTHERWISE: Group.TALK,
    NoticeKind.HELP_ANSWERED: Group.HELP,
    NoticeKind.HELP_HELPED: Group.TALK,
    NoticeKind.HELP_SHOWN: Group.TALK,
    NoticeKind.TOO_FAR_SAID: Group.TALK,
    NoticeKind.TOO_FAR_ANSWERED: Group.TALK,
    NoticeKind.ADVICE_ANSWERED: Group.TALK,
    NoticeKind.PLAN_REPLIED: Group.TALK,
    NoticeKind.HIGHLIGHT_WRITER: Group.CELEBRATED,
    NoticeKind.HIGHLIGHT_RECEIVER: Group.CELEBRATED,
    NoticeKind.ANNOUNCED: Group.SAID,
    NoticeKind.FOLLOWED_POST: Group.FOLLOWED,
    NoticeKind.FOLLOWED_TALK: Group.FOLLOWED,
    NoticeKind.BOARD_OPENED: Group.BOARDS,
    NoticeKind.BOARD_REVEALED: Group.BOARDS,
    NoticeKind.POSTED: Group.RECEIPTS,
    NoticeKind.HELD: None,  # told at once on the page, to whoever has just pressed the button
}
DEFAULT: dict[Group, Way] = {
    Group.ASKED: Way.NOW,
    Group.SOON: Way.NOW,
    Group.CAME_BACK: Way.NOW,
    Group.HELP: Way.NOW,
    Group.TALK: Way.DAILY,
    Group.CELEBRATED: Way.DAILY,
    Group.SAID: Way.NOW,
    Group.FOLLOWED: Way.DAILY,
    Group.BOARDS: Way.DAILY,
    Group.RECEIPTS: Way.NOW,
}
MORNING = time(7)
AFTERNOON = time(16)
EVENING = time(22)
# After the first failure, the second …; together a day, since many a server comes back overnight.
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 4 * 60, 6 * 60, 12 * 60))
STALE = timedelta(days=3)  # a letter that is overdue for so long is not sent any more; the news stand here


def kinds_of(groups: "set[Group]") -> list[NoticeKind]:
    return [kind for kind, group in GROUP_OF.items() if group in groups]


def wait_after(attempts: int) -> timedelta | None:
    """How long a letter rests that was tried so often; None: it is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def next_morning(after: datetime, zone: ZoneInfo) -> datetime:
    """The next time that a wall in `zone` shows seven, later than `after`."""
    here = after.astimezone(zone)
    days = 0 if here.time() < MORNING else 1
    return read(datetime.combine(here.date() + timedelta(days=days), MORNING), zone).moment


def next_monday(after: datetime, zone: ZoneInfo) -> datetime:
    """The same on the next Monday."""
    morning = next_morning(after, zone).astimezone(zone)
    day = morning.date() + timedelta(days=-morning.weekday() % 7)
    return read(datetime.combine(day, MORNING), zone).moment


def after_the_night(moment: datetime, zone: ZoneInfo) -> datetime:
    """Now, or at seven if it is night in `zone`."""
    here = moment.astimezone(zone).time()
    return moment if MORNING <= here < EVENING else next_morning(moment, zone)


def not_at_night(kind: NoticeKind, moment: datetime, zone: ZoneInfo) -> datetime:
    """When a letter of this kind may go. Whoever posts at night is awake, and waits for the receipt."""
    return moment if kind is NoticeKind.POSTED else after_the_night(moment, zone)


def first_try(way: Way, kind: NoticeKind, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """When a letter is to be sent."""
    at_once = not_at_night(kind, moment, zone)
    tries = {Way.NOW: at_once, Way.DAILY: next_morning(moment, zone), Way.WEEKLY: next_monday(moment, zone)}
    return tries.get(way)


def reminder_at(due: datetime, zone: ZoneInfo) -> datetime:
    """The afternoon of the day before: not in anyone's night, and with an evening left."""
    day = due.astimezone(zone).date() - timedelta(days=1)
    return read(datetime.combine(day, AFTERNOON), zone).moment
