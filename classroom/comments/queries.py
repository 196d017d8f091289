"""Reads of posts as their commenters see them, of comments, drafts and what a command needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.judging import Before
from classroom.comments.models import Comment, LastRead, Reply
from classroom.comments.policy import readable, replies_visible_to, visible_to
from classroom.comments.reading import Reading
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import Member
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import Extension, Material, Project, ProjectState, Prompt

EARLIER = 200  # so many of the writer's last comments are compared with a new one


@dataclass(frozen=True)
class Scene:
    """What a command must know around a post: the project, the revision, the writer's role and dates."""

    project: Project
    revision: Revision
    extension: Extension | None
    role: Role


def member_from(seat: Membership, person: Person) -> Member:
    """The member in a row that joins both tables."""
    return Member(
        person_id=person.id,
        public_id=seat.public_id,
        name=person.name,
        called=person.called,
        pronouns=person.pronouns,
        number=seat.number,
        role=seat.role,
        section_id=seat.section_id,
        left=seat.left_at is not None,
    )


def reading_for(actor: Actor, post_id: str, revision: int | None = None) -> Reading | None:
    """The post with that public id in the revision asked for (the latest without one); one statement."""
    number = Post.revision_number if revision is None else revision
    me = actor.person_id
    row = db.session.execute(
        select(Course, Post, Project, Extension, Revision, Membership, Person, LastRead.read_at)
        .select_from(Post)
        .join(Course, Course.id == Post.course_id)
        .join(Project, Project.id == Post.project_id)
        .join(Revision, and_(Revision.post_id == Post.id, Revision.number == number))
        .join(
            Membership, and_(Membership.course_id == Post.course_id, Membership.person_id == Post.author_id)
        )
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Extension, and_(Extension.project_id == Project.id, Extension.person_id == me))
        .outerjoin(LastRead, and_(LastRead.post_id == Post.id, LastRead.person_id == me))
        .where(Post.public_id == post_id, readable(actor))
    ).one_or_none()
    if row is None:
        return None
    course, post, project, extension, shown, seat, person, read_at = row
    if actor.borrowed:  # what the reader has not read yet is theirs alone
        read_at = now()
    return Reading(course, post, project, shown, member_from(seat, person), extension, read_at)


def scene_of(post: Post, author_id: int, revision: int | None = None) -> Scene | None:
    """Everything a new comment of that person on that post rests on; None if they are not in the course."""
    row = db.session.execute(
        select(Project, Revision, Extension, Membership.role)
        .select_from(Project)
        .join(Revision, and_(Revision.post_id == post.id, _is_revision(post, revision)))
        .join(Membership, and_(Membership.course_id == post.course_id, Membership.person_id == author_id))
        .outerjoin(Extension, and_(Extension.project_id == Project.id, Extension.person_id == author_id))
        .where(Project.id == post.project_id, Membership.left_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    project, shown, extension, role = row
    return Scene(project, shown, extension, role)


def _is_revision(post: Post, wanted: int | None) -> ColumnElement[bool]:
    number = wanted if wanted and 0 < wanted <= post.revision_number else post.revision_number
    return Revision.number == number


def comment_for(actor: Actor, comment_id: str) -> Comment | None:
    """The comment with that public id, with its post and project, if the actor sees it."""
    return db.session.scalar(
        select(Comment)
        .options(joinedload(Comment.post).joinedload(Post.project), joinedload(Comment.revision))
        .where(Comment.public_id == comment_id, Comment.state != State.DRAFT, visible_to(actor))
    )


def reply_for(actor: Actor, reply_id: str) -> Reply | None:
    """The reply with that public id, with its comment and post, if the actor sees both."""
    return db.session.scalar(
        select(Reply)
        .join(Comment, Comment.id == Reply.comment_id)
        .options(joinedload(Reply.comment).joinedload(Comment.post))
        .where(
            Reply.public_id == reply_id,
            replies_visible_to(actor),
            or_(Reply.author_id == actor.person_id, visible_to(actor)),
        )
    )


def draft_of(author_id: int, post_id: int) -> Comment | None:
    """What lies in that person's pen beside that post; there is one at most."""
    return db.session.scalar(_drafts(author_id, post_id).where(Comment.kept_at.is_(None)))


def kept_by(author_id: int, post_id: int, comment_id: str | None = None) -> Sequence[Comment]:
    """The comments that person has kept to send them later, in the order of keeping; or the one named."""
    asked = _drafts(author_id, post_id).where(Comment.kept_at.is_not(None))
    if comment_id:
        asked = asked.where(Comment.public_id == comment_id)
    return db.session.scalars(
        asked.options(joinedload(Comment.revision)).order_by(Comment.kept_at, Comment.id)
    ).all()


def _drafts(author_id: int, post_id: int) -> Select[Comment]:
    return select(Comment).where(
        Comment.author_id == author_id, Comment.post_id == post_id, Comment.state == State.DRAFT
    )


def sent_before(author_id: int, once: str | None) -> Comment | None:
    """The comment that the same press of the button has made already, sent or kept."""
    if not once:
        return None
    return db.session.scalar(select(Comment).where(Comment.author_id == author_id, Comment.once == once))


def reply_sent_before(author_id: int, once: str | None) -> Reply | None:
    """The reply that the same press of the button has made already."""
    if not once:
        return None
    return db.session.scalar(select(Reply).where(Reply.author_id == author_id, Reply.once == once))


def has_commented(author_id: int, post_id: int) -> bool:
    """Whether they have sent a comment on that post before, whatever became of it."""
    found = db.session.scalar(
        select(Comment.id)
        .where(Comment.author_id == author_id, Comment.post_id == post_id, Comment.state != State.DRAFT)
        .limit(1)
    )
    return found is not None


def said_before(course_id: int, author_id: int, post_id: int, besides: int | None) -> Before:
    """The writer's comments in the course, and what others have visibly said on this post, newest first.

    Without the one being judged.
    """
    own = and_(Comment.author_id == author_id, Comment.state.not_in([State.DRAFT, State.WITHDRAWN]))
    others = and_(Comment.author_id != author_id, Comment.post_id == post_id, Comment.state == State.VISIBLE)
    asked = select(Comment.author_id, Comment.body).where(Comment.course_id == course_id, or_(own, others))
    if besides is not None:
        asked = asked.where(Comment.id != besides)
    found = db.session.execute(asked.order_by(Comment.id.desc()).limit(2 * EARLIER)).all()
    return Before(
        [body for writer, body in found if writer == author_id][:EARLIER],
        [body for writer, body in found if writer != author_id][:EARLIER],
    )


def prompt_of(project_id: int, prompt_id: str | None) -> Prompt | None:
    """The prompt with that public id, if it is one of this project."""
    if not prompt_id:
        return None
    return db.session.scalar(
        select(Prompt).where(Prompt.project_id == project_id, Prompt.public_id == prompt_id)
    )
