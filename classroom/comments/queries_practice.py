"""Whether a student practises on a sample before the first comment in a project."""

from sqlalchemy import ColumnElement, and_, exists, false, select

from classroom.access import Actor
from classroom.calibration.models import Sample
from classroom.calibration.policy import is_offered
from classroom.calibration.queries import practises_first
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.states import State
from classroom.projects.models import Project


def before_commenting(actor: Actor, project: Project) -> ColumnElement[bool]:
    """The samples that stand before a first comment; none for whoever has practised or commented here."""
    if not actor.studies(project.course_id):
        return false()
    said = exists().where(
        Comment.course_id == project.course_id,
        Comment.project_id == project.id,
        Comment.author_id == actor.person_id,
        Comment.state != State.DRAFT,
    )
    return and_(
        Sample.project_id == project.id,
        is_offered(),
        practises_first(actor.person_id, project.id),
        ~said,
    )


def must_practise(actor: Actor, project: Project) -> str | None:
    """The public id of the sample to begin with."""
    return db.session.scalar(
        select(Sample.public_id)
        .where(before_commenting(actor, project))
        .order_by(Sample.position, Sample.id)
        .limit(1)
    )
