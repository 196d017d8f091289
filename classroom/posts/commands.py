"""Writes of posts: drafts, publishing, taking back; and the one way in which a post's state changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.core.i18n import _
from classroom.posts import rules
from classroom.posts.events import PostMoved, PostPublished, PostWithdrawn
from classroom.posts.models import Post, PostFile, Revision, RevisionFile
from classroom.posts.queries import draft_files_of, revision_of
from classroom.posts.rules import Typed
from classroom.posts.states import UNDONE, State, check_back, check_post_move, state_when_posted
from classroom.projects.models import Extension, Project
from classroom.projects.rules import is_open


@dataclass(frozen=True)
class Published:
    """What came of publishing: `new` is False after a second press, and where nothing had changed."""

    post: Post
    revision: Revision
    new: bool


def move_post(
    post: Post,
    to: State,
    *,
    actor_id: int | None,
    reason: str,
    note: str = "",
    clause_number: int | None = None,
    words: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
) -> None:
    """The one way in which a post's state changes: checked, then announced for the log."""
    before = post.state
    check = check_back if reason == UNDONE else check_post_move
    check(before, to)
    post.withdrawn_from = before if to is State.WITHDRAWN else None
    post.state = to
    db.session.flush()
    announce(
        PostMoved(
            post_id=post.id,
            course_id=post.course_id,
            project_id=post.project_id,
            author_id=post.author_id,
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


def own_post(project: Project, author_id: int) -> Post:
    """The one post of that student in the project, locked; made if there is none. Two tabs make one."""
    asked = (
        select(Post)
        .where(Post.project_id == project.id, Post.author_id == author_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    post = db.session.scalar(asked)
    if post is not None:
        return post
    try:
        with db.session.begin_nested():
            made = Post(course_id=project.course_id, project_id=project.id, author_id=author_id)
            db.session.add(made)
            db.session.flush()
            return made
    except IntegrityError:
        return db.session.scalars(asked).one()


def typed_in(post: Post, latest: Revision | None = None) -> Typed:
    """The draft's words; those of the latest revision where there has never been a draft."""
    if post.draft_version == 0 and latest is not None:
        return Typed(latest.title, latest.source, latest.link, latest.help_wanted)
    return Typed(post.draft_title, post.draft_text, post.draft_link, post.draft_help)


def save_draft(
    project: Project, author_id: int, typed: Typed, version: int | None = None, *, tab: str | None = None
) -> Post:
    """Keep what is being written. `BothTexts` when another tab saved another text since `version`.

    `tab` names the page that saves: its own saves may overtake one another.
    """
    rules.check_length(typed)
    post = own_post(project, author_id)
    before = Typed(post.draft_title, post.draft_text, post.draft_link, post.draft_help)
    if typed == before and post.draft_version:
        return post
    same_tab = tab is not None and tab == post.draft_tab
    if version is not None and version != post.draft_version and not same_tab:
        raise rules.BothTexts(theirs=before, version=post.draft_version)
    post.draft_title, post.draft_text = typed.title, typed.text
    post.draft_link, post.draft_help = typed.link, typed.help_wanted
    post.draft_version += 1
    post.draft_saved_at, post.draft_tab = now(), tab
    db.session.flush()
    return post


def publish_post(
    project: Project, author_id: int, typed: Typed | None = None, *, once: str | None = None
) -> Published:
    """Publish the draft (or `typed`, which becomes the draft) as the next revision.

    The same press of the button answers the same revision; so does a press that changed nothing.
    """
    post = save_draft(project, author_id, typed) if typed else own_post(project, author_id)
    if (done := _sent_before(post, once)) is not None:
        return Published(post, done, new=False)
    rules.check_not_removed(post.state)
    if not is_open(project, now()):
        raise rules.NotOpen
    draft = typed_in(post, latest := revision_of(post))
    files = draft_files_of(post.id)
    work, keys = rules.wanted_parts(project, draft, [file.public_id for file in files])
    work = Typed(work.title, work.text, rules.clean_link(work.link), work.help_wanted)
    rules.check_complete(project, work, len(keys))
    revision = _revision(post, work, [file for file in files if file.public_id in keys])
    if latest is not None and latest.digest == revision.digest:
        _into_class(post, latest)
        return Published(post, latest, new=False)
    return Published(post, _publish(project, post, revision, files if keys else (), once), new=True)


def _sent_before(post: Post, once: str | None) -> Revision | None:
    if not once:
        return None
    return db.session.scalar(select(Revision).where(Revision.post_id == post.id, Revision.once == once))


def _revision(post: Post, work: Typed, files: list[PostFile]) -> Revision:
    """The next revision, not added yet."""
    html = richtext.render(work.text, picture=_("picture"))
    title = rules.title_of(work, richtext.text_of(html))
    html = rules.below_title(title, html)
    return Revision(
        course_id=post.course_id,
        post_id=post.id,
        number=post.revision_number + 1,
        title=title,
        source=work.text,
        html=html,
        text=f"{title}\n{richtext.text_of(html)}".strip(),
        link=work.link,
        help_wanted=work.help_wanted,
        digest=rules.digest_of(title, work, [file.sha256 for file in files]),
        created_at=now(),
    )


def _publish(
    project: Project, post: Post, revision: Revision, files: Sequence[PostFile], once: str | None
) -> Revision:
    extension = db.session.scalar(
        select(Extension).where(Extension.project_id == project.id, Extension.person_id == post.author_id)
    )
    before = post.revision_number > 0
    revision.late = rules.check_in_time(project, now(), extension, posted_before=before)
    revision.once = once
    db.session.add(revision)
    db.session.flush()
    for file in files:
        db.session.add(RevisionFile(course_id=post.course_id, revision_id=revision.id, file_id=file.id))
    post.title, post.revision_number = revision.title, revision.number
    post.revised_at = revision.created_at
    post.draft_tab = None  # a save that was under way must not change the draft after this
    if not before:
        post.posted_at, post.late = revision.created_at, revision.late
    _into_class(post, revision, always=True)
    return revision


def _into_class(post: Post, revision: Revision, *, always: bool = False) -> None:
    """Let the post stand where its author's publishing puts it, and tell it if it is news."""
    away = post.state in {State.DRAFT, State.WITHDRAWN}
    to = state_when_posted(post.state, post.withdrawn_from)
    if to is not post.state:
        move_post(post, to, actor_id=post.author_id, reason="posted")
    db.session.flush()
    if away or always:
        announce(
            PostPublished(
                post_id=post.id,
                project_id=post.project_id,
                course_id=post.course_id,
                author_id=post.author_id,
                revision=revision.number,
                first=away,
            )
        )


def withdraw_post(post: Post, by_id: int) -> None:
    """Take a post back: the class no longer sees it; its author keeps it, and may post it again."""
    move_post(post, State.WITHDRAWN, actor_id=by_id, reason="withdrawn")
    announce(PostWithdrawn(post.id, post.project_id, post.course_id, post.author_id))
