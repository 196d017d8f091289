"""The sections of a course: added, renamed, taken away."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses import commands_course, queries
from classroom.courses.forms import SectionForm, SectionsForm
from classroom.courses.models import Course, Section
from classroom.courses.undoing import section_of
from classroom.courses.views import bp, settings_page
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say


@bp.post("/courses/<course_id>/sections")
@allow("course:edit", queries.course_for)
def add_sections(_actor: Actor, course: Course) -> ResponseReturnValue:
    form = SectionsForm.from_request()
    if not form.validate() or not form.names:
        if not form.sections.errors:
            form.refuse(form.sections, _("Write at least one name."))
        return settings_page(course, sections_form=form), 422
    commands_course.add_sections(course, form.names)
    return _home(course.public_id)


@bp.route("/sections/<section_id>", methods=["GET", "POST"])
@allow("course:edit", queries.section_for)
def section(_actor: Actor, section: Section) -> ResponseReturnValue:
    course = queries.course_numbered(section.course_id)
    form = SectionForm.from_request(obj=section)
    if request.method == "POST" and form.validate():
        try:
            commands_course.rename_section(section, form.name.data)
        except RuleBroken as error:
            form.refuse(form.name, error.message)
        else:
            return _home(course.public_id)
    page = render_template(
        "courses/section.html",
        course=course,
        section=section,
        form=form,
        people=queries.section_sizes(course.id).get(section.id, 0),
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


@bp.post("/sections/<section_id>/removal")
@allow("course:edit", queries.section_for)
def remove_section(actor: Actor, section: Section) -> ResponseReturnValue:
    check_press()
    course_id, before = queries.course_numbered(section.course_id).public_id, section_of(section)
    commands_course.remove_section(section)
    back = url_for(".settings", course_id=course_id, _anchor="sections")
    undo = offer(actor.person_id, "courses.remove_section", course_id, back=back, **before)
    say(_("Section %(name)s is gone.", name=section.name), "info", undo=undo)
    return _home(course_id)


def _home(course_id: str) -> ResponseReturnValue:
    return redirect(url_for(".settings", course_id=course_id, _anchor="sections"), 303)
