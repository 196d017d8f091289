"""Several comments on one post: kept beside the pen, then sent together or one by one."""

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from classroom.comments import queries, rules
from classroom.comments.commands import (
    PostGone,
    Written,
    draft_to_send,
    new_draft,
    scene_for,
    send,
    write_into,
)
from classroom.comments.judging import judge_comment
from classroom.comments.models import Comment
from classroom.comments.queries_labels import rested_in
from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.posts.models import Post
from classroom.posts.states import State

MOST = 20


class TooManyKept(RuleBroken):
    """More than anyone would read again before sending."""

    message = _l("You have kept many comments here. Post them first; your text stays in the pen.")


def keep_comment(
    author_id: int, post: Post, written: Written, *, once: str | None = None, version: int | None = None
) -> Comment:
    """Put what lies in the pen beside it, and leave the pen empty; the same press twice keeps once.

    What another tab has saved meanwhile stays in the pen.
    """
    done = queries.sent_before(author_id, once)
    if done is not None:
        return done
    rules.check_text(written.body)
    if len(queries.kept_by(author_id, post.id)) >= MOST:
        raise TooManyKept
    draft = draft_to_send(author_id, post, written, version) or new_draft(author_id, post, written)
    draft.once = once
    try:
        with db.session.begin_nested():
            return _keep(draft, post, written)
    except (IntegrityError, StaleDataError):
        done = queries.sent_before(author_id, once)
        if done is None:
            raise
        return done


def _keep(draft: Comment, post: Post, written: Written) -> Comment:
    scene = scene_for(post, draft.author_id, written)
    write_into(draft, written, scene)
    _put_beside(draft, scene)
    db.session.add(draft)
    db.session.flush()
    return draft


def _put_beside(draft: Comment, scene: queries.Scene) -> None:
    """The draft is kept, with what the coach says of it; answer keys are asked only when it is sent."""
    judged = judge_comment(
        draft.body,
        project=scene.project,
        post_text=scene.revision.text,
        quote=draft.quote,
        before=queries.said_before(draft.course_id, draft.author_id, draft.post_id, draft.id),
        rested=rested_in(draft.course_id),
    )
    draft.verdict, draft.kept_at, draft.saved_at = judged.verdict, now(), now()
    draft.body_html = richtext.render(draft.body)


def take_up(author_id: int, post: Post, comment_id: str) -> bool:
    """Put a kept comment into the pen again; what lies there is kept instead. False: it is gone."""
    found = queries.kept_by(author_id, post.id, comment_id)
    if not found:
        return False
    in_pen = queries.draft_of(author_id, post.id)
    if in_pen is not None and in_pen.body.strip():
        _put_beside(in_pen, scene_for(post, author_id, Written(in_pen.body)))
    elif in_pen is not None:
        db.session.delete(in_pen)
    db.session.flush()
    found[0].kept_at = found[0].once = None
    db.session.flush()
    return True


def throw_away(author_id: int, post: Post, comment_id: str) -> Written | None:
    """Drop a kept comment, which nobody else has seen; answers what it said. None: it is gone already."""
    found = queries.kept_by(author_id, post.id, comment_id)
    if not found:
        return None
    db.session.delete(found[0])
    db.session.flush()
    return _written(found[0])


def put_back(author_id: int, post: Post, written: Written) -> Comment:
    """Undo that: it is kept again, whatever lies in the pen meanwhile."""
    return _keep(new_draft(author_id, post, written), post, written)


def drop_copy(comment: Comment) -> None:
    """The words that taking it back laid into the pen; what was written on since stays there."""
    draft = queries.draft_of(comment.author_id, comment.post_id)
    if draft is not None and (draft.body, draft.quote) == (comment.body, comment.quote):
        db.session.delete(draft)
        db.session.flush()


def post_kept(
    author_id: int, post: Post, comment_id: str | None = None, *, without: Collection[Comment] = ()
) -> list[Comment]:
    """Send everything that is kept here, or the one named; each is judged for itself."""
    if post.state is not State.VISIBLE:
        raise PostGone
    kept = [one for one in queries.kept_by(author_id, post.id, comment_id) if one not in without]
    return [sent for one in kept if (sent := _send(one, post)) is not None]


def _send(one: Comment, post: Post) -> Comment | None:
    try:
        with db.session.begin_nested():
            return send(one, post, _written(one), one.once)
    except (IntegrityError, StaleDataError):
        return None  # another tab was first, and has sent it


def _written(one: Comment) -> Written:
    placed = one.quote_start is not None and one.quote_start >= 0
    start = one.quote_start if placed else None
    return Written(one.body, one.quote, start, one.prompt_id, one.revision.number)
