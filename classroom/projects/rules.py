"""Pure rules of projects: the one deadline function, and what is open when."""

from datetime import datetime, timedelta
from enum import StrEnum

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
