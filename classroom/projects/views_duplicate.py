"""Duplicating a project: what comes along, into which course, and every date shifted and previewed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.calibration.commands import copy_to
from classroom.calibration.queries import prompts_of
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.guidelines import queries as guidelines
from classroom.guidelines.commands import add_example
from classroom.projects import commands, queries
from classroom.projects.dates import Wall, local, next_free_week, shift
from classroom.projects.forms_schedule import DuplicateForm
from classroom.projects.models import Material, Project
from classroom.projects.setup import DATES, Setup, setup_of, usual_prompts
from classroom.projects.views import bp
from classroom.projects.views_setup import say_notes
from classroom.projects.wording import DATE_NAMES

EVERYTHING = ["brief", "prompts", "handouts", "kept", "examples", "samples"]


@bp.route("/projects/<project_id>/duplicate", methods=["GET", "POST"])
@allow("project:edit", queries.project_for)
def duplicate(actor: Actor, project: Project) -> ResponseReturnValue:
    courses = queries.courses_led(actor)
    setup = setup_of(project, queries.prompts_of(project.id))
    into = _chosen(courses, project)
    if request.method == "GET":
        return _page(project, setup, _first_form(project, setup, courses)), 200
    form = DuplicateForm.among(courses, into.zone, {})
    if request.form.get("then") == "shift":
        return _page(project, setup, _shifted_form(project, setup, courses, form)), 200
    if not form.validate():
        return _page(project, setup, form), 422
    made = commands.duplicate_project(
        into,
        _setup_of_copy(setup, form),
        by_id=actor.person_id,
        materials=_materials(actor, project, form),
        once=form.key,
    )
    if "examples" in (form.copy.data or ()):
        _copy_examples(project, made)
    if "samples" in (form.copy.data or ()):
        _copy_samples(project, made)
    say_notes(form.notes)
    flash(_("This is the copy. Nothing that students made came along."), "good")
    return redirect(url_for("projects.preflight", project_id=made.public_id), 303)


def _chosen(courses: Sequence[Course], project: Project) -> Course:
    """The course into which the copy goes; one that is not offered is refused by the form."""
    wanted = request.form.get("into")
    return next((course for course in courses if course.public_id == wanted), project.course)


def _page(project: Project, setup: Setup, form: DuplicateForm) -> str:
    return render_template(
        "projects/duplicate.html",
        project=project,
        form=form,
        before={name: getattr(setup, name) for name in DATES},
        moved={name for name, said in _doubts(setup, form).items() if said},
        date_names=DATE_NAMES,
    )


def _first_form(project: Project, setup: Setup, courses: Sequence[Course]) -> DuplicateForm:
    """Some whole weeks later: the weekdays stay."""
    zone = ZoneInfo(project.course.zone)
    first = _first_date(setup)
    days = next_free_week(first, now(), zone) if first else 0
    data = {
        "into": project.course.public_id,
        "title": project.title,
        "copy": EVERYTHING,
        "starts_on": shift(first, days, zone).moment.astimezone(zone).date() if first else None,
        **_shifted(setup, days, zone, zone),
    }
    return DuplicateForm.showing(courses, project.course.zone, data)


def _shifted_form(
    project: Project, setup: Setup, courses: Sequence[Course], typed: DuplicateForm
) -> DuplicateForm:
    """Every date again, from the day that was typed for the first one."""
    zone, first, start = ZoneInfo(project.course.zone), _first_date(setup), typed.starts_on.data
    days = (start - first.astimezone(zone).date()).days if first and isinstance(start, date) else 0
    kept = {name: typed[name].data for name in ("into", "title", "copy", "starts_on", "once")}
    data = kept | _shifted(setup, days, zone, typed.zone)
    return DuplicateForm.showing(courses, typed.zone.key, data)


def _first_date(setup: Setup) -> datetime | None:
    return next((moment for name in DATES if (moment := getattr(setup, name)) is not None), None)


def _shifted(setup: Setup, days: int, zone: ZoneInfo, into: ZoneInfo) -> dict[str, Any]:
    """The dates on the wall of the course they go to, so many days later; None stays None."""
    given = {name: getattr(setup, name) for name in DATES}
    return {
        name: local(shift(moment, days, zone, into).moment, into) if moment else None
        for name, moment in given.items()
    }


def _doubts(setup: Setup, form: DuplicateForm) -> dict[str, bool]:
    """Dates whose time on the wall is another than the original's: the clocks jump over it that day."""
    found = {}
    for name in DATES:
        moment, wall = getattr(setup, name), form[name].wall
        same = moment is None or wall is None or local(moment, form.zone).time() == wall.time()
        found[name] = not same
    return found


def _setup_of_copy(setup: Setup, form: DuplicateForm) -> Setup:
    taken = set(form.copy.data or ())
    return replace(
        setup,
        title=form.title.data,
        brief=setup.brief if "brief" in taken else "",
        prompts=setup.prompts if "prompts" in taken else usual_prompts(),
        opens_at=form.moments["opens_at"],
        post_by=form.moments["post_by"],
        comment_by=form.moments["comment_by"],
        revise_by=form.moments["revise_by"],
    )


def _materials(actor: Actor, project: Project, form: DuplicateForm) -> list[Material]:
    taken = set(form.copy.data or ())
    return [
        material
        for material in queries.materials_for(actor, project)
        if ("handouts" if material.visible else "kept") in taken
    ]


def _copy_examples(project: Project, made: Project) -> None:
    """The project's own examples of the guidelines; clauses are numbered anew in another course."""
    if guidelines.project_examples(made.course_id, made.id):
        return  # the form was sent twice
    same = made.course_id == project.course_id
    for example in guidelines.project_examples(project.course_id, project.id):
        add_example(
            made.course_id,
            project_id=made.id,
            situation=example.situation,
            ruling=example.ruling,
            why=example.why,
            clause_number=example.clause_number if same else None,
            explanation=example.explanation,
            tags=example.tags,
        )


def _copy_samples(project: Project, made: Project) -> None:
    """Samples with the instructor's comments; a comment follows the same question, where it came along."""
    there = {one.text: one.id for one in prompts_of(made.id)}
    prompts = {one.id: there[one.text] for one in prompts_of(project.id) if one.text in there}
    copy_to(project, made, prompts)
