"""How what was done to a project is taken back."""

from sqlalchemy import select

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.core.rows import packed, unpacked
from classroom.courses.models import Course
from classroom.projects import commands_extensions, commands_materials, queries
from classroom.projects.models import Extension, Material, Project, Prompt
from classroom.projects.rules import Phase
from classroom.undo.commands import Kept, TooLate, undoes
from classroom.undo.queries import kept_in

PARTS: tuple[type[Prompt] | type[Material] | type[Extension], ...] = (Prompt, Material, Extension)


def draft_of(project: Project) -> Kept:
    """A draft with everything that goes with it."""
    parts = {
        kind.__tablename__: [
            packed(one) for one in db.session.scalars(select(kind).where(kind.project_id == project.id))
        ]
        for kind in PARTS
    }
    return {"project": packed(project), **parts}


def deleted_lately() -> set[str]:
    """The keys of files that come back with a draft whose deletion can still be undone."""
    materials = [one for kept in kept_in("projects.remove") for one in kept["draft"]["materials"]]
    return {one["file_key"] for one in materials if one["file_key"]}


def put_back_draft(course: Course, kept: Kept) -> Project:
    """The draft as it was, under its old address."""
    project = unpacked(Project, kept["project"], course_id=course.id)
    db.session.add(project)
    db.session.flush()
    for kind in PARTS:
        db.session.add_all(unpacked(kind, one, project_id=project.id) for one in kept[kind.__tablename__])
    db.session.flush()
    return project


@undoes("projects.remove_material", "material:edit", queries.material_for)
def material_is_back(_actor: Actor, material: Material, _kept: Kept) -> str:
    commands_materials.put_back_material(material)
    return _("“%(title)s” is back.", title=material.title)


def _entitled_for(actor: Actor, target: str) -> queries.Entitled | None:
    """A student in the actor's care, by the public ids of project and membership."""
    project_id, _slash, member_id = target.partition("/")
    project = queries.project_for(actor, project_id)
    found = queries.entitled_in(actor, project) if project else []
    return next((one for one in found if one.member.public_id == member_id), None)


@undoes("projects.remove_extension", "extension:give", _entitled_for)
def extension_is_back(actor: Actor, entitled: queries.Entitled, kept: Kept) -> str:
    """Through the same command as any other, so that a date which has moved meanwhile is looked at."""
    if entitled.extension is not None:
        raise TooLate
    old = unpacked(Extension, kept["extension"])
    dates = {phase: getattr(old, phase.value) for phase in Phase}
    commands_extensions.give_extension(
        entitled.project, entitled.member.person_id, dates, by_id=actor.person_id, reason=old.reason
    )
    return _("The personal dates hold again.")
