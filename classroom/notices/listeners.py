"""Who is told what, written in the same unit of work as what it tells; a worker mails it afterwards."""

from collections.abc import Collection
from typing import Any

from classroom.access import Role
from classroom.calibration.commands_practice import DisputeAnswered
from classroom.celebrations.commands import Highlighted
from classroom.comments.events import (
    CommentMoved,
    PairingMade,
    PostRead,
    ReplyPosted,
    StandingDecided,
    StandingUndone,
)
from classroom.comments.models import Comment, Reply, Standing
from classroom.comments.pairing_work import ONE_MORE
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import listens
from classroom.core.ids import digest
from classroom.guidelines.commands_reports import SelfReportSaid
from classroom.moderation.models import Subject
from classroom.notices import followed, queries
from classroom.notices.commands import mark_seen_of_post, tell, unsay
from classroom.notices.models import NoticeKind
from classroom.notices.opening import tell_of
from classroom.posts.events import PostMoved, PostPublished
from classroom.posts.models import Post
from classroom.posts.states import UNDONE, State
from classroom.projects.commands import ProjectPublished
from classroom.projects.commands_extensions import ExtensionGiven
from classroom.projects.rules import Phase, is_open


@listens(ProjectPublished)
def project_opened(event: ProjectPublished) -> None:
    """Now, or when it opens: a sweep looks for that."""
    project = queries.project(event.project_id)
    if is_open(project, now()):
        tell_of(project)


@listens(ExtensionGiven)
def more_time(event: ExtensionGiven) -> None:
    """The dates stand in the letter too; the reason does not."""
    extension, project, zone = queries.extension_of(event.project_id, event.person_id)
    dates = {phase.value: getattr(extension, phase.value) for phase in Phase}
    told = {phase: date.isoformat() for phase, date in dates.items() if date is not None}
    tell(
        event.course_id,
        [event.person_id],
        NoticeKind.MORE_TIME,
        f"more:{project.id}:{digest(repr(told))[:32]}",
        project=project.public_id,
        project_title=project.title,
        dates=told,
        zone=zone,
    )


@listens(PostPublished)
def posted(event: PostPublished) -> None:
    """The receipt, also by mail."""
    post = queries.post_with_project(event.post_id)
    tell(
        event.course_id,
        [event.author_id],
        NoticeKind.POSTED,
        f"posted:{post.id}:{event.revision}",
        revision=event.revision,
        digest=queries.digest_of(post.id, event.revision),
        **_post_details(post),
    )


@listens(PairingMade)
def asked_to_comment(event: PairingMade) -> None:
    """One letter for the first post of a project, the others wait on the home page; and one for one more."""
    post, one_more = queries.post_with_project(event.post_id), event.reason == ONE_MORE
    tell(
        event.course_id,
        [event.commenter_id],
        NoticeKind.ASKED_TO_COMMENT,
        f"asked:{event.project_id}:{event.post_id}" if one_more else f"asked:{event.project_id}",
        one_more=one_more,
        **_post_details(post),
    )


@listens(PostMoved)
def post_moved(event: PostMoved) -> None:
    """Those who follow what it belongs to."""
    if event.after is State.VISIBLE:
        post = queries.post_with_project(event.post_id)
        followed.tell_of_post(post, **_post_details(post))
    elif event.before is State.VISIBLE:
        followed.untell(event.course_id, followed.key_of_post(event.post_id))


@listens(CommentMoved)
def comment_moved(event: CommentMoved) -> None:
    """The writer of what was decided upon, and the receiver of what became visible."""
    if event.subject != Subject.COMMENT:
        return
    comment = queries.comment_with_post(event.id)
    if event.reason == UNDONE:
        _edge_undone(event, comment)
        return
    details = _comment_details(comment)
    if event.after is State.VISIBLE and event.before is not State.REMOVED:
        receiver = comment.post.author_id
        key = f"comment:{comment.id}"
        tell(event.course_id, [receiver], NoticeKind.COMMENT_RECEIVED, key, **details)
        followed.tell_of_comment(comment, **details)
    elif event.before is State.VISIBLE:
        followed.untell(event.course_id, followed.key_of_comment(comment.id))
    kind = _for_writer(event)
    if kind is not None:
        key = f"{kind.value}:{comment.id}:{comment.version}"
        tell(event.course_id, [event.author_id], kind, key, note=event.note, **details)


