"""Who reads which requests and answers, and who may do what with them."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, Role, rule
from classroom.core.clock import now
from classroom.courses.models import Course
from classroom.courses.policy import in_care_of
from classroom.help_requests.models import Audience, HelpAnswer, HelpRequest
from classroom.help_requests.placing import Place
from classroom.posts.models import Post
from classroom.posts.policy import visible_to as posts_visible_to
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.policy import visible_to as projects_visible_to
from classroom.projects.rules import GRACE

CLOSE = MEMBERS - {Kind.OTHER_ASSISTANT}
AUTHOR = frozenset({Kind.AUTHOR})


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own, those in one's care, and what the class was asked as long as it is open or is material."""
    mine = and_(
        HelpRequest.author_id == actor.person_id,
        HelpRequest.course_id.in_(actor.courses()),
        HelpRequest.state != State.DRAFT,  # it lies in its form and nowhere else
    )
    shown = and_(
        shown_to_class(actor), or_(HelpRequest.answered_at.is_(None), is_material(), took_part(actor))
    )
    return or_(mine, shown, in_care(actor))


def shown_to_class(actor: Actor) -> ColumnElement[bool]:
    """What students and observers may read of what was asked of the class, by what they see of its place."""
    seats = actor.seats.values()
    joined = [seat.course_id for seat in seats if seat.role in {Role.STUDENT, Role.OBSERVER}]
    projects = select(Project.id).where(projects_visible_to(actor))
    posts = select(Post.id).where(Post.state == State.VISIBLE, posts_visible_to(actor))
    return and_(
        HelpRequest.course_id.in_(joined),
        HelpRequest.state == State.VISIBLE,
        HelpRequest.audience != Audience.STAFF,
        or_(HelpRequest.project_id.is_(None), HelpRequest.project_id.in_(projects)),
        or_(HelpRequest.post_id.is_(None), HelpRequest.post_id.in_(posts)),
    )


def in_care(actor: Actor) -> ColumnElement[bool]:
    """Staff: what those in their care asked, and what those in their care answered."""
    one = aliased(HelpAnswer)  # of its own: the query around it may join answers too
    answered = exists().where(
        one.request_id == HelpRequest.id,
        one.state != State.DRAFT,
        in_care_of(actor, one.course_id, one.author_id),
    )
    return and_(
        HelpRequest.state != State.DRAFT,
        HelpRequest.course_id.in_(actor.courses_taught()),
        or_(in_care_of(actor, HelpRequest.course_id, HelpRequest.author_id), answered),
    )


def took_part(actor: Actor) -> ColumnElement[bool]:
    """Whoever helped goes on seeing what they helped with."""
    one = aliased(HelpAnswer)
    return exists().where(
        one.request_id == HelpRequest.id,
        one.author_id == actor.person_id,
        one.state == State.VISIBLE,
    )


def is_material() -> ColumnElement[bool]:
    """Answered, with the asker's consent, and the project's last date is past (or there is no project)."""
    last = func.coalesce(Project.revise_by, Project.comment_by, Project.post_by)
    over = or_(
        HelpRequest.project_id.in_(select(Project.id).where(last < now() - GRACE)),
        HelpRequest.course_id.in_(select(Course.id).where(Course.archived_at.is_not(None))),
    )
    return and_(
        HelpRequest.state == State.VISIBLE,
        HelpRequest.audience != Audience.STAFF,
        HelpRequest.answered_at.is_not(None),
        HelpRequest.shared_at.is_not(None),
        or_(HelpRequest.project_id.is_(None), over),
    )


def answers_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Answers that the actor sees, given that they see the request."""
    mine = and_(HelpAnswer.author_id == actor.person_id, HelpAnswer.course_id.in_(actor.courses()))
    tended = and_(
        HelpAnswer.state != State.DRAFT, in_care_of(actor, HelpAnswer.course_id, HelpAnswer.author_id)
    )
    return or_(mine, HelpAnswer.state == State.VISIBLE, tended)


@rule("help:ask", STUDENTS)
def may_ask(actor: Actor, place: Place) -> bool:
    """Students ask a course, or about a project that they see."""
    return actor.studies(place.course_id)


@rule("help:ask_on_post", AUTHOR)
def may_ask_on_post(actor: Actor, place: Place) -> bool:
    """The author of the post."""
    return place.author_id == actor.person_id and actor.studies(place.course_id)


@rule("help:see", CLOSE)
def may_see(actor: Actor, request: HelpRequest) -> bool:
    """Its asker and their staff; the class, where the class was asked, while it is open or is material."""
    return actor.belongs(request.course_id)


@rule("help:edit", AUTHOR)
def may_edit(actor: Actor, request: HelpRequest) -> bool:
    """Its asker, and nobody else."""
    return request.author_id == actor.person_id


@rule("help:keep", AUTHOR)
def may_keep(actor: Actor, request: HelpRequest) -> bool:
    """Its asker: take it back, say that it is answered or still open, let it become study material."""
    return request.author_id == actor.person_id


@rule("help:answer", CLOSE - {Kind.OBSERVER})
def may_answer(actor: Actor, request: HelpRequest) -> bool:
    """Students and staff who see the request; its asker adds to it."""
    return actor.studies(request.course_id) or actor.teaches(request.course_id)


@rule("help:take", frozenset({Kind.CLASSMATE}) | STAFF)
def may_take(actor: Actor, request: HelpRequest) -> bool:
    """Students and staff who see the request, other than its asker: “I'm on it”."""
    return request.author_id != actor.person_id and may_answer(actor, request)


@rule("help_answer:edit", AUTHOR)
def may_edit_answer(actor: Actor, answer: HelpAnswer) -> bool:
    """Its writer, and nobody else."""
    return answer.author_id == actor.person_id


@rule("help_answer:mark", frozenset({Kind.RECEIVER}))
def may_mark(actor: Actor, answer: HelpAnswer) -> bool:
    """The asker marks what helped."""
    return answer.request.author_id == actor.person_id
