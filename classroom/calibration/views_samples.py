"""Writing samples and one's own comments on them, and seeing them as students do."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.calibration import commands, queries
from classroom.calibration.commands_practice import decide as decide_dispute
from classroom.calibration.forms import AnswerForm, ModelForm, SampleForm, UseForm
from classroom.calibration.judging import asked_in
from classroom.calibration.models import Answer, Dispute, ModelComment, Reaction, Sample, Use
from classroom.calibration.views import bp
from classroom.calibration.views_copying import prefilled
from classroom.calibration.views_page import coaching_for, draw_both, draw_pen, prompt_lines, words_in
from classroom.calibration.views_staff import draw_staff
from classroom.calibration.wording import ASKS, CRITERIA
from classroom.comments.forms import PenForm
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say


@bp.post("/projects/<project_id>/calibration/use")
@allow("calibration:edit", project_for)
def use(actor: Actor, project: Project) -> ResponseReturnValue:
    form = UseForm.from_request()
    if not form.validate():
        return draw_staff(actor, project, use_form=form, status=422)
    commands.use_samples(project, Use(form.use.data))
    flash(_("Saved."), "good")
    return redirect(url_for(".overview", project_id=project.public_id), 303)


@bp.post("/projects/<project_id>/calibration/starter")
@allow("calibration:edit", project_for)
def take_starter(_actor: Actor, project: Project) -> ResponseReturnValue:
    check_press()
    commands.take_starter(project)
    flash(_("They are here, with comments and reasons. Change them until they are yours."), "good")
    return redirect(url_for(".overview", project_id=project.public_id), 303)


@bp.route("/projects/<project_id>/calibration/samples/new", methods=["GET", "POST"])
@allow("calibration:edit", project_for)
def add_sample(actor: Actor, project: Project) -> ResponseReturnValue:
    """An empty form, or with `?post=` the words of an earlier post in it."""
    post_id = request.args.get("post") if request.method == "GET" else None
    form = prefilled(actor, post_id) if post_id else SampleForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            made = commands.add_sample(
                project,
                title=form.title.data,
                body=form.body.data,
                consent=form.consent.data or "",
                copied=bool(form.copied.data),
                once=form.key,
            )
        except RuleBroken as broken:
            form.refuse("consent" if form.copied.data else None, broken.message)
        else:
            flash(_("The sample is there. Now your own comment on it, with your reasons."), "good")
            return redirect(url_for(".add_model", sample_id=made.public_id), 303)
    return _sample_page(project, form, None)


@bp.route("/samples/<sample_id>/edit", methods=["GET", "POST"])
@allow("calibration:edit", queries.sample_for)
def edit_sample(_actor: Actor, sample: Sample) -> ResponseReturnValue:
    form = SampleForm.from_request()
    if request.method == "GET":
        form.fill(sample)
    elif form.validate():
        words = {"title": form.title.data, "body": form.body.data, "consent": form.consent.data or ""}
        try:
            commands.edit_sample(sample, **words)
        except RuleBroken as broken:
            form.refuse("consent", broken.message)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".edit_sample", sample_id=sample.public_id), 303)
    return _sample_page(sample.project, form, sample)


def _sample_page(project: Project, form: SampleForm, sample: Sample | None) -> ResponseReturnValue:
    page = render_template(
        "calibration/sample.html",
        project=project,
        form=form,
        sample=sample,
        models=queries.models_of(sample.id) if sample else [],
        sent=queries.sent_on(sample.id) if sample else 0,
        criteria=CRITERIA,
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


@bp.post("/samples/<sample_id>/removal")
@allow("calibration:edit", queries.sample_for)
def remove_sample(actor: Actor, sample: Sample) -> ResponseReturnValue:
    check_press()
    commands.remove_sample(sample)
    back = url_for(".overview", project_id=sample.project.public_id)
    undo = offer(actor.person_id, "calibration.remove_sample", sample.public_id, back=back)
    say(_("“%(title)s” is taken away.", title=sample.title), "info", undo=undo)
    return redirect(back, 303)


@bp.route("/samples/<sample_id>/comments", methods=["GET", "POST"])
@allow("calibration:edit", queries.sample_for)
def add_model(_actor: Actor, sample: Sample) -> ResponseReturnValue:
    return _model_page(sample, None)


@bp.route("/model-comments/<model_id>", methods=["GET", "POST"])
@allow("calibration:edit", queries.model_for)
def edit_model(_actor: Actor, model: ModelComment) -> ResponseReturnValue:
    return _model_page(model.sample, model)


def _model_page(sample: Sample, model: ModelComment | None) -> ResponseReturnValue:
    """Write it, or by another button of the same form have it checked by the coach that students have."""
    form, prompts = ModelForm.from_request(), prompt_lines(sample)
    if request.method == "GET" and model is not None:
        form.fill_model(model, prompts)
    checked = request.method == "POST" and request.form.get("then") == "check"
    if request.method == "POST" and not checked and form.validate():
        words = words_in(form, sample, prompts)
        told: dict[str, Any] = {"reasons": form.reasons, "own_words": form.own_words.data or ""}
        try:
            if model is None:
                commands.add_model(sample, sample.project, words, **told, once=form.key)
            else:
                commands.write_model(model, sample, sample.project, words, **told)
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            flash(_("Saved. This is how students see it, once they have sent their own."), "good")
            return redirect(url_for(".preview", sample_id=sample.public_id, both=1), 303)
    form.offer(prompts)
    asked, others = form.reason_fields(asked_in(sample.project))
    page = render_template(
        "calibration/model.html",
        sample=sample,
        project=sample.project,
        model=model,
        form=form,
        prompts=prompts,
        asked=asked,
        others=others,
        asks=ASKS,
        coaching=coaching_for(sample, form) if checked or model is not None else None,
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


@bp.post("/model-comments/<model_id>/removal")
@allow("calibration:edit", queries.model_for)
def remove_model(actor: Actor, model: ModelComment) -> ResponseReturnValue:
    check_press()
    commands.remove_model(model)
    back = url_for(".edit_sample", sample_id=model.sample.public_id)
    undo = offer(actor.person_id, "calibration.remove_model", model.public_id, back=back)
    say(_("Your comment is taken away."), "info", undo=undo)
    return redirect(back, 303)


@bp.post("/disputes/<dispute_id>/answer")
@allow("calibration:decide", queries.dispute_for)
def decide(actor: Actor, made: Dispute) -> ResponseReturnValue:
    """One press, with a sentence or without; pressed again, the newer answer holds."""
    form = AnswerForm.from_request()
    if not form.validate() or form.reaction.data is None:
        raise RuleBroken(_("Press one of the three answers. A sentence with it has at most 600 letters."))
    decide_dispute(made, Reaction(form.reaction.data), by_id=actor.person_id, note=form.note.data or "")
    flash(_("Answered. The student is told."), "good")
    here = url_for(".overview", project_id=made.answer.sample.project.public_id, _anchor="otherwise")
    return redirect(here, 303)


@bp.route("/samples/<sample_id>/preview", methods=["GET", "POST"])
@allow("calibration:tend", queries.sample_for)
def preview(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """As a student sees it; what staff try there is saved nowhere."""
    if request.method == "GET":
        if request.args.get("both"):
            return draw_both(actor, sample, None, preview=True)
        return draw_pen(sample, preview=True)
    form = PenForm.from_request()
    if request.form.get("then") == "check":
        return draw_pen(sample, form, preview=True, coaching=coaching_for(sample, form))
    if not form.validate():
        return draw_pen(sample, form, preview=True, status=422)
    tried = Answer()
    commands.fill(tried, sample, sample.project, words_in(form, sample, prompt_lines(sample)))
    return draw_both(actor, sample, tried, preview=True)
