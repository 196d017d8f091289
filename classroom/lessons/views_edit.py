"""An instructor changes the lesson: words, order, steps, celebrated examples, and whether it comes first."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations.queries import cards_of, highlight_for, pinned
from classroom.celebrations.rules import is_on_wall
from classroom.comments.queries_lesson import concerned_in
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _, _l
from classroom.core.rows import packed
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.lessons import commands_edit, queries, undoing
from classroom.lessons.forms import FORMS, ModelForm, StepForm, WordsForm
from classroom.lessons.models import StepKind
from classroom.lessons.queries import InLesson
from classroom.lessons.rules import Whole
from classroom.lessons.views import bp
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say

MOST_OFFERED = 12
KINDS = {
    StepKind.READ: _l("Something to read"),
    StepKind.JUDGE: _l("Comments to judge"),
    StepKind.IMPROVE: _l("A weak comment to improve"),
    StepKind.WRITE: _l("A work to comment on"),
    StepKind.MODEL: _l("A model comment"),
    StepKind.EXAMPLE: _l("A great comment of this class"),
}


@bp.route("/courses/<course_id>/lesson/edit", methods=["GET", "POST"])
@allow("lesson:edit", course_for)
def edit(actor: Actor, course: Course) -> ResponseReturnValue:
    """The whole lesson; POST saves its title and introduction."""
    lesson = queries.lesson_of(course.id)
    form = WordsForm.from_request(data={"title": lesson.title, "intro": lesson.intro})
    if request.method == "POST" and form.validate():
        commands_edit.describe(course.id, title=form.title.data, intro=form.intro.data or "")
        flash(_("Saved."), "good")
        return _back(course)
    used = {one.highlight_id for one in lesson.every}
    free = [one.id for one in pinned(actor, course) if one.id not in used][:MOST_OFFERED]
    page = render_template(
        "lessons/edit.html",
        course=course,
        lesson=lesson,
        words=form,
        kinds=KINDS,
        great=cards_of(actor, course, free) if free else [],
        concerned=concerned_in(course.id),
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


def _back(course: Course, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".edit", course_id=course.public_id, _anchor=anchor), 303)


@bp.post("/courses/<course_id>/lesson/required")
@allow("lesson:edit", course_for)
def require(_actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    first = bool(request.form.get("first"))
    commands_edit.require(course.id, first=first)
    flash(
        _("The lesson now comes before a student's first comment. Whoever has commented is not asked.")
        if first
        else _("The lesson is there for whoever wants it; nobody has to take it."),
        "good",
    )
    return _back(course, "first")


@bp.route("/courses/<course_id>/lesson/steps/new", methods=["GET", "POST"])
@allow("lesson:edit", course_for)
def add_step(_actor: Actor, course: Course) -> ResponseReturnValue:
    asked = request.values.get("kind", StepKind.READ)
    if asked not in set(StepKind) - {StepKind.EXAMPLE}:
        raise NotFound
    kind, lesson = StepKind(asked), queries.lesson_of(course.id)
    form = _form(kind, lesson)
    if request.method == "POST" and form.validate():
        made = commands_edit.add_step(course.id, kind, **form.values)
        if kind is StepKind.JUDGE:
            return redirect(url_for(".edit_step", course_id=course.public_id, step_key=made.key), 303)
        return _back(course, f"s-{made.key}")
    return _step_page(course, lesson, kind, form)


def _form(kind: StepKind, lesson: Whole) -> StepForm:
    form = FORMS[kind].from_request()
    if isinstance(form, ModelForm):
        form.offer(lesson)
    return form


def _step_page(
    course: Course, lesson: Whole, kind: StepKind, form: StepForm, here: InLesson | None = None
) -> ResponseReturnValue:
    page = render_template(
        "lessons/edit_step.html",
        course=course,
        lesson=lesson,
        kind=kind.value,
        kind_words=KINDS[kind],
        form=form,
        step=here.step if here else None,
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


@bp.route("/courses/<course_id>/lesson/steps/<step_key>/edit", methods=["GET", "POST"])
@allow("lesson:edit", queries.any_step_for)
def edit_step(_actor: Actor, here: InLesson) -> ResponseReturnValue:
    form = _form(here.step.kind, here.lesson)
    if request.method == "GET":
        form.fill(here.step)
    elif form.validate():
        commands_edit.edit_step(here.course_id, here.step.key, **form.values)
        flash(_("Saved. Whoever has done this step has done it."), "good")
        return _back(here.course, f"s-{here.step.key}")
    return _step_page(here.course, here.lesson, here.step.kind, form, here)


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/move")
@allow("lesson:edit", queries.any_step_for)
def move_step(_actor: Actor, here: InLesson) -> ResponseReturnValue:
    check_press()
    commands_edit.move_step(here.course_id, here.step.key, -1 if request.form.get("by") == "up" else 1)
    return _back(here.course, f"s-{here.step.key}")


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/removal")
@allow("lesson:edit", queries.any_step_for)
def remove_step(actor: Actor, here: InLesson) -> ResponseReturnValue:
    check_press()
    title = here.step.title
    removed = packed(commands_edit.remove_step(here.course_id, here.step.key))
    course, back = here.course, url_for(".edit", course_id=here.course.public_id)
    undo = offer(actor.person_id, "lessons.remove_step", course.public_id, back=back, step=removed)
    say(_("“%(title)s” is out of the lesson.", title=title), "info", undo=undo)
    return _back(course)


@bp.post("/courses/<course_id>/lesson/examples")
@allow("lesson:edit", course_for)
def add_example(actor: Actor, course: Course) -> ResponseReturnValue:
    """A great comment of this class; it is shown for as long as its writer consents."""
    check_press()
    made = highlight_for(actor, request.form.get("highlight", ""))
    if made is None or made.course_id != course.id or not is_on_wall(made, made.comment):
        raise RuleBroken(_("Its writer does not consent any more, so it cannot be shown."))
    if any(one.highlight_id == made.id for one in queries.lesson_of(course.id).every):
        return _back(course)
    title, body = _("From this class"), _("Somebody here wrote this, and it helped.")
    step = commands_edit.add_step(course.id, StepKind.EXAMPLE, title=title, body=body, highlight_id=made.id)
    flash(
        _("It is the last step now; move it where it fits. If its writer takes consent back, it goes."),
        "good",
    )
    return _back(course, f"s-{step.key}")


@bp.post("/courses/<course_id>/lesson/reset")
@allow("lesson:edit", course_for)
def reset(actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    before, back = undoing.whole_lesson(course.id), url_for(".edit", course_id=course.public_id)
    commands_edit.reset(course.id)
    undo = offer(actor.person_id, "lessons.reset", course.public_id, back=back, **before)
    say(_("The lesson is the starter again. Nobody's progress is lost."), "info", undo=undo)
    return _back(course)
