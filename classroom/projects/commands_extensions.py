"""Writes of personal dates: more time for one student, or for several at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.projects.models import Extension, Project
from classroom.projects.queries import extension_of, extensions_in
from classroom.projects.rules import Phase, has_later


@dataclass(frozen=True)
class ExtensionGiven:
    """A student has more time; `together` with others, whom one `DatesMoved` follows."""

    project_id: int
    course_id: int
    person_id: int
    together: bool = False


@dataclass(frozen=True)
class ExtensionRemoved:
    """The project's own dates hold for the student again."""

    project_id: int
    course_id: int
    person_id: int


@dataclass(frozen=True)
class DatesMoved:
    """Personal dates of a project changed, of one student or of many: for what is done once for all."""

    project_id: int


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
    announce(DatesMoved(project.id))
    return extension


def give_several(
    project: Project,
    person_ids: Collection[int],
    phase: Phase,
    until: datetime,
    *,
    by_id: int,
    reason: str = "",
) -> int:
    """Move one date of several students; a later one that someone has, and their other dates, stay."""
    _check(project, {phase: until})
    given = extensions_in(project.id)
    moved = []
    for person_id in sorted(set(person_ids)):
        extension = given.get(person_id)
        if extension is None:
            extension = Extension(course_id=project.course_id, project_id=project.id, person_id=person_id)
            db.session.add(extension)
        elif has_later(project, phase, until, extension):
            continue
        setattr(extension, phase.value, until)
        extension.by_id, extension.reason = by_id, reason[:500] or extension.reason or ""
        moved.append(person_id)
    db.session.flush()
    for person_id in moved:
        announce(ExtensionGiven(project.id, project.course_id, person_id, together=True))
    announce(DatesMoved(project.id))
    return len(moved)


def remove_extension(extension: Extension) -> None:
    """The project's own dates hold again."""
    project_id, course_id, person_id = extension.project_id, extension.course_id, extension.person_id
    db.session.delete(extension)
    db.session.flush()
    announce(ExtensionRemoved(project_id, course_id, person_id))
    announce(DatesMoved(project_id))


def _check(project: Project, dates: dict[Phase, datetime | None]) -> None:
    if not any(dates.values()):
        raise NoDate
    for phase, date in dates.items():
        base: datetime | None = getattr(project, phase.value)
        if date is not None and base is not None and date <= base:
            raise NotLater(phase=phase)
