"""Writes of moderation: opening and deciding cases, flags, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from classroom.comments.commands import claim_again, decide_standing
from classroom.comments.commands_labels import label, unlabel
from classroom.comments.models import COUNTING, Comment, Standing
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.events import announce
from classroom.moderation import rules
from classroom.moderation.models import Case, Decision, Flag, LogEntry, Reason, Subject
from classroom.moderation.subjects import Row, Told, edition_of, kind_of, move, subject_row
from classroom.posts.states import UNDONE, State


@dataclass(frozen=True)
class CaseOpened:
    """Something waits for a person."""

    case_id: int
    course_id: int
    author_id: int
    reason: Reason


@dataclass(frozen=True)
class CaseDecided:
    """A case came to its end; `actor_id` is None when the writer ended it."""

    case_id: int
    course_id: int
    author_id: int
    subject: Subject
    subject_id: int
    decision: Decision
    actor_id: int | None
    note: str


def open_case(
    row: Row, reason: Reason, *, words: tuple[str, ...] = (), clause_number: int | None = None
) -> Case:
    """Put something into the queue; what waits already keeps its place, and its age."""
    case = open_case_of(kind_of(row), row.id)
    if case is not None:
        case.reason, case.words = reason, list(words)
        case.clause_number = clause_number or case.clause_number
        db.session.flush()
        return case
    case = Case(
        course_id=row.course_id,
        project_id=row.project_id,
        subject=kind_of(row),
        subject_id=row.id,
        author_id=row.author_id,
        reason=reason,
        words=list(words),
        clause_number=clause_number,
    )
    db.session.add(case)
    db.session.flush()
    announce(CaseOpened(case.id, case.course_id, case.author_id, reason))
    return case


def open_case_of(subject: Subject, subject_id: int) -> Case | None:
    return db.session.scalar(
        select(Case).where(Case.subject == subject, Case.subject_id == subject_id, Case.closed_at.is_(None))
    )


def close_case(case: Case, decision: Decision, actor_id: int | None, note: str = "") -> None:
    """Take something out of the queue."""
    rules.check_open(case)
    case.closed_at, case.decision, case.decided_by_id = now(), decision, actor_id
    db.session.flush()
    announce(
        CaseDecided(
            case.id, case.course_id, case.author_id, case.subject, case.subject_id, decision, actor_id, note
        )
    )


def reopen(case: Case) -> None:
    """Undo its end: it waits again, with its age. What waits anew meanwhile cannot wait twice."""
    if case.closed_at is None or open_case_of(case.subject, case.subject_id) is not None:
        raise rules.Decided
    case.closed_at = case.decision = case.decided_by_id = None
    db.session.flush()


def undo_standing(comment: Comment, by_id: int) -> None:
    """Undo a decision about what counts."""
    claim_again(comment)
    _log(comment, comment.state, comment.state, Told(by_id, UNDONE))


def say_standing(comment: Comment, by_id: int, *, accepted: bool) -> bool:
    """A person agrees with the standard, or not, about a visible comment; whether that changes anything.

    Who agrees only leaves a label: the writer has been told already, and may still improve it.
    """
    if comment.state is not State.VISIBLE or open_case_of(Subject.COMMENT, comment.id) is not None:
        raise ChangedMeanwhile
    if accepted == (comment.standing in COUNTING):
        label(comment, fine=accepted, holds=False, by_id=by_id)
        return False
    decide_standing(comment, accepted=accepted, actor_id=by_id)
    _log(comment, comment.state, comment.state, Told(by_id, "counts" if accepted else "does_not_count"))
    return True


def unsay_standing(comment: Comment, standing: Standing, by_id: int) -> None:
    """Undo that."""
    if comment.standing is standing:
        unlabel(comment.id, holds=False)
        return
    claim_again(comment, standing)
    _log(comment, comment.state, comment.state, Told(by_id, UNDONE))


def claim(case: Case, person_id: int) -> None:
    """'I look at this': for fifteen minutes nobody else decides it."""
    rules.check_open(case)
    if rules.held_by_another(case, person_id, now()):
        raise rules.TakenByAnother
    case.claimed_by_id, case.claimed_at = person_id, now()
    db.session.flush()


def release(case: Case, person_id: int) -> None:
    """Put it back for the others."""
    if case.claimed_by_id == person_id:
        case.claimed_by_id = case.claimed_at = None


def _take(case: Case, person_id: int) -> Row:
    rules.check_open(case)
    if rules.held_by_another(case, person_id, now()):
        raise rules.TakenByAnother
    return subject_row(case.subject, case.subject_id)


def approve(case: Case, by_id: int, note: str = "", *, read: str | None = None) -> None:
    """It is fine: it becomes visible, and where the writer claimed so, it counts.

    `read` is the edition that was looked at; what was rewritten since is not approved with it.
    """
    row = _take(case, by_id)
    if read and read != edition_of(row):
        raise rules.RewrittenMeanwhile
    close_case(case, Decision.APPROVED, by_id, note)
    if row.state is State.HELD:
        move(row, State.VISIBLE, Told(by_id, "approved", note, case.clause_number))
    if isinstance(row, Comment) and row.standing is Standing.CLAIMED:
        decide_standing(row, accepted=True, actor_id=by_id)


def decline_claim(case: Case, by_id: int, note: str) -> None:
    """A claimed comment does not count; it stays visible, and may be improved."""
    row = _take(case, by_id)
    if not note.strip():
        raise rules.NoteMissing
    close_case(case, Decision.DECLINED, by_id, note)
    if isinstance(row, Comment):
        decide_standing(row, accepted=False, actor_id=by_id)
        _log(row, row.state, row.state, Told(by_id, "does_not_count", note))


def return_case(case: Case, by_id: int, *, reason: str, note: str, clause_number: int | None) -> None:
    """Back to its writer with a coaching note; a rewrite regains its credit."""
    row = _take(case, by_id)
    if not note.strip():
        raise rules.NoteMissing
    close_case(case, Decision.RETURNED, by_id, note)
    move(row, State.RETURNED, Told(by_id, reason, note, clause_number))


def remove_case(case: Case, by_id: int, *, note: str, clause_number: int | None) -> None:
    """Take it out of sight; its writer still sees it and why. It can be restored."""
    row = _take(case, by_id)
    close_case(case, Decision.REMOVED, by_id, note)
    move(row, State.REMOVED, Told(by_id, "removed", note, clause_number))


def return_row(row: Row, by_id: int, *, reason: str, note: str, clause_number: int | None) -> None:
    """Return something that is visible, without a case having waited."""
    if not note.strip():
        raise rules.NoteMissing
    case = open_case_of(kind_of(row), row.id)
    if case is not None:
        return_case(case, by_id, reason=reason, note=note, clause_number=clause_number)
    else:
        move(row, State.RETURNED, Told(by_id, reason, note, clause_number))


def remove_row(row: Row, by_id: int, *, note: str, clause_number: int | None) -> None:
    """Remove something that is visible, without a case having waited."""
    case = open_case_of(kind_of(row), row.id)
    if case is not None:
        remove_case(case, by_id, note=note, clause_number=clause_number)
    else:
        move(row, State.REMOVED, Told(by_id, "removed", note, clause_number))


def restore(row: Row, by_id: int, note: str = "") -> None:
    """Bring back what was removed."""
    move(row, State.VISIBLE, Told(by_id, "restored", note))


def flag(row: Row, by_id: int, *, reason: str, note: str = "") -> Flag:
    """Ask a person to look. It is held meanwhile, unless a person has approved it before; once per person."""
    if row.author_id == by_id or row.state is not State.VISIBLE:
        raise rules.NothingToFlag
    kind = kind_of(row)
    there = db.session.scalar(
        select(Flag).where(Flag.subject == kind, Flag.subject_id == row.id, Flag.by_id == by_id)
    )
    if there is not None:
        return there
    given = Flag(
        course_id=row.course_id, subject=kind, subject_id=row.id, by_id=by_id, reason=reason, note=note
    )
    db.session.add(given)
    db.session.flush()
    if _approved_before(kind, row.id):
        given.case_id = open_case(row, Reason.FLAGGED).id
    else:
        move(row, State.HELD, Told(by_id, Reason.FLAGGED.value))
        case = open_case_of(kind, row.id)
        given.case_id = case.id if case else None
    db.session.flush()
    return given


def _approved_before(kind: Subject, row_id: int) -> bool:
    found = db.session.scalar(
        select(Case.id)
        .where(Case.subject == kind, Case.subject_id == row_id, Case.decision == Decision.APPROVED)
        .limit(1)
    )
    return found is not None


def approve_several(cases: list[Case], by_id: int, read: Mapping[str, str]) -> int:
    """Approve what is still open and not in another's hands; the count of those that were."""
    done = 0
    for case in cases:
        if case.closed_at is None and not rules.held_by_another(case, by_id, now()):
            approve(case, by_id, read=read.get(case.public_id))
            done += 1
    if not done and cases:
        raise ChangedMeanwhile
    return done


def _log(row: Row, before: State, after: State, told: Told) -> None:
    db.session.add(
        LogEntry(
            course_id=row.course_id,
            project_id=row.project_id,
            subject=kind_of(row),
            subject_id=row.id,
            author_id=row.author_id,
            actor_id=told.actor_id,
            before=before,
            after=after,
            reason=told.reason,
            note=told.note,
            clause_number=told.clause_number,
        )
    )
    db.session.flush()
