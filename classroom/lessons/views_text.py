"""Writing in the lesson: the coach, the draft, and the comment that one is content with."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.coaching import Coaching, Said, coach, has_news
from classroom.comments.examples import subject_of
from classroom.comments.judging import Judged, judge_practice
from classroom.comments.queries_labels import rested_in
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.lessons import commands, queries
from classroom.lessons.forms import TextForm
from classroom.lessons.queries import InLesson
from classroom.lessons.rules import TwoTexts
from classroom.lessons.views import bp, onward
from classroom.lessons.views_page import Shown, draw
from classroom.web.forms import EXPIRED
from classroom.web.sign_in import safe_path
from classroom.web.templating import clock_time


def _judged(here: InLesson, body: str) -> Judged:
    """What rests in the course rests here too."""
    content, rested = here.step.content, rested_in(here.course_id)
    brief, work = str(content.get("brief", "")), str(content.get("work", ""))
    return judge_practice(body, brief=brief, work=work, rested=rested)


def _coached(here: InLesson, form: TextForm, *, asked: bool = True) -> Coaching | None:
    """None when nothing is new since last time, unless somebody `asked`."""
    body, said = form.body.data or "", Said.read(request.form.get("said"))
    judged = _judged(here, body) if body.strip() else None
    if not asked and not has_news(judged, body, said):
        return None
    content = here.step.content
    return coach(judged, body, said, subject_of(f"{content.get('subject', '')} {content.get('work', '')}"))


def _page(
    actor: Actor, here: InLesson, form: TextForm, status: int = 200, theirs: str | None = None
) -> ResponseReturnValue:
    """The step again, with what was typed."""
    shown = Shown(here, queries.progress_of(actor.person_id, here.course_id), True, form=form, theirs=theirs)
    shown.text = queries.text_of(actor.person_id, here.course_id, here.step.key)
    shown.coaching = _coached(here, form) if status == 200 else None
    return draw(shown, status)


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/text")
@allow("lesson:take", queries.step_for)
def write(actor: Actor, here: InLesson) -> ResponseReturnValue:
    """Content with it; or, by another button, only coached, kept, or on to the next step."""
    form, then = TextForm.from_request(), request.form.get("then")
    if not form.validate():
        return _page(actor, here, form, 422)
    body = form.body.data or ""
    if then in {"check", "keep"}:
        kept = commands.save_text(here, actor.person_id, body, None)
        form.version.data = str(kept.version)
        return _page(actor, here, form)
    try:
        commands.save_text(here, actor.person_id, body, form.seen)
    except TwoTexts as two:
        form.version.data = str(two.details["version"])
        return _page(actor, here, form, 409, two.details["theirs"])
    judged = _judged(here, body)
    commands.send_text(here, actor.person_id, body, judged.verdict)
    if then == "on":
        return onward(here, queries.progress_of(actor.person_id, here.course_id))
    place = {"course_id": here.course.public_id, "step_key": here.step.key}
    going = safe_path(request.values.get("next")) or None
    return redirect(url_for(".step", **place, next=going, _anchor="said"), 303)  # type: ignore[arg-type]


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/draft")
@allow("lesson:take", queries.step_for)
def draft(actor: Actor, here: InLesson) -> ResponseReturnValue:
    """The pen saves itself: JSON when it did, a piece of page with both texts when another tab was first."""
    form = TextForm.from_request()
    if not form.csrf_token.validate(form):
        return {"error": "expired"}, 403
    try:
        kept = commands.save_text(here, actor.person_id, (form.body.data or "")[:4000], form.seen)
    except TwoTexts as two:
        saved = url_for(".step", course_id=here.course.public_id, step_key=here.step.key)
        return render_template("ui/two_texts.html", theirs=two.details["theirs"], here=saved), 409
    return {"saved": clock_time(kept.saved_at or now()), "version": kept.version}


@bp.post("/courses/<course_id>/lesson/steps/<step_key>/coaching")
@allow("lesson:take", queries.step_for)
def coaching(_actor: Actor, here: InLesson) -> ResponseReturnValue:
    """The coach's answer to what is being written; saves nothing, and is empty when nothing is new."""
    form = TextForm.from_request()
    if not form.csrf_token.validate(form):
        raise RuleBroken(EXPIRED)
    found = _coached(here, form, asked=False)
    return render_template("lessons/_coach.html", coaching=found) if found else ("", 204)
