"""Materials: add, change, take away and put back."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core import storage
from classroom.core.errors import NotFound, RuleBroken, TooLarge
from classroom.core.i18n import _
from classroom.core.refusals import FileRefused
from classroom.core.serving import serving_headers
from classroom.core.storage import StorageDown
from classroom.projects import commands_materials as commands
from classroom.projects import queries
from classroom.projects.forms import MaterialForm
from classroom.projects.models import Material, Project
from classroom.projects.views import bp
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.limits import takes_files
from classroom.web.saying import say


@bp.route("/projects/<project_id>/materials/new", methods=["GET", "POST"])
@takes_files
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
            file=_kept(form),
            once=form.key,
        )
    except RuleBroken as error:
        _refuse(form, error)
    return not form.has_errors


def _kept(form: MaterialForm) -> commands.Kept | None:
    """The file that was sent, looked at and in the storage."""
    if form.upload is None:
        return None
    most = current_app.extensions["classroom.settings"].max_file
    return commands.keep_file(form.upload.filename or "", form.upload.read(most + 1), max_bytes=most)


def _refuse(form: MaterialForm, error: RuleBroken) -> None:
    """Beside the field that it is about."""
    if isinstance(error, FileRefused | TooLarge | StorageDown):
        form.refuse(form.file, error.message)
    elif isinstance(error, commands.KeyStaysHidden):
        form.refuse(form.who, error.message)
    else:
        form.refuse(form.body, error.message)


@bp.route("/materials/<material_id>/edit", methods=["GET", "POST"])
@takes_files
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
            file=_kept(form),
            drop_file=bool(form.drop_file.data),
        )
    except RuleBroken as error:
        _refuse(form, error)
    return not form.has_errors


@bp.get("/materials/<material_id>/file")
@allow("material:see", queries.material_for)
def material_file(_actor: Actor, material: Material) -> ResponseReturnValue:
    """Always a download, never a page of ours."""
    if material.file_key is None:
        raise NotFound
    answer = Response(storage.store().stream(material.file_key))
    name, media_type = material.file_name or "file", material.file_type or "application/octet-stream"
    answer.headers.update(serving_headers(media_type, name, inline=False))
    answer.headers["Content-Length"] = str(material.file_size)
    return answer


@bp.post("/materials/<material_id>/removal")
@allow("material:edit", queries.material_for)
def remove_material(actor: Actor, material: Material) -> ResponseReturnValue:
    check_press()
    commands.remove_material(material)
    here = url_for("projects.edit_material", material_id=material.public_id)
    undo = offer(actor.person_id, "projects.remove_material", material.public_id, back=here)
    say(_("“%(title)s” is taken away.", title=material.title), undo=undo)
    return redirect(here, 303)


@bp.post("/materials/<material_id>/return")
@allow("material:edit", queries.material_for)
def put_back_material(_actor: Actor, material: Material) -> ResponseReturnValue:
    check_press()
    commands.put_back_material(material)
    return _back(material.project, _("It is back."))


def _back(project: Project, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("projects.show", project_id=project.public_id, _anchor="materials"), 303)
