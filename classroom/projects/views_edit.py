"""Editing a project: what a change does to students at work is said before it is saved."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.insights.queries_progress import progress_in
from classroom.projects import commands, queries
from classroom.projects.effects import Effect, effects
from classroom.projects.forms_setup import ConfirmForm, SetupForm
from classroom.projects.models import Project
from classroom.projects.rules import is_open
from classroom.projects.sentences import effect_says
from classroom.projects.setup import Setup, setup_of
from classroom.projects.views import bp
from classroom.projects.views_setup import say_notes
from classroom.projects.wording import HINTS, difference

NOT_KEPT = frozenset({"csrf_token", "once", "confirmed", "yes", "then"})


@bp.route("/projects/<project_id>/edit", methods=["GET", "POST"])
@allow("project:edit", queries.project_for)
def edit(actor: Actor, project: Project) -> ResponseReturnValue:
    before = setup_of(project, queries.prompts_of(project.id))
    form = SetupForm.filled(before, project.course.zone, project.version)
    if request.method == "GET" or request.form.get("then") == "edit":
        return _page(project, form), 200
    if not form.validate():
        return _page(project, form), 422
    if form.seen_version != project.version:
        return _lost(project, form, before), 409
    answer = _confirm(actor, project, form, before)
    if answer is not None:
        return answer
    what = commands.edit_project(project, form.setup, version=form.seen_version)
    say_notes(form.notes)
    flash(_("Saved.") if what else _("Nothing was changed."), "good")
    return redirect(url_for(_next(project), project_id=project.public_id), 303)


def _next(project: Project) -> str:
    return "projects.show" if project.published_at else "projects.preflight"


def _page(project: Project, form: SetupForm, lost: list[Any] | None = None) -> str:
    return render_template("projects/edit.html", project=project, form=form, lost=lost, **HINTS)


def _lost(project: Project, form: SetupForm, before: Setup) -> str:
    """Someone was first: their version beside what was typed; saving again is then a decision."""
    form.version.data = str(project.version)
    return _page(project, form, difference(before, form.setup, form.zone))


def _confirm(actor: Actor, project: Project, form: SetupForm, before: Setup) -> ResponseReturnValue | None:
    """The page that says what a change does; None when nobody is at work or it has been confirmed."""
    if not is_open(project, now()):
        return None
    found = effects(before, form.setup, progress_in(actor, project.course_id, project.id), now())
    if not found:
        return None
    key, loud = _key(found), any(effect.loud for effect in found)
    asked = ConfirmForm.from_request()
    if form.confirmed.data == key:
        if not loud or asked.yes.data:
            return None
        asked.refuse(asked.yes, _("Tick this if you mean it, or go back."))
    page = render_template(
        "projects/confirm.html",
        project=project,
        form=asked,
        effects=[{"says": effect_says(effect), "effect": effect} for effect in found],
        loud=loud,
        asks_names=any(effect.code == "unblind" for effect in found),
        key=key,
        kept=[(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT],
    )
    return page, 422 if asked.has_errors else 200


def _key(found: list[Effect]) -> str:
    """Names the effects that the person has read: another effect is asked about anew."""
    return ",".join(sorted(f"{effect.code}.{effect.field}" for effect in found))
