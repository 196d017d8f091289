"""Reads of duties: one project's, or all of a person's in two statements."""

from sqlalchemy import and_, select

from classroom.access import Actor, Role
from classroom.comments.duties import Duty, duty_from
from classroom.comments.tallies import Peer, peers_of
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState
from classroom.projects.rules import Phase, is_over

NOT_POSTED = frozenset({None, State.DRAFT, State.WITHDRAWN})


def duties_for(actor: Actor, project: Project | None = None) -> list[Duty]:
    """What the actor owes as a student, project by project; of one project, or of all that are published."""
    studied = [seat.course_id for seat in actor.seats.values() if seat.role is Role.STUDENT]
    asked = (
        select(Project, Extension, Post.state)
        .select_from(Project)
        .outerjoin(
            Extension, and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id)
        )
        .outerjoin(Post, and_(Post.project_id == Project.id, Post.author_id == actor.person_id))
        .where(Project.course_id.in_(studied), Project.state == ProjectState.PUBLISHED)
        .order_by(Project.comment_by, Project.id)
    )
    if project is not None:
        asked = asked.where(Project.id == project.id)
    rows = db.session.execute(asked).all()
    peers = peers_of([row[0].id for row in rows], actor.person_id) if rows else {}
    at = now()
    return [
        duty_from(
            shown,
            peers.get(shown.id, []),
            me=actor.person_id,
            at=at,
            extension=extension,
            shut_out=is_shut_out(shown, extension, own),
        )
        for shown, extension, own in rows
    ]


def is_shut_out(project: Project, extension: Extension | None, own: State | None) -> bool:
    """`policy.open_projects` for one student, on values: they may not read before they have posted."""
    if not project.post_first or own not in NOT_POSTED:
        return False
    return not is_over(project, Phase.POST, now(), extension)


def duty_for(actor: Actor, project: Project, extension: Extension | None) -> Duty | None:
    """The actor's duty in a project whose posts they are reading already; one statement, None for staff."""
    if not actor.studies(project.course_id):
        return None
    peers = peers_of([project.id], actor.person_id).get(project.id, [])
    return duty_from(project, peers, me=actor.person_id, at=now(), extension=extension)


def duty_of(person_id: int, project: Project, extension: Extension | None, own: State | None) -> Duty:
    """One student's duty, for a sweep that knows them by number; `own` is where their post stands."""
    peers = peers_of([project.id], person_id).get(project.id, [])
    return duty_from(
        project,
        peers,
        me=person_id,
        at=now(),
        extension=extension,
        shut_out=is_shut_out(project, extension, own),
    )


def next_for(actor: Actor, project: Project) -> Peer | None:
    """The post that the actor is led to next."""
    return next((duty.next_post for duty in duties_for(actor, project)), None)
