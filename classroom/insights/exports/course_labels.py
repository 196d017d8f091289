"""What people decided about the rules: as tables, and as lines that the meaning engine can learn from."""

import json
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from classroom.access import Actor
from classroom.comments.complaints import holds
from classroom.comments.models import Comment, Label, RuleRest
from classroom.comments.policy import visible_to
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.posts.models import Revision
from classroom.posts.states import State


def label_sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    return [_labels(actor, cast), _rests(cast)]


def _labels(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "rule": _("the rule that spoke against it; “passed” when none did"),
        "words": _("the words for which it did"),
        "fine": _("whether a person said that the comment is fine all the same"),
        "by": _("the id in people of who decided"),
        "at": _("when; of several about the same rule the newest holds"),
    }
    asked = (
        select(Label, Comment.public_id)
        .join(Comment, Comment.id == Label.comment_id)
        .where(Label.course_id == cast.course.id, visible_to(actor))
        .order_by(Label.id)
    )
    rows = (
        (comment, one.code, one.words, one.fine, cast.who(one.by_id), one.at)
        for one, comment in stream(asked)
    )
    return Sheet("labels", _("What people decided about the rules; see learning.jsonl."), columns, rows)


def _rests(cast: Cast) -> Sheet:
    columns = {
        "rule": _("the rule"),
        "at": _("since when it rests"),
        "by": _("who said so"),
        "ended_at": _("until when"),
        "ended_by": _("who let it judge again"),
    }
    asked = select(RuleRest).where(RuleRest.course_id == cast.course.id).order_by(RuleRest.id)
    rows = (
        (one.code, one.at, cast.who(one.by_id), one.ended_at, cast.who(one.ended_by_id))
        for (one,) in stream(asked)
    )
    return Sheet("rule_rests", _("Rules that the course did not judge by."), columns, rows)


def learning_lines(actor: Actor, cast: Cast) -> Iterator[bytes]:
    """One line for each decision that holds, as `python -m classroom.meaning` reads it, without a name."""
    newest = (
        select(func.max(Label.id))
        .where(Label.course_id == cast.course.id)
        .group_by(Label.comment_id, Label.code)
    )
    asked = (
        select(Label, Comment, Revision.text)
        .join(Comment, Comment.id == Label.comment_id)
        .join(Revision, Revision.id == Comment.revision_id)
        .where(Label.id.in_(newest), visible_to(actor))
        .order_by(Label.id)
    )
    earlier = _earlier(cast, actor)
    for one, comment, post in stream(asked):
        project = cast.projects[comment.project_id]
        judged = {"hold": not one.fine} if holds(one.code) else {"meaningful": one.fine}
        line = {
            "id": comment.public_id,
            "text": comment.body,
            "post": post,
            "brief": project.brief_text,
            "quote": comment.quote,
            "earlier": earlier.get(comment.id, []),
            **judged,
            "because": [{"code": one.code, "words": one.words, "right": not one.fine}],
        }
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _earlier(cast: Cast, actor: Actor) -> dict[int, list[str]]:
    """What the writers of copies had left before; for other rules it is not asked."""
    before = aliased(Comment)
    asked = (
        select(Label.comment_id, before.body)
        .join(Comment, Comment.id == Label.comment_id)
        .join(before, (before.author_id == Comment.author_id) & (before.course_id == Comment.course_id))
        .where(Label.course_id == cast.course.id, Label.code.startswith("copied"), visible_to(actor))
        .where(before.id < Comment.id, before.state.not_in([State.DRAFT, State.WITHDRAWN]))
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for comment_id, body in stream(asked):
        found.setdefault(comment_id, []).append(body)
    return found
