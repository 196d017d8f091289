"""The editor: a student's own post in a project, written, saved, previewed and published."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.guidelines.queries import must_acknowledge
from classroom.plans.commands import tick
from classroom.posts import commands, commands_files, queries
from classroom.posts.forms import PostForm
from classroom.posts.models import Post
from classroom.posts.queries import Desk
from classroom.posts.rules import BadLink, BothTexts, Incomplete, TooLong
from classroom.posts.undoing import draft_of
from classroom.posts.views_editor import (
    Both,
    Preview,
    both_piece,
    page,
    preview_piece,
    take_out,
    with_files,
)
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.limits import takes_files
from classroom.web.numbers import whole
from classroom.web.saying import say
from classroom.web.templating import clock_time
from classroom.web.unit_of_work import keep_despite_refusal

bp = Blueprint("posts", __name__)


@bp.route("/projects/<project_id>/post", methods=["GET", "POST"])
@takes_files
@allow("post:write", queries.desk_for)
def write(actor: Actor, desk: Desk) -> ResponseReturnValue:
    if request.method == "GET":
        return _guidelines_first(desk) if must_acknowledge(actor, desk.course_id) else page(actor, desk)
    form = PostForm.from_request()
    fine = form.validate()
    if form.csrf_token.errors:
        return page(actor, desk, form, status=422)
    refused, desk = with_files(actor, desk, form)
    if not fine:
        return page(actor, desk, form, status=422)
    if request.form.get("then") == "theirs":
        return page(actor, desk, both=Both(form.typed, mine=True))
    try:
        seen = request.form.get("over", form.seen_version, type=whole)
        post = commands.save_draft(desk.project, actor.person_id, form.typed, seen, tab=form.key)
    except BothTexts as lost:
        both = Both(lost.details["theirs"], lost.details["version"])
        return page(actor, desk, form, both=both, status=409)
    if request.form.get("plan"):
        tick(post, set(request.form.getlist("done")))
    keep_despite_refusal()
    desk = Desk(desk.project, desk.extension, post)
    form.version.data = str(post.draft_version)
    return page(actor, desk, form, status=refused) if refused else _go_on(actor, desk, form)


def _go_on(actor: Actor, desk: Desk, form: PostForm) -> ResponseReturnValue:
    """The draft is saved; now what the pressed button says."""
    then = request.form.get("then", "publish")
    if {"over", "remove"} & request.form.keys():
        _remove(actor, request.form.get("remove", ""))
        return _back_to(desk)
    if then == "preview":
        return page(actor, desk, form, preview=Preview.of(form.typed))
    if then == "publish":
        must_agree = must_acknowledge(actor, desk.course_id)
        return _guidelines_first(desk) if must_agree else _publish(actor, desk, form)
    flash(_("Your draft is saved. Nobody else sees it."), "good")
    return _back_to(desk)


def _remove(actor: Actor, file_id: str) -> None:
    """Without scripts a file is taken out with the page's form, so that nothing typed is lost."""
    file = queries.file_for(actor, file_id) if file_id else None
    if file is not None and may(actor, "file:remove", file):
        say(_("“%(name)s” is out of your draft.", name=file.name), "info", undo=take_out(actor, file))


def _publish(actor: Actor, desk: Desk, form: PostForm) -> ResponseReturnValue:
    try:
        done = commands.publish_post(desk.project, actor.person_id, once=form.key)
    except Incomplete as error:
        for field, words in error.details["missing"].items():
            form.refuse(field, words)
    except BadLink as error:
        form.refuse(form.link, error.message)
    except RuleBroken as error:
        form.refuse(None, error.message)
    else:
        return redirect(url_for(".receipt", post_id=done.post.public_id), 303)
    return page(actor, desk, form, status=422)


def _back_to(desk: Desk) -> ResponseReturnValue:
    return redirect(url_for(".write", project_id=desk.project.public_id), 303)


def _guidelines_first(desk: Desk) -> ResponseReturnValue:
    """Nobody posts before they have agreed to the line; what they wrote is saved."""
    here = url_for(".write", project_id=desk.project.public_id)
    course_id = desk.project.course.public_id
    return redirect(url_for("guidelines.acknowledge", course_id=course_id, next=here), 303)


@bp.post("/projects/<project_id>/post/draft")
@allow("post:write", queries.desk_for)
def save_draft(actor: Actor, desk: Desk) -> ResponseReturnValue:
    """What the page sends by itself while one writes."""
    form = PostForm.from_request()
    if not form.validate():
        return {"error": "refused"}, 403 if form.csrf_token.errors else 422
    try:
        post = commands.save_draft(desk.project, actor.person_id, form.typed, form.seen_version, tab=form.key)
    except BothTexts as lost:
        return both_piece(Both(lost.details["theirs"], lost.details["version"])), 409
    except TooLong:
        return {"error": "refused"}, 422
    saved = clock_time(post.draft_saved_at) if post.draft_saved_at else ""
    return {"saved": saved, "version": post.draft_version}


@bp.post("/projects/<project_id>/post/preview")
@allow("post:write", queries.desk_for)
def preview(actor: Actor, desk: Desk) -> ResponseReturnValue:
    """A piece of the page: the text as the class will read it. Nothing is saved."""
    form = PostForm.from_request()
    if not form.validate():
        raise RuleBroken(next(iter([*form.csrf_token.errors, *form.text.errors]), None))
    return preview_piece(actor, desk, form.typed)


@bp.post("/posts/<post_id>/draft/dropping")
@allow("post:keep", queries.post_for)
def drop_draft(actor: Actor, post: Post) -> ResponseReturnValue:
    """Back to what is published."""
    check_press()
    before, back = draft_of(post), url_for(".write", project_id=post.project.public_id)
    commands_files.drop_draft(post)
    undo = offer(actor.person_id, "posts.drop_draft", post.public_id, back=back, **before)
    say(_("Your changes are dropped. This is your post as the class sees it."), "info", undo=undo)
    return redirect(back, 303)
