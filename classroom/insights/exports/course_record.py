"""The tables of what was decided: moderation, highlights, who looked, and how far everyone came."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, func, select

from classroom.access import Actor
from classroom.celebrations.models import Highlight, Nomination
from classroom.comments.models import Comment, Reply
from classroom.core.i18n import _
from classroom.courses.models import Viewing
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.course_plans import plan_sheets
from classroom.insights.exports.participation import meanings, parts_in
from classroom.moderation.models import Case, Flag, LogEntry, Subject
from classroom.posts.models import Post


def record_sheets(actor: Actor, cast: Cast) -> list[Sheet]:
    return [
        Sheet(
            "participation",
            _("How far every student came in every published project."),
            meanings(),
            _participation(actor, cast),
        ),
        _highlights(cast),
        _nominations(cast),
        *plan_sheets(cast),
        _log(cast),
        _cases(cast),
        _flags(cast),
        _viewings(cast),
    ]


def _participation(actor: Actor, cast: Cast) -> Iterator[Sequence[Any]]:
    for project in cast.projects.values():
        if project.published_at is None:
            continue
        for one in parts_in(actor, project, left=True):
            posted = (one.posted, one.posted_at, one.late)
            figures = (one.sent, one.counted, one.wanted, one.late_comments, one.received)
            yield (project.public_id, one.seat_id, one.name, one.left, one.done, *posted, *figures)


def _highlights(cast: Cast) -> Sheet:
    columns = {
        "id": _("the highlight's id"),
        "comment": _("the id of the comment"),
        "by": _("who celebrated it"),
        "why": _("the reason why"),
        "moves": _("what the comment does"),
        "at": _("when"),
        "consent": _("what its writer said about the wall"),
        "consent_at": _("when they said so"),
        "withdrawn_at": _("when it was taken back, if it was"),
    }
    asked = (
        select(Highlight, Comment.public_id)
        .join(Comment, Comment.id == Highlight.comment_id)
        .where(Highlight.course_id == cast.course.id)
        .order_by(Highlight.id)
    )
    rows = (
        (
            one.public_id,
            comment,
            cast.who(one.by_id),
            one.why,
            one.moves,
            one.at,
            one.consent,
            one.consent_at,
            one.withdrawn_at,
        )
        for one, comment in stream(asked)
    )
    return Sheet("highlights", _("Great comments, and why."), columns, rows)


def _nominations(cast: Cast) -> Sheet:
    columns = {
        "comment": _("the id of the comment"),
        "by": _("who nominated it"),
        "why": _("the reason why"),
        "at": _("when"),
        "withdrawn_at": _("when it was taken back, if it was"),
        "set_aside_at": _("when staff set it aside, if they did"),
    }
    asked = (
        select(Nomination, Comment.public_id)
        .join(Comment, Comment.id == Nomination.comment_id)
        .where(Nomination.course_id == cast.course.id)
        .order_by(Nomination.id)
    )
    rows = (
        (comment, cast.who(one.by_id), one.why, one.at, one.withdrawn_at, one.set_aside_at)
        for one, comment in stream(asked)
    )
    return Sheet("nominations", _("Comments that students found great, and why."), columns, rows)


def about_what(kind: type[Case | Flag | LogEntry], *wanted: Any) -> Any:
    """Rows about something that somebody wrote, with that thing's public id."""
    things: dict[Subject, Any] = {
        Subject.POST: Post,
        Subject.COMMENT: Comment,
        Subject.REPLY: Reply,
        Subject.HELP: HelpRequest,
        Subject.HELP_ANSWER: HelpAnswer,
    }
    asked = select(kind, func.coalesce(*(thing.public_id for thing in things.values())))
    for subject, thing in things.items():
        asked = asked.outerjoin(thing, and_(kind.subject == subject, thing.id == kind.subject_id))
    return asked.where(*wanted).order_by(kind.id)


def _log(cast: Cast) -> Sheet:
    columns = {
        "at": _("when"),
        "subject": _("post, comment, reply, help or help_answer"),
        "subject_id": _("the id of that thing"),
        "author": _("the id of its writer in people"),
        "before": _("its state before"),
        "after": _("its state after"),
        "by": _("who did it; empty: the standard itself"),
        "reason": _("why"),
        "note": _("what was said with it"),
        "clause": _("the number of the clause it rests on"),
        "guideline_version": _("the version of the guidelines in force"),
        "details": _("what else was noted"),
    }
    rows = (
        (
            one.at,
            one.subject,
            thing,
            cast.who(one.author_id),
            one.before,
            one.after,
            cast.who(one.actor_id),
            one.reason,
            one.note,
            one.clause_number,
            one.guideline_version,
            one.details,
        )
        for one, thing in stream(about_what(LogEntry, LogEntry.course_id == cast.course.id))
    )
    return Sheet("moderation_log", _("Every change of state, in its order."), columns, rows)


def _cases(cast: Cast) -> Sheet:
    columns = {
        "id": _("the case's id"),
        "subject": _("post, comment, reply, help or help_answer"),
        "subject_id": _("the id of that thing"),
        "author": _("the id of its writer in people"),
        "reason": _("why it waited for a person"),
        "words": _("the words that held it"),
        "opened_at": _("since when it waited"),
        "closed_at": _("until when"),
        "decision": _("what was decided"),
        "decided_by": _("who decided"),
    }
    rows = (
        (
            one.public_id,
            one.subject,
            thing,
            cast.who(one.author_id),
            one.reason,
            one.words,
            one.opened_at,
            one.closed_at,
            one.decision,
            cast.who(one.decided_by_id),
        )
        for one, thing in stream(about_what(Case, Case.course_id == cast.course.id))
    )
    return Sheet("cases", _("What waited for a person."), columns, rows)


def _flags(cast: Cast) -> Sheet:
    columns = {
        "subject": _("post, comment, reply, help or help_answer"),
        "subject_id": _("the id of that thing"),
        "by": _("the id in people of who reported it; told to staff only"),
        "reason": _("why"),
        "note": _("what they said"),
        "at": _("when"),
    }
    rows = (
        (one.subject, thing, cast.who(one.by_id), one.reason, one.note, one.at)
        for one, thing in stream(about_what(Flag, Flag.course_id == cast.course.id))
    )
    return Sheet("reports", _("What students reported."), columns, rows)


def _viewings(cast: Cast) -> Sheet:
    columns = {
        "key": _("the viewing; one that was stopped has two rows"),
        "step": _("started, stopped, or exported: their data was taken out"),
        "by": _("the id in people of who looked"),
        "student": _("the id in people of the student"),
        "at": _("when"),
    }
    asked = select(Viewing).where(Viewing.course_id == cast.course.id).order_by(Viewing.id)
    rows = (
        (one.key, one.step, cast.who(one.by_id), cast.who(one.student_id), one.at) for (one,) in stream(asked)
    )
    return Sheet("viewings", _("Which staff looked through a student's eyes."), columns, rows)
