"""The tables of revision plans in a person's own export, and of what became of their advice."""

from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.person_world import World, to_the_minute
from classroom.plans.models import PlanItem, PlanReply
from classroom.plans.rules import outcome_of
from classroom.posts.models import Post
from classroom.posts.states import State


def plan_sheets(world: World) -> list[Sheet]:
    return [_items(world), _replies(world), _advice(world)]


def _items(world: World) -> Sheet:
    columns = {
        "post": _("the id of your post"),
        "comment": _("the id of the comment; empty: an idea of your own"),
        "choice": _("what you decided: will, partly or not"),
        "words": _("how, or why not; or the idea"),
        "changed_at": _("when you changed it last"),
        "done_at": _("when you ticked it as done"),
        "revision": _("with which revision its commenter was told"),
    }
    shown = Comment.state == State.VISIBLE
    asked = (
        select(
            Post.public_id,
            Comment.public_id,
            PlanItem.choice,
            PlanItem.words,
            PlanItem.changed_at,
            PlanItem.done_at,
            PlanItem.revision,
        )
        .select_from(PlanItem)
        .join(Post, Post.id == PlanItem.post_id)
        .outerjoin(Comment, Comment.id == PlanItem.comment_id)
        .where(Post.author_id == world.me, PlanItem.course_id.in_(world.courses))
        .where(PlanItem.comment_id.is_(None) | shown)
        .order_by(PlanItem.post_id, PlanItem.position)
    )
    return Sheet("plan_items", _("What you planned to do with your comments."), columns, stream(asked))


def _replies(world: World) -> Sheet:
    columns = {
        "post": _("the id of the post"),
        "by": _("who said it"),
        "body": _("what they said"),
        "at": _("when"),
    }
    mine = (Post.author_id == world.me) | (PlanReply.author_id == world.me)
    asked = (
        select(PlanReply, Post.public_id, Person.name)
        .select_from(PlanReply)
        .join(Post, Post.id == PlanReply.post_id)
        .join(Person, Person.id == PlanReply.author_id)
        .where(mine, PlanReply.course_id.in_(world.courses))
        .order_by(PlanReply.id)
    )
    rows = ((post, name, one.body, to_the_minute(one.at)) for one, post, name in stream(asked))
    return Sheet("plan_replies", _("What was said to plans: to yours, or by you."), columns, rows)


def _advice(world: World) -> Sheet:
    columns = {
        "comment": _("the id of your comment"),
        "outcome": _("what became of it: taken_up, partly or not_this_time"),
        "words": _("how, or why not"),
        "revision": _("with which revision you were told"),
    }
    asked = (
        select(PlanItem, Comment)
        .join(Comment, Comment.id == PlanItem.comment_id)
        .where(
            Comment.author_id == world.me,
            Comment.state == State.VISIBLE,
            PlanItem.told_at.is_not(None),
            PlanItem.course_id.in_(world.courses),
        )
        .order_by(PlanItem.id)
    )
    rows = (
        (
            comment.public_id,
            outcome_of(one.choice, acted=comment.acted_at is not None),
            "" if one.withheld else one.words,
            one.revision,
        )
        for one, comment in stream(asked)
    )
    return Sheet("advice", _("What became of your advice."), columns, rows)
