"""Answers: giving, rewriting, taking back, and marking what helped."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.kindness import Look, look_at
from classroom.comments.queries_labels import rested_in
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.guidelines.queries import clause_titles, must_acknowledge
from classroom.help_requests import commands_answers, queries, rules
from classroom.help_requests.forms import AnswerForm
from classroom.help_requests.judging import LEAK, judge_answer
from classroom.help_requests.models import HelpAnswer, HelpRequest, Level
from classroom.help_requests.views import bp, draw, here, keep_both
from classroom.help_requests.views_asking import LEAVE, REWRITE
from classroom.moderation.queries import clause_of, usual_wait_in
from classroom.posts.states import State
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.saying import say


@bp.post("/help-requests/<help_id>/answers")
@allow("help:answer", queries.request_for)
def answer(actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    """Answer a request; its asker adds to it in the same way."""
    form = AnswerForm.from_request()
    if not form.validate():
        return draw(actor, row, form, 422)
    if must_acknowledge(actor, row.course_id):
        form.refuse(None, _("First agree to the guidelines of this course; your words stay here."))
        return draw(actor, row, form, 422)
    if (step := _look_first(actor, row, form)) is not None:
        return step
    if request.form.get("then") == REWRITE:
        return draw(actor, row, form)
    try:
        made = commands_answers.answer(
            row,
            actor.person_id,
            form.body.data,
            level=form.given,
            staff=actor.teaches(row.course_id),
            rested=rested_in(row.course_id),
            once=form.key,
        )
    except RuleBroken as broken:
        form.refuse("body", broken.message)
        return draw(actor, row, form, broken.status)
    return _after(made, row)


def _after(made: HelpAnswer, row: HelpRequest) -> ResponseReturnValue:
    if made.state is State.HELD:
        flash(_("Your answer waits for a person. You are told what was decided, and may rewrite it."), "info")
        if made.hold_reason == LEAK:
            return redirect(url_for("help_requests.edit_answer", answer_id=made.public_id), 303)
    else:
        flash(_("Sent. Thank you for helping."), "good")
    return here(row, f"a-{made.public_id}")


def _look_first(actor: Actor, row: HelpRequest, form: AnswerForm) -> ResponseReturnValue | None:
    """The kindness step, as for comments; answer keys are not asked before it is sent."""
    if request.form.get("then") in {LEAVE, REWRITE} or actor.teaches(row.course_id):
        return None
    brief = row.project.brief_text if row.project else ""
    judged = judge_answer(form.body.data, brief=brief, work=row.body, rested=rested_in(row.course_id))
    look: Look | None = look_at(form.body.data, judged.verdict)
    if look is None:
        return None
    return render_template(
        "comments/kindness.html",
        look=look,
        form=form,
        url=request.path,
        usual=usual_wait_in(row.course_id),
        carried={name: form[name].data or "" for name in ("body", "level", "version")},
        project=row.project or row.course,
    )


@bp.route("/help-answers/<answer_id>/edit", methods=["GET", "POST"])
@allow("help_answer:edit", queries.answer_for)
def edit_answer(actor: Actor, made: HelpAnswer) -> ResponseReturnValue:
    """Rewrite one's answer; `?hint=1` offers it without the sentences that give the answer away."""
    form = AnswerForm.from_request()
    if request.method == "GET":
        form.body.data, form.version.data = made.body, str(made.version)
        form.level.data = (made.level or Level.HINT).value
        if request.args.get("hint"):
            form.level.data = Level.HINT.value
            for words in made.verdict.get("hold_words", ()):
                form.body.data = rules.as_hint(form.body.data, words)
        return _edit_page(made, form)
    if not form.validate():
        return _edit_page(made, form, 422)
    if (step := _look_first(actor, made.request, form)) is not None:
        return step
    if request.form.get("then") == REWRITE:
        return _edit_page(made, form)
    return _send_again(actor, made, form)


def _send_again(actor: Actor, made: HelpAnswer, form: AnswerForm) -> ResponseReturnValue:
    try:
        commands_answers.edit_answer(
            made,
            form.body.data,
            level=form.given,
            version=form.known_version,
            staff=actor.teaches(made.course_id),
            rested=rested_in(made.course_id),
        )
    except rules.BothTexts as two:
        keep_both(form, two)
        return _edit_page(made, form, 409)
    except RuleBroken as broken:
        form.refuse("body", broken.message)
        return _edit_page(made, form, broken.status)
    return _after(made, made.request)


def _edit_page(made: HelpAnswer, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    held = made.state in {State.HELD, State.RETURNED}
    number = clause_of(made) if held else None
    titles = clause_titles(made.course_id) if number else {}
    page = render_template(
        "help_requests/answer.html",
        made=made,
        row=made.request,
        form=form,
        held=held,
        leaks=held and made.hold_reason == LEAK,
        clause=(number, titles[number]) if number in titles else None,
        usual=usual_wait_in(made.course_id) if held else None,
    )
    return page, status


@bp.post("/help-answers/<answer_id>/withdrawal")
@allow("help_answer:edit", queries.answer_for)
def withdraw_answer(actor: Actor, made: HelpAnswer) -> ResponseReturnValue:
    check_press()
    kept = {"state": made.state.value, "hold_reason": made.hold_reason}
    commands_answers.withdraw_answer(made)
    back = url_for("help_requests.show", help_id=made.request.public_id)
    undo = offer(actor.person_id, "help_requests.withdraw_answer", made.public_id, back=back, **kept)
    say(_("You took your answer back."), undo=undo)
    return here(made.request)


@bp.post("/help-answers/<answer_id>/helped")
@allow("help_answer:mark", queries.answer_for)
def mark(_actor: Actor, made: HelpAnswer) -> ResponseReturnValue:
    """“This helped”, or not after all."""
    check_press()
    if request.form.get("given"):
        commands_answers.unmark_helped(made)
    else:
        commands_answers.mark_helped(made)
        flash(_("They are told that it helped. If you still need help, open your request again."), "good")
    return here(made.request, f"a-{made.public_id}")
