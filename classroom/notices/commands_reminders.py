"""Writes of reminders by hand: only to those who owe something that they can do now."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from classroom.comments.participation import Participant, Where
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import public_id
from classroom.notices.commands import tell
from classroom.notices.models import NoticeKind, Tending, TendingKind
from classroom.notices.queries_reminders import last_reminded, times_reminded
from classroom.projects.models import Project
from classroom.projects.rules import Phase

MOST = 3  # reminders for one phase, those that come by themselves counted


@dataclass(frozen=True)
class Reminding:
    """Whom a reminder reaches, and who is left alone and why."""

    told: tuple[Participant, ...] = ()
    done: tuple[Participant, ...] = ()
    waiting: tuple[Participant, ...] = ()
    closed: tuple[Participant, ...] = ()
    today: tuple[Participant, ...] = ()
    enough: tuple[Participant, ...] = ()

    @property
    def all(self) -> int:
        return sum(map(len, (self.told, self.done, self.waiting, self.closed, self.today, self.enough)))


def plan_reminder(project: Project, people: Sequence[Participant]) -> Reminding:
    """Nobody is reminded of what is done, of what waits for others, or twice on one day, or a fourth time."""
    groups: dict[str, list[Participant]] = defaultdict(list)
    ids = [one.member.person_id for one in people]
    last, times = last_reminded(project.id, ids), times_reminded(project, ids)
    zone, at = ZoneInfo(project.course.zone), now()
    for one in people:
        group = _group(one, last.get(one.member.person_id), at, zone)
        if group == "told" and _often(one, times[one.member.person_id]):
            group = "enough"
        groups[group].append(one)
    return Reminding(**{name: tuple(rows) for name, rows in groups.items()})


def _group(one: Participant, last: datetime | None, at: datetime, zone: ZoneInfo) -> str:
    if one.where is Where.DONE:
        return "done"
    if one.where is Where.WAITING:
        return "waiting"
    if not one.can_act:
        return "closed"
    again = last is not None and last.astimezone(zone).date() == at.astimezone(zone).date()
    return "today" if again else "told"


def _often(one: Participant, times: Counter[Phase]) -> bool:
    """Three times for each phase in which something is still open."""
    open_phases = {Phase.POST: one.owes_post, Phase.COMMENT: one.owes_comments > 0}
    return all(times[phase] >= MOST for phase, is_open in open_phases.items() if is_open)


def remind(project: Project, people: Sequence[Participant], text: str, *, by_id: int) -> Reminding:
    """Tell those whom `plan_reminder` finds, with the words of whoever writes to them.

    The day is in the key, so a second press tells nobody again.
    """
    found = plan_reminder(project, people)
    day = now().astimezone(ZoneInfo(project.course.zone)).date().isoformat()
    said: dict[str, Any] = {"text": text} if text else {}
    owed: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for one in found.told:
        owed[one.owes_post, one.owes_comments].append(one.member.person_id)
    for (post, comments), person_ids in sorted(owed.items()):
        tell(
            project.course_id,
            person_ids,
            NoticeKind.REMINDED,
            f"reminded:{project.id}:{day}",
            project=project.public_id,
            project_title=project.title,
            owes_post=post,
            owes_comments=comments,
            **said,
        )
    press = public_id()
    db.session.add_all(
        Tending(
            course_id=project.course_id,
            project_id=project.id,
            person_id=one.member.person_id,
            by_id=by_id,
            kind=TendingKind.REMINDED,
            text=text,
            press=press,
        )
        for one in found.told
    )
    db.session.flush()
    return found
