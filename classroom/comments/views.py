"""The post page and its pen: show, post, keep a draft, be coached."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import commands, commands_kept, queries
from classroom.comments.commands_reading import mark_read
from classroom.comments.forms import PenForm, ReadForm
from classroom.comments.judging import LEAK
from classroom.comments.models import Comment
from classroom.comments.queries_duties import duty_for
from classroom.comments.queries_page import beside
from classroom.comments.reading import Reading
from classroom.comments.rules import BothTexts
from classroom.comments.views_first import first_of_all, led_to
from classroom.comments.views_kindness import LEAVE, REWRITE, before_sending
from classroom.comments.views_page import coaching_for, draw, reading_asked
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.posts.states import State
from classroom.web.forms import check_sent
from classroom.web.templating import clock_time

bp = Blueprint("comments", __name__)


@bp.get("/posts/<post_id>")
@allow("post:see", reading_asked)
def show(actor: Actor, reading: Reading) -> ResponseReturnValue:
    return draw(actor, reading, rewriting=bool(request.args.get(REWRITE)))


@bp.post("/posts/<post_id>/reading")
@allow("post:see", queries.reading_for)
def read(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """What stood on the page when it was drawn is read. The page says so itself once it was seen."""
    form = ReadForm.from_request()
    check_sent(form)
    mark_read(actor.person_id, reading.post, form.moment)
    if request.headers.get("HX-Request"):
        return "", 204
    return redirect(url_for(".show", post_id=reading.post.public_id, _anchor="comments"), 303)


@bp.post("/posts/<post_id>/comments")
@allow("comment:write", queries.reading_for)
def post(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """Post the comment; or, by another button of the same form, only check it or keep the draft."""
    form = PenForm.from_request()
    then = request.form.get("then")
    if then in {"check", "keep", "next"}:
        return _check(actor, reading, form) if then == "check" else _keep(actor, reading, form, then)
    if then == "another":
        return _keep_beside(actor, reading, form)
    fine = form.validate()
    if not fine or then == REWRITE:
        return draw(actor, reading, form=form, status=200 if fine else 422, rewriting=fine)
    if (first := first_of_all(actor, reading)) is not None:
        _save(actor, reading, form, by_force=True)
        return led_to(first, _("Your comment is kept as a draft."))
    here = url_for(".post", post_id=reading.post.public_id)
    if then != LEAVE and (step := before_sending(actor, reading, form, here, keep=True)) is not None:
        return step
    return _send(actor, reading, form)


def _send(actor: Actor, reading: Reading, form: PenForm) -> ResponseReturnValue:
    try:
        comment = commands.post_comment(
            actor.person_id,
            reading.post,
            form.written(beside(actor, reading).prompts),
            once=form.key,
            version=form.known_version,
        )
    except RuleBroken as broken:
        if broken.status != 422:
            raise
        form.refuse("body", broken.message)
        return draw(actor, reading, form=form, status=422)
    return after_sending(comment, reading)


def after_sending(comment: Comment, reading: Reading) -> ResponseReturnValue:
    """To the receipt; what hands over the answer lies in the pen again, to be rewritten on the spot."""
    if comment.state is State.HELD and comment.hold_reason == LEAK:
        return redirect(url_for(".edit", comment_id=comment.public_id), 303)
    page = url_for(".show", post_id=reading.post.public_id, posted=comment.public_id, _anchor="pen")
    return redirect(page, 303)


def _check(actor: Actor, reading: Reading, form: PenForm) -> ResponseReturnValue:
    """Without scripts the coach answers here; the words stay in the pen."""
    return draw(actor, reading, form=form, coaching=coaching_for(actor, reading, form))


def _keep(actor: Actor, reading: Reading, form: PenForm, then: str) -> ResponseReturnValue:
    """Of two texts, this one is kept as the draft; and one goes on to the next post, if that was pressed."""
    if not form.csrf_token.validate(form):
        return draw(actor, reading, form=form, status=422)
    duty = duty_for(actor, reading.project, reading.extension) if then == "next" else None
    onward = duty.beyond(reading.post.public_id) if duty else None
    _save(actor, reading, form, by_force=True)
    flash(_("Your draft is saved."), "good")
    if onward is not None:
        return redirect(url_for(".show", post_id=onward.public_id), 303)
    return redirect(url_for(".show", post_id=reading.post.public_id, _anchor="pen"), 303)


def _keep_beside(actor: Actor, reading: Reading, form: PenForm) -> ResponseReturnValue:
    """Keep the comment beside its passage, and write another; they are sent together later."""
    if not form.validate():
        return draw(actor, reading, form=form, status=422)
    written = form.written(beside(actor, reading).prompts)
    try:
        commands_kept.keep_comment(
            actor.person_id, reading.post, written, once=form.key, version=form.known_version
        )
    except RuleBroken as broken:
        form.refuse("body", broken.message)
        return draw(actor, reading, form=form, status=422)
    flash(_("Kept. Only you see it until you post it."), "good")
    return redirect(url_for(".show", post_id=reading.post.public_id, _anchor="pen"), 303)


def _save(actor: Actor, reading: Reading, form: PenForm, *, by_force: bool = False) -> Comment | None:
    version = form.known_version
    if by_force and (draft := queries.draft_of(actor.person_id, reading.post.id)) is not None:
        version = draft.version
    written = form.written(beside(actor, reading).prompts)
    return commands.save_draft(actor.person_id, reading.post, written, version)


@bp.post("/posts/<post_id>/draft")
@allow("comment:write", queries.reading_for)
def draft(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """The pen saves itself: JSON when it did, a piece of page with both texts when another tab was first."""
    form = PenForm.from_request()
    if not form.csrf_token.validate(form):
        return {"error": "expired"}, 403
    try:
        kept = _save(actor, reading, form)
    except BothTexts as two:
        saved = url_for(".show", post_id=reading.post.public_id, _anchor="pen")
        return render_template("ui/two_texts.html", theirs=two.details["theirs"], here=saved), 409
    return {"saved": clock_time(kept.saved_at if kept else now()), "version": kept.version if kept else 0}


@bp.post("/posts/<post_id>/coaching")
@allow("comment:write", queries.reading_for)
def coaching(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """The coach's answer to what is being written; saves nothing, and is empty when nothing is new."""
    editing = request.args.get("editing", "")
    one = queries.comment_for(actor, editing) if editing else None
    besides = one.id if one and one.author_id == actor.person_id else None
    found = coaching_for(actor, reading, PenForm.from_request(), besides, asked=False)
    return render_template("comments/_coach.html", coaching=found) if found else ("", 204)
