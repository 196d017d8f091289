"""Writes under a comment: replies, thanks, and what the receiver did because of it."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from classroom.comments import queries, rules
from classroom.comments.commands import move, tell_reworded
from classroom.comments.events import CommentActedOn, ReplyPosted, ThanksGiven
from classroom.comments.judging import Judged, judge_reply
from classroom.comments.models import Comment, Reply, Thanks, ThanksKind
from classroom.comments.queries_labels import rested_in
from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.events import announce
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.naming import STAFF_ROLES
from classroom.projects.queries import answer_keys_of


def reply(comment: Comment, post: Post, author_id: int, body: str, *, once: str | None = None) -> Reply:
    """Answer a visible comment; the second press of the same button answers the first's."""
    if (done := queries.reply_sent_before(author_id, once)) is not None:
        return done
    rules.check_text(body)
    if comment.state is not State.VISIBLE:
        raise rules.NotToAnswer
    try:
        with db.session.begin_nested():
            return _send(comment, post, author_id, body, once)
    except IntegrityError:
        done = queries.reply_sent_before(author_id, once)
        if done is None:
            raise
        return done


def _send(comment: Comment, post: Post, author_id: int, body: str, once: str | None) -> Reply:
    judged, staff = _judge(post, author_id, body)
    row = Reply(
        course_id=comment.course_id,
        project_id=comment.project_id,
        comment_id=comment.id,
        author_id=author_id,
        state=State.DRAFT,
        body=body,
        body_html=richtext.render(body),
        verdict=judged.verdict,
        once=once,
        posted_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    _show_or_hold(row, judged, staff=staff, reason="posted")
    announce(ReplyPosted(row.id, comment.id, row.course_id, row.project_id, author_id, row.state))
    return row


def _judge(post: Post, author_id: int, body: str) -> tuple[Judged, bool]:
    scene = queries.scene_of(post, author_id)
    project: Project = scene.project if scene else post.project
    text = scene.revision.text if scene else ""
    keys, rested = answer_keys_of(post.project_id), rested_in(post.course_id)
    judged = judge_reply(body, project=project, post_text=text, keys=keys, rested=rested)
    return judged, bool(scene and scene.role in STAFF_ROLES)


def _show_or_hold(row: Reply, judged: Judged, *, staff: bool, reason: str, old: str | None = None) -> None:
    details = {"body": old} if old is not None else None
    if judged.hold_reason and not staff:
        words = judged.hold_words
        move(row, State.HELD, actor_id=None, reason=judged.hold_reason, words=words, details=details)
    elif row.state is not State.VISIBLE:
        move(row, State.VISIBLE, actor_id=row.author_id, reason=reason, details=details)


def edit_reply(row: Reply, post: Post, body: str, *, version: int) -> Reply:
    """Rewrite one's reply, also a held or returned one."""
    rules.check_text(body)
    if not rules.may_rewrite(row.state):
        raise ChangedMeanwhile
    if row.version != version and row.body != body:
        raise rules.BothTexts(theirs=row.body, yours=body, version=row.version)
    judged, staff = _judge(post, row.author_id, body)
    old, was_shown = row.body, row.state is State.VISIBLE
    row.body, row.body_html, row.verdict = body, richtext.render(body), judged.verdict
    db.session.flush()
    if row.state is State.HELD and row.hold_reason == "flagged" and not judged.hold_reason:
        move(row, State.HELD, actor_id=row.author_id, reason="flagged", details={"body": old})
    else:
        _show_or_hold(row, judged, staff=staff, reason="rewritten", old=old)
    if was_shown and row.state is State.VISIBLE and body != old:
        tell_reworded(row, {"body": old})
    return row


def withdraw_reply(row: Reply) -> None:
    """Take one's reply back."""
    move(row, State.WITHDRAWN, actor_id=row.author_id, reason="withdrawn")


def thank(comment: Comment, person_id: int, kind: ThanksKind) -> None:
    """One press by the receiver; pressing twice thanks once."""
    if comment.state is not State.VISIBLE:
        raise rules.NotToAnswer
    if _thanks(comment.id, person_id, kind) is not None:
        return
    db.session.add(Thanks(course_id=comment.course_id, comment_id=comment.id, person_id=person_id, kind=kind))
    db.session.flush()
    announce(ThanksGiven(comment.id, comment.course_id, comment.project_id, comment.author_id, kind))


def unthank(comment: Comment, person_id: int, kind: ThanksKind) -> None:
    """Take a thanks back."""
    given = _thanks(comment.id, person_id, kind)
    if given is not None:
        db.session.delete(given)
        db.session.flush()


def mark_acted_on(comment: Comment, revision: int) -> None:
    """'I acted on this': the writer is told, with the revision in which it shows."""
    if comment.state is not State.VISIBLE:
        raise rules.NotToAnswer
    if comment.acted_at is not None:
        return
    comment.acted_at, comment.acted_revision = now(), revision
    db.session.flush()
    announce(CommentActedOn(comment.id, comment.course_id, comment.project_id, comment.author_id, revision))


def unmark_acted_on(comment: Comment) -> None:
    """Take that back."""
    comment.acted_at = comment.acted_revision = None
    db.session.flush()


def _thanks(comment_id: int, person_id: int, kind: ThanksKind) -> Thanks | None:
    return db.session.scalar(
        select(Thanks).where(
            Thanks.comment_id == comment_id, Thanks.person_id == person_id, Thanks.kind == kind
        )
    )