def _for_writer(event: CommentMoved) -> NoticeKind | None:
    if event.after is State.HELD:
        return NoticeKind.HELD
    if event.actor_id == event.author_id:
        return None
    decided = {State.RETURNED: NoticeKind.RETURNED, State.REMOVED: NoticeKind.REMOVED}
    if event.after is State.VISIBLE:
        return NoticeKind.RESTORED if event.before is State.REMOVED else NoticeKind.APPROVED
    return decided.get(event.after)


def _edge_undone(event: CommentMoved, comment: Comment) -> None:
    """Neither the writer nor the receiver is left with what is not so any more."""
    if event.before is State.VISIBLE:
        unsay(comment.post.author_id, [f"comment:{comment.id}"])
        followed.untell(comment.course_id, followed.key_of_comment(comment.id))
    if event.actor_id != event.author_id:
        _correct(comment, [NoticeKind.APPROVED, NoticeKind.RETURNED, NoticeKind.REMOVED])


def _correct(comment: Comment, kinds: Collection[NoticeKind]) -> None:
    """Take a notice to the writer back; whoever has read it, or got it by mail, is told of that too."""
    told = unsay(comment.author_id, [f"{kind.value}:{comment.id}:" for kind in kinds])
    if told is not None:
        tell(
            comment.course_id,
            [comment.author_id],
            NoticeKind.UNDONE,
            f"undone:{told.id}",
            by_mail=told.may_have_gone,
            **_comment_details(comment),
        )


@listens(StandingUndone)
def standing_undone(event: StandingUndone) -> None:
    _correct(queries.comment_with_post(event.comment_id), [NoticeKind.COUNTED, NoticeKind.NOT_COUNTED])


@listens(StandingDecided)
def standing_decided(event: StandingDecided) -> None:
    comment = queries.comment_with_post(event.comment_id)
    accepted = event.standing is Standing.ACCEPTED
    kind = NoticeKind.COUNTED if accepted else NoticeKind.NOT_COUNTED
    key = f"{kind.value}:{comment.id}:{comment.version}"
    tell(event.course_id, [event.author_id], kind, key, **_comment_details(comment))


@listens(ReplyPosted)
def replied(event: ReplyPosted) -> None:
    """The writer of the comment and the author of the post, whoever of them did not reply."""
    if event.state is not State.VISIBLE:
        return
    comment = queries.comment_with_post(event.comment_id)
    people = {comment.author_id, comment.post.author_id} - {event.author_id}
    reply = db.session.get_one(Reply, event.reply_id)
    details = {"reply": reply.public_id, **_comment_details(comment)}
    tell(event.course_id, people, NoticeKind.REPLIED, f"reply:{reply.id}", **details)


@listens(Highlighted)
def highlighted(event: Highlighted) -> None:
    comment = queries.comment_with_post(event.comment_id)
    details = _comment_details(comment)
    key = f"great:{comment.id}"
    tell(event.course_id, [comment.author_id], NoticeKind.HIGHLIGHT_WRITER, key, why=event.why, **details)
    tell(
        event.course_id,
        [comment.post.author_id],
        NoticeKind.HIGHLIGHT_RECEIVER,
        key,
        why=event.why,
        **details,
    )


@listens(DisputeAnswered)
def seen_otherwise(event: DisputeAnswered) -> None:
    """What staff answered; a newer answer takes the place of one that nobody has seen."""
    unsay(event.author_id, [f"otherwise:{event.dispute_id}:"])
    tell(
        event.course_id,
        [event.author_id],
        NoticeKind.SEEN_OTHERWISE,
        f"otherwise:{event.dispute_id}:{event.at.isoformat()}",
        sample=event.sample_public_id,
        title=event.sample_title,
        criterion=event.criterion,
        reaction=event.reaction.value,
        note=event.note,
    )


@listens(SelfReportSaid)
def went_too_far(event: SelfReportSaid) -> None:
    """The instructors of what a student said in confidence, the student of what one of them answered."""
    by_student = event.by_id == event.person_id
    people = queries.members_in(event.course_id, Role.INSTRUCTOR) if by_student else [event.person_id]
    kind = NoticeKind.TOO_FAR_SAID if by_student else NoticeKind.TOO_FAR_ANSWERED
    key = f"toofar:{event.report_id}:{event.entry_id}"
    tell(event.course_id, people, kind, key, report=event.report_public_id)


@listens(PostRead)
def post_read(event: PostRead) -> None:
    mark_seen_of_post(event.person_id, event.post_public_id)


def _post_details(post: Post) -> dict[str, Any]:
    project = post.project
    return {
        "post": post.public_id,
        "title": post.title,
        "project": project.public_id,
        "project_title": project.title,
    }


def _comment_details(comment: Comment) -> dict[str, Any]:
    return {"comment": comment.public_id, **_post_details(comment.post)}
