"""What one person's export is limited to, and under which names others stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from classroom.access import Actor
from classroom.comments.threads import is_coarse
from classroom.courses.models import Course
from classroom.courses.queries import Member
from classroom.projects.models import Project
from classroom.projects.naming import shown_to


@dataclass(frozen=True)
class World:
    """The person's courses, their projects, and everyone in them by course and person id."""

    actor: Actor
    courses: Mapping[int, Course]
    projects: Mapping[int, Project]
    members: Mapping[int, Mapping[int, Member]]

    @property
    def me(self) -> int:
        return self.actor.person_id

    def course(self, course_id: int) -> str:
        return self.courses[course_id].title

    def project(self, project_id: int) -> str:
        return self.projects[project_id].title

    def name(self, project_id: int, person_id: int) -> str:
        """The one function that names people decides here as it does on the pages."""
        project = self.projects[project_id]
        return shown_to(self.actor, project, self.members[project.course_id][person_id]).name

    def staff_name(self, course_id: int, person_id: int) -> str:
        return self.members[course_id][person_id].name

    def time(self, project_id: int, at: datetime | None) -> datetime | date | None:
        """Of what others did: where the pages tell only the day, so does this."""
        coarse = at is not None and is_coarse(self.actor, self.projects[project_id])
        return at.date() if at is not None and coarse else to_the_minute(at)


def to_the_minute(at: datetime | None) -> datetime | None:
    """As the pages say it: a second would tell apart who did two things at one time."""
    return at.replace(second=0, microsecond=0) if at is not None else None
