"""The tables of revision plans in the export of a course."""

from sqlalchemy import select

from classroom.comments.models import Comment
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.plans.models import PlanItem, PlanReply
from classroom.posts.models import Post


def plan_sheets(cast: Cast) -> list[Sheet]:
    return [_items(cast), _replies(cast)]


def _items(cast: Cast) -> Sheet:
    columns = {
        "post": _("the id of the post"),
        "comment": _("the id of the comment; empty: an idea of the author's own"),
        "position": _("the place in the author's order"),
        "choice": _("what the author decided: will, partly or not"),
        "words": _("how, or why not; or the idea"),
        "withheld": _("whether the words were kept from the commenter, since they may hurt"),
        "created_at": _("when it was planned"),
        "changed_at": _("when it was changed last"),
        "done_at": _("when it was ticked as done"),
        "revision": _("with which revision it was told"),
        "told_at": _("when its commenter was told"),
    }
    asked = (
        select(PlanItem, Post.public_id, Comment.public_id)
        .join(Post, Post.id == PlanItem.post_id)
        .outerjoin(Comment, Comment.id == PlanItem.comment_id)
        .where(PlanItem.course_id == cast.course.id)
        .order_by(PlanItem.post_id, PlanItem.position, PlanItem.id)
    )
    rows = (
        (
            post,
            comment,
            one.position,
            one.choice,
            one.words,
            one.withheld,
            one.created_at,
            one.changed_at,
            one.done_at,
            one.revision,
            one.told_at,
        )
        for one, post, comment in stream(asked)
    )
    return Sheet("plan_items", _("What authors planned to do with their comments."), columns, rows)


def _replies(cast: Cast) -> Sheet:
    columns = {
        "post": _("the id of the post"),
        "by": _("who replied"),
        "body": _("what they said"),
        "at": _("when"),
    }
    asked = (
        select(PlanReply, Post.public_id)
        .join(Post, Post.id == PlanReply.post_id)
        .where(PlanReply.course_id == cast.course.id)
        .order_by(PlanReply.id)
    )
    rows = ((post, cast.who(one.author_id), one.body, one.at) for one, post in stream(asked))
    return Sheet("plan_replies", _("What staff said to plans."), columns, rows)
