"""Telling a class that a project has opened: when it is published, or when its opening comes."""

from datetime import datetime

from classroom.notices import queries
from classroom.notices.commands import tell
from classroom.notices.models import NoticeKind
from classroom.projects.models import Project


def tell_of(project: Project) -> None:
    tell(
        project.course_id,
        queries.students_of(project.course_id),
        NoticeKind.PROJECT_OPENED,
        f"open:{project.id}",
        project=project.public_id,
        project_title=project.title,
    )


def tell_of_openings(since: datetime, at: datetime) -> None:
    """Projects that opened since the sweep last ran; telling twice is telling once."""
    for project in queries.opened_between(since, at):
        tell_of(project)
