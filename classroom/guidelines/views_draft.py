"""Writing guidelines: the draft, its clauses and examples, and publishing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.core.rows import packed
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines import commands, queries, rules, undoing
from classroom.guidelines.forms import ClauseForm, ExampleForm, PublishForm, WordsForm, example_values
from classroom.guidelines.models import Example, GuidelineVersion
from classroom.guidelines.views import bp
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.undo.commands import offer
from classroom.web.forms import BaseForm, PlainForm, check_press
from classroom.web.saying import say


@bp.post("/courses/<course_id>/guidelines/starter")
@allow("guidelines:edit", course_for)
def take_starter(actor: Actor, course: Course) -> ResponseReturnValue:
    """One press takes the starter set over: as a draft, or at once when `publish` is sent."""
    check_press()
    draft = commands.begin_draft(course, from_starter=True)
    if request.form.get("publish"):
        commands.publish(draft, actor.person_id, major=True)
        flash(_("Your guidelines are published. Change every word whenever you like."), "good")
        back = request.form.get("back", "")
        return redirect(
            back if back.startswith("/projects/") else url_for(".show", course_id=course.public_id), 303
        )
    return redirect(url_for(".draft", course_id=course.public_id), 303)


@bp.route("/courses/<course_id>/guidelines/draft", methods=["GET", "POST"])
@allow("guidelines:edit", course_for)
def draft(_actor: Actor, course: Course) -> ResponseReturnValue:
    """GET shows the draft; POST begins one, or saves its title and introduction."""
    version = queries.draft_version(course.id)
    if request.method == "GET":
        return _page(course, version) if version else redirect(url_for(".show", course_id=course.public_id))
    if version is None or "title" not in request.form:
        check_press()
        if version is None:
            commands.begin_draft(course)
        return redirect(url_for(".draft", course_id=course.public_id), 303)
    form = WordsForm.from_request()
    if not form.validate():
        return _page(course, version, words=form)
    commands.describe_draft(version, title=form.title.data, intro=form.intro.data or "")
    flash(_("Saved."), "good")
    return redirect(url_for(".draft", course_id=course.public_id), 303)


def _page(course: Course, version: GuidelineVersion, **forms: BaseForm) -> ResponseReturnValue:
    current = queries.current_version(course.id)
    page = render_template(
        "guidelines/draft.html",
        course=course,
        version=version,
        words=forms.get("words") or WordsForm(obj=version),
        clause_form=forms.get("clause") or ClauseForm(prefix="new-"),
        example_form=forms.get("example") or ExampleForm(prefix="new-").offer(_titles(version)),
        publish=forms.get("publish") or PublishForm(),
        parts=rules.difference(current, version) if current else [],
        students=queries.student_count(course.id),
        examples=version.examples,
        ruling_words=rules.ruling_words,
        plain=PlainForm(),
    )
    return page, 422 if any(form.has_errors for form in forms.values()) else 200


def _draft_of(course: Course) -> GuidelineVersion:
    found = queries.draft_version(course.id)
    if found is None:
        raise NotFound
    return found


@bp.post("/courses/<course_id>/guidelines/draft/clauses")
@allow("guidelines:edit", course_for)
def add_clause(_actor: Actor, course: Course) -> ResponseReturnValue:
    version, form = _draft_of(course), ClauseForm.from_request(prefix="new-")
    if not form.validate():
        return _page(course, version, clause=form)
    commands.add_clause(version, form.title.data, form.text.data)
    return redirect(url_for(".draft", course_id=course.public_id, _anchor="clauses"), 303)


@bp.route("/courses/<course_id>/guidelines/draft/clauses/<int:number>", methods=["GET", "POST"])
@allow("guidelines:edit", lambda actor, course_id, number: _with(course_for(actor, course_id), number))
def edit_clause(_actor: Actor, place: "InCourse") -> ResponseReturnValue:
    version = _draft_of(place.course)
    clause = next((one for one in version.clauses if one.number == place.number), None)
    if clause is None:
        raise NotFound
    form = ClauseForm.from_request(obj=clause)
    if request.method == "POST" and form.validate():
        commands.edit_clause(version, place.number, title=form.title.data, text=form.text.data)
        return redirect(url_for(".draft", course_id=place.course.public_id, _anchor="clauses"), 303)
    page = render_template(
        "guidelines/clause.html", course=place.course, clause=clause, form=form, plain=PlainForm()
    )
    return page, 422 if form.has_errors else 200


@bp.post("/courses/<course_id>/guidelines/draft/clauses/<int:number>/removal")
@allow("guidelines:edit", lambda actor, course_id, number: _with(course_for(actor, course_id), number))
def remove_clause(actor: Actor, place: "InCourse") -> ResponseReturnValue:
    check_press()
    version, course_id = _draft_of(place.course), place.course.public_id
    before, back = undoing.clause_of(version, place.number), url_for(".draft", course_id=course_id)
    commands.remove_clause(version, place.number)
    undo = offer(actor.person_id, "guidelines.remove_clause", course_id, back=back, **before)
    say(_("Clause %(n)s is gone from the draft.", n=place.number), "info", undo=undo)
    return redirect(url_for(".draft", course_id=course_id, _anchor="clauses"), 303)


class InCourse:
    """A clause's number within a course that the actor is in."""

    def __init__(self, course: Course, number: int) -> None:
        self.course, self.number, self.course_id = course, number, course.id


