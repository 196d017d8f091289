"""Reads of help requests: where one asks, one request, its thread, and what was sent before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.courses.queries import Member, course_for, members_of
from classroom.help_requests import rules
from classroom.help_requests.models import HelpAnswer, HelpRequest, Level
from classroom.help_requests.naming import is_coarse, shown_in
from classroom.help_requests.placing import Place
from classroom.help_requests.policy import answers_visible_to, visible_to
from classroom.help_requests.rules import HelpState
from classroom.posts.models import Post, Revision
from classroom.posts.policy import visible_to as posts_visible_to
from classroom.posts.states import State
from classroom.projects.models import Project
from classroom.projects.naming import Shown
from classroom.projects.queries import project_for

LOADED = (
    joinedload(HelpRequest.project),
    joinedload(HelpRequest.post),
    joinedload(HelpRequest.course, innerjoin=True),
)


@dataclass(frozen=True)
class AnswerRow:
    """One turn of a thread as one reader sees it; nothing is decided in the template."""

    id: str
    by: Shown
    mine: bool
    asker: bool
    level: Level | None
    html: str
    state: State
    at: datetime | None
    coarse: bool
    edited: bool
    helped: bool
    may: frozenset[str]
    tended: bool


@dataclass(frozen=True)
class Thread:
    """A request with everything that its page shows."""

    request: HelpRequest
    asker: Shown
    mine: bool
    state: HelpState
    coarse: bool
    helper: Shown | None
    rows: list[AnswerRow]
    tended: bool


def place_in_course(actor: Actor, course_id: str) -> Place | None:
    """The course, to ask it something."""
    course = course_for(actor, course_id)
    return Place(course) if course else None


def place_in_project(actor: Actor, project_id: str) -> Place | None:
    """A project that the actor sees, to ask about it."""
    project = project_for(actor, project_id)
    return Place(project.course, project) if project else None


def place_on_post(actor: Actor, post_id: str) -> Place | None:
    """A published post that the actor sees, in its latest revision; one statement."""
    row = db.session.execute(
        _places().where(Post.public_id == post_id, posts_visible_to(actor))
    ).one_or_none()
    return Place(*row) if row else None


def place_of(request: HelpRequest) -> Place:
    """Where a request was asked; asked for its post's text only where there is a post."""
    if request.post_id is None:
        return Place(request.course, request.project)
    return Place(*db.session.execute(_places().where(Post.id == request.post_id)).one())


def _places() -> Any:
    return (
        select(Course, Project, Post, Revision)
        .select_from(Post)
        .join(Project, Project.id == Post.project_id)
        .join(Course, Course.id == Post.course_id)
        .join(Revision, and_(Revision.post_id == Post.id, Revision.number == Post.revision_number))
    )


def work_of(request: HelpRequest) -> str:
    """The text of the post that it is about, as it is now."""
    if request.post_id is None:
        return ""
    return (
        db.session.scalar(
            select(Revision.text)
            .join(Post, and_(Post.id == Revision.post_id, Post.revision_number == Revision.number))
            .where(Post.id == request.post_id)
        )
        or ""
    )


def asked_before(author_id: int, once: str | None) -> HelpRequest | None:
    """What the first press of the same button sent."""
    if once is None:
        return None
    return db.session.scalar(
        select(HelpRequest).where(HelpRequest.author_id == author_id, HelpRequest.once == once)
    )


def draft_at(author_id: int, place: Place) -> HelpRequest | None:
    """What someone is asking there and has not sent."""
    return db.session.scalar(
        select(HelpRequest).where(
            HelpRequest.author_id == author_id,
            HelpRequest.once == place.draft_key,
            HelpRequest.state == State.DRAFT,
        )
    )


def draft_seen_by(actor: Actor, place: Place) -> HelpRequest | None:
    """The actor's own; through borrowed eyes there is none."""
    return None if actor.borrowed else draft_at(actor.person_id, place)


def answered_before(author_id: int, once: str | None) -> HelpAnswer | None:
    """The same for answers."""
    if once is None:
        return None
    return db.session.scalar(
        select(HelpAnswer).where(HelpAnswer.author_id == author_id, HelpAnswer.once == once)
    )


def request_for(actor: Actor, help_id: str) -> HelpRequest | None:
    """The request with that public id, if the actor sees it."""
    return db.session.scalar(
        select(HelpRequest).where(HelpRequest.public_id == help_id, visible_to(actor)).options(*LOADED)
    )


def answer_for(actor: Actor, answer_id: str) -> HelpAnswer | None:
    """An answer with its request, if the actor sees both."""
    return db.session.scalar(
        select(HelpAnswer)
        .join(HelpAnswer.request)
        .where(HelpAnswer.public_id == answer_id, visible_to(actor), answers_visible_to(actor))
        .options(
            contains_eager(HelpAnswer.request).options(
                joinedload(HelpRequest.project),
                joinedload(HelpRequest.post),
                joinedload(HelpRequest.course, innerjoin=True),
            )
        )
    )


def thread_of(actor: Actor, request: HelpRequest) -> Thread:
    """The request and its answers, the oldest first; where minutes are hidden, the order hides them too."""
    answers = db.session.scalars(
        select(HelpAnswer)
        .where(
            HelpAnswer.request_id == request.id,
            HelpAnswer.state.not_in((State.DRAFT, State.WITHDRAWN)),
            answers_visible_to(actor),
        )
        .order_by(HelpAnswer.posted_at, HelpAnswer.id)
    ).all()
    people = {request.author_id, *(one.author_id for one in answers)}
    members = members_of(
        request.course_id, people | ({request.taken_by_id} if request.taken_by_id else set())
    )
    at, coarse = now(), is_coarse(actor, request)
    helper = members.get(request.taken_by_id or 0) if rules.is_taken(request, at) else None
    asker = members[request.author_id]
    return Thread(
        request=request,
        asker=shown_in(actor, request, asker),
        mine=request.author_id == actor.person_id,
        state=rules.standing(request, at),
        coarse=coarse,
        helper=shown_in(actor, request, helper) if helper else None,
        rows=[_row(actor, request, one, members[one.author_id], coarse=coarse) for one in answers],
        tended=actor.tends(request.course_id, asker.section_id),
    )


def _row(actor: Actor, request: HelpRequest, one: HelpAnswer, member: Member, *, coarse: bool) -> AnswerRow:
    mine, asker = one.author_id == actor.person_id, one.author_id == request.author_id
    shown = one.state is State.VISIBLE
    asks = {
        "edit": mine and one.state in rules.WRITABLE,
        "withdraw": mine and one.state in rules.WRITABLE,
        "mark": shown and not asker and request.author_id == actor.person_id,
        "flag": shown and not mine and actor.studies(request.course_id),
    }
    return AnswerRow(
        id=one.public_id,
        by=shown_in(actor, request, member),
        mine=mine,
        asker=asker,
        level=one.level,
        html=one.body_html,
        state=one.state,
        at=one.posted_at,
        coarse=coarse,
        edited=one.edited_at is not None,
        helped=one.helped_at is not None,
        may=frozenset(name for name, allowed in asks.items() if allowed),
        tended=actor.tends(request.course_id, member.section_id),
    )
