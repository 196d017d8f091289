"""The pages that set a project up: new, preflight, publish, delete a draft."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.calibration.commands import forget
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines.commands import remove_example
from classroom.guidelines.queries import is_published, project_examples
from classroom.projects import commands, queries
from classroom.projects.forms_setup import SetupForm
from classroom.projects.models import Project, ProjectState
from classroom.projects.preflight import Facts, Level, findings
from classroom.projects.rules import dates_of
from classroom.projects.sentences import finding_says
from classroom.projects.setup import setup_of
from classroom.projects.views import bp
from classroom.projects.views_undoing import whole_draft
from classroom.projects.wording import DATE_NAMES, HINTS, WHO_SEES
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say
from classroom.web.templating import in_course

ELSEWHERE = {"people": "courses.people", "guidelines": "guidelines.show"}


def say_notes(notes: list[str]) -> None:
    for note in notes:
        flash(note, "info")


@bp.route("/courses/<course_id>/projects/new", methods=["GET", "POST"])
@allow("project:create", course_for)
def create(actor: Actor, course: Course) -> ResponseReturnValue:
    in_course(course.id)
    form = SetupForm.new(course.zone)
    if request.method == "POST" and form.validate():
        project = commands.create_project(course, form.setup, by_id=actor.person_id, once=form.key)
        say_notes(form.notes)
        return redirect(url_for("projects.preflight", project_id=project.public_id), 303)
    page = render_template("projects/new.html", course=course, form=form, **HINTS)
    return page, 422 if form.has_errors else 200


@bp.get("/projects/<project_id>/preflight")
@allow("project:edit", queries.project_for)
def preflight(_actor: Actor, project: Project) -> ResponseReturnValue:
    return _preflight_page(project, 200)


@bp.post("/projects/<project_id>/publication")
@allow("project:edit", queries.project_for)
def publish(_actor: Actor, project: Project) -> ResponseReturnValue:
    if not PlainForm.from_request().validate():
        return _preflight_page(project, 422)
    try:
        commands.publish_project(project)
    except commands.NotReady:
        return _preflight_page(project, 422)
    except commands.AlreadyPublished:
        return redirect(url_for("projects.show", project_id=project.public_id), 303)
    opens = project.opens_at is not None and project.opens_at > now()
    said = _("Published. Students see it once it opens.") if opens else _("Published. Students see it now.")
    flash(said, "good")
    return redirect(url_for("projects.show", project_id=project.public_id), 303)


@bp.post("/projects/<project_id>/removal")
@allow("project:edit", queries.project_for)
def remove(actor: Actor, project: Project) -> ResponseReturnValue:
    """Only drafts: the command refuses what students have seen."""
    check_press()
    course_id, title, before = project.course.public_id, project.title, whole_draft(project)
    back = url_for("projects.show", project_id=project.public_id)
    for example in project_examples(project.course_id, project.id):
        remove_example(example)
    forget(project)
    commands.delete_draft(project)
    undo = offer(actor.person_id, "projects.remove", course_id, back=back, **before)
    say(_("The draft “%(title)s” is deleted.", title=title), undo=undo)
    return redirect(url_for("projects.listing", course_id=course_id), 303)


def _preflight_page(project: Project, status: int) -> ResponseReturnValue:
    setup = setup_of(project, queries.prompts_of(project.id))
    heads = queries.heads_in(project.course_id)
    facts = Facts(heads.students, heads.staff, is_published(project.course_id))
    found = findings(setup, facts, now())
    rows = [
        {"error": one.level is Level.ERROR, "says": finding_says(one), "url": _fix(project, one.where)}
        for one in found
    ]
    page = render_template(
        "projects/preflight.html",
        project=project,
        setup=setup,
        students=heads.students,
        rows=rows,
        blocked=any(row["error"] for row in rows),
        published=project.state is ProjectState.PUBLISHED,
        dates=dates_of(project, now()),
        date_names=DATE_NAMES,
        who_sees=WHO_SEES[setup.anonymity.value],
        words=SetupForm.showing(setup, project.course.zone).words,
        form=PlainForm(),
    )
    return page, status


def _fix(project: Project, where: str) -> str:
    """Where a finding is mended: a field of the set-up page, or another page of the course."""
    if where not in ELSEWHERE:
        return url_for("projects.edit", project_id=project.public_id, _anchor=where)
    return url_for(ELSEWHERE[where], course_id=project.course.public_id)
