"""Writes of comments: drafts, posting, rewriting, withdrawing, claiming; the one way a state changes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from classroom.comments import queries, rules
from classroom.comments.commands_reading import begin_reading
from classroom.comments.events import (
    CommentClaimed,
    CommentEdited,
    CommentMoved,
    CommentPosted,
    Reworded,
    StandingDecided,
    StandingUndone,
)
from classroom.comments.judging import Judged, judge_comment
from classroom.comments.models import Comment, Reply, Standing
from classroom.comments.placing import place
from classroom.comments.queries_labels import rested_in
from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, NotFound
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.posts.models import Post
from classroom.posts.states import UNDONE, State, turn
from classroom.projects.naming import STAFF_ROLES
from classroom.projects.queries import answer_keys_of


@dataclass(frozen=True)
class Written:
    """What someone wrote about a post: `start` hints at where `quote` stands in the `revision` they read."""

    body: str
    quote: str | None = None
    start: int | None = None
    prompt_id: int | None = None
    revision: int | None = None


class PostGone(ChangedMeanwhile):
    """The post was withdrawn or held while someone wrote about it."""

    message = _l("This post is not shown at the moment. Your text is kept below.")


def move(
    row: Comment | Reply,
    to: State,
    *,
    actor_id: int | None,
    reason: str,
    note: str = "",
    clause_number: int | None = None,
    words: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
) -> None:
    """The one way in which a comment's or reply's state changes: checked, then announced for the log."""
    before = turn(row, to, reason)
    db.session.flush()
    announce(
        CommentMoved(
            subject="reply" if isinstance(row, Reply) else "comment",
            id=row.id,
            course_id=row.course_id,
            project_id=row.project_id,
            author_id=row.author_id,
            before=before,
            after=to,
            actor_id=actor_id,
            reason=reason,
            note=note,
            clause_number=clause_number,
            words=tuple(words),
            details=details or {},
        )
    )


def save_draft(author_id: int, post: Post, written: Written, version: int = 0) -> Comment | None:
    """Keep what is being written; None once it is empty. `BothTexts` when another tab saved another text."""
    draft = queries.draft_of(author_id, post.id)
    empty = not written.body.strip() and not written.quote
    if draft is None:
        if empty:
            return None
        draft = new_draft(author_id, post, written)
    elif draft.version != version and not _same_text(draft, written):
        raise rules.BothTexts(theirs=draft.body, yours=written.body, version=draft.version)
    elif empty:
        db.session.delete(draft)
        db.session.flush()
        return None
    write_into(draft, written, scene_for(post, author_id, written))
    draft.saved_at = now()
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError:
        first = queries.draft_of(author_id, post.id)
        if first is None:
            raise
        raise rules.BothTexts(theirs=first.body, yours=written.body, version=first.version) from None
    return draft


def discard_draft(author_id: int, post: Post) -> None:
    """Drop what was being written and never sent."""
    draft = queries.draft_of(author_id, post.id)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()


def post_comment(
    author_id: int, post: Post, written: Written, *, once: str | None = None, version: int | None = None
) -> Comment:
    """Send a comment: judged, then visible or held. A second press of the button answers the first's."""
    done = queries.sent_before(author_id, once)
    if done is not None and done.state is not State.DRAFT:
        return done
    rules.check_text(written.body)
    if post.author_id == author_id:
        raise rules.OwnWork
    if post.state is not State.VISIBLE:
        raise PostGone
    try:
        with db.session.begin_nested():
            draft = done or draft_to_send(author_id, post, written, version)
            return send(draft or new_draft(author_id, post, written), post, written, once)
    except (IntegrityError, StaleDataError):
        done = queries.sent_before(author_id, once)
        if done is None:
            raise
        return done


def send(comment: Comment, post: Post, written: Written, once: str | None) -> Comment:
    """What was a draft is judged, and is visible or held from now on."""
    author_id = comment.author_id
    scene = scene_for(post, author_id, written)
    staff = scene.role in STAFF_ROLES
    late = False if staff else rules.check_time(scene.project, now(), scene.extension)
    first = not queries.has_commented(author_id, post.id)
    write_into(comment, written, scene)
    comment.once, comment.late, comment.posted_at, comment.kept_at = once, late, now(), None
    comment.body_html = richtext.render(written.body)
    judged = _judge(comment, scene)
    comment.verdict = judged.verdict
    comment.standing = Standing.COUNTS if judged.meets else Standing.NOT_YET
    held = judged.hold_reason if not staff else None
    db.session.add(comment)
    if held:
        move(comment, State.HELD, actor_id=None, reason=held, words=judged.hold_words)
    else:
        move(comment, State.VISIBLE, actor_id=author_id, reason="posted")
    begin_reading(author_id, post)
    announce(
        CommentPosted(
            comment.id,
            comment.course_id,
            comment.project_id,
            post.id,
            author_id,
            post.author_id,
            comment.state,
            first,
        )
    )
    return comment


