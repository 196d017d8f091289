"""Who may do what with a project, its materials and personal dates, and what of them people see."""

from typing import Protocol

from sqlalchemy import ColumnElement, and_, false, or_

from classroom.access import MEMBERS, STAFF, Actor, Kind, rule
from classroom.core.clock import now
from classroom.courses.models import Course
from classroom.courses.queries import Member
from classroom.projects.models import Material, Project
from classroom.projects.rules import is_open


class OfProject(Protocol):
    """A row that stands for one student in one project."""

    project: Project
    member: Member


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Projects of the actor's courses; drafts and what has not opened yet are for staff."""
    taught = actor.courses_taught()
    others = [course_id for course_id in actor.courses() if course_id not in taught]
    opened = and_(
        Project.published_at.is_not(None), or_(Project.opens_at.is_(None), Project.opens_at <= now())
    )
    return or_(
        Project.course_id.in_(taught) if taught else false(),
        and_(Project.course_id.in_(others), opened) if others else false(),
    )


def material_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Staff see all materials; others only visible ones, and never an answer key."""
    return or_(
        Material.course_id.in_(actor.courses_taught()),
        and_(Material.visible.is_(True), Material.is_answer_key.is_(False), Material.removed_at.is_(None)),
    )


@rule("project:see", MEMBERS)
def may_see(actor: Actor, project: Project) -> bool:
    """Staff of the course; others once it is published and has opened."""
    if actor.teaches(project.course_id):
        return True
    return actor.belongs(project.course_id) and is_open(project, now())


@rule("project:tend", STAFF | {Kind.OTHER_ASSISTANT})
def may_tend(actor: Actor, project: Project) -> bool:
    """Staff of the course: figures, all materials, who has more time."""
    return actor.teaches(project.course_id)


@rule("project:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit(actor: Actor, project: Project) -> bool:
    """Instructors: set up, publish, change, duplicate, delete a draft."""
    return actor.leads(project.course_id)


@rule("project:create", frozenset({Kind.INSTRUCTOR}))
def may_create(actor: Actor, course: Course) -> bool:
    """Instructors of the course."""
    return actor.leads(course.id)


@rule("material:see", MEMBERS)
def may_see_material(actor: Actor, material: Material) -> bool:
    """Staff all of them; others what is handed out, never an answer key."""
    if actor.teaches(material.course_id):
        return True
    return (
        actor.belongs(material.course_id)
        and material.visible
        and not material.is_answer_key
        and material.removed_at is None
    )


@rule("material:edit", frozenset({Kind.INSTRUCTOR}))
def may_edit_material(actor: Actor, material: Material) -> bool:
    """Instructors: add, change, take away."""
    return actor.leads(material.course_id)


@rule("extension:give", STAFF)
def may_give_extension(actor: Actor, entitled: OfProject) -> bool:
    """Staff in whose care the student is: instructors, and the assistants of the student's section."""
    return actor.tends(entitled.project.course_id, entitled.member.section_id)
