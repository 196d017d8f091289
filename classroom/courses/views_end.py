"""The end of a course: over and back again, or deleted with everything in it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.i18n import _
from classroom.courses import commands_course, commands_delete, queries, rules
from classroom.courses.forms import DeletionForm
from classroom.courses.models import Course
from classroom.courses.views import bp
from classroom.insights.queries import size_of
from classroom.web.forms import check_press


@bp.post("/courses/<course_id>/archiving")
@allow("course:end", queries.course_for)
def archive(_actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    commands_course.archive(course, past=bool(request.form.get("past")))
    flash(
        _("The course is over. Everything stays to be read, and you can let it go on at any time.")
        if course.archived_at
        else _("The course goes on."),
        "good",
    )
    return redirect(url_for(".settings", course_id=course.public_id, _anchor="over"), 303)


@bp.route("/courses/<course_id>/deletion", methods=["GET", "POST"])
@allow("course:end", queries.course_for)
def delete(actor: Actor, course: Course) -> ResponseReturnValue:
    """The one act without a way back, and so the only one that asks for words."""
    form = DeletionForm.from_request()
    if request.method == "POST" and form.validate():
        if rules.same_title(form.title.data, course.title):
            title = course.title
            commands_delete.delete_course(course, by_id=actor.person_id)
            flash(_("“%(title)s” is deleted, with everything that was in it.", title=title), "good")
            return redirect(url_for("insights.home"), 303)
        form.refuse(form.title, _("That is not its title. It is: %(title)s", title=course.title))
    page = render_template("courses/delete.html", course=course, form=form, size=size_of(course.id))
    return page, 422 if form.has_errors else 200