def edit_comment(comment: Comment, post: Post, written: Written, *, version: int, by_id: int) -> Comment:
    """Rewrite one's comment, also a held or returned one; judged anew, and what was credited can be regained.

    The clock stands still for what was held or returned; a visible one is open until commenting closes.
    """
    rules.check_text(written.body)
    if not rules.may_rewrite(comment.state):
        raise ChangedMeanwhile
    if comment.version != version and not _same_text(comment, written):
        raise rules.BothTexts(theirs=comment.body, yours=written.body, version=comment.version)
    scene = scene_for(post, by_id, written)
    if comment.state is State.VISIBLE and scene.role not in STAFF_ROLES:
        rules.check_time(scene.project, now(), scene.extension)
    old, standing = {"body": comment.body, "quote": comment.quote}, comment.standing
    same = comment.state is not State.VISIBLE or _same_text(comment, written)
    write_into(comment, written, scene)
    comment.body_html, comment.edited_at = richtext.render(written.body), now()
    judged = _judge(comment, scene)
    comment.verdict, comment.standing = judged.verdict, rules.standing_after_edit(standing, judged.meets)
    db.session.flush()
    _move_after_edit(comment, judged, old, staff=scene.role in STAFF_ROLES)
    if not same and comment.state is State.VISIBLE:
        tell_reworded(comment, old)
    announce(
        CommentEdited(comment.id, comment.course_id, comment.project_id, by_id, standing, comment.standing)
    )
    return comment


def tell_reworded(row: Comment | Reply, before: dict[str, Any]) -> None:
    """What others could read said something else until now: the record keeps it."""
    subject = "reply" if isinstance(row, Reply) else "comment"
    announce(Reworded(subject, row.id, row.course_id, row.project_id, row.author_id, before))


def _move_after_edit(comment: Comment, judged: Judged, old: dict[str, Any], *, staff: bool) -> None:
    if judged.hold_reason and not staff:
        move(
            comment,
            State.HELD,
            actor_id=None,
            reason=judged.hold_reason,
            words=judged.hold_words,
            details=old,
        )
    elif comment.state is State.HELD and comment.hold_reason == "flagged":
        # A classmate asked for a person's look: a rewrite does not send the person away.
        move(comment, State.HELD, actor_id=comment.author_id, reason="flagged", details=old)
    elif comment.state is not State.VISIBLE:
        move(comment, State.VISIBLE, actor_id=comment.author_id, reason="rewritten", details=old)


def withdraw(comment: Comment, by_id: int) -> None:
    """Take one's comment back; nobody sees it any more, and its text lies in the pen again."""
    move(comment, State.WITHDRAWN, actor_id=by_id, reason="withdrawn")
    if queries.draft_of(by_id, comment.post_id) is None:
        db.session.add(
            Comment(
                course_id=comment.course_id,
                project_id=comment.project_id,
                post_id=comment.post_id,
                revision_id=comment.revision_id,
                author_id=by_id,
                prompt_id=comment.prompt_id,
                body=comment.body,
                quote=comment.quote,
                quote_start=comment.quote_start,
                quote_before=comment.quote_before,
                quote_after=comment.quote_after,
            )
        )
        db.session.flush()


def take_up_again(row: Comment | Reply, to: State, *, hold_reason: str | None, by_id: int) -> None:
    """Undo the edge that was taken last: it stands again as it stood before."""
    row.hold_reason = hold_reason
    move(row, to, actor_id=by_id, reason=UNDONE)


def claim_fine(comment: Comment) -> None:
    """'I think this is fine': a person is asked, and meanwhile it counts."""
    if not rules.may_claim(comment.state, comment.standing):
        raise rules.NotToClaim
    comment.standing = Standing.CLAIMED
    db.session.flush()
    announce(CommentClaimed(comment.id, comment.course_id, comment.project_id, comment.author_id))


def decide_standing(comment: Comment, *, accepted: bool, actor_id: int) -> None:
    """A person says whether the comment counts, whatever the standard found."""
    comment.standing = Standing.ACCEPTED if accepted else Standing.DECLINED
    db.session.flush()
    announce(
        StandingDecided(
            comment.id, comment.course_id, comment.project_id, comment.author_id, comment.standing, actor_id
        )
    )


def claim_again(comment: Comment, standing: Standing = Standing.CLAIMED) -> None:
    """Undo such a decision: it waits for a person, or stands, as before."""
    comment.standing = standing
    db.session.flush()
    announce(StandingUndone(comment.id, comment.author_id))


def scene_for(post: Post, author_id: int, written: Written) -> queries.Scene:
    scene = queries.scene_of(post, author_id, written.revision)
    if scene is None:
        raise NotFound
    return scene


def new_draft(author_id: int, post: Post, written: Written) -> Comment:
    return Comment(
        course_id=post.course_id,
        project_id=post.project_id,
        post_id=post.id,
        author_id=author_id,
        prompt_id=written.prompt_id,
        state=State.DRAFT,
        body=written.body,
    )


def draft_to_send(author_id: int, post: Post, written: Written, version: int | None) -> Comment | None:
    """The draft that becomes the comment; what another tab has written stays a draft, and is not lost."""
    draft = queries.draft_of(author_id, post.id)
    if draft is None:
        return None
    ours = version is None or draft.version == version or _same_text(draft, written)
    return draft if ours or written.body.strip().startswith(draft.body.strip()) else None


def write_into(comment: Comment, written: Written, scene: queries.Scene) -> None:
    comment.revision_id, comment.body, comment.prompt_id = scene.revision.id, written.body, written.prompt_id
    anchor = place(scene.revision.html, written.quote, written.start)
    comment.quote = anchor.quote if anchor else None
    comment.quote_start = anchor.start if anchor else None
    comment.quote_before, comment.quote_after = (anchor.before, anchor.after) if anchor else ("", "")


def _same_text(comment: Comment, written: Written) -> bool:
    return comment.body == written.body and (comment.quote or "") == (written.quote or "")


def _judge(comment: Comment, scene: queries.Scene) -> Judged:
    return judge_comment(
        comment.body,
        project=scene.project,
        post_text=scene.revision.text,
        quote=comment.quote,
        before=queries.said_before(comment.course_id, comment.author_id, comment.post_id, comment.id),
        keys=answer_keys_of(comment.project_id),
        rested=rested_in(comment.course_id),
    )
