"""A course: beginning one, what waits in it, its settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.accounts.queries import person
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _
from classroom.courses import commands, commands_course, queries
from classroom.courses.forms import NewCourseForm, SectionsForm, SettingsForm
from classroom.courses.links import join_url
from classroom.courses.models import Course
from classroom.courses.queries_people import Crowd, Show, counted, crowd_of
from classroom.guidelines.queries import is_published
from classroom.projects.models import Project, ProjectState
from classroom.projects.queries import Own, projects_in
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say

bp = Blueprint("courses", __name__)


@bp.route("/courses/new", methods=["GET", "POST"])
@allow("course:create")
def create(actor: Actor) -> ResponseReturnValue:
    """A title is enough; what comes next is the first project."""
    form = NewCourseForm.from_request(data={"zone": actor.zone})
    if request.method == "POST" and form.validate():
        course = commands.create_course(
            form.title.data,
            person(actor.person_id),
            zone=form.zone.data,
            term=form.term.data or "",
            sections=form.names,
        )
        flash(
            _("“%(title)s” is there. Students come in by its join link, under People.", title=course.title),
            "good",
        )
        then = ".import_roster" if request.form.get("then") == "roster" else "projects.create"
        return redirect(url_for(then, course_id=course.public_id), 303)
    return render_template("courses/create.html", form=form), 422 if form.has_errors else 200


@bp.get("/courses/<course_id>")
@allow("course:see", queries.course_for)
def show(actor: Actor, course: Course) -> ResponseReturnValue:
    """Staff see what waits; everyone else goes to the projects."""
    if not may(actor, "course:run", course):
        return redirect(url_for("projects.listing", course_id=course.public_id))
    leads = may(actor, "course:edit", course)
    crowd = crowd_of(actor, course.id)
    return render_template(
        "courses/show.html",
        course=course,
        steps=_begin_steps(course, crowd, projects_in(actor, course.id)) if leads else [],
        waiting=counted(crowd, Show.WAITING) if leads else 0,
        students=counted(crowd, Show.STUDENTS),
        may_edit=leads,
        join=join_url(course),
    )


@dataclass(frozen=True)
class Step:
    """One step towards a course that students can begin in; a done one is ticked and asks for nothing."""

    what: str
    line: str = ""
    url: str = ""
    label: str = ""
    done: bool = False


def _begin_steps(course: Course, crowd: list[Crowd], projects: Sequence[Own]) -> list[Step]:
    """Course, people, guidelines, project, in this order; nothing once all are done."""
    here = course.public_id
    steps = [
        Step(_("The course is there"), done=True),
        Step(
            _("Bring your students in"),
            _("By a roster from your school's system, or by the join link below."),
            url_for(".import_roster", course_id=here),
            _("Import a roster"),
            done=counted(crowd, Show.STUDENTS) > 0,
        ),
        Step(
            _("Draw the line between helping and cheating"),
            _("A set of guidelines is ready to be taken over and changed."),
            url_for("guidelines.show", course_id=here),
            _("See the guidelines"),
            done=is_published(course.id),
        ),
        _project_step(here, [own.project for own in projects]),
    ]
    return [] if all(one.done for one in steps) else steps


def _project_step(course_id: str, projects: list[Project]) -> Step:
    """A draft is half the way: students see nothing of it."""
    what = _("Set up the first project")
    if any(one.state is ProjectState.PUBLISHED for one in projects):
        return Step(what, done=True)
    if projects:
        check = url_for("projects.preflight", project_id=projects[0].public_id)
        line = _("It is a draft: students see nothing of it.")
        return Step(_("Publish the first project"), line, check, _("Check it"))
    line = _("A brief and a date are enough; the rest has good defaults.")
    return Step(what, line, url_for("projects.create", course_id=course_id), _("Set it up"))


@bp.route("/courses/<course_id>/settings", methods=["GET", "POST"])
@allow("course:edit", queries.course_for)
def settings(_actor: Actor, course: Course) -> ResponseReturnValue:
    form = SettingsForm.from_request(obj=course)
    if request.method == "POST" and form.validate():
        try:
            commands_course.describe(
                course,
                title=form.title.data,
                term=form.term.data or "",
                zone=form.zone.data,
                help_hours=form.help_hours.data,
                version=form.seen,
            )
        except ChangedMeanwhile:
            return settings_page(course, form, other=True), 409
        flash(_("Saved."), "good")
        return redirect(url_for(".settings", course_id=course.public_id), 303)
    return settings_page(course, form), 422 if form.has_errors else 200


def settings_page(
    course: Course,
    form: SettingsForm | None = None,
    *,
    other: bool = False,
    sections_form: SectionsForm | None = None,
) -> str:
    """`other`: someone saved meanwhile; what was typed stays in the form, theirs stands above it."""
    form = form or SettingsForm(obj=course)
    form.version.data = str(course.version)
    return render_template(
        "courses/settings.html",
        course=course,
        form=form,
        other=other,
        sections_form=sections_form or SectionsForm(),
        sections=queries.sections_of(course.id),
        sizes=queries.section_sizes(course.id),
        join=join_url(course),
        plain=PlainForm(),
    )


def _back(course_id: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("courses.settings", course_id=course_id, _anchor=anchor), 303)


@bp.post("/courses/<course_id>/join-link/reset")
@allow("course:edit", queries.course_for)
def reset_join_link(actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    old, back = course.join_code, url_for(".settings", course_id=course.public_id, _anchor="join")
    commands_course.reset_join_code(course)
    kept = {"old": old, "new": course.join_code}
    undo = offer(actor.person_id, "courses.reset_join_link", course.public_id, back=back, **kept)
    say(_("There is a new join link. The old one does not work any more."), undo=undo)
    return _back(course.public_id, "join")


@bp.post("/courses/<course_id>/join-link/opening")
@allow("course:edit", queries.course_for)
def open_join_link(_actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    commands_course.open_joining(course, open_=bool(request.form.get("open")))
    flash(_("The join link works.") if course.join_open else _("Nobody can join by the link now."), "good")
    return _back(course.public_id, "join")
