"""The tables of help: what was asked, and what was answered; of a course, and of one person."""

from typing import Any

from sqlalchemy import select

from classroom.access import Actor
from classroom.core.i18n import _
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.help_requests.policy import answers_visible_to, visible_to
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.person_world import World
from classroom.posts.models import Post
from classroom.posts.states import State

WORDS = ("trying", "tried", "breaks", "quote", "kind", "size", "audience")


def _request_columns() -> dict[str, str]:
    return {
        "trying": _("what they were trying to do"),
        "tried": _("what they tried"),
        "breaks": _("where it broke"),
        "quote": _("the passage that it is about"),
        "kind": _("the kind of help that was wanted"),
        "size": _("how long it might take"),
        "audience": _("who might read it: name, peer_name (as classmates know them there) or staff"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "hold_reason": _("why it was held, if it was"),
        "posted_at": _("when it was asked"),
        "answered_at": _("when the asker had what they needed"),
        "shared_at": _("since when it may become study material"),
    }


def _answer_columns() -> dict[str, str]:
    return {
        "level": _("how much was given: pointer, hint or example; empty: the asker added it"),
        "text": _("its text, in Markdown"),
        "state": _("visible, held, returned, removed or withdrawn"),
        "hold_reason": _("why it was held, if it was"),
        "posted_at": _("when it was given"),
        "helped_at": _("when the asker said that it helped"),
    }


def help_sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    """As an instructor sees them, with names."""
    requests = {
        "id": _("the request's id"),
        "project": _("the id of the project; empty: the course was asked"),
        "post": _("the id of the post that it is about"),
        "author": _("the id of its asker in people"),
        "author_name": _("their name"),
        **_request_columns(),
    }
    answers = {
        "id": _("the answer's id"),
        "request": _("the id of the request"),
        "author": _("the id of its writer in people"),
        "author_name": _("their name"),
        **_answer_columns(),
    }
    asked = _requests(HelpRequest.course_id == cast.course.id, visible_to(actor))
    given = _answers(HelpAnswer.course_id == cast.course.id, answers_visible_to(actor))
    request_rows = (
        (
            one.public_id,
            cast.project(one.project_id),
            post,
            cast.who(one.author_id),
            cast.name(one.author_id),
            *_of_request(one),
        )
        for one, post in stream(asked)
    )
    answer_rows = (
        (one.public_id, request, cast.who(one.author_id), cast.name(one.author_id), *_of_answer(one))
        for one, request in stream(given)
    )
    return [
        Sheet("help_requests", _("Who asked for help, and with what."), requests, request_rows),
        Sheet("help_answers", _("What was answered."), answers, answer_rows),
    ]


def own_help_sheets(world: World) -> list[Sheet]:
    """What one asked, and what one answered."""
    requests = {"id": _("the request's id"), "course": _("the course"), **_request_columns()}
    answers = {"request": _("the id of the request"), **_answer_columns()}
    here = world.courses
    asked = _requests(HelpRequest.author_id == world.me, HelpRequest.course_id.in_(here))
    given = _answers(HelpAnswer.author_id == world.me, HelpAnswer.course_id.in_(here))
    request_rows = (
        (one.public_id, world.course(one.course_id), *_of_request(one)) for one, _post in stream(asked)
    )
    answer_rows = ((request, *_of_answer(one)) for one, request in stream(given))
    return [
        Sheet("help_requests", _("What you asked."), requests, request_rows),
        Sheet("help_answers", _("What you answered."), answers, answer_rows),
    ]


def _requests(*wanted: Any) -> Any:
    return (
        select(HelpRequest, Post.public_id)
        .outerjoin(Post, Post.id == HelpRequest.post_id)
        .where(HelpRequest.state != State.DRAFT, *wanted)
        .order_by(HelpRequest.id)
    )


def _answers(*wanted: Any) -> Any:
    return (
        select(HelpAnswer, HelpRequest.public_id)
        .join(HelpRequest, HelpRequest.id == HelpAnswer.request_id)
        .where(HelpAnswer.state != State.DRAFT, *wanted)
        .order_by(HelpAnswer.id)
    )


def _of_request(one: HelpRequest) -> tuple[Any, ...]:
    words = tuple(getattr(one, name) for name in WORDS)
    return (*words, one.state, one.hold_reason, one.posted_at, one.answered_at, one.shared_at)


def _of_answer(one: HelpAnswer) -> tuple[Any, ...]:
    return (one.level, one.body, one.state, one.hold_reason, one.posted_at, one.helped_at)
