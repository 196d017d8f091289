"""Writes of calibration by students: their comment on a sample, and what they see otherwise."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from classroom.calibration import queries, rules
from classroom.calibration.commands import Words, fill
from classroom.calibration.models import Answer, Dispute, ModelComment, Reaction, Sample
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile
from classroom.core.events import announce
from classroom.projects.models import Project


@dataclass(frozen=True)
class DisputeAnswered:
    """Staff said what they make of it; the student is told."""

    dispute_id: int
    course_id: int
    author_id: int
    sample_public_id: str
    sample_title: str
    criterion: str
    at: datetime
    reaction: Reaction
    note: str


def save_draft(person_id: int, sample: Sample, words: Words, version: int = 0) -> Answer | None:
    """Keep what is being written; None once it is empty. What was sent is never written over."""
    draft = queries.answer_of(person_id, sample.id)
    if draft is not None and draft.sent_at is not None:
        return draft
    if draft is None and not words.body.strip() and not words.quote:
        return None
    if draft is not None and draft.version != version and draft.body != words.body:
        raise rules.BothTexts(theirs=draft.body, version=draft.version)
    draft = draft or _new(person_id, sample, words)
    draft.body, draft.prompt_id, draft.saved_at = words.body, words.prompt_id, now()
    draft.quote = words.quote or None
    draft.quote_start = (words.start if words.start is not None else -1) if draft.quote else None
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError:
        first = queries.answer_of(person_id, sample.id)
        if first is None:
            raise
        raise rules.BothTexts(theirs=first.body, version=first.version) from None
    return draft


def send(person_id: int, sample: Sample, project: Project, words: Words) -> Answer:
    """Done with this sample: from now on both are seen. A second press answers the first one's."""
    done = queries.answer_of(person_id, sample.id)
    if done is not None and done.sent_at is not None:
        return done
    rules.check_text(words.body)
    try:
        with db.session.begin_nested():
            answer = done or _new(person_id, sample, words)
            fill(answer, sample, project, words)
            answer.sent_at = now()
            db.session.add(answer)
            db.session.flush()
    except (IntegrityError, StaleDataError):
        done = queries.answer_of(person_id, sample.id)
        if done is None or done.sent_at is None:
            raise
        return done
    return answer


def _new(person_id: int, sample: Sample, words: Words) -> Answer:
    return Answer(course_id=sample.course_id, sample_id=sample.id, author_id=person_id, body=words.body)


def dispute(answer: Answer, model: ModelComment | None, criterion: str, why: str) -> Dispute:
    """'I see it otherwise', about one judgement; saying it twice changes the sentence."""
    if not why.strip():
        raise rules.WhyMissing
    if model is None or model.sample_id != answer.sample_id or criterion not in model.reasons:
        raise rules.NotToDispute
    there = db.session.scalar(
        select(Dispute).where(
            Dispute.answer_id == answer.id, Dispute.model_id == model.id, Dispute.criterion == criterion
        )
    )
    if there is not None:
        return _say_anew(there, why)
    made = Dispute(
        course_id=answer.course_id,
        answer_id=answer.id,
        model_id=model.id,
        author_id=answer.author_id,
        criterion=criterion,
        why=why.strip(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        raise ChangedMeanwhile from None
    return made


def _say_anew(made: Dispute, why: str) -> Dispute:
    if made.decided_at is not None:
        raise rules.Answered
    made.why = why.strip()
    db.session.flush()
    return made


def take_back(made: Dispute) -> None:
    """Said, and thought better of; not once it is answered."""
    if made.decided_at is not None:
        raise rules.Answered
    db.session.delete(made)
    db.session.flush()


def decide(made: Dispute, reaction: Reaction, *, by_id: int, note: str = "") -> None:
    """What staff make of it, with or without a sentence; said again, the newer one holds."""
    if (made.reaction, made.note) == (reaction, note):
        return
    made.reaction, made.note = reaction, note
    at = now()
    made.decided_at, made.decided_by_id = at, by_id
    db.session.flush()
    sample = made.answer.sample
    announce(
        DisputeAnswered(
            made.id,
            made.course_id,
            made.author_id,
            sample.public_id,
            sample.title,
            made.criterion,
            at,
            reaction,
            note,
        )
    )
