"""What is muted is not told: asked when news are shown and sent, so that unmuting brings all of it back.

Nothing is written about it. A letter that is not sent looks like one whose news were read before.
"""

from functools import cache

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from classroom.comments.models import Comment, Reply
from classroom.courses.models import Membership
from classroom.following.models import Interest, Stance, Thing
from classroom.following.policy import in_force
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.models import Post
from classroom.projects.models import Anonymity, Project

# What somebody owes, what came back to them and what staff announce is always told; these need not be.
MAY_BE_MUTED = frozenset(
    {
        NoticeKind.COMMENT_RECEIVED,
        NoticeKind.REPLIED,
        NoticeKind.APPROVED,
        NoticeKind.RESTORED,
        NoticeKind.COUNTED,
        NoticeKind.SEEN_OTHERWISE,
        NoticeKind.HIGHLIGHT_WRITER,
        NoticeKind.HIGHLIGHT_RECEIVER,
        NoticeKind.HELP_ANSWERED,
        NoticeKind.HELP_HELPED,
        NoticeKind.HELP_SHOWN,
        NoticeKind.FOLLOWED_POST,
        NoticeKind.FOLLOWED_TALK,
        NoticeKind.BOARD_OPENED,
        NoticeKind.BOARD_REVEALED,
    }
)


@cache
def is_heard() -> ColumnElement[bool]:
    """Notices that their person has not muted; a condition in whichever statement reads notices.

    Built once: every page asks it, and building it cost more than asking.
    """
    return or_(Notice.kind.not_in(MAY_BE_MUTED), ~_said(Stance.MUTE, *_mutings()), _followed())


def _said(stance: Stance, *about: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = and_(Interest.person_id == Notice.person_id, Interest.course_id == Notice.course_id)
    return exists().where(mine, Interest.stance == stance, in_force(), or_(*about)).correlate(Notice)


def _followed() -> ColumnElement[bool]:
    """A post that is followed is heard of, whatever else is muted, unless it is everything."""
    post = and_(Interest.thing == Thing.POST, Interest.what == _detail("post"))
    return and_(_said(Stance.FOLLOW, post), ~_said(Stance.MUTE, Interest.thing == Thing.REST))


def _mutings() -> list[ColumnElement[bool]]:
    word = func.lower(_detail("title")).contains(Interest.what)
    return [
        Interest.thing == Thing.REST,
        and_(Interest.thing == Thing.PROJECT, Interest.what == _detail("project")),
        and_(Interest.thing == Thing.POST, Interest.what == _detail("post")),
        and_(Interest.thing == Thing.WORD, word),
        and_(Interest.thing == Thing.PERSON, _by_them()),
    ]


def _detail(name: str) -> ColumnElement[str]:
    told: ColumnElement[str] = Notice.details[name].as_string()
    return told


def _by_them() -> ColumnElement[bool]:
    """Written by the muted person, where students are named: elsewhere it would tell who wrote it."""
    seat = aliased(Membership)
    comment = select(Comment.author_id).where(Comment.public_id == _detail("comment")).correlate(Notice)
    reply = select(Reply.author_id).where(Reply.public_id == _detail("reply")).correlate(Notice)
    post = select(Post.author_id).where(Post.public_id == _detail("post")).correlate(Notice)
    wrote = or_(
        and_(Notice.kind == NoticeKind.REPLIED, seat.person_id == reply.scalar_subquery()),
        and_(Notice.kind == NoticeKind.FOLLOWED_POST, seat.person_id == post.scalar_subquery()),
        and_(
            Notice.kind.in_([NoticeKind.COMMENT_RECEIVED, NoticeKind.FOLLOWED_TALK]),
            seat.person_id == comment.scalar_subquery(),
        ),
    )
    project = exists().where(Project.public_id == _detail("project"), Project.anonymity == Anonymity.NAMED)
    named = project.correlate(Notice)
    return exists().where(seat.public_id == Interest.what, named, wrote).correlate(Notice, Interest)
