"""Asking: the form, the look before it is sent, and rewriting."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.kindness import look_at
from classroom.comments.queries_labels import rested_in
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.queries import members_of
from classroom.guidelines.queries import must_acknowledge
from classroom.help_requests import commands, commands_drafts, queries, rules, wording
from classroom.help_requests.forms import AskForm
from classroom.help_requests.judging import ASKS, judge_request, look_before
from classroom.help_requests.models import HelpRequest
from classroom.help_requests.placing import Place
from classroom.help_requests.views import bp, here, keep_both
from classroom.moderation.queries import usual_wait_in
from classroom.posts.states import State
from classroom.web.templating import clock_time

CARRIED = ("trying", "tried", "breaks", "kind", "size", "audience", "quote", "start", "version")
LEAVE, REWRITE, ANSWERED, KEEP = "leave", "rewrite", "answered", "keep"
Send = Callable[[AskForm], HelpRequest]


@bp.route("/courses/<course_id>/help-requests/new", methods=["GET", "POST"])
@allow("help:ask", queries.place_in_course)
def ask_course(actor: Actor, place: Place) -> ResponseReturnValue:
    return _ask(actor, place)


@bp.route("/projects/<project_id>/help-requests/new", methods=["GET", "POST"])
@allow("help:ask", queries.place_in_project)
def ask_project(actor: Actor, place: Place) -> ResponseReturnValue:
    return _ask(actor, place)


@bp.route("/posts/<post_id>/help-requests/new", methods=["GET", "POST"])
@allow("help:ask_on_post", queries.place_on_post)
def ask_on_post(actor: Actor, place: Place) -> ResponseReturnValue:
    return _ask(actor, place)


def _ask(actor: Actor, place: Place) -> ResponseReturnValue:
    form = _form(place)
    if request.method == "GET":
        draft = queries.draft_seen_by(actor, place)
        return (
            _page(actor, place, form.fill(draft), saved=draft.edited_at)
            if draft
            else _page(actor, place, form)
        )
    if "X-Autosave" in request.headers:
        return _save(actor, place, form)
    if request.form.get("then") == KEEP:
        return _keep(actor, place, form)

    def send(form: AskForm) -> HelpRequest:
        rested = rested_in(place.course_id)
        return commands.ask(
            actor.person_id, place, form.asked, rested=rested, once=form.key, version=form.known_version
        )

    return _answer_form(actor, place, form, send)


def _save(actor: Actor, place: Place, form: AskForm) -> ResponseReturnValue:
    """The form saves itself: JSON when it did, a piece of page with both texts when another tab was first."""
    if not form.csrf_token.validate(form):
        return {"error": "expired"}, 403
    try:
        kept = commands_drafts.save_draft(actor.person_id, place, form.drafted, form.known_version)
    except rules.BothTexts as two:
        return render_template("ui/two_texts.html", theirs=two.details["theirs"], here=request.path), 409
    saved = clock_time(kept.edited_at or now()) if kept else clock_time(now())
    return {"saved": saved, "version": kept.version if kept else 0}


def _keep(actor: Actor, place: Place, form: AskForm) -> ResponseReturnValue:
    """Of two texts, or without scripts, this one is the draft."""
    if not form.csrf_token.validate(form):
        return _page(actor, place, form, 422)
    commands_drafts.save_draft(actor.person_id, place, form.drafted, None)
    flash(_("Your draft is saved."), "good")
    return redirect(request.path, 303)


@bp.route("/help-requests/<help_id>/edit", methods=["GET", "POST"])
@allow("help:edit", queries.request_for)
def edit(actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    """Rewrite one's request."""
    place = queries.place_of(row)
    form = _form(place)
    if request.method == "GET":
        return _page(actor, place, form.fill(row), row=row)

    def send(form: AskForm) -> HelpRequest:
        rested = rested_in(row.course_id)
        return commands.edit(row, place, form.asked, version=form.known_version, rested=rested)

    return _answer_form(actor, place, form, send, row)


