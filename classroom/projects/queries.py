"""Reads of projects."""

from sqlalchemy import or_, select

from classroom.access import Actor
from classroom.core.db import db
from classroom.projects.models import Project, ProjectState


def project_for(actor: Actor, project_id: str) -> Project | None:
    """The project with that public id, if the actor may see it."""
    return db.session.scalar(
        select(Project).where(
            Project.public_id == project_id,
            Project.course_id.in_(actor.courses()),
            or_(Project.state == ProjectState.PUBLISHED, Project.course_id.in_(actor.courses_taught())),
        )
    )
