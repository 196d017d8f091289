"""Writes of what staff say to a plan."""

from dataclasses import dataclass

from sqlalchemy import select

from classroom.core import richtext
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.plans.commands import lock
from classroom.plans.models import PlanReply
from classroom.plans.rules import check_length
from classroom.posts.models import Post


@dataclass(frozen=True)
class PlanReplied:
    """One of the staff answered a plan: its author is told."""

    reply_id: int
    post_id: int
    course_id: int
    receiver_id: int


@dataclass(frozen=True)
class PlanReplyTakenBack:
    """And took that back."""

    reply_id: int
    receiver_id: int


class NothingSaid(RuleBroken):
    """A reply is its words."""

    message = _l("Write something first.")


def reply(post: Post, author_id: int, body: str, once: str) -> PlanReply:
    """Say something to a plan; the second press of the same button answers the first's."""
    if not body.strip():
        raise NothingSaid
    check_length(body)
    lock(post)
    asked = select(PlanReply).where(PlanReply.author_id == author_id, PlanReply.once == once)
    there = db.session.scalar(asked)
    if there is not None:
        return there
    made = PlanReply(
        course_id=post.course_id,
        post_id=post.id,
        author_id=author_id,
        body=body,
        body_html=richtext.render(body),
        once=once,
    )
    db.session.add(made)
    db.session.flush()
    announce(PlanReplied(made.id, post.id, post.course_id, post.author_id))
    return made


def take_back(post: Post, author_id: int, reply_id: str) -> bool:
    """Undo one's reply; False when it is gone already."""
    made = db.session.scalar(
        select(PlanReply).where(
            PlanReply.public_id == reply_id, PlanReply.post_id == post.id, PlanReply.author_id == author_id
        )
    )
    if made is None:
        return False
    announce(PlanReplyTakenBack(made.id, post.author_id))
    db.session.delete(made)
    db.session.flush()
    return True
