"""One comment: its address, rewriting, claiming, withdrawing, thanks, and what was done because of it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import commands, commands_reasons, commands_threads, queries
from classroom.comments.forms import PenForm, ReasonForm, ThanksForm
from classroom.comments.models import Comment, ReasonKind, ThanksKind
from classroom.comments.page import PostPage, post_page
from classroom.comments.reading import Reading
from classroom.comments.rules import BothTexts
from classroom.comments.undoing import standing_of
from classroom.comments.views import after_sending, bp
from classroom.comments.views_kindness import LEAVE, REWRITE, before_sending
from classroom.comments.views_page import coaching_for, draw
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.posts.states import State
from classroom.undo.commands import offer
from classroom.web.forms import EXPIRED, PlainForm
from classroom.web.saying import say


def here(comment: Comment) -> ResponseReturnValue:
    """Back to the comment on its post's page."""
    place = f"c-{comment.public_id}"
    return redirect(url_for(".show", post_id=comment.post.public_id, _anchor=place), 303)


def pressed() -> None:
    """A button that needs no words: only the token is checked."""
    if not PlainForm.from_request().validate():
        raise RuleBroken(EXPIRED)


def _reading(actor: Actor, comment: Comment) -> Reading:
    """The page the comment stands on; its post may have been hidden from its writer meanwhile."""
    reading = queries.reading_for(actor, comment.post.public_id)
    if reading is None:
        raise NotFound
    return reading


@bp.get("/comments/<comment_id>")
@allow("comment:see", queries.comment_for)
def comment(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The address that mail and other pages link to."""
    return here(comment)


@bp.route("/comments/<comment_id>/edit", methods=["GET", "POST"])
@allow("comment:edit", queries.comment_for)
def edit(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """Rewrite one's comment; the pen holds it, and the coach helps as with a new one."""
    reading = _reading(actor, comment)
    page = post_page(actor, reading)
    form = PenForm.from_request()
    form.offer(page.beside.prompts)
    if request.method == "GET":
        form.fill(comment, page.beside.prompts, comment.revision.number)
        return draw(actor, reading, form=form, editing=comment.public_id, page=page)
    then = request.form.get("then")
    if then == "check":
        coaching = coaching_for(actor, reading, form, comment.id)
        return draw(actor, reading, form=form, editing=comment.public_id, page=page, coaching=coaching)
    if not form.validate():
        return draw(actor, reading, form=form, status=422, editing=comment.public_id, page=page)
    if then == REWRITE:
        return draw(actor, reading, form=form, editing=comment.public_id, page=page, rewriting=True)
    if then != LEAVE and (step := before_sending(actor, reading, form, request.path)) is not None:
        return step
    return _rewrite(actor, comment, page, form)


def _rewrite(actor: Actor, comment: Comment, page: PostPage, form: PenForm) -> ResponseReturnValue:
    reading = page.reading
    written = form.written(page.beside.prompts)
    try:
        commands.edit_comment(
            comment, reading.post, written, version=form.known_version, by_id=actor.person_id
        )
    except BothTexts as two:
        form.version.data = str(two.details["version"])
        return draw(
            actor,
            reading,
            form=form,
            status=409,
            editing=comment.public_id,
            page=page,
            theirs=two.details["theirs"],
        )
    except RuleBroken as broken:
        if broken.status != 422:
            raise
        form.refuse("body", broken.message)
        return draw(actor, reading, form=form, status=422, editing=comment.public_id, page=page)
    if comment.state is State.HELD:
        flash(_("Your comment waits for a person, with the words you have now."), "info")
        return here(comment)
    return after_sending(comment, reading)


@bp.post("/comments/<comment_id>/claim")
@allow("comment:claim", queries.comment_for)
def claim(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """'I think this is fine.'"""
    pressed()
    commands.claim_fine(comment)
    flash(_("Your instructor will have a look. Until then it counts."), "good")
    return here(comment)


@bp.post("/comments/<comment_id>/withdrawal")
@allow("comment:withdraw", queries.comment_for)
def withdraw(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """Take it back; the words lie in the pen again."""
    pressed()
    before = standing_of(comment)
    commands.withdraw(comment, actor.person_id)
    back = url_for(".comment", comment_id=comment.public_id)
    undo = offer(actor.person_id, "comments.withdraw", comment.public_id, back=back, **before)
    say(_("You took your comment back. Nobody sees it now; the words are in your pen."), undo=undo)
    return redirect(url_for(".show", post_id=comment.post.public_id, _anchor="pen"), 303)


@bp.post("/comments/<comment_id>/thanks")
@allow("comment:thank", queries.comment_for)
def thank(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """One press gives a thanks, a second one takes it back."""
    form = ThanksForm.from_request()
    if not form.validate():
        raise RuleBroken(EXPIRED)
    kind = ThanksKind(form.kind.data)
    give = commands_threads.unthank if form.given.data else commands_threads.thank
    give(comment, actor.person_id, kind)
    return here(comment)


@bp.post("/comments/<comment_id>/reasons")
@allow("comment:say_reason", queries.comment_for)
def say_reason(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """One press says a reason, a second one takes it back while the writer has not been told."""
    form = ReasonForm.from_request()
    if not form.validate():
        raise RuleBroken(EXPIRED)
    kind = ReasonKind(form.kind.data)
    if form.given.data:
        commands_reasons.take_back(comment, actor.person_id, kind)
    else:
        commands_reasons.say(comment, actor.person_id, kind)
    return here(comment)


@bp.post("/comments/<comment_id>/acted-on")
@allow("comment:act_on", queries.comment_for)
def act_on(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """'I acted on this', in the revision that stands now; a second press takes it back."""
    pressed()
    if request.form.get("given"):
        commands_threads.unmark_acted_on(comment)
    else:
        commands_threads.mark_acted_on(comment, comment.post.revision_number)
        flash(_("The writer will see that you acted on their comment."), "good")
    return here(comment)
