"""Reads of posts, their revisions and files; each is limited to what the actor sees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from classroom.access import Actor
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.policy import in_care_of
from classroom.posts.models import Post, PostFile, Revision, RevisionFile
from classroom.posts.policy import drafts_too, file_visible_to, readable_by, visible_to
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState


@dataclass(frozen=True)
class Desk:
    """Where one person writes in a project: the project, their own dates, their post once there is one."""

    project: Project
    extension: Extension | None
    post: Post | None

    @property
    def course_id(self) -> int:
        return self.project.course_id


@dataclass(frozen=True)
class Edition:
    """A revision in the list of a post's history, without its text."""

    number: int
    title: str
    created_at: datetime
    late: bool


def desk_for(actor: Actor, project_id: str) -> Desk | None:
    """The actor's own place in the project with that public id; one statement.

    A project that has not opened is there for staff only, who are then told that only students post.
    """
    opened = and_(
        Project.state == ProjectState.PUBLISHED, or_(Project.opens_at.is_(None), Project.opens_at <= now())
    )
    row = db.session.execute(
        select(Project, Extension, Post)
        .outerjoin(
            Extension, and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id)
        )
        .outerjoin(Post, and_(Post.project_id == Project.id, Post.author_id == actor.person_id))
        .where(
            Project.public_id == project_id,
            or_(
                Project.course_id.in_(actor.courses_taught()),
                and_(Project.course_id.in_(actor.courses()), opened),
            ),
        )
        .options(joinedload(Project.course, innerjoin=True))
    ).one_or_none()
    return Desk(*row) if row else None


def post_for(actor: Actor, post_id: str) -> Post | None:
    """The post with that public id, with its project, if the actor sees it."""
    return db.session.scalar(
        select(Post)
        .join(Post.project)
        .where(Post.public_id == post_id, readable_by(actor))
        .options(contains_eager(Post.project))
    )


def own_post(actor: Actor, project_id: int) -> Post | None:
    """The actor's post in a project, in whatever state."""
    return db.session.scalar(
        select(Post).where(
            Post.project_id == project_id,
            Post.author_id == actor.person_id,
            Post.course_id.in_(actor.courses()),
            drafts_too(actor),
        )
    )


def posts_of_project(actor: Actor, project_id: int) -> Sequence[Post]:
    """The published posts of a project that the actor sees, the oldest first; authors are not loaded."""
    return db.session.scalars(
        select(Post)
        .where(
            Post.project_id == project_id,
            Post.revision_number > 0,
            Post.state != State.WITHDRAWN,
            visible_to(actor),
        )
        .options(defer(Post.draft_text))
        .order_by(Post.posted_at, Post.id)
    ).all()


def titles_of(actor: Actor, post_ids: Collection[str]) -> dict[str, str]:
    """The titles of those of these posts that the actor may open."""
    rows = db.session.execute(
        select(Post.public_id, Post.title).where(Post.public_id.in_(post_ids), readable_by(actor))
    )
    return dict(list(rows))


def revision_of(post: Post, number: int | None = None) -> Revision | None:
    """One revision: the latest, or the one asked for if there is such a one."""
    wanted = post.revision_number if number is None else number
    return db.session.scalar(select(Revision).where(Revision.post_id == post.id, Revision.number == wanted))


def editions_of(post_id: int) -> list[Edition]:
    """The history of a post, the newest first."""
    rows = db.session.execute(
        select(Revision.number, Revision.title, Revision.created_at, Revision.late)
        .where(Revision.post_id == post_id)
        .order_by(Revision.number.desc())
    )
    return [Edition(*row) for row in rows]


def files_of(revision_id: int) -> Sequence[PostFile]:
    """The files that a revision carries, in the order they were added."""
    return db.session.scalars(
        select(PostFile)
        .join(RevisionFile, RevisionFile.file_id == PostFile.id)
        .where(RevisionFile.revision_id == revision_id)
        .order_by(PostFile.id)
    ).all()


def files_of_revisions(revision_ids: Collection[int]) -> dict[int, list[PostFile]]:
    """The files of several revisions by revision id, in one statement."""
    found: dict[int, list[PostFile]] = {}
    for revision_id, file in db.session.execute(
        select(RevisionFile.revision_id, PostFile)
        .join(PostFile, PostFile.id == RevisionFile.file_id)
        .where(RevisionFile.revision_id.in_(revision_ids))
        .order_by(PostFile.id)
    ):
        found.setdefault(revision_id, []).append(file)
    return found


def draft_files_of(post_id: int) -> Sequence[PostFile]:
    """The files that the next revision will carry."""
    return db.session.scalars(
        select(PostFile).where(PostFile.post_id == post_id, PostFile.in_draft).order_by(PostFile.id)
    ).all()


def file_for(actor: Actor, file_id: str) -> PostFile | None:
    """A file with its post and project, if the actor sees it."""
    return db.session.scalar(
        select(PostFile)
        .join(PostFile.post)
        .where(PostFile.public_id == file_id, file_visible_to(actor))
        .options(contains_eager(PostFile.post).joinedload(Post.project, innerjoin=True))
    )


def file_keys() -> set[str]:
    """All keys that rows name: what the store holds beside them is left over."""
    return set(db.session.scalars(select(PostFile.key)))


def extension_of(post: Post) -> Extension | None:
    """The author's own dates in the project of a post."""
    return db.session.scalar(
        select(Extension).where(
            Extension.project_id == post.project_id, Extension.person_id == post.author_id
        )
    )


def tended_posts(actor: Actor, project_id: int) -> dict[int, tuple[str, str, int]]:
    """Public id, title and author of the posts in the actor's care, by id, without their texts."""
    rows = db.session.execute(
        select(Post.id, Post.public_id, Post.title, Post.author_id).where(
            Post.project_id == project_id,
            Post.revision_number > 0,
            in_care_of(actor, Post.course_id, Post.author_id),
        )
    )
    return {row.id: (row.public_id, row.title, row.author_id) for row in rows}
