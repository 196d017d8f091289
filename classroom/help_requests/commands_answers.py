"""Writes in the thread under a request: answers, and what the asker says of them."""

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError

from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.events import announce
from classroom.help_requests import queries, rules
from classroom.help_requests.commands import let_go, move, settle, show_or_hold
from classroom.help_requests.events import AnswerHelped
from classroom.help_requests.judging import Judged, judge_answer
from classroom.help_requests.models import HelpAnswer, HelpRequest, Level
from classroom.posts.states import State
from classroom.projects.queries import answer_keys_of


def answer(
    request: HelpRequest,
    author_id: int,
    body: str,
    *,
    level: Level | None,
    staff: bool = False,
    rested: Collection[str] = (),
    once: str | None = None,
) -> HelpAnswer:
    """Answer a visible request; the second press of the same button answers the first's."""
    if (done := queries.answered_before(author_id, once)) is not None:
        return done
    rules.check_words(body, rules.MOST_IN_ANSWER)
    mine = request.author_id == author_id
    if request.state is not State.VISIBLE:
        raise rules.NotShown
    row = HelpAnswer(
        course_id=request.course_id,
        project_id=request.project_id,
        request_id=request.id,
        author_id=author_id,
        once=once,
        posted_at=now(),
    )
    try:
        with db.session.begin_nested():
            judged = _write(row, request, body, None if mine else level or Level.HINT, rested)
            db.session.add(row)
            db.session.flush()
            show_or_hold(row, judged, staff=staff, reason="posted")
            let_go(request, author_id)
    except IntegrityError:
        done = queries.answered_before(author_id, once)
        if done is None:
            raise
        return done
    return row


def edit_answer(
    row: HelpAnswer,
    body: str,
    *,
    level: Level | None,
    version: int,
    staff: bool = False,
    rested: Collection[str] = (),
) -> HelpAnswer:
    """Rewrite one's answer, also a held or returned one."""
    rules.check_words(body, rules.MOST_IN_ANSWER)
    if row.state not in rules.WRITABLE:
        raise ChangedMeanwhile
    if row.version != version and row.body != body:
        raise rules.BothTexts(theirs=row.body, version=row.version)
    old = row.body
    judged = _write(row, row.request, body, (level or row.level) if row.level else None, rested)
    db.session.flush()
    show_or_hold(row, judged, staff=staff, reason="rewritten", old=old)
    return row


def _write(
    row: HelpAnswer, request: HelpRequest, body: str, level: Level | None, rested: Collection[str]
) -> Judged:
    row.body, row.body_html, row.level = body, richtext.render(body), level
    judged = judge_answer(
        body,
        brief=request.project.brief_text if request.project else "",
        work=f"{queries.work_of(request)}\n{request.body}",
        keys=answer_keys_of(request.project_id) if request.project_id else (),
        rested=rested,
    )
    row.verdict = judged.verdict
    return judged


def withdraw_answer(row: HelpAnswer) -> None:
    """Take one's answer back."""
    move(row, State.WITHDRAWN, actor_id=row.author_id, reason="withdrawn")


def mark_helped(row: HelpAnswer) -> None:
    """“This helped”: its writer is told once, and the request is answered."""
    if row.state is not State.VISIBLE or row.author_id == row.request.author_id:
        raise rules.NotHelped
    if row.helped_at is None:
        row.helped_at = now()
        db.session.flush()
        announce(AnswerHelped(row.id, row.course_id, row.author_id))
    settle(row.request)


def unmark_helped(row: HelpAnswer) -> None:
    """Take that back; whether the request is answered is another question."""
    row.helped_at = None
    db.session.flush()
