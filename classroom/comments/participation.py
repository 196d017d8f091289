"""Where one student stands in a project, and who of a class needs somebody's attention first: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from classroom.courses.queries import Member
from classroom.posts.states import State
from classroom.projects.models import Extension, Project
from classroom.projects.rules import Phase, is_closed, is_open, is_over

HANDED_IN = frozenset({State.VISIBLE, State.HELD, State.REMOVED})


class Where(StrEnum):
    """How far a student is. `WAITING`: all that is left for them to do waits for someone else."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"


class Show(StrEnum):
    """Which of the students are listed; the last two cut across the others."""

    ALL = ""
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"
    LATE = "late"
    UNPOSTED = "unposted"


ATTENTION = (Where.WAITING, Where.NOT_STARTED, Where.IN_PROGRESS, Where.DONE)


@dataclass(frozen=True)
class Work:
    """What a student has done so far. `given` comments count, `held` of them wait for a person; the last
    that counts was sent at `commented_at`.

    `asked`: posts named to them on which they have not begun. `can_read`: there is a post that they could
    comment on now. `to_mend`: own comments that came back or do not count yet, and drafts.
    """

    post: State | None = None
    post_id: str | None = None
    posted_at: datetime | None = None
    posted_late: bool = False
    revised: bool = False
    revised_at: datetime | None = None
    commented_at: datetime | None = None
    given: int = 0
    held: int = 0
    returned: int = 0
    to_mend: int = 0
    wanted: int = 0
    received: int = 0
    asked: int = 0
    can_read: bool = False
    last_at: datetime | None = None


@dataclass(frozen=True)
class Participant:
    """One student in one project, as the staff who tend them see it."""

    member: Member
    work: Work
    where: Where
    late: bool
    owes_post: bool
    owes_comments: int
    can_act: bool
    extension: Extension | None = None

    @property
    def posted(self) -> bool:
        return self.work.post in HANDED_IN

    def finished(self, phase: Phase) -> bool:
        """More time would change nothing for them."""
        if phase is Phase.REVISE:
            return self.work.revised
        return self.posted if phase is Phase.POST else not self.owes_comments


def participant(
    project: Project, member: Member, work: Work, at: datetime, extension: Extension | None = None
) -> Participant:
    """Where they stand at `at`, by their own dates. A comment that is held counts meanwhile."""
    owes_post, left = work.post not in HANDED_IN, max(work.wanted - work.given, 0)
    opened = is_open(project, at)
    may_post = opened and owes_post and not is_closed(project, Phase.POST, at, extension)
    may_comment = opened and left > 0 and not is_closed(project, Phase.COMMENT, at, extension)
    shut_out = project.post_first and owes_post and not is_over(project, Phase.POST, at, extension)
    can_act = may_post or (may_comment and not shut_out and (work.can_read or work.to_mend > 0))
    late = (owes_post and is_over(project, Phase.POST, at, extension)) or (
        left > 0 and is_over(project, Phase.COMMENT, at, extension)
    )
    if not owes_post and not left:
        where = Where.WAITING if work.held or work.post is State.HELD else Where.DONE
    elif not can_act and not owes_post and may_comment:
        where = Where.WAITING
    else:
        begun = work.post is not None or work.given or work.to_mend
        where = Where.IN_PROGRESS if begun else Where.NOT_STARTED
    return Participant(member, work, where, late, owes_post, left, can_act, extension)


def fits(one: Participant, show: Show) -> bool:
    """Whether a filter lists this student."""
    if show is Show.LATE:
        return one.late
    if show is Show.UNPOSTED:
        return one.owes_post
    return show is Show.ALL or one.where.value == show.value


def chosen(
    people: Iterable[Participant], show: Show = Show.ALL, section_id: int | None = None, words: str = ""
) -> list[Participant]:
    """Those whom all filters list, whoever needs attention first: late, then waiting, then not begun."""
    parts = words.casefold().split()
    found = [
        one
        for one in people
        if fits(one, show)
        and section_id in {None, one.member.section_id}
        and all(part in _named(one.member) for part in parts)
    ]
    return sorted(
        found, key=lambda one: (not one.late, ATTENTION.index(one.where), one.member.name.casefold())
    )


def _named(member: Member) -> str:
    return f"{member.name} {member.called or ''}".casefold()


def counts(people: Sequence[Participant], section_id: int | None = None) -> dict[Show, int]:
    """How many each filter lists in a section, or in all."""
    there = [one for one in people if section_id in {None, one.member.section_id}]
    return {show: sum(fits(one, show) for one in there) for show in Show}
