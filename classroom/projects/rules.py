"""Pure rules of projects: the one deadline function, and what is open when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from classroom.meaning import Standard
from classroom.projects.models import Extension, LatePolicy, Project, ProjectState

GRACE = timedelta(minutes=5)  # a slow upload at the last minute is not late


class Phase(StrEnum):
    """What a date is for."""

    POST = "post_by"
    COMMENT = "comment_by"
    REVISE = "revise_by"


def due(project: Project, phase: Phase, extension: Extension | None = None) -> datetime | None:
    """The date of a phase for one student: the personal date where there is one, else the project's."""
    base: datetime | None = getattr(project, phase.value)
    personal: datetime | None = getattr(extension, phase.value) if extension else None
    if personal is None or base is None:
        return personal or base
    return max(base, personal)


def standard_of(project: Project) -> Standard:
    """What this project asks of a comment."""
    return Standard(floor=project.floor_words, needs=frozenset(project.needs))


def has_later(project: Project, phase: Phase, until: datetime, extension: Extension | None) -> bool:
    """Their own date is no earlier than `until` already."""
    date = due(project, phase, extension)
    return date is not None and date >= until


def is_over(project: Project, phase: Phase, at: datetime, extension: Extension | None = None) -> bool:
    """Past the date and the grace: from now on it is late."""
    date = due(project, phase, extension)
    return date is not None and at > date + GRACE


def is_closed(project: Project, phase: Phase, at: datetime, extension: Extension | None = None) -> bool:
    """Past, and the project takes nothing late."""
    return project.late is LatePolicy.CLOSED and is_over(project, phase, at, extension)


def is_open(project: Project, at: datetime) -> bool:
    """Published and past its opening."""
    return project.state is ProjectState.PUBLISHED and (project.opens_at is None or at >= project.opens_at)


@dataclass(frozen=True)
class DateLine:
    """A date as one person has it. `moved_from` is the project's own date where theirs is another."""

    phase: Phase
    moment: datetime
    moved_from: datetime | None
    over: bool
    soon: bool


def dates_of(project: Project, at: datetime, extension: Extension | None = None) -> list[DateLine]:
    """The dates that there are, in the order of the phases."""
    lines = []
    for phase in Phase:
        moment, base = due(project, phase, extension), due(project, phase)
        if moment is not None:
            over = is_over(project, phase, at, extension)
            soon = not over and moment - at < timedelta(hours=24)
            lines.append(DateLine(phase, moment, base if base != moment else None, over, soon))
    return lines


def next_date(project: Project, at: datetime, extension: Extension | None = None) -> DateLine | None:
    """The date that comes next."""
    return next((line for line in dates_of(project, at, extension) if not line.over), None)
