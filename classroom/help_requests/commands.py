"""Writes of help requests: asking, rewriting, taking back, and how far the help has come."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.events import announce
from classroom.help_requests import queries, rules
from classroom.help_requests.commands_drafts import draft_to_send, new_request, write_into
from classroom.help_requests.events import ANSWER, REQUEST, HelpMoved, HelpReworded
from classroom.help_requests.judging import Judged, judge_request
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.help_requests.placing import Asked, Place
from classroom.help_requests.rules import HelpState
from classroom.posts.states import UNDONE, State, turn


def move(
    row: HelpRequest | HelpAnswer,
    to: State,
    *,
    actor_id: int | None,
    reason: str,
    note: str = "",
    clause_number: int | None = None,
    words: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
) -> None:
    """The one way in which a request's or an answer's state changes: checked, then announced for the log."""
    before = turn(row, to, reason)
    db.session.flush()
    announce(
        HelpMoved(
            subject=subject_of(row),
            id=row.id,
            course_id=row.course_id,
            project_id=row.project_id,
            author_id=row.author_id,
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


def subject_of(row: HelpRequest | HelpAnswer) -> str:
    return REQUEST if isinstance(row, HelpRequest) else ANSWER


def show_or_hold(
    row: HelpRequest | HelpAnswer, judged: Judged, *, staff: bool, reason: str, old: str | None = None
) -> None:
    """After it was written or rewritten: what a classmate reported goes on waiting for a person."""
    details = {"body": old} if old is not None else None
    if judged.hold_reason and not staff:
        words = judged.hold_words
        move(row, State.HELD, actor_id=None, reason=judged.hold_reason, words=words, details=details)
    elif row.state is State.HELD and row.hold_reason == "flagged":
        move(row, State.HELD, actor_id=row.author_id, reason="flagged", details=details)
    elif row.state is not State.VISIBLE:
        move(row, State.VISIBLE, actor_id=row.author_id, reason=reason, details=details)
    elif old is not None and row.body != old:
        row.edited_at = now()
        known = (subject_of(row), row.id, row.course_id, row.project_id, row.author_id)
        announce(HelpReworded(*known, before={"body": old}))


def take_up_again(row: HelpRequest | HelpAnswer, to: State, *, hold_reason: str | None, by_id: int) -> None:
    """Undo the edge that was taken last: it stands again as it stood before."""
    row.hold_reason = hold_reason
    move(row, to, actor_id=by_id, reason=UNDONE)


def ask(
    author_id: int,
    place: Place,
    asked: Asked,
    *,
    rested: Collection[str] = (),
    once: str | None = None,
    version: int | None = None,
) -> HelpRequest:
    """Send a request: judged, then visible or held. A second press of the button answers the first's."""
    if (done := queries.asked_before(author_id, once)) is not None:
        return done
    _check(asked, place)
    try:
        with db.session.begin_nested():
            draft = draft_to_send(author_id, place, asked, version)
            row = draft or new_request(author_id, place, once)
            row.once, row.posted_at, row.edited_at = once, now(), None
            judged = _write(row, asked, place, rested)
            db.session.add(row)
            db.session.flush()
            show_or_hold(row, judged, staff=False, reason="posted")
    except (IntegrityError, StaleDataError):
        done = queries.asked_before(author_id, once)
        if done is None:
            raise
        return done
    return row


def edit(
    row: HelpRequest, place: Place, asked: Asked, *, version: int, rested: Collection[str] = ()
) -> HelpRequest:
    """Rewrite one's request, also a held or returned one; it is judged anew."""
    _check(asked, place)
    if row.state not in rules.WRITABLE:
        raise ChangedMeanwhile
    if row.version != version and row.body != asked.text:
        raise rules.BothTexts(theirs=row.body, version=row.version)
    old = row.body
    judged = _write(row, asked, place, rested)
    db.session.flush()
    show_or_hold(row, judged, staff=False, reason="rewritten", old=old)
    return row


def _check(asked: Asked, place: Place) -> None:
    rules.check_words(asked.trying, rules.MOST_CHARACTERS)
    for text in (asked.tried, asked.breaks):
        if len(text) > rules.MOST_CHARACTERS:
            raise rules.TooLong
    if asked.audience not in rules.audiences(place.project, on_post=place.post is not None):
        raise rules.NotForYou


def _write(row: HelpRequest, asked: Asked, place: Place, rested: Collection[str]) -> Judged:
    write_into(row, place, asked)
    judged = judge_request(asked.text, brief=place.brief, work=place.work, rested=rested)
    row.verdict = judged.verdict
    return judged


def withdraw(row: HelpRequest) -> None:
    """Take one's request back; nobody but its asker and staff sees it any more."""
    move(row, State.WITHDRAWN, actor_id=row.author_id, reason="withdrawn")


def take(row: HelpRequest, person_id: int) -> None:
    """“I'm on it”: for half an hour others see that somebody helps; pressed again it begins anew."""
    if row.state is not State.VISIBLE:
        raise rules.NotShown
    at = now()
    if rules.taken_by_another(row, person_id, at):
        raise rules.TakenByAnother
    if not rules.is_taken(row, at):
        rules.check_next(rules.standing(row, at), HelpState.TAKEN)
    row.taken_at, row.taken_by_id = at, person_id
    db.session.flush()


def let_go(row: HelpRequest, person_id: int) -> None:
    """Somebody else may; nothing is recorded."""
    if row.taken_by_id == person_id:
        row.taken_at = row.taken_by_id = None
        db.session.flush()


def settle(row: HelpRequest) -> None:
    """The asker has what they need."""
    if row.answered_at is None:
        rules.check_next(rules.standing(row, now()), HelpState.ANSWERED)
        row.answered_at, row.taken_at, row.taken_by_id = now(), None, None
        db.session.flush()


def reopen(row: HelpRequest) -> None:
    """The asker still needs help; it waits from now on."""
    if row.answered_at is not None:
        rules.check_next(rules.standing(row, now()), HelpState.REOPENED)
        row.answered_at, row.reopened_at = None, now()
        db.session.flush()


def share(row: HelpRequest, *, agreed: bool) -> None:
    """The asker's word on study material, which they may change whenever they like."""
    if agreed and not rules.may_be_shared(row):
        raise rules.NotToShare
    row.shared_at = (row.shared_at or now()) if agreed else None
    db.session.flush()
