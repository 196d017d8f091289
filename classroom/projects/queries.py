"""Reads of projects: what is listed, one project with its parts, and who has more time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from classroom.access import Actor, Role
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.policy import in_care_of
from classroom.courses.queries import Member, members_of
from classroom.projects.models import Extension, Material, Project, ProjectState, Prompt
from classroom.projects.policy import material_visible_to, visible_to


@dataclass(frozen=True)
class Own:
    """A project as one person has it: with their personal dates."""

    project: Project
    extension: Extension | None

    @property
    def course_id(self) -> int:
        return self.project.course_id

    @property
    def state(self) -> ProjectState:
        return self.project.state

    @property
    def opens_at(self) -> datetime | None:
        return self.project.opens_at


@dataclass(frozen=True)
class Entitled:
    """A student in a project, with the extension they have."""

    project: Project
    member: Member
    extension: Extension | None = None

    @property
    def course_id(self) -> int:
        return self.project.course_id


@dataclass(frozen=True)
class Parts:
    """What a project page lists: questions as texts, materials as rows that are shown and not changed."""

    prompts: list[str]
    materials: list[Any]


@dataclass(frozen=True)
class Heads:
    """How many people a course has now."""

    students: int
    staff: int


def project_for(actor: Actor, project_id: str) -> Project | None:
    """The project with that public id, if the actor may know of it; its course is loaded."""
    return db.session.scalar(
        select(Project)
        .where(Project.public_id == project_id, visible_to(actor))
        .options(joinedload(Project.course))
    )


def own_project_for(actor: Actor, project_id: str) -> Own | None:
    """The same with the actor's own dates, in one statement."""
    row = db.session.execute(
        select(Project, Extension)
        .outerjoin(
            Extension,
            and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id),
        )
        .where(Project.public_id == project_id, visible_to(actor))
        .options(joinedload(Project.course))
    ).one_or_none()
    return Own(*row) if row else None


def projects_in(actor: Actor, course_id: int) -> Sequence[Own]:
    """The course's projects, the latest first, with the actor's own dates; drafts at the end."""
    rows = db.session.execute(
        select(Project, Extension)
        .outerjoin(
            Extension,
            and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id),
        )
        .where(Project.course_id == course_id, visible_to(actor))
        .order_by(
            Project.state == ProjectState.DRAFT,
            func.coalesce(Project.post_by, Project.opens_at, Project.published_at, Project.created_at).desc(),
            Project.id.desc(),
        )
    )
    return [Own(project, extension) for project, extension in rows]


def prompts_of(project_id: int) -> Sequence[Prompt]:
    """The questions that are asked now, in their order."""
    return db.session.scalars(
        select(Prompt)
        .where(Prompt.project_id == project_id, Prompt.position.is_not(None))
        .order_by(Prompt.position)
    ).all()


def materials_for(actor: Actor, project: Project) -> Sequence[Material]:
    """The materials that the actor may see, in the order they were added."""
    return db.session.scalars(
        select(Material)
        .where(
            Material.course_id == project.course_id,
            Material.project_id == project.id,
            Material.removed_at.is_(None),
            material_visible_to(actor),
        )
        .order_by(Material.id)
    ).all()


def parts_of(actor: Actor, project: Project) -> Parts:
    """Questions and materials in one statement, for the project page; not for editing."""
    asked = select(
        literal("prompt").label("what"),
        Prompt.position.label("place"),
        Prompt.public_id.label("public_id"),
        Prompt.text.label("title"),
        literal("").label("html"),
        literal(False).label("visible"),
        literal(False).label("key"),
        null().label("file"),
        null().label("size"),
    ).where(Prompt.project_id == project.id, Prompt.position.is_not(None))
    handed = select(
        literal("material"),
        Material.id,
        Material.public_id,
        Material.title,
        Material.body_html,
        Material.visible,
        Material.is_answer_key,
        Material.file_name,
        Material.file_size,
    ).where(
        Material.course_id == project.course_id,
        Material.project_id == project.id,
        Material.removed_at.is_(None),
        material_visible_to(actor),
    )
    rows: Any = db.session.execute(union_all(asked, handed).order_by("what", "place")).all()
    return Parts(
        [row.title for row in rows if row.what == "prompt"], [row for row in rows if row.what == "material"]
    )


def material_for(actor: Actor, material_id: str) -> Material | None:
    """One material, if its project and it are the actor's to see; its project is loaded."""
    return db.session.scalar(
        select(Material)
        .join(Material.project)
        .where(Material.public_id == material_id, visible_to(actor), material_visible_to(actor))
        .options(joinedload(Material.project).joinedload(Project.course))
    )


