"""The kindness step: before words that would be held are sent, their writer has one look at them."""

from collections.abc import Mapping

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor
from classroom.comments import commands, queries, rules
from classroom.comments.forms import PenForm, ReplyForm
from classroom.comments.judging import judge_comment, judge_reply
from classroom.comments.kindness import Look, look_at
from classroom.comments.models import Comment
from classroom.comments.queries_labels import rested_in
from classroom.comments.queries_page import beside
from classroom.comments.reading import Reading
from classroom.moderation.queries import usual_wait_in
from classroom.projects.naming import shown_to
from classroom.web.forms import BaseForm, PlainForm

CARRIED = ("body", "quote", "start", "before", "after", "prompt", "version", "revision")
LEAVE, REWRITE = "leave", "rewrite"


def before_sending(
    actor: Actor, reading: Reading, form: PenForm, url: str, *, keep: bool = False
) -> ResponseReturnValue | None:
    """The step for what lies in the pen, with all of it carried along; None when nothing would be held.

    `keep`: it also lies in the pen as a draft. Answer keys are not asked: what is held for one is told
    afterwards, and leaves a trace.
    """
    look = look_in_pen(actor, reading, form)
    if look is None:
        return None
    if keep:
        _keep_in_pen(actor, reading, form)
    carried = {name: form[name].data or "" for name in CARRIED}
    return _page(actor, reading, look, form, {"url": url, "quote": form.quote.data, "carried": carried})


def before_sending_kept(actor: Actor, reading: Reading, one: Comment, look: Look) -> ResponseReturnValue:
    """The step for a comment that is kept beside the pen; it stays there until its writer decides."""
    place = {"post_id": reading.post.public_id}
    way = {
        "url": url_for("comments.post_kept", **place),  # type: ignore[arg-type]
        "back": url_for("comments.take_up", **place),  # type: ignore[arg-type]
        "quote": one.quote,
        "carried": {"which": one.public_id},
    }
    return _page(actor, reading, look, PlainForm(), way)


def look_at_kept(actor: Actor, reading: Reading, one: Comment) -> Look | None:
    """What would be held of a comment that is kept."""
    look = None if actor.teaches(reading.course_id) else look_at(one.body, one.verdict)
    return look if look and f"tone.{one.verdict['tone']}" not in rested_in(reading.course_id) else None


def look_in_pen(actor: Actor, reading: Reading, form: PenForm) -> Look | None:
    """What would be held of the words in the pen; staff are never held."""
    if actor.teaches(reading.course_id):
        return None
    body, quote = form.body.data or "", form.quote.data or None
    judged = judge_comment(
        body,
        project=reading.project,
        post_text=reading.revision.text,
        quote=quote,
        rested=rested_in(reading.course_id),
    )
    return look_at(body, judged.verdict)


def _keep_in_pen(actor: Actor, reading: Reading, form: PenForm) -> None:
    """Nothing typed is lost, whatever becomes of the step's page; another tab's text is left alone."""
    written = form.written(beside(actor, reading).prompts)
    try:
        draft = commands.save_draft(actor.person_id, reading.post, written, version=form.known_version)
    except rules.BothTexts:
        return
    form.version.data = str(draft.version if draft else 0)


def look_at_reply(actor: Actor, comment: Comment, body: str) -> Look | None:
    """What would be held of a reply."""
    reading = queries.reading_for(actor, comment.post.public_id)
    if reading is None or actor.teaches(reading.course_id):
        return None
    rested = rested_in(reading.course_id)
    judged = judge_reply(body, project=reading.project, post_text=reading.revision.text, rested=rested)
    return look_at(body, judged.verdict)


def before_answering(comment: Comment, form: ReplyForm, look: Look, url: str) -> ResponseReturnValue:
    """The step for a reply."""
    carried = {"body": form.body.data, "version": form.version.data}
    way = {"url": url, "carried": carried, "project": comment.post.project}
    return _drawn(comment.course_id, look, form, way)


def _page(
    actor: Actor, reading: Reading, look: Look, form: BaseForm, way: Mapping[str, object]
) -> ResponseReturnValue:
    receiver = shown_to(actor, reading.project, reading.author).name
    return _drawn(reading.course_id, look, form, {"receiver": receiver, "project": reading.project, **way})


def _drawn(course_id: int, look: Look, form: BaseForm, way: Mapping[str, object]) -> ResponseReturnValue:
    usual = usual_wait_in(course_id)
    return render_template("comments/kindness.html", look=look, form=form, usual=usual, **way)
