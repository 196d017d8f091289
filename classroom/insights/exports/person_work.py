"""What one person wrote and received: posts with files, comments both ways, replies, thanks, highlights."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select

from classroom.celebrations.models import Highlight, Nomination
from classroom.comments.models import Comment, Pairing, Reply, Thanks
from classroom.comments.policy import replies_visible_to, visible_to
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Bundle, Sheet, stream
from classroom.insights.exports.course_work import file_place, text_place
from classroom.insights.exports.person_world import World
from classroom.posts.models import Post, PostFile, Revision, RevisionFile
from classroom.posts.policy import drafts_too, file_visible_to
from classroom.posts.policy import visible_to as posts_visible_to
from classroom.posts.states import State


def work_sheets(world: World) -> list[Sheet]:
    return [
        _posts(world),
        _revisions(world),
        _written(world),
        _received(world),
        _replies(world),
        _thanks_given(world),
        _thanks_received(world),
        _highlights(world),
        _nominations(world),
        _asked(world),
    ]


def _own_posts(world: World) -> Any:
    return select(Post).where(Post.author_id == world.me, posts_visible_to(world.actor)).order_by(Post.id)


def _posts(world: World) -> Sheet:
    columns = {
        "id": _("the post's id"),
        "project": _("the project"),
        "state": _("draft, visible, held, returned, removed or withdrawn"),
        "title": _("its title now"),
        "revisions": _("how many revisions there are"),
        "posted_at": _("when you posted it first"),
        "late": _("whether it came after its date"),
    }
    rows = (
        (
            one.public_id,
            world.project(one.project_id),
            one.state,
            one.title,
            one.revision_number,
            one.posted_at,
            one.late,
        )
        for (one,) in stream(_own_posts(world))
    )
    return Sheet("posts", _("Your posts; their texts and files lie in posts/."), columns, rows)


def _revisions(world: World) -> Sheet:
    columns = {
        "post": _("the id of the post"),
        "number": _("the number of the revision"),
        "title": _("its title"),
        "text": _("where its text lies in this ZIP"),
        "link": _("the address of your site, if you gave one"),
        "help_wanted": _("what you asked help with"),
        "at": _("when you posted it"),
    }
    asked = (
        select(Post.public_id, Revision)
        .join(Post, Post.id == Revision.post_id)
        .where(Post.author_id == world.me, posts_visible_to(world.actor))
        .order_by(Post.id, Revision.number)
    )
    rows = (
        (
            post,
            one.number,
            one.title,
            text_place(post, one.number),
            one.link,
            one.help_wanted,
            one.created_at,
        )
        for post, one in stream(asked)
    )
    return Sheet("revisions", _("Every revision of your posts."), columns, rows)


def work_files(world: World, bundle: Bundle) -> None:
    """Texts of revisions, the draft that is being written (to its author alone), and files."""
    asked = (
        select(Post.public_id, Revision.number, Revision.title, Revision.source)
        .join(Post, Post.id == Revision.post_id)
        .where(Post.author_id == world.me, posts_visible_to(world.actor))
        .order_by(Post.id, Revision.number)
    )
    for post, number, title, source in stream(asked):
        bundle.text(text_place(post, number), f"# {title}\n\n{source}\n")
    if not world.actor.borrowed:
        for (one,) in stream(_own_posts(world)):
            if one.draft_saved_at is not None:
                parts = (f"# {one.draft_title}", one.draft_text, one.draft_link, one.draft_help)
                words = "\n\n".join(part for part in parts if part)
                bundle.text(f"posts/{one.public_id}/draft.md", words + "\n")
    for post, file in stream(_files(world)):
        bundle.file(file_place(post, file), file.key)


def _files(world: World) -> Any:
    carried = select(RevisionFile.file_id)
    return (
        select(Post.public_id, PostFile)
        .join(Post, Post.id == PostFile.post_id)
        .where(
            Post.author_id == world.me,
            file_visible_to(world.actor),
            or_(drafts_too(world.actor), PostFile.id.in_(carried)),
        )
        .order_by(PostFile.id)
    )


def _written(world: World) -> Sheet:
    columns = {
        "id": _("the comment's id"),
        "project": _("the project"),
        "post": _("the id of the post"),
        "post_title": _("its title"),
        "to": _("its author, as your pages name them"),
        "state": _("draft, visible, held, returned, removed or withdrawn"),
        "standing": _("whether the standard was met, and who says so"),
        "quote": _("the passage that it is about"),
        "text": _("your words"),
        "hold_reason": _("why it was held, if it was"),
        "late": _("whether it came after the date"),
        "posted_at": _("when you posted it"),
    }
    asked = (
        select(Comment, Post.public_id, Post.title, Post.author_id)
        .join(Post, Post.id == Comment.post_id)
        .where(Comment.author_id == world.me, visible_to(world.actor))
        .order_by(Comment.id)
    )
    rows = (
        (
            one.public_id,
            world.project(one.project_id),
            post,
            title,
            world.name(one.project_id, author),
            one.state,
            one.standing,
            one.quote,
            one.body,
            one.hold_reason,
            one.late,
            one.posted_at,
        )
        for one, post, title, author in stream(asked)
    )
    return Sheet("comments_written", _("The comments that you wrote."), columns, rows)


def _received(world: World) -> Sheet:
    columns = {
        "id": _("the comment's id"),
        "project": _("the project"),
        "post": _("the id of your post"),
        "from": _("its writer, as your pages name them"),
        "quote": _("the passage that it is about"),
        "text": _("its words"),
        "at": _("when; only the day where your pages tell no more"),
        "acted_revision": _("in which revision you acted on it"),
    }
    return Sheet("comments_received", _("The comments on your posts."), columns, _received_rows(world))


def _received_rows(world: World) -> Iterator[Sequence[Any]]:
    """In the order of their random ids: where only the day is told, their order must not tell more."""
    asked = (
        select(Comment, Post.public_id)
        .join(Post, Post.id == Comment.post_id)
        .where(
            Post.author_id == world.me,
            Comment.author_id != world.me,
            Comment.state == State.VISIBLE,
            visible_to(world.actor),
        )
        .order_by(Post.id, Comment.public_id)
    )
    for one, post in stream(asked):
        who = world.name(one.project_id, one.author_id)
        at = world.time(one.project_id, one.posted_at)
        about = (one.public_id, world.project(one.project_id), post)
        yield (*about, who, one.quote, one.body, at, one.acted_revision)


def _replies(world: World) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "by": _("its writer, as your pages name them"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "text": _("its words"),
        "at": _("when; only the day where your pages tell no more"),
    }
    asked = (
        select(Reply, Comment.public_id)
        .join(Comment, Comment.id == Reply.comment_id)
        .join(Post, Post.id == Comment.post_id)
        .where(
            or_(Reply.author_id == world.me, Comment.author_id == world.me, Post.author_id == world.me),
            or_(Reply.author_id == world.me, Reply.state == State.VISIBLE),
            replies_visible_to(world.actor),
            visible_to(world.actor),
        )
        .order_by(Comment.public_id, Reply.public_id)
    )
    rows = (
        (
            comment,
            world.name(one.project_id, one.author_id),
            one.state,
            one.body,
            one.posted_at if one.author_id == world.me else world.time(one.project_id, one.posted_at),
        )
        for one, comment in stream(asked)
    )
    says = _("What you replied, and what was said in your threads.")
    return Sheet("replies", says, columns, rows)


def _thanks_given(world: World) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "kind": _("the kind of help it was"),
        "at": _("when"),
    }
    asked = (
        select(Comment.public_id, Thanks.kind, Thanks.at)
        .join(Comment, Comment.id == Thanks.comment_id)
        .where(Thanks.person_id == world.me, Thanks.course_id.in_(world.courses))
        .order_by(Thanks.id)
    )
    return Sheet("thanks_given", _("Your thanks for comments."), columns, stream(asked))


def _thanks_received(world: World) -> Sheet:
    columns = {"comment": _("the id of your comment"), "kind": _("the kind of help it was")}
    asked = (
        select(Comment.public_id, Thanks.kind)
        .join(Comment, Comment.id == Thanks.comment_id)
        .where(Comment.author_id == world.me, visible_to(world.actor))
        .order_by(Comment.id, Thanks.kind)
    )
    return Sheet("thanks_received", _("Thanks for your comments."), columns, stream(asked))


def _highlights(world: World) -> Sheet:
    columns = {
        "comment": _("the id of your comment"),
        "why": _("the reason why it was celebrated"),
        "at": _("when"),
        "consent": _("what you said about the wall"),
        "consent_at": _("when you said so"),
        "withdrawn_at": _("when it was taken back, if it was"),
    }
    asked = (
        select(
            Comment.public_id,
            Highlight.why,
            Highlight.at,
            Highlight.consent,
            Highlight.consent_at,
            Highlight.withdrawn_at,
        )
        .join(Comment, Comment.id == Highlight.comment_id)
        .where(Comment.author_id == world.me, Highlight.course_id.in_(world.courses))
        .order_by(Highlight.id)
    )
    return Sheet("highlights", _("Your comments that were celebrated."), columns, stream(asked))


def _nominations(world: World) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "why": _("why you find it great"),
        "at": _("when"),
        "withdrawn_at": _("when you took it back, if you did"),
    }
    asked = (
        select(Comment.public_id, Nomination.why, Nomination.at, Nomination.withdrawn_at)
        .join(Comment, Comment.id == Nomination.comment_id)
        .where(Nomination.by_id == world.me, Nomination.course_id.in_(world.courses))
        .order_by(Nomination.id)
    )
    return Sheet("nominations", _("Comments that you nominated."), columns, stream(asked))


def _asked(world: World) -> Sheet:
    columns = {
        "project": _("the project"),
        "post": _("the id of the post"),
        "author": _("its author, as your pages name them"),
    }
    asked = (
        select(Pairing.project_id, Post.public_id, Post.author_id)
        .join(Post, Post.id == Pairing.post_id)
        .where(
            Pairing.commenter_id == world.me,
            Pairing.released_at.is_(None),
            Pairing.course_id.in_(world.courses),
        )
        .order_by(Pairing.project_id, Post.public_id)
    )
    rows = (
        (world.project(project), post, world.name(project, author)) for project, post, author in stream(asked)
    )
    return Sheet("asked_to_comment", _("Posts that you were asked to comment on."), columns, rows)
