"""Pure rules of questions without a name: when, how many, and whose names must not stand in an example."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from statistics import median_low
from zoneinfo import ZoneInfo

from classroom.core.errors import RuleBroken, TooMuch
from classroom.core.i18n import _, _l, _n
from classroom.guidelines.models import SituationState

MOST_OPEN = 60  # in one course
MOST_A_DAY = 5  # from one browser
MOST_ASKED_BACK = 4
ENOUGH = 3  # so few answers say nothing of how long they take


class TooManyOpen(TooMuch):
    """Nobody is known here, so what is bounded is how many wait."""

    message = _l("Very many questions wait just now. Please keep yours, and ask it tomorrow.")


class EnoughToday(TooMuch):
    """A browser asks a few times a day."""

    message = _l("Five questions a day can be asked from one browser. Please keep this one for tomorrow.")


class NotNow(RuleBroken):
    """Asking back goes with an answer."""

    message = _l("You can ask back once there is an answer, and four times in all.")


class Recognised(RuleBroken):
    """An example names someone of the class."""

    message = _l("Somebody of this class is named in it.")


def day_of(moment: datetime, zone: str) -> datetime:
    """The first moment of that day in `zone`: all that is kept of when something was asked."""
    here = ZoneInfo(zone)
    return datetime.combine(moment.astimezone(here).date(), time(0), here)


def check_open(waiting: int) -> None:
    if waiting >= MOST_OPEN:
        raise TooManyOpen


def check_asking_back(state: SituationState, asked_back: int) -> None:
    if state is not SituationState.ANSWERED or asked_back >= MOST_ASKED_BACK:
        raise NotNow


def usual_days(spans: Sequence[tuple[datetime, datetime]], zone: str) -> int | None:
    """The middle one of how many days answers took; None where there are too few."""
    here = ZoneInfo(zone)
    days = [(end.astimezone(here).date() - start.astimezone(here).date()).days for start, end in spans]
    return max(0, median_low(days)) if len(days) >= ENOUGH else None


def usual_words(days: int | None) -> str:
    """How long an answer takes, in plain words; empty where that is not known."""
    if days is None:
        return ""
    if days < 2:
        return [_("usually answered on the same day"), _("usually answered by the next day")][days]
    return _n("usually answered within %(num)s day", "usually answered within %(num)s days", days)


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of these people's names, or parts of them, stand in a text as whole words with their capitals."""
    said = set(re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text))
    parts = {part for name in names for part in name.split() if len(part) > 2 and part[0].isupper()}
    return sorted(said & parts)
