"""The lesson: its overview, its steps, and what one presses in them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.celebrations.queries import cards_of
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.lessons import commands, queries
from classroom.lessons.forms import JudgementForm
from classroom.lessons.models import StepKind
from classroom.lessons.queries import InLesson
from classroom.lessons.rules import TRIED, Progress, Whole, is_open
from classroom.lessons.views_page import Shown, draw, one_item
from classroom.web.forms import EXPIRED, PlainForm, check_press
from classroom.web.sign_in import safe_path

bp = Blueprint("lessons", __name__)


@bp.get("/courses/<course_id>/lesson")
@allow("lesson:see", course_for)
def show(actor: Actor, course: Course) -> ResponseReturnValue:
    """What the lesson is about, and where one goes on."""
    lesson, progress = queries.lesson_of(course.id), queries.progress_of(actor.person_id, course.id)
    return render_template(
        "lessons/show.html",
        course=course,
        lesson=lesson,
        progress=progress,
        going=safe_path(request.args.get("next")),
        may_take=may(actor, "lesson:take", course),
        may_edit=may(actor, "lesson:edit", course),
        may_follow=may(actor, "lesson:follow", course),
        form=PlainForm(),
    )


@bp.get("/courses/<course_id>/lesson/about/<move>")
@allow("lesson:see", lambda actor, course_id, **_move: course_for(actor, course_id))
def about(_actor: Actor, course: Course) -> ResponseReturnValue:
    """The step that explains a move, for the coach's tips; the overview where no step does."""
    step = queries.lesson_of(course.id).explaining((request.view_args or {})["move"])
    if step is None:
        return redirect(url_for(".show", course_id=course.public_id))
    return redirect(url_for(".step", course_id=course.public_id, step_key=step.key))


@bp.get("/courses/<course_id>/lesson/steps/<step_key>")
@allow("lesson:see", queries.step_for)
def step(actor: Actor, here: InLesson) -> ResponseReturnValue:
    shown = Shown(here, queries.progress_of(actor.person_id, here.course_id), may(actor, "lesson:take", here))
    kind = here.step.kind
    if kind is StepKind.JUDGE:
        shown.tallies = queries.tallies_of(actor.person_id, here.course_id, here.step.key)
    elif kind in TRIED and not actor.borrowed:
        shown.text = queries.text_of(actor.person_id, here.course_id, here.step.key)
    elif kind is StepKind.MODEL:
        after = here.step.content.get("after", "")
        sent = {after} if queries.has_sent(actor.person_id, here.course_id, after) else set()
        shown.locked = shown.may_take and not is_open(here.step, sent, here.lesson)
    elif kind is StepKind.EXAMPLE and here.step.highlight_id:
        shown.cards = cards_of(actor, here.course, [here.step.highlight_id])
    return draw(shown)


def onward(here: InLesson, progress: Progress) -> ResponseReturnValue:
    """To the next step that is not done; after the last one, to the overview with its certificate."""
    course_id, lesson = here.course.public_id, here.lesson
    following = lesson.beside(here.step.key, 1)
    if following is None or following.key in progress.done:
        following = progress.next_in(lesson) or following
    if progress.next_in(lesson) is None or following is None:
        return redirect(url_for(".show", course_id=course_id, next=_next()), 303)
    return redirect(url_for(".step", course_id=course_id, step_key=following.key, next=_next()), 303)


def _next() -> str | None:
    """Where somebody came from before the lesson was asked of them."""
    return safe_path(request.values.get("next")) or None


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/done")
@allow("lesson:take", queries.step_for)
def done(actor: Actor, here: InLesson) -> ResponseReturnValue:
    """Read; a second press changes nothing."""
    check_press()
    after = here.step.content.get("after", "")
    sent = {after} if after and queries.has_sent(actor.person_id, here.course_id, after) else set()
    if not is_open(here.step, sent, here.lesson):
        raise RuleBroken(_("First write one yourself: then this one is shown."))
    commands.finish_reading(here, actor.person_id)
    return onward(here, queries.progress_of(actor.person_id, here.course_id))


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/judgement")
@allow("lesson:take", queries.step_for)
def judge(actor: Actor, here: InLesson) -> ResponseReturnValue:
    """The first thought about one comment; then the explanation, and what the class said."""
    form = JudgementForm.from_request()
    if not form.validate():
        raise RuleBroken(EXPIRED)
    item_key = str(form.item.data or "")
    commands.judge(here, actor.person_id, item_key, counts=form.counts)
    if request.headers.get("HX-Request"):
        shown = Shown(here, queries.progress_of(actor.person_id, here.course_id), True)
        shown.tallies = queries.tallies_of(actor.person_id, here.course_id, here.step.key)
        return one_item(shown, item_key)
    place = {"course_id": here.course.public_id, "step_key": here.step.key}
    return redirect(url_for(".step", **place, next=_next(), _anchor=f"c-{item_key}"), 303)  # type: ignore[arg-type]


@bp.post("/courses/<course_id>/lesson/finish")
@allow("lesson:take", course_for)
def finish(actor: Actor, course: Course) -> ResponseReturnValue:
    """For whoever had done the rest when the last open step was taken out."""
    check_press()
    lesson: Whole = queries.lesson_of(course.id)
    if not commands.finish(lesson, actor.person_id):
        flash(_("There is a step left. Here it is."), "info")
    return redirect(url_for(".show", course_id=course.public_id), 303)
