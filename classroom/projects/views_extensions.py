"""More time for one student: give, change, take back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.errors import Refused
from classroom.core.i18n import _
from classroom.core.rows import packed
from classroom.projects import commands_extensions as commands
from classroom.projects import queries
from classroom.projects.forms import ExtensionForm
from classroom.projects.models import Project
from classroom.projects.rules import Phase
from classroom.projects.views import bp
from classroom.projects.wording import DATE_NAMES
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say


@bp.route("/projects/<project_id>/extensions", methods=["GET", "POST"])
@allow("project:tend", queries.project_for)
def extensions(actor: Actor, project: Project) -> ResponseReturnValue:
    students = queries.entitled_in(actor, project)
    by_id = {one.member.public_id: one for one in students}
    form = ExtensionForm.among(students, project.course.zone, by_id.get(request.args.get("student", "")))
    if request.method == "POST" and form.validate() and _give(actor, by_id[form.student.data], form):
        flash(_("%(name)s has more time.", name=by_id[form.student.data].member.name), "good")
        return redirect(url_for("projects.extensions", project_id=project.public_id), 303)
    page = render_template(
        "projects/extensions.html",
        project=project,
        form=form,
        button_form=PlainForm(),
        given=[one for one in students if one.extension],
        students=[one for one in students if not one.member.left],
        phases=[(phase.value, DATE_NAMES[phase.value], getattr(project, phase.value)) for phase in Phase],
    )
    return page, 422 if form.has_errors else 200


def _give(actor: Actor, entitled: queries.Entitled, form: ExtensionForm) -> bool:
    if not may(actor, "extension:give", entitled):
        raise Refused
    try:
        commands.give_extension(
            entitled.project,
            entitled.member.person_id,
            form.dates,
            by_id=actor.person_id,
            reason=form.reason.data or "",
        )
    except commands.NotLater as error:
        form.refuse(form[error.details["phase"].value], error.message)
    except commands.NoDate as error:
        form.refuse(form.post_by, error.message)
    return not form.has_errors


@bp.post("/extensions/<extension_id>/removal")
@allow("extension:give", queries.extension_for)
def remove_extension(actor: Actor, entitled: queries.Entitled) -> ResponseReturnValue:
    check_press()
    project_id, member = entitled.project.public_id, entitled.member
    here = url_for("projects.extensions", project_id=project_id)
    if entitled.extension is not None:
        target, before = f"{project_id}/{member.public_id}", packed(entitled.extension)
        commands.remove_extension(entitled.extension)
        undo = offer(actor.person_id, "projects.remove_extension", target, back=here, extension=before)
        say(_("The dates for everyone hold again for %(name)s.", name=member.name), undo=undo)
    return redirect(here, 303)
