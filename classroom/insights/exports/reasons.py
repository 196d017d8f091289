"""How comments helped: all of it for a course; for one person what they said, and what they were told."""

from sqlalchemy import select

from classroom.access import Actor
from classroom.comments.models import Comment, Reason
from classroom.comments.policy import visible_to
from classroom.core.i18n import _
from classroom.helpfulness.queries import told_of
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.person_world import World


def reason_sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    columns = {
        "comment": _("the id of the comment"),
        "by": _("the id of the receiver in people"),
        "kind": _("why it helped, or did not yet"),
        "at": _("when"),
        "told_at": _("when its writer was told, among others'"),
    }
    asked = (
        select(Comment.public_id, Reason.person_id, Reason.kind, Reason.at, Reason.told_at)
        .join(Comment, Comment.id == Reason.comment_id)
        .where(Reason.course_id == cast.course.id, visible_to(actor))
        .order_by(Reason.id)
    )
    rows = ((comment, cast.who(by), *rest) for comment, by, *rest in stream(asked))
    return [Sheet("comment_reasons", _("What receivers said quietly about comments."), columns, rows)]


def own_reason_sheets(world: World) -> list[Sheet]:
    return [_given(world), _told(world)]


def _given(world: World) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "kind": _("why it helped, or did not yet"),
        "at": _("when"),
    }
    asked = (
        select(Comment.public_id, Reason.kind, Reason.at)
        .join(Comment, Comment.id == Reason.comment_id)
        .where(Reason.person_id == world.me, Reason.course_id.in_(world.courses))
        .order_by(Reason.id)
    )
    return Sheet("reasons_given", _("How comments helped you, as you said quietly."), columns, stream(asked))


def _told(world: World) -> Sheet:
    """No more than the page tells: sums over a course, of at least three people at a time."""
    columns = {
        "course": _("the course"),
        "kind": _("why it helped, or did not yet"),
        "times": _("how often that was said of your comments there"),
    }
    rows = (
        (world.course(course_id), kind, times)
        for course_id, told in told_of(world.me, world.courses).items()
        for kind, times in told.items()
    )
    says = _("How your comments helped, as far as you were told: mixed, so that nobody is recognised.")
    return Sheet("reasons_received", says, columns, rows)
