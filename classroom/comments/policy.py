"""Who reads which posts and comments, and who may do what with them."""

from sqlalchemy import ColumnElement, and_, exists, or_, select

from classroom.access import MEMBERS, STAFF, Actor, Kind, rule
from classroom.comments.models import Comment, Reply
from classroom.comments.reading import Reading
from classroom.courses.policy import in_care_of
from classroom.posts.models import Post
from classroom.posts.policy import lets_read, readable_by
from classroom.posts.states import State
from classroom.projects.models import Project

CLOSE = MEMBERS - {Kind.OTHER_ASSISTANT}
WRITERS = frozenset({Kind.CLASSMATE}) | STAFF


@lets_read
def commented_on_by_those_in_care(actor: Actor) -> ColumnElement[bool]:
    """An assistant reads what the students of their sections comment on, whoever wrote it."""
    return exists().where(
        Comment.post_id == Post.id,
        Comment.state != State.DRAFT,
        in_care_of(actor, Comment.course_id, Comment.author_id),
    )


def readable(actor: Actor) -> ColumnElement[bool]:
    """Posts that the actor reads: what `posts.policy` shows them, and what those in their care comment on."""
    return and_(Post.revision_number > 0, readable_by(actor))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Comments that the actor sees: their own, visible ones on posts they read, and those in their care."""
    mine = and_(Comment.author_id == actor.person_id, Comment.course_id.in_(actor.courses()))
    if actor.borrowed:  # what is not sent yet is the writer's alone
        mine = and_(mine, Comment.state != State.DRAFT)
    shown = and_(Comment.state == State.VISIBLE, Comment.post_id.in_(select(Post.id).where(readable(actor))))
    return or_(mine, shown, and_(Comment.state != State.DRAFT, _tended(actor, Comment)))


def replies_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Replies that the actor sees, given that they see the comment."""
    mine = and_(Reply.author_id == actor.person_id, Reply.course_id.in_(actor.courses()))
    return or_(mine, Reply.state == State.VISIBLE, _tended(actor, Reply))


def _tended(actor: Actor, kind: type[Comment] | type[Reply]) -> ColumnElement[bool]:
    by_writer = in_care_of(actor, kind.course_id, kind.author_id)
    if kind is Comment:
        theirs = select(Post.id).where(in_care_of(actor, Post.course_id, Post.author_id))
        return or_(by_writer, Comment.post_id.in_(theirs))
    return by_writer


@rule("comment:write", WRITERS)
def may_write(actor: Actor, reading: Reading) -> bool:
    """Students on one another's posts; staff too, and theirs count for no duty. Never on one's own."""
    if reading.post.author_id == actor.person_id:
        return False
    return actor.studies(reading.course_id) or actor.teaches(reading.course_id)


@rule("comment:see", CLOSE)
def may_see(actor: Actor, comment: Comment) -> bool:
    """Whoever reads the post, once the comment is visible; its writer and the staff always."""
    return actor.belongs(comment.course_id)


@rule("comment:edit", frozenset({Kind.AUTHOR}))
def may_edit(actor: Actor, comment: Comment) -> bool:
    """Its writer, and nobody else: staff return a comment and never rewrite it."""
    return comment.author_id == actor.person_id


@rule("comment:withdraw", frozenset({Kind.AUTHOR}))
def may_withdraw(actor: Actor, comment: Comment) -> bool:
    """Its writer."""
    return comment.author_id == actor.person_id


@rule("comment:claim", frozenset({Kind.AUTHOR}))
def may_claim_fine(actor: Actor, comment: Comment) -> bool:
    """Its writer, when the standard did not pass it."""
    return comment.author_id == actor.person_id


@rule("comment:reply", CLOSE - {Kind.OBSERVER})
def may_reply(actor: Actor, comment: Comment) -> bool:
    """Students and staff who see the comment."""
    return actor.studies(comment.course_id) or actor.teaches(comment.course_id)


@rule("comment:thank", frozenset({Kind.RECEIVER}))
def may_thank(actor: Actor, comment: Comment) -> bool:
    """The author of the post."""
    return comment.post.author_id == actor.person_id


@rule("comment:act_on", frozenset({Kind.RECEIVER}))
def may_act_on(actor: Actor, comment: Comment) -> bool:
    """The author of the post."""
    return comment.post.author_id == actor.person_id


@rule("comment:say_reason", frozenset({Kind.RECEIVER}))
def may_say_reason(actor: Actor, comment: Comment) -> bool:
    """The author of the post; the writer is told later, and only among what others said."""
    return comment.post.author_id == actor.person_id


@rule("reply:edit", frozenset({Kind.AUTHOR}))
def may_edit_reply(actor: Actor, reply: Reply) -> bool:
    """Its writer."""
    return reply.author_id == actor.person_id


@rule("reply:withdraw", frozenset({Kind.AUTHOR}))
def may_withdraw_reply(actor: Actor, reply: Reply) -> bool:
    """Its writer."""
    return reply.author_id == actor.person_id


@rule("comment:next", MEMBERS)
def may_ask_for_next(actor: Actor, project: Project) -> bool:
    """Everyone in the course; only students are led to a post."""
    return actor.belongs(project.course_id)


@rule("coverage:see", STAFF | {Kind.OTHER_ASSISTANT})
def may_see_coverage(actor: Actor, project: Project) -> bool:
    """Staff; an assistant sees the posts of their own sections."""
    return actor.teaches(project.course_id)
