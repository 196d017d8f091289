"""Who is who in a course: the ids and names that its tables carry."""

from dataclasses import dataclass

from sqlalchemy import select

from classroom.core.db import db
from classroom.courses.models import Course
from classroom.courses.queries import Member, members_of
from classroom.projects.models import Project


@dataclass(frozen=True)
class Cast:
    """Everyone who ever was in the course, and its projects; a few thousand short rows at most."""

    course: Course
    members: dict[int, Member]
    projects: dict[int, Project]

    def who(self, person_id: int | None) -> str:
        """The id that the table `people` has for someone."""
        member = self.members.get(person_id or 0)
        return member.public_id if member else ""

    def name(self, person_id: int | None) -> str:
        member = self.members.get(person_id or 0)
        return member.name if member else ""

    def project(self, project_id: int | None) -> str:
        found = self.projects.get(project_id or 0)
        return found.public_id if found else ""


def cast_of(course: Course) -> Cast:
    """Two statements."""
    rows = db.session.scalars(select(Project).where(Project.course_id == course.id).order_by(Project.id))
    return Cast(course, members_of(course.id), {row.id: row for row in rows})