def _form(place: Place) -> AskForm:
    return AskForm.from_request().offer(rules.audiences(place.project, on_post=place.post is not None))


def _answer_form(
    actor: Actor, place: Place, form: AskForm, send: Send, row: HelpRequest | None = None
) -> ResponseReturnValue:
    """What was sent is looked at first, unless its writer has seen that and goes on."""
    then = request.form.get("then")
    if not form.validate():
        return _page(actor, place, form, 422, row)
    if then == ANSWERED:
        if row is None:
            commands_drafts.discard_draft(actor.person_id, place, form.asked, form.known_version)
        flash(_("Good that it was there. Nothing was sent, and nobody was asked."), "good")
        return redirect(_back(place), 303)
    if then == REWRITE:
        wants = look_before(form.asked.text, place.brief).wants
        return _page(actor, place, form, row=row, example=_example(place, form, wants))
    if must_acknowledge(actor, place.course_id):
        form.refuse(None, _("First agree to the guidelines of this course; your words stay here."))
        return _page(actor, place, form, 422, row)
    if then != LEAVE and (step := _look_first(place, form)) is not None:
        return step
    return _send(actor, place, form, send, row)


def _send(
    actor: Actor, place: Place, form: AskForm, send: Send, row: HelpRequest | None
) -> ResponseReturnValue:
    try:
        sent = send(form)
    except rules.BothTexts as two:
        keep_both(form, two)
        return _page(actor, place, form, 409, row)
    except RuleBroken as broken:
        form.refuse("trying", broken.message)
        return _page(actor, place, form, broken.status, row)
    return _sent(sent)


def _sent(sent: HelpRequest) -> ResponseReturnValue:
    if sent.state is State.HELD:
        flash(_("A person reads it first. You are told what was decided, and may rewrite it."), "info")
    else:
        flash(_("Sent. You are told when somebody answers."), "good")
    return here(sent)


def _look_first(place: Place, form: AskForm) -> ResponseReturnValue | None:
    """Words that may hurt, the answer asked for, a brief that may know; None when it may be sent."""
    text = form.asked.text
    judged = judge_request(text, brief=place.brief, work=place.work, rested=rested_in(place.course_id))
    carried = {name: form[name].data or "" for name in CARRIED}
    usual = usual_wait_in(place.course_id) if judged.hold_reason else None
    look = look_at(text, judged.verdict)
    if look is not None:
        return render_template(
            "comments/kindness.html",
            look=look,
            form=form,
            usual=usual,
            url=request.path,
            carried=carried,
            project=place.project or place.course,
        )
    found = look_before(text, place.brief)
    if not found.passages and not found.wants:
        return None
    return render_template(
        "help_requests/before.html",
        place=place,
        form=form,
        carried=carried,
        passages=found.passages,
        wants=found.wants,
        example=_example(place, form, found.wants),
        usual=usual,
    )


def _example(place: Place, form: AskForm, wants: str) -> str:
    """A request for help made of a question that asks for the answer with the words `wants`."""
    asked = form.asked
    return rules.turned(rules.subject_of(asked.text, wants, place.title), asked.kind) if wants else ""


def _page(
    actor: Actor,
    place: Place,
    form: AskForm,
    status: int = 200,
    row: HelpRequest | None = None,
    example: str = "",
    saved: datetime | None = None,
) -> ResponseReturnValue:
    me = members_of(place.course_id, [actor.person_id])[actor.person_id]
    page = render_template(
        "help_requests/ask.html",
        place=place,
        form=form,
        row=row,
        example=example,
        saved=saved,
        who_reads=wording.who_reads(place, me),
        back=url_for(".show", help_id=row.public_id) if row else _back(place),
        url=request.path,
    )
    return page, status


def _back(place: Place) -> str:
    """Where they came from."""
    if place.post is not None:
        return url_for("comments.show", post_id=place.post.public_id)
    if place.project is not None:
        return url_for("projects.show", project_id=place.project.public_id)
    return url_for("help_requests.listing", course_id=place.course.public_id)
