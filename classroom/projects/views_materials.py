"""Materials: add, change, take away and put back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.projects import commands_materials as commands
from classroom.projects import queries
from classroom.projects.forms import MaterialForm
from classroom.projects.models import Material, Project
from classroom.projects.views import bp
from classroom.web.forms import PlainForm, check_press


@bp.route("/projects/<project_id>/materials/new", methods=["GET", "POST"])
@allow("project:edit", queries.project_for)
def add_material(_actor: Actor, project: Project) -> ResponseReturnValue:
    form = MaterialForm.from_request()
    if request.method == "POST" and form.validate() and _add(project, form):
        return _back(project, _("Added."))
    page = render_template("projects/material.html", project=project, form=form, material=None)
    return page, 422 if form.has_errors else 200


def _add(project: Project, form: MaterialForm) -> bool:
    try:
        commands.add_material(
            project,
            form.title.data,
            form.body.data or "",
            visible=form.visible,
            answer_key=form.answer_key,
            once=form.key,
        )
    except RuleBroken as error:
        form.refuse(form.body, error.message)
    return not form.has_errors


@bp.route("/materials/<material_id>/edit", methods=["GET", "POST"])
@allow("material:edit", queries.material_for)
def edit_material(_actor: Actor, material: Material) -> ResponseReturnValue:
    form = MaterialForm.filled(material)
    if request.method == "POST" and form.validate() and _edit(material, form):
        return _back(material.project, _("Saved."))
    page = render_template(
        "projects/material.html",
        project=material.project,
        form=form,
        material=material,
        button_form=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


def _edit(material: Material, form: MaterialForm) -> bool:
    try:
        commands.edit_material(
            material,
            form.title.data,
            form.body.data or "",
            visible=form.visible,
            answer_key=form.answer_key,
        )
    except RuleBroken as error:
        form.refuse(form.body, error.message)
    return not form.has_errors


@bp.post("/materials/<material_id>/removal")
@allow("material:edit", queries.material_for)
def remove_material(_actor: Actor, material: Material) -> ResponseReturnValue:
    check_press()
    commands.remove_material(material)
    flash(_("“%(title)s” is taken away.", title=material.title), "good")
    return redirect(url_for("projects.edit_material", material_id=material.public_id), 303)


@bp.post("/materials/<material_id>/return")
@allow("material:edit", queries.material_for)
def put_back_material(_actor: Actor, material: Material) -> ResponseReturnValue:
    check_press()
    commands.put_back_material(material)
    return _back(material.project, _("It is back."))


def _back(project: Project, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("projects.show", project_id=project.public_id, _anchor="materials"), 303)
