"""What moderation does when something is held, rewritten, claimed or taken back: cases and the log."""

from sqlalchemy import func, select

from classroom.comments.commands_labels import label, unlabel
from classroom.comments.events import (
    CommentClaimed,
    CommentEdited,
    CommentMoved,
    Reworded,
    StandingDecided,
    StandingUndone,
)
from classroom.comments.models import Comment, Standing
from classroom.core.db import db
from classroom.core.events import listens
from classroom.guidelines.queries import clauses_in_force
from classroom.help_requests.events import HelpMoved, HelpReworded
from classroom.moderation.commands import close_case, open_case, open_case_of, reopen
from classroom.moderation.models import Case, Decision, LogEntry, Reason, Subject
from classroom.moderation.rules import clause_for
from classroom.moderation.subjects import subject_row
from classroom.posts.events import PostMoved
from classroom.posts.states import UNDONE, State

Moved = CommentMoved | PostMoved | HelpMoved


@listens(CommentMoved)
def note_comment(event: CommentMoved) -> None:
    """A comment or reply took an edge."""
    _note(event, Subject(event.subject), event.id)


@listens(HelpMoved)
def note_help(event: HelpMoved) -> None:
    """A help request or an answer to one took an edge."""
    _note(event, Subject(event.subject), event.id)


@listens(HelpReworded)
def note_words_of_help(event: HelpReworded) -> None:
    _note_words(event)


@listens(Reworded)
def note_words(event: Reworded) -> None:
    _note_words(event)


def _note_words(event: Reworded | HelpReworded) -> None:
    """What stood there before is kept for its writer and the staff; nothing else changes."""
    db.session.add(
        LogEntry(
            course_id=event.course_id,
            project_id=event.project_id,
            subject=Subject(event.subject),
            subject_id=event.id,
            author_id=event.author_id,
            actor_id=event.author_id,
            before=State.VISIBLE,
            after=State.VISIBLE,
            reason="edited",
            details=event.before,
        )
    )
    db.session.flush()


@listens(PostMoved)
def note_post(event: PostMoved) -> None:
    """A post took an edge."""
    _note(event, Subject.POST, event.post_id)


def _note(event: Moved, subject: Subject, row_id: int) -> None:
    """One row in the log for each edge; the queue follows."""
    held = event.after is State.HELD and event.reason != UNDONE
    cites = held or event.clause_number is not None
    version, clauses = clauses_in_force(event.course_id) if cites else (None, [])
    reason = _reason_of(event, subject, row_id) if held else None
    clause = event.clause_number or (clause_for(reason, clauses) if reason else None)
    db.session.add(
        LogEntry(
            course_id=event.course_id,
            project_id=event.project_id,
            subject=subject,
            subject_id=row_id,
            author_id=event.author_id,
            actor_id=event.actor_id,
            before=event.before,
            after=event.after,
            reason=event.reason,
            note=event.note,
            clause_number=clause,
            guideline_version=version,
            details={**event.details, **({"words": list(event.words)} if event.words else {})},
        )
    )
    if reason is not None:
        open_case(subject_row(subject, row_id), reason, words=event.words, clause_number=clause)
    elif event.reason == UNDONE:
        _back_in_the_queue(event, subject, row_id)
    elif event.after in {State.VISIBLE, State.WITHDRAWN} and event.actor_id == event.author_id:
        _ended_by_writer(subject, row_id, event.after)
    db.session.flush()


def _reason_of(event: Moved, subject: Subject, row_id: int) -> Reason:
    """Why it waits; what its author took back and posted again waits for the reason it waited for before."""
    if event.reason in set(Reason):
        return Reason(event.reason)
    before = db.session.scalar(
        select(Case.reason)
        .where(Case.subject == subject, Case.subject_id == row_id)
        .order_by(Case.id.desc())
        .limit(1)
    )
    return before or Reason.FLAGGED


def _ended_by_writer(subject: Subject, row_id: int, after: State) -> None:
    """The writer was faster than the queue."""
    case = open_case_of(subject, row_id)
    if case is not None:
        close_case(case, Decision.WITHDRAWN if after is State.WITHDRAWN else Decision.REWRITTEN, None)


def _back_in_the_queue(event: Moved, subject: Subject, row_id: int) -> None:
    """What its writer had taken back while it waited goes on waiting."""
    if event.before is not State.WITHDRAWN:
        return
    taken_back = (
        select(func.max(LogEntry.at))
        .where(LogEntry.subject == subject, LogEntry.subject_id == row_id, LogEntry.after == State.WITHDRAWN)
        .scalar_subquery()
    )
    case = db.session.scalar(
        select(Case)
        .where(Case.subject == subject, Case.subject_id == row_id, Case.decision == Decision.WITHDRAWN)
        .where(Case.closed_at >= taken_back)
    )
    if case is not None:
        reopen(case)


@listens(StandingDecided)
def learn_what_counts(event: StandingDecided) -> None:
    """A person said whether a comment counts: so the rules that spoke against it were right, or not."""
    comment = db.session.get_one(Comment, event.comment_id)
    label(comment, fine=event.standing is Standing.ACCEPTED, holds=False, by_id=event.actor_id)


@listens(StandingUndone)
def unlearn_what_counts(event: StandingUndone) -> None:
    unlabel(event.comment_id, holds=False)


@listens(CommentMoved)
def learn_from_a_hold(event: CommentMoved) -> None:
    """What the standard held was shown, or sent back, or removed by a person; or that was undone."""
    if event.subject != Subject.COMMENT or event.actor_id in {None, event.author_id}:
        return
    if event.reason == UNDONE:
        if event.after is State.HELD:
            unlabel(event.id, holds=True)
        return
    waited = event.before in {State.HELD, State.REMOVED} and event.after is not State.HELD
    if waited and event.actor_id and _held_by_the_standard(event.id):
        fine = event.after is State.VISIBLE
        label(db.session.get_one(Comment, event.id), fine=fine, holds=True, by_id=event.actor_id)


def _held_by_the_standard(comment_id: int) -> bool:
    """What a classmate reported says nothing about the rules."""
    reason = db.session.scalar(
        select(Case.reason)
        .where(Case.subject == Subject.COMMENT, Case.subject_id == comment_id)
        .order_by(Case.id.desc())
        .limit(1)
    )
    return reason in {Reason.SNARK, Reason.ATTACK, Reason.LEAK}


@listens(CommentClaimed)
def note_claim(event: CommentClaimed) -> None:
    """'I think this is fine' waits for a person."""
    open_case(db.session.get_one(Comment, event.comment_id), Reason.CLAIMED)


@listens(CommentEdited)
def note_edit(event: CommentEdited) -> None:
    """A claimed comment that now counts by itself needs nobody any more."""
    if event.standing_before is not Standing.CLAIMED or event.standing is Standing.CLAIMED:
        return
    case = open_case_of(Subject.COMMENT, event.comment_id)
    if case is not None and case.reason is Reason.CLAIMED:
        close_case(case, Decision.REWRITTEN, None)
