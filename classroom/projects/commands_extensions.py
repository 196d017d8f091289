"""Writes of personal dates: more time for one student."""

from dataclasses import dataclass
from datetime import datetime

from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.projects.models import Extension, Project
from classroom.projects.queries import extension_of
from classroom.projects.rules import Phase


@dataclass(frozen=True)
class ExtensionGiven:
    """A student has more time, or other personal dates than before."""

    project_id: int
    course_id: int
    person_id: int


@dataclass(frozen=True)
class ExtensionRemoved:
    """The project's own dates hold for the student again."""

    project_id: int
    course_id: int
    person_id: int


class NoDate(RuleBroken):
    """An extension without any date."""

    message = _l("Give at least one date.")


class NotLater(RuleBroken):
    """A personal date that is not after the project's; `details['phase']` says which."""

    message = _l("This is not later than the date for everyone.")


def give_extension(
    project: Project, person_id: int, dates: dict[Phase, datetime | None], *, by_id: int, reason: str = ""
) -> Extension:
    """Set the personal dates of one student; the ones given before are replaced."""
    _check(project, dates)
    extension = extension_of(project.id, person_id)
    if extension is None:
        extension = Extension(course_id=project.course_id, project_id=project.id, person_id=person_id)
        db.session.add(extension)
    for phase in Phase:
        setattr(extension, phase.value, dates.get(phase))
    extension.by_id, extension.reason = by_id, reason[:500]
    db.session.flush()
    announce(ExtensionGiven(project.id, project.course_id, person_id))
    return extension


def remove_extension(extension: Extension) -> None:
    """The project's own dates hold again."""
    project_id, course_id, person_id = extension.project_id, extension.course_id, extension.person_id
    db.session.delete(extension)
    db.session.flush()
    announce(ExtensionRemoved(project_id, course_id, person_id))


def _check(project: Project, dates: dict[Phase, datetime | None]) -> None:
    if not any(dates.values()):
        raise NoDate
    for phase, date in dates.items():
        base: datetime | None = getattr(project, phase.value)
        if date is not None and base is not None and date <= base:
            raise NotLater(phase=phase)