def _with(course: Course | None, number: int) -> InCourse | None:
    return InCourse(course, number) if course else None


@bp.post("/courses/<course_id>/guidelines/draft/examples")
@allow("guidelines:edit", course_for)
def add_example(_actor: Actor, course: Course) -> ResponseReturnValue:
    version = _draft_of(course)
    form = ExampleForm.from_request(prefix="new-").offer(_titles(version))
    if not form.validate():
        return _page(course, version, example=form)
    commands.add_example(course.id, version=version, **example_values(form))
    return redirect(url_for(".draft", course_id=course.public_id, _anchor="examples"), 303)


def _titles(version: GuidelineVersion) -> dict[int, str]:
    return {one.number: one.title for one in version.clauses}


@bp.route("/examples/<example_id>", methods=["GET", "POST"])
@allow("guidelines:edit", queries.example_for)
def edit_example(_actor: Actor, example: Example) -> ResponseReturnValue:
    form = ExampleForm.from_request(obj=example, data={"ruling": example.ruling.value})
    version = None if example.project_id else queries.draft_version(example.course_id)
    form.offer(_titles(version) if version else queries.clause_titles(example.course_id))
    if request.method == "POST" and form.validate():
        commands.edit_example(example, **example_values(form))
        return redirect(_home_of(example), 303)
    page = render_template(
        "guidelines/example.html",
        example=example,
        example_form=form,
        back=_home_of(example),
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


def _home_of(example: Example) -> str:
    course_id, project_id = queries.home_of(example)
    if project_id:
        return url_for(".project_examples", project_id=project_id)
    return url_for(".draft", course_id=course_id, _anchor="examples")


@bp.post("/examples/<example_id>/removal")
@allow("guidelines:edit", queries.example_for)
def remove_example(actor: Actor, example: Example) -> ResponseReturnValue:
    check_press()
    back, before = _home_of(example), packed(example)
    course_id = queries.home_of(example)[0]
    commands.remove_example(example)
    undo = offer(actor.person_id, "guidelines.remove_example", course_id, back=back, example=before)
    say(_("The example is gone."), "info", undo=undo)
    return redirect(back, 303)


@bp.post("/courses/<course_id>/guidelines/draft/publication")
@allow("guidelines:edit", course_for)
def publish(actor: Actor, course: Course) -> ResponseReturnValue:
    version, form = _draft_of(course), PublishForm.from_request()
    if form.validate():
        try:
            commands.publish(
                version, actor.person_id, major=form.major.data == "major", note=form.note.data or ""
            )
        except RuleBroken as error:
            form.refuse(None, error.message)
        else:
            flash(_("Version %(n)s is published.", n=version.number), "good")
            return redirect(url_for(".show", course_id=course.public_id), 303)
    return _page(course, version, publish=form)


@bp.post("/courses/<course_id>/guidelines/draft/removal")
@allow("guidelines:edit", course_for)
def discard(actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    version = _draft_of(course)
    before, back = undoing.whole_draft(version), url_for(".draft", course_id=course.public_id)
    commands.discard_draft(version)
    undo = offer(actor.person_id, "guidelines.discard", course.public_id, back=back, **before)
    say(_("The draft is gone. What is in force stays."), "info", undo=undo)
    return redirect(url_for(".show", course_id=course.public_id), 303)


@bp.route("/projects/<project_id>/examples", methods=["GET", "POST"])
@allow("guidelines:edit", project_for)
def project_examples(_actor: Actor, project: Project) -> ResponseReturnValue:
    """Examples that hold for one project only; they are in force as soon as they are written."""
    form = ExampleForm.from_request(prefix="new-").offer(queries.clause_titles(project.course_id))
    if request.method == "POST" and form.validate():
        commands.add_example(project.course_id, project_id=project.id, **example_values(form))
        return redirect(url_for(".project_examples", project_id=project.public_id), 303)
    page = render_template(
        "guidelines/project_examples.html",
        project=project,
        examples=queries.project_examples(project.course_id, project.id),
        example_form=form,
        plain=PlainForm(),
        ruling_words=rules.ruling_words,
    )
    return page, 422 if form.has_errors else 200
