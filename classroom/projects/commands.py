"""Writes of projects: create, edit, publish, duplicate, delete a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.core.richtext import render, text_of
from classroom.courses.models import Course
from classroom.projects.commands_materials import copy_file
from classroom.projects.models import Extension, Material, Project, ProjectState, Prompt
from classroom.projects.preflight import Finding, blocks
from classroom.projects.queries import made_by, prompts_of
from classroom.projects.setup import COLUMNS, MOST_PROMPTS, Setup, changed, setup_of


@dataclass(frozen=True)
class ProjectPublished:
    """Students see it from now on, or from its opening."""

    project_id: int
    course_id: int


@dataclass(frozen=True)
class ProjectChanged:
    """A project was edited; `what` names the fields of its set-up that differ."""

    project_id: int
    course_id: int
    what: frozenset[str]


class EditedMeanwhile(ChangedMeanwhile):
    """Another tab or person saved first."""

    message = _l("Someone saved this project while you were editing. Both versions are below.")


class NotReady(RuleBroken):
    """The preflight found what blocks; `details['findings']` are the errors."""

    message = _l("It cannot be published yet. What is missing is named below.")


class AlreadyPublished(RuleBroken):
    """It was published before."""

    message = _l("This project is published already.")


class NotADraft(RuleBroken):
    """What students have seen is not deleted."""

    message = _l("Only a draft can be deleted. Students have seen this project.")


class WrongNumberOfPrompts(RuleBroken):
    """One to seven questions."""

    message = _l("Ask one to seven questions.")


def create_project(course: Course, setup: Setup, *, by_id: int, once: str | None = None) -> Project:
    """A draft. A form that is sent twice makes one project: the second time answers the first one."""
    made = made_by(course.id, once) if once else None
    if made is not None:
        return made
    project = Project(course_id=course.id, created_by_id=by_id, once=once)
    _take(project, setup)
    try:
        with db.session.begin_nested():
            db.session.add(project)
    except IntegrityError:
        made = made_by(course.id, once) if once else None
        if made is None:
            raise
        return made
    set_prompts(project, setup.prompts)
    return project


def edit_project(project: Project, setup: Setup, *, version: int) -> frozenset[str]:
    """Put `setup` in place of what is there; answers what changed. The loser of two keeps both versions."""
    if project.version != version:
        raise EditedMeanwhile
    what = changed(setup_of(project, prompts_of(project.id)), setup)
    if not what:
        return what
    _take(project, setup)
    if "prompts" in what:
        set_prompts(project, setup.prompts)
    project.edited_at = now()
    flag_modified(project, "title")  # so that the version moves on, whatever it was that changed
    db.session.flush()
    announce(ProjectChanged(project.id, project.course_id, what))
    return what


def set_prompts(project: Project, texts: Sequence[str]) -> None:
    """Ask these questions, in this order; one that was asked before, in these words, is the same again."""
    if not 1 <= len(texts) <= MOST_PROMPTS:
        raise WrongNumberOfPrompts
    known = db.session.scalars(select(Prompt).where(Prompt.project_id == project.id)).all()
    for prompt in known:
        prompt.position = None
    db.session.flush()
    kept: dict[str, Prompt | None] = {prompt.text: prompt for prompt in known}
    for position, text in enumerate(texts, start=1):
        prompt = kept.pop(text, None) or Prompt(
            course_id=project.course_id, project_id=project.id, text=text[:300]
        )
        prompt.position = position
        db.session.add(prompt)
    db.session.flush()


def publish_project(project: Project) -> None:
    """Let students see it, unless the preflight finds what blocks."""
    if project.state is ProjectState.PUBLISHED:
        raise AlreadyPublished
    errors: list[Finding] = blocks(setup_of(project, prompts_of(project.id)), now())
    if errors:
        raise NotReady(findings=errors)
    project.state, project.published_at = ProjectState.PUBLISHED, now()
    db.session.flush()
    announce(ProjectPublished(project.id, project.course_id))


def duplicate_project(
    into: Course,
    setup: Setup,
    *,
    by_id: int,
    materials: Sequence[Material] = (),
    once: str | None = None,
) -> Project:
    """A draft in `into` with this set-up and copies of `materials`; nothing of students comes along."""
    made = made_by(into.id, once) if once else None
    if made is not None:
        return made
    project = create_project(into, setup, by_id=by_id, once=once)
    for material in materials:
        db.session.add(_copy(material, project))
    db.session.flush()
    return project


def delete_draft(project: Project) -> None:
    """A draft that nobody but staff has seen goes, with its prompts, materials and personal dates.

    The bytes of its files stay for the sweep: the draft may be wanted back.
    """
    if project.state is not ProjectState.DRAFT or project.published_at is not None:
        raise NotADraft
    for table in (Prompt, Material, Extension):
        db.session.execute(delete(table).where(table.project_id == project.id))
    db.session.delete(project)
    db.session.flush()


def _take(project: Project, setup: Setup) -> None:
    for name in COLUMNS:
        setattr(project, name, getattr(setup, name))
    project.needs = list(setup.needs)
    project.brief_html = render(setup.brief)
    project.brief_text = text_of(project.brief_html)


def _copy(material: Material, project: Project) -> Material:
    names = ("title", "body", "body_html", "body_text", "visible", "is_answer_key")
    values = {name: getattr(material, name) for name in names}
    copy = Material(course_id=project.course_id, project_id=project.id, **values)
    file = copy_file(material)
    if file is not None:
        copy.file_key, copy.file_name = file.key, file.name
        copy.file_type, copy.file_size = file.media_type, file.size
    return copy
