"""Who of a class could use a word, which step fits, and what came of it: pure rules of Today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from classroom.comments.coverage import Figures
from classroom.comments.participation import Participant, Where, Work
from classroom.comments.queries_participation import Turnout
from classroom.courses.queries import Member
from classroom.notices.models import TendingKind
from classroom.notices.queries_tending import Tended
from classroom.posts.states import State
from classroom.projects.models import Extension, Project
from classroom.projects.rules import Phase, due, is_open

DAYS, CHOICES, MOST_DAYS = 7, (3, 7, 14), 60
SOON = timedelta(days=2)
RUNS_ON = timedelta(days=14)  # after its last date a project still belongs to today for so long
ENOUGH = 2  # reminders that nothing came of: then a talk helps more than a third


class Sign(StrEnum):
    """Why somebody could use a word."""

    NO_POST = "no_post"
    NO_COMMENT = "no_comment"
    CAME_BACK = "came_back"
    QUIET = "quiet"


class Step(StrEnum):
    """The one thing that a line offers."""

    REMIND = "remind"
    MORE_TIME = "more_time"
    TALK = "talk"


class Deed(StrEnum):
    """What a student did after staff had turned to them."""

    POSTED = "posted"
    COMMENTED = "commented"
    REVISED = "revised"
    BEGAN = "began"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Outcome:
    """What came of it, and when."""

    deed: Deed = Deed.NOTHING
    at: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """One sign in one project."""

    sign: Sign
    project: Project
    one: Participant


@dataclass(frozen=True)
class Drift:
    """A student whom nobody should lose: why, what was done about it already, and what is to be done."""

    member: Member
    marks: tuple[Mark, ...]
    last_at: datetime | None
    tended: tuple[Tended, ...]
    outcome: Outcome
    step: Step

    def has(self, sign: Sign | None) -> bool:
        return sign is None or any(mark.sign is sign for mark in self.marks)


@dataclass(frozen=True)
class Line:
    """One sign in the class: `done` of `of` have what these people lack. `project`: None where it is all."""

    sign: Sign
    project: Project | None
    people: tuple[Drift, ...]
    done: int
    of: int
    step: Step


@dataclass(frozen=True)
class Round:
    """One press of staff, and what came of it for each."""

    first: Tended
    project: Project | None
    rows: tuple[tuple[Member, Outcome], ...]

    @property
    def waiting(self) -> list[Member]:
        return [member for member, outcome in self.rows if outcome.deed is Deed.NOTHING]

    @property
    def moved(self) -> int:
        return len(self.rows) - len(self.waiting)


def days_from(asked: int) -> int:
    """How many days count as quiet; what nobody would mean is the usual."""
    return asked if 1 <= asked <= MOST_DAYS else DAYS


def runs(project: Project, at: datetime) -> bool:
    """Open, and not over for long."""
    last = max(filter(None, (project.post_by, project.comment_by, project.revise_by)), default=None)
    return is_open(project, at) and (last is None or at < last + RUNS_ON)


def lacks(project: Project, figures: Figures, at: datetime) -> str:
    """Which of a project's posts to look after: `short` once comments are to be expected; `on_the_way` when
    the date is near and those who were asked have not begun. Before that, nothing."""
    expected = project.post_by is None or at > project.post_by
    near = project.comment_by is not None and project.comment_by - SOON < at < project.comment_by
    if figures.short and (expected or near):
        return "short"
    return "on_the_way" if figures.on_the_way and near else ""


def stands_out(done: int, of: int, date: datetime | None, own: bool, at: datetime) -> bool:
    """It is time to ask: the date is near or past, or most of the class have it. An own date comes first."""
    near = date is not None and at > date - SOON
    return near or (not own and 2 * done > of)


def marks_in(turnout: Turnout, at: datetime) -> dict[int, list[Mark]]:
    """What can be seen in one project, by person."""
    found: dict[int, list[Mark]] = defaultdict(list)
    people = turnout.people
    posted = sum(one.posted for one in people)
    commenting = sum(one.work.given > 0 for one in people)
    for one in people:
        if one.work.returned or one.work.post is State.RETURNED:
            sign: Sign | None = Sign.CAME_BACK
        elif one.owes_post and _is_time(turnout.project, Phase.POST, one, posted, len(people), at):
            sign = Sign.NO_POST
        elif _owes_all(one) and _is_time(turnout.project, Phase.COMMENT, one, commenting, len(people), at):
            sign = Sign.NO_COMMENT
        else:
            sign = None
        if sign:
            found[one.member.person_id].append(Mark(sign, turnout.project, one))
    return found


def _owes_all(one: Participant) -> bool:
    """None of the comments is there, and it is for them to begin."""
    return one.posted and one.owes_comments > 0 and not one.work.given and one.where is not Where.WAITING


def _is_time(project: Project, phase: Phase, one: Participant, done: int, of: int, at: datetime) -> bool:
    own = _has_own(one.extension, phase)
    return stands_out(done, of, due(project, phase, one.extension), own, at)


def _has_own(extension: Extension | None, phase: Phase) -> bool:
    return extension is not None and getattr(extension, phase.value) is not None


def is_quiet(one: Participant, last: datetime | None, project: Project, at: datetime, days: int) -> bool:
    """They wrote nothing for so long, while something was open to them; whoever is done may rest."""
    start = max(filter(None, (last, project.opens_at, project.published_at)), default=None)
    open_to_them = one.can_act or one.late
    return open_to_them and start is not None and at - start >= timedelta(days=days)


def came_of(start: datetime, works: Iterable[Work]) -> Outcome:
    """The strongest of what they did afterwards."""
    rows = list(works)
    moments = (
        (Deed.POSTED, [one.posted_at for one in rows]),
        (Deed.COMMENTED, [one.commented_at for one in rows]),
        (Deed.REVISED, [one.revised_at for one in rows]),
        (Deed.BEGAN, [one.last_at for one in rows]),
    )
    for deed, times in moments:
        later = [time for time in times if time is not None and time > start]
        if later:
            return Outcome(deed, min(later))
    return Outcome()


def step_for(marks: Sequence[Mark], tended: Sequence[Tended], outcome: Outcome, at: datetime) -> Step:
    """Reminders first; where they change nothing, a talk; where nothing is taken any more, more time."""
    reminded = [one for one in tended if one.kind is TendingKind.REMINDED]
    if outcome.deed is Deed.NOTHING and (
        len(reminded) >= ENOUGH or (reminded and at - reminded[0].at < timedelta(days=1))
    ):
        return Step.TALK
    return Step.REMIND if any(mark.one.can_act for mark in marks) else Step.MORE_TIME


def lines_of(turnouts: Sequence[Turnout], drifts: Sequence[Drift]) -> list[Line]:
    """Every sign that somebody shows, beside the class: project by project, then what concerns all."""
    found = []
    for turnout in turnouts:
        for sign in (Sign.NO_POST, Sign.NO_COMMENT, Sign.CAME_BACK):
            here = tuple(one for one in drifts if _in(one, sign, turnout.project))
            if here:
                done = _done(turnout, sign, len(here))
                found.append(_line(sign, turnout.project, here, done, len(turnout.people)))
    quiet = tuple(one for one in drifts if one.has(Sign.QUIET))
    if quiet:
        of = max(len(turnout.people) for turnout in turnouts)
        found.append(_line(Sign.QUIET, None, quiet, of - len(quiet), of))
    return found


def _in(one: Drift, sign: Sign, project: Project) -> bool:
    return any(mark.sign is sign and mark.project.id == project.id for mark in one.marks)


def _done(turnout: Turnout, sign: Sign, here: int) -> int:
    if sign is Sign.NO_POST:
        return sum(one.posted for one in turnout.people)
    if sign is Sign.NO_COMMENT:
        return sum(one.work.given > 0 for one in turnout.people)
    return len(turnout.people) - here


def _line(sign: Sign, project: Project | None, people: tuple[Drift, ...], done: int, of: int) -> Line:
    """One line offers what helps most of them; each alone has their own."""
    marks = [mark for one in people for mark in one.marks if project in {None, mark.project}]
    step = Step.REMIND if any(mark.one.can_act for mark in marks) else Step.MORE_TIME
    return Line(sign, project, people, done, of, step if project else Step.REMIND)


def rounds_of(
    tended: Sequence[Tended], turnouts: Sequence[Turnout], members: Mapping[int, Member]
) -> list[Round]:
    """Press by press, the newest first; those who left, and projects that are over for long, are left out."""
    projects = {turnout.project.id: turnout.project for turnout in turnouts}
    works = works_of(turnouts)
    presses: dict[tuple[str, int | None], list[Tended]] = defaultdict(list)
    for one in tended:
        if one.person_id in members and (one.project_id is None or one.project_id in projects):
            presses[one.press, one.project_id].append(one)
    found = []
    for (_press, project_id), acts in presses.items():
        rows = [
            (members[one.person_id], came_of(one.at, _about(works[one.person_id], project_id)))
            for one in acts
        ]
        rows.sort(key=lambda row: row[0].name.casefold())
        project = projects[project_id] if project_id is not None else None
        found.append(Round(acts[0], project, tuple(rows)))
    return found


def works_of(turnouts: Sequence[Turnout]) -> dict[int, dict[int, Work]]:
    """What everyone did, by person and project."""
    works: dict[int, dict[int, Work]] = defaultdict(dict)
    for turnout in turnouts:
        for one in turnout.people:
            works[one.member.person_id][turnout.project.id] = one.work
    return works


def _about(works: Mapping[int, Work], project_id: int | None) -> list[Work]:
    return [work for key, work in works.items() if project_id in {None, key}]
