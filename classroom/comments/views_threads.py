"""Replies: answering, rewriting, taking back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import commands_threads, queries
from classroom.comments.forms import ReplyForm
from classroom.comments.judging import LEAK
from classroom.comments.kindness import Look
from classroom.comments.models import Comment, Reply
from classroom.comments.rules import BothTexts
from classroom.comments.undoing import standing_of
from classroom.comments.views import bp
from classroom.comments.views_comments import here, pressed
from classroom.comments.views_kindness import LEAVE, REWRITE, before_answering, look_at_reply
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.guidelines.queries import must_acknowledge
from classroom.posts.states import State
from classroom.undo.commands import offer
from classroom.web.saying import say


@bp.route("/comments/<comment_id>/replies", methods=["GET", "POST"])
@allow("comment:reply", queries.comment_for)
def reply(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """A reply is written under its comment, or on a page of its own when something was wrong with it."""
    form = ReplyForm.from_request()
    if request.method == "GET" or not form.validate():
        return _page(comment, form, 200 if request.method == "GET" else 422)
    if must_acknowledge(actor, comment.course_id):
        form.refuse(None, _("First agree to the guidelines of this course; your words stay here."))
        return _page(comment, form, 422)
    if (answer := _look_first(actor, comment, form)) is not None:
        return answer
    try:
        row = commands_threads.reply(comment, comment.post, actor.person_id, form.body.data, once=form.key)
    except RuleBroken as broken:
        form.refuse("body", broken.message)
        return _page(comment, form, broken.status)
    return _after(row, comment)


def _page(
    comment: Comment, form: ReplyForm, status: int, row: Reply | None = None, look: Look | None = None
) -> ResponseReturnValue:
    return render_template("comments/reply.html", comment=comment, form=form, row=row, look=look), status


def _look_first(
    actor: Actor, comment: Comment, form: ReplyForm, row: Reply | None = None
) -> ResponseReturnValue | None:
    """The kindness step, as for comments; None when it may be sent."""
    then = request.form.get("then")
    look = look_at_reply(actor, comment, form.body.data) if then != LEAVE else None
    if then == REWRITE:
        return _page(comment, form, 200, row, look)
    return before_answering(comment, form, look, request.path) if look else None


def _after(row: Reply, comment: Comment) -> ResponseReturnValue:
    if row.state is State.HELD:
        flash(_("Your reply waits for a person. You are told what was decided, and may rewrite it."), "info")
        if row.hold_reason == LEAK:
            return redirect(url_for(".edit_reply", reply_id=row.public_id), 303)
    return here(comment)


@bp.route("/replies/<reply_id>/edit", methods=["GET", "POST"])
@allow("reply:edit", queries.reply_for)
def edit_reply(actor: Actor, row: Reply) -> ResponseReturnValue:
    """Rewrite one's reply."""
    form = ReplyForm.from_request()
    if request.method == "GET":
        form.body.data, form.version.data = row.body, str(row.version)
        return _page(row.comment, form, 200, row)
    if not form.validate():
        return _page(row.comment, form, 422, row)
    if (answer := _look_first(actor, row.comment, form, row)) is not None:
        return answer
    try:
        commands_threads.edit_reply(row, row.comment.post, form.body.data, version=form.known_version)
    except BothTexts as two:
        form.version.data = str(two.details["version"])
        form.refuse(
            None,
            _("It was changed somewhere else meanwhile. It says now: %(text)s", text=two.details["theirs"]),
        )
        return _page(row.comment, form, 409, row)
    except RuleBroken as broken:
        form.refuse("body", broken.message)
        return _page(row.comment, form, broken.status, row)
    return _after(row, row.comment)


@bp.post("/replies/<reply_id>/withdrawal")
@allow("reply:withdraw", queries.reply_for)
def withdraw_reply(actor: Actor, row: Reply) -> ResponseReturnValue:
    """Take it back."""
    pressed()
    before = standing_of(row)
    commands_threads.withdraw_reply(row)
    back = url_for(".comment", comment_id=row.comment.public_id)
    undo = offer(actor.person_id, "comments.withdraw_reply", row.public_id, back=back, **before)
    say(_("You took your reply back."), undo=undo)
    return here(row.comment)
