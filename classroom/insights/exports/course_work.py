"""The tables of what students wrote: posts with every revision and file, comments, replies, thanks."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from classroom.access import Actor
from classroom.comments.models import Comment, Pairing, Reply, Thanks
from classroom.comments.policy import replies_visible_to, visible_to
from classroom.comments.rules import counts
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Bundle, Sheet, fit, stream
from classroom.insights.exports.cast import Cast
from classroom.posts.models import Post, PostFile, Revision, RevisionFile
from classroom.posts.policy import file_visible_to, readable_by
from classroom.posts.states import State
from classroom.projects.models import Prompt


def work_sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    """What the actor sees on the pages; nobody's drafts are among it."""
    return [
        _posts(actor, cast),
        _revisions(actor, cast),
        _files(actor, cast),
        _comments(actor, cast),
        _replies(actor, cast),
        _thanks(actor, cast),
        _pairings(cast),
    ]


def _posts(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "id": _("the post's id"),
        "project": _("the id of the project"),
        "author": _("the id of its author in people"),
        "author_name": _("their name"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "title": _("its title now"),
        "revisions": _("how many revisions there are; their texts lie in posts/"),
        "posted_at": _("when it was posted first"),
        "revised_at": _("when the latest revision was posted"),
        "late": _("whether it came after its date"),
    }
    asked = (
        select(Post)
        .where(Post.course_id == cast.course.id, Post.revision_number > 0, readable_by(actor))
        .order_by(Post.id)
    )
    rows = (
        (
            one.public_id,
            cast.project(one.project_id),
            cast.who(one.author_id),
            cast.name(one.author_id),
            one.state,
            one.title,
            one.revision_number,
            one.posted_at,
            one.revised_at,
            one.late,
        )
        for (one,) in stream(asked)
    )
    return Sheet("posts", _("Students' work. What was never posted is not here."), columns, rows)


def text_place(post_id: str, number: int) -> str:
    return f"posts/{post_id}/revision-{number}.md"


def file_place(post_id: str, file: PostFile) -> str:
    return f"posts/{post_id}/{file.public_id}-{fit(file.name)}"


def _revisions(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "post": _("the id of the post"),
        "number": _("the number of the revision, from 1"),
        "title": _("its title"),
        "text": _("where its text lies in this ZIP, as Markdown"),
        "link": _("the address of their own site, if they gave one"),
        "help_wanted": _("what they asked help with"),
        "late": _("whether it came after the date"),
        "at": _("when it was posted"),
    }
    asked = (
        select(
            Post.public_id,
            Revision.number,
            Revision.title,
            Revision.link,
            Revision.help_wanted,
            Revision.late,
            Revision.created_at,
        )
        .join(Post, Post.id == Revision.post_id)
        .where(Revision.course_id == cast.course.id, readable_by(actor))
        .order_by(Post.id, Revision.number)
    )
    rows = (
        (post, number, title, text_place(post, number), *rest) for post, number, title, *rest in stream(asked)
    )
    return Sheet("revisions", _("Every revision of every post."), columns, rows)


def _files(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "id": _("the file's id"),
        "post": _("the id of the post"),
        "revisions": _("the numbers of the revisions that carry it"),
        "name": _("its name"),
        "type": _("what it is"),
        "bytes": _("how large it is"),
        "sha256": _("its fingerprint"),
        "file": _("where it lies in this ZIP"),
    }
    return Sheet("files", _("The files of posts."), columns, _file_rows(actor, cast))


def _file_rows(actor: Actor, cast: Cast) -> Iterator[Sequence[Any]]:
    carried: dict[int, list[int]] = {}
    for file_id, number in db.session.execute(
        select(RevisionFile.file_id, Revision.number)
        .join(Revision, Revision.id == RevisionFile.revision_id)
        .where(RevisionFile.course_id == cast.course.id)
        .order_by(Revision.number)
    ):
        carried.setdefault(file_id, []).append(number)
    for one, post in stream(_published_files(actor, cast)):
        about = (one.name, one.media_type, one.size, one.sha256, file_place(post, one))
        yield (one.public_id, post, carried[one.id], *about)


def _published_files(actor: Actor, cast: Cast) -> Any:
    carried = select(RevisionFile.file_id).where(RevisionFile.course_id == cast.course.id)
    return (
        select(PostFile, Post.public_id)
        .join(Post, Post.id == PostFile.post_id)
        .where(PostFile.course_id == cast.course.id, PostFile.id.in_(carried), file_visible_to(actor))
        .order_by(PostFile.id)
    )


def work_files(actor: Actor, cast: Cast, bundle: Bundle) -> None:
    """Each revision as Markdown, and each file."""
    asked = (
        select(Post.public_id, Revision.number, Revision.title, Revision.source)
        .join(Post, Post.id == Revision.post_id)
        .where(Revision.course_id == cast.course.id, readable_by(actor))
        .order_by(Post.id, Revision.number)
    )
    for post, number, title, source in stream(asked):
        bundle.text(text_place(post, number), f"# {title}\n\n{source}\n")
    for one, post in stream(_published_files(actor, cast)):
        bundle.file(file_place(post, one), one.key)


def _comments(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "id": _("the comment's id"),
        "project": _("the id of the project"),
        "post": _("the id of the post"),
        "revision": _("the number of the revision it was written on"),
        "author": _("the id of its writer in people"),
        "author_name": _("their name"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "standing": _("whether the standard was met, and who says so"),
        "counts": _("whether it counts now"),
        "prompt": _("the question that it follows"),
        "quote": _("the passage that it is about"),
        "text": _("its text, in Markdown"),
        "met": _("which parts of the standard it meets"),
        "hold_reason": _("why it was held, if it was"),
        "late": _("whether it came after the date"),
        "posted_at": _("when it was posted"),
        "edited_at": _("when it was changed last"),
        "acted_at": _("when the author of the post said that they acted on it"),
        "acted_revision": _("in which revision they did"),
        "thanks": _("how many thanks it got"),
        "verdict": _("the whole answer of the standard"),
    }
    return Sheet("comments", _("Feedback, with the standard's verdict."), columns, _comment_rows(actor, cast))


def _comment_rows(actor: Actor, cast: Cast) -> Iterator[Sequence[Any]]:
    thanked = select(func.count()).where(Thanks.comment_id == Comment.id).correlate(Comment).scalar_subquery()
    asked = (
        select(Comment, Post.public_id, Revision.number, Prompt.text, thanked)
        .join(Post, Post.id == Comment.post_id)
        .join(Revision, Revision.id == Comment.revision_id)
        .outerjoin(Prompt, Prompt.id == Comment.prompt_id)
        .where(Comment.course_id == cast.course.id, Comment.state != State.DRAFT, visible_to(actor))
        .order_by(Comment.id)
    )
    for one, post, revision, prompt, thanks in stream(asked):
        place = (one.public_id, cast.project(one.project_id), post, revision)
        judged = (one.state, one.standing, counts(one.state, one.standing))
        met = [name for name, found in one.verdict.get("moves", {}).items() if found]
        times = (one.late, one.posted_at, one.edited_at, one.acted_at, one.acted_revision)
        yield (
            *place,
            cast.who(one.author_id),
            cast.name(one.author_id),
            *judged,
            prompt,
            one.quote,
            one.body,
            met,
            one.hold_reason,
            *times,
            thanks,
            one.verdict,
        )


def _replies(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "id": _("the reply's id"),
        "comment": _("the id of the comment"),
        "author": _("the id of its writer in people"),
        "author_name": _("their name"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "text": _("its text, in Markdown"),
        "hold_reason": _("why it was held, if it was"),
        "posted_at": _("when it was posted"),
    }
    asked = (
        select(Reply, Comment.public_id)
        .join(Comment, Comment.id == Reply.comment_id)
        .where(Reply.course_id == cast.course.id, replies_visible_to(actor))
        .order_by(Reply.id)
    )
    rows = (
        (
            one.public_id,
            comment,
            cast.who(one.author_id),
            cast.name(one.author_id),
            one.state,
            one.body,
            one.hold_reason,
            one.posted_at,
        )
        for one, comment in stream(asked)
    )
    return Sheet("replies", _("The threads under comments."), columns, rows)


def _thanks(actor: Actor, cast: Cast) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "by": _("the id of the receiver in people"),
        "kind": _("the kind of help it was"),
        "at": _("when"),
    }
    asked = (
        select(Comment.public_id, Thanks.person_id, Thanks.kind, Thanks.at)
        .join(Comment, Comment.id == Thanks.comment_id)
        .where(Thanks.course_id == cast.course.id, visible_to(actor))
        .order_by(Thanks.id)
    )
    rows = ((comment, cast.who(by), kind, at) for comment, by, kind, at in stream(asked))
    return Sheet("thanks", _("The receivers' answers to comments."), columns, rows)


def _pairings(cast: Cast) -> Sheet:
    columns = {
        "project": _("the id of the project"),
        "commenter": _("the id in people of who was asked to comment"),
        "post": _("the id of the post"),
        "at": _("when"),
        "released_at": _("when that was taken back, if it was"),
        "reason": _("why"),
    }
    asked = (
        select(Pairing, Post.public_id)
        .join(Post, Post.id == Pairing.post_id)
        .where(Pairing.course_id == cast.course.id)
        .order_by(Pairing.id)
    )
    rows = (
        (
            cast.project(one.project_id),
            cast.who(one.commenter_id),
            post,
            one.created_at,
            one.released_at,
            one.reason,
        )
        for one, post in stream(asked)
    )
    return Sheet("pairings", _("Who was asked to comment on whom."), columns, rows)