def answer_keys_of(project_id: int) -> list[str]:
    """The words of the answer keys, for the engine that keeps comments from giving them away."""
    return list(
        db.session.scalars(
            select(Material.body_text)
            .where(
                Material.project_id == project_id,
                Material.is_answer_key.is_(True),
                Material.removed_at.is_(None),
            )
            .order_by(Material.id)
        )
    )


def extension_of(project_id: int, person_id: int) -> Extension | None:
    """One person's extra time in one project."""
    return db.session.scalar(
        select(Extension).where(Extension.project_id == project_id, Extension.person_id == person_id)
    )


def extensions_of(person_id: int, project_ids: Collection[int]) -> dict[int, Extension]:
    """One person's extensions by project id."""
    rows = db.session.scalars(
        select(Extension).where(Extension.person_id == person_id, Extension.project_id.in_(project_ids))
    )
    return {row.project_id: row for row in rows}


def extensions_in(project_id: int) -> dict[int, Extension]:
    """Everyone's extensions in a project by person id."""
    rows = db.session.scalars(select(Extension).where(Extension.project_id == project_id))
    return {row.person_id: row for row in rows}


def entitled_in(actor: Actor, project: Project) -> list[Entitled]:
    """The students in the actor's care, with the extensions they have, by name."""
    rows = db.session.execute(
        select(Membership.person_id, Extension)
        .outerjoin(
            Extension,
            and_(Extension.project_id == project.id, Extension.person_id == Membership.person_id),
        )
        .where(
            Membership.course_id == project.course_id,
            Membership.role == Role.STUDENT,
            or_(Membership.left_at.is_(None), Extension.id.is_not(None)),
            in_care_of(actor, Membership.course_id, Membership.person_id),
        )
    )
    given: dict[int, Extension | None] = dict(list(rows))
    members = members_of(project.course_id, given) if given else {}
    found = [Entitled(project, members[person_id], given[person_id]) for person_id in given]
    return sorted(found, key=lambda one: one.member.name.casefold())


def extended_in(actor: Actor, project: Project) -> int:
    """How many students in the actor's care have personal dates."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Extension)
            .where(
                Extension.project_id == project.id,
                in_care_of(actor, Extension.course_id, Extension.person_id),
            )
        )
        or 0
    )


def extension_for(actor: Actor, extension_id: str) -> Entitled | None:
    """An extension by public id, with its student and project, if the actor may see the project."""
    extension = db.session.scalar(
        select(Extension)
        .join(Extension.project)
        .where(Extension.public_id == extension_id, visible_to(actor))
        .options(joinedload(Extension.project).joinedload(Project.course))
    )
    if extension is None:
        return None
    members = members_of(extension.course_id, [extension.person_id])
    return Entitled(extension.project, members[extension.person_id], extension)


def heads_in(course_id: int) -> Heads:
    """Living students and staff of a course."""
    counted = db.session.execute(
        select(Membership.role, func.count())
        .where(Membership.course_id == course_id, Membership.left_at.is_(None))
        .group_by(Membership.role)
    )
    by_role: dict[Role, int] = dict(list(counted))
    staff = by_role.get(Role.INSTRUCTOR, 0) + by_role.get(Role.ASSISTANT, 0)
    return Heads(by_role.get(Role.STUDENT, 0), staff)


def courses_led(actor: Actor) -> Sequence[Course]:
    """The courses in which the actor may make projects, the newest first."""
    led = [course_id for course_id in actor.courses() if actor.leads(course_id)]
    return db.session.scalars(
        select(Course)
        .where(Course.id.in_(led), Course.archived_at.is_(None))
        .order_by(Course.created_at.desc(), Course.id.desc())
    ).all()


def projects_led(actor: Actor) -> Sequence[Project]:
    """What students have seen in the courses that the actor leads, the newest first; courses are loaded."""
    led = [course_id for course_id in actor.courses() if actor.leads(course_id)]
    return db.session.scalars(
        select(Project)
        .where(Project.course_id.in_(led), Project.published_at.is_not(None))
        .options(joinedload(Project.course))
        .order_by(Project.published_at.desc(), Project.id.desc())
    ).all()


def file_keys() -> set[str]:
    """The keys under which materials' files lie, for backups and sweeps."""
    return set(db.session.scalars(select(Material.file_key).where(Material.file_key.is_not(None))))


def made_by(course_id: int, once: str) -> Project | None:
    """The project that a form with this key has made already."""
    return db.session.scalar(select(Project).where(Project.course_id == course_id, Project.once == once))
