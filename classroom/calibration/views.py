"""Practising on samples: the way in, one's own comment, and what the instructor says to the same work."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.calibration import commands_practice as commands
from classroom.calibration import queries, rules
from classroom.calibration.forms import DisputeForm
from classroom.calibration.models import Dispute, Sample
from classroom.calibration.views_page import (
    coaching_for,
    draw_both,
    draw_pen,
    going,
    prompt_lines,
    words_in,
)
from classroom.calibration.views_staff import draw_staff
from classroom.comments.forms import PenForm
from classroom.core.clock import now
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.web.forms import check_press
from classroom.web.templating import clock_time

bp = Blueprint("calibration", __name__)


@bp.get("/projects/<project_id>/calibration")
@allow("calibration:see", project_for)
def overview(actor: Actor, project: Project) -> ResponseReturnValue:
    """For students the samples and how far they are; for staff what the class makes of them."""
    if actor.teaches(project.course_id):
        return draw_staff(actor, project)
    steps = queries.steps_for(actor, project.id)
    if not steps:
        raise NotFound
    return render_template(
        "calibration/overview.html",
        project=project,
        steps=steps,
        studies=actor.studies(project.course_id),
        first=next((one for one in steps if not one.done), None),
        going=going(),
    )


@bp.get("/samples/<sample_id>")
@allow("calibration:see", queries.sample_for)
def show(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """First the pen; both comments only once one's own is sent. Who only reads sees the instructor's."""
    if actor.teaches(sample.course_id):
        return redirect(url_for(".preview", sample_id=sample.public_id))
    answer = queries.own_answer(actor, sample)
    if not actor.studies(sample.course_id) or (answer is not None and answer.sent_at is not None):
        return draw_both(actor, sample, answer)
    return draw_pen(sample, draft=answer, writes=not actor.is_over(sample.course_id))


@bp.post("/samples/<sample_id>/answer")
@allow("calibration:practise", queries.sample_for)
def answer(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """Send it, and see both; or, by another button of the same form, check it or keep the draft."""
    form, then = PenForm.from_request(), request.form.get("then")
    here = url_for(".show", sample_id=sample.public_id, next=going())
    if then == "check":
        return draw_pen(sample, form, coaching=coaching_for(sample, form))
    if not form.validate() if then != "keep" else not form.csrf_token.validate(form):
        return draw_pen(sample, form, status=422)
    words = words_in(form, sample, prompt_lines(sample))
    if then == "keep":
        known = queries.answer_of(actor.person_id, sample.id)
        commands.save_draft(actor.person_id, sample, words, known.version if known else 0)
        flash(_("Your draft is saved."), "good")
    else:
        commands.send(actor.person_id, sample, sample.project, words)
    return redirect(here, 303)


@bp.post("/samples/<sample_id>/draft")
@allow("calibration:practise", queries.sample_for)
def draft(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """The pen saves itself: JSON when it did, a piece of page with both texts when another tab was first."""
    form = PenForm.from_request()
    if not form.csrf_token.validate(form):
        return {"error": "expired"}, 403
    words = words_in(form, sample, prompt_lines(sample))
    try:
        kept = commands.save_draft(actor.person_id, sample, words, form.known_version)
    except rules.BothTexts as both:
        saved = url_for(".show", sample_id=sample.public_id, _anchor="pen")
        return render_template("ui/two_texts.html", theirs=both.details["theirs"], here=saved), 409
    return {"saved": clock_time(kept.saved_at if kept else now()), "version": kept.version if kept else 0}


@bp.post("/samples/<sample_id>/coaching")
@allow("calibration:see", queries.sample_for)
def coaching(_actor: Actor, sample: Sample) -> ResponseReturnValue:
    """The coach's answer to what is being written; saves nothing, and is empty when nothing is new."""
    found = coaching_for(sample, PenForm.from_request(), asked=False)
    return render_template("calibration/_coach.html", coaching=found) if found else ("", 204)


@bp.post("/samples/<sample_id>/disputes")
@allow("calibration:practise", queries.sample_for)
def dispute(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """'I see it otherwise': between the student and the staff."""
    mine = queries.answer_of(actor.person_id, sample.id, sent_only=True)
    if mine is None:
        raise rules.NotToDispute
    form = DisputeForm.from_request()
    criterion = (form.criterion.data or "")[:20]
    if form.validate():
        models = queries.models_of(sample.id)
        model = next((one for one in models if one.public_id == form.model.data), None)
        try:
            commands.dispute(mine, model, criterion, form.why.data)
        except RuleBroken as broken:
            form.refuse("why", broken.message)
        else:
            flash(
                _("Said. Your instructor sees it, nobody else does, and you are told what they answer."),
                "good",
            )
            here = url_for(".show", sample_id=sample.public_id, next=going(), _anchor=f"on-{criterion}")
            return redirect(here, 303)
    return draw_both(actor, sample, mine, typed=form, status=422)


@bp.post("/disputes/<dispute_id>/withdrawal")
@allow("calibration:take_back", queries.dispute_for)
def take_back(_actor: Actor, made: Dispute) -> ResponseReturnValue:
    check_press()
    place, criterion = made.answer.sample.public_id, made.criterion
    commands.take_back(made)
    flash(_("Taken back."), "info")
    return redirect(url_for(".show", sample_id=place, next=going(), _anchor=f"on-{criterion}"), 303)
