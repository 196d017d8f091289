"""Reads of moderation: the queue, one case, and the record of one thing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, cast, func, null, or_, select, union_all

from classroom.access import Actor
from classroom.comments.models import Comment
from classroom.comments.queries import comment_for, reply_for
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.paging import SIZE, Page, number_within
from classroom.courses.models import Course
from classroom.courses.queries import Member, has_in_care, members_of
from classroom.guidelines.queries import clause_titles
from classroom.help_requests.models import HelpRequest
from classroom.help_requests.queries import answer_for, request_for
from classroom.moderation import rules
from classroom.moderation.models import Case, Decision, Flag, LogEntry, Reason, Subject
from classroom.moderation.policy import visible_to
from classroom.moderation.subjects import (
    Row,
    edition_of,
    kind_of,
    path_of,
    place_of,
    receiver_of,
    shown_with,
    subject_rows,
    text_of,
)
from classroom.posts.queries import post_for
from classroom.posts.states import State
from classroom.projects.naming import STAFF_ROLES

Pieces = list[tuple[bool, str]]
FINDERS: dict[Subject, Callable[[Actor, str], Row | None]] = {
    Subject.POST: post_for,
    Subject.COMMENT: comment_for,
    Subject.REPLY: reply_for,
    Subject.HELP: request_for,
    Subject.HELP_ANSWER: answer_for,
}


@dataclass(frozen=True)
class QueueRow:
    """One case as staff see it. `pieces` is the text, cut where the words that held it begin and end."""

    case: Case
    kind: Subject
    reason: str
    pieces: Pieces
    quote: str | None
    writer: str
    receiver: str
    project: str
    path: str
    public_id: str
    edition: str
    clause: tuple[int, str] | None
    clauses: dict[int, str]
    helps: tuple[str, ...]
    taken_by: str | None


@dataclass(frozen=True)
class Queue:
    """What waits in all: `counts` by reason, since when, and how long things usually wait."""

    counts: Counter[Reason]
    oldest: datetime | None
    usual: timedelta | None


@dataclass(frozen=True)
class Entry:
    """One line of a record; `who` is None for the standard, and a role instead of a reporter's name."""

    at: datetime
    before: State
    after: State
    who: str
    reason: str
    note: str
    clause: int | None
    words: tuple[str, ...]
    text_before: str = ""


def queue(actor: Actor, course: Course) -> Queue:
    """How much waits in the actor's care, whatever page of it is looked at; one statement."""
    rows = db.session.execute(union_all(open_by_reason(actor, course.id), _last_spans(course.id))).all()
    still = [row for row in rows if row.reason is not None]
    return Queue(
        counts=Counter({row.reason: row.many for row in still}),
        oldest=min((row.opened_at for row in still), default=None),
        usual=rules.usual_wait([row.closed_at - row.opened_at for row in rows if row.reason is None]),
    )


def usual_wait_in(course_id: int) -> timedelta | None:
    """How long things usually wait in a course, for whoever is about to wait."""
    rows = db.session.execute(_last_spans(course_id)).all()
    return rules.usual_wait([row.closed_at - row.opened_at for row in rows])


def open_by_reason(actor: Actor, course_id: int) -> Select[Any]:
    """For each reason how many wait, and since when."""
    return (
        select(
            Case.reason.label("reason"),
            func.count().label("many"),
            func.min(Case.opened_at).label("opened_at"),
            cast(null(), Case.closed_at.type).label("closed_at"),
        )
        .where(Case.course_id == course_id, Case.closed_at.is_(None), visible_to(actor))
        .group_by(Case.reason)
    )


def _last_spans(course_id: int) -> Select[Any]:
    """When the last things that people decided came and went."""
    by_people = (Decision.APPROVED, Decision.RETURNED, Decision.REMOVED, Decision.DECLINED)
    last = (
        select(Case.opened_at, Case.closed_at)
        .where(Case.course_id == course_id, Case.closed_at.is_not(None), Case.decision.in_(by_people))
        .order_by(Case.closed_at.desc())
        .limit(50)
        .subquery()
    )
    return select(null(), null(), last.c.opened_at, last.c.closed_at)


def waiting(actor: Actor, course: Course, found: Queue, reason: str, number: int) -> Page[QueueRow]:
    """One page of the open cases, the oldest first; the same number of statements however many wait."""
    total = sum(count for one, count in found.counts.items() if reason in {"", one.value})
    number = number_within(number, total)
    asked = select(Case).where(Case.course_id == course.id, Case.closed_at.is_(None), visible_to(actor))
    if reason:
        asked = asked.where(Case.reason == reason)
    asked = asked.order_by(Case.opened_at, Case.id).limit(SIZE).offset((number - 1) * SIZE)
    return Page(_told(course.id, db.session.scalars(asked).all(), actor), number, total)


def next_free(actor: Actor, course: Course) -> Case | None:
    """The case that has waited longest and that nobody else looks at; two who ask at once get two."""
    free = or_(
        Case.claimed_at.is_(None),
        Case.claimed_by_id == actor.person_id,
        Case.claimed_at <= now() - rules.CLAIM_LIFE,
    )
    return db.session.scalar(
        select(Case)
        .where(Case.course_id == course.id, Case.closed_at.is_(None), visible_to(actor), free)
        .order_by(Case.opened_at, Case.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def decided(actor: Actor, course: Course) -> Page[QueueRow]:
    """What was decided lately, the newest first."""
    cases = db.session.scalars(
        select(Case)
        .where(Case.course_id == course.id, Case.closed_at.is_not(None), visible_to(actor))
        .order_by(Case.closed_at.desc())
        .limit(SIZE)
    ).all()
    return Page(_told(course.id, cases, actor), 1, len(cases))


def case_for(actor: Actor, case_id: str) -> Case | None:
    """A case in the actor's care."""
    return db.session.scalar(select(Case).where(Case.public_id == case_id, visible_to(actor)))


def cases_for(actor: Actor, course_id: int, case_ids: Sequence[str]) -> Sequence[Case]:
    """Several cases of one course; a foreign one among them is not found."""
    return db.session.scalars(
        select(Case)
        .where(Case.public_id.in_(case_ids), Case.course_id == course_id, visible_to(actor))
        .order_by(Case.id)
    ).all()


def row_of(case: Case, actor: Actor) -> QueueRow:
    """One case as its page shows it."""
    return _told(case.course_id, [case], actor)[0]


def _told(course_id: int, cases: Sequence[Case], actor: Actor) -> list[QueueRow]:
    rows = subject_rows(cases)
    people: set[int] = set()
    for case in cases:
        row = rows[case.subject, case.subject_id]
        people |= {case.author_id, receiver_of(row)}
        people |= {case.claimed_by_id} if case.claimed_by_id else set()
    members = members_of(course_id, people)
    clauses = clause_titles(course_id)
    return [_row(case, rows[case.subject, case.subject_id], members, clauses, actor) for case in cases]


def _row(case: Case, row: Row, members: dict[int, Member], clauses: dict[int, str], actor: Actor) -> QueueRow:
    taken = rules.held_by_another(case, actor.person_id, now())
    clause = case.clause_number
    comment = row if isinstance(row, Comment) else None
    quoting = row if isinstance(row, Comment | HelpRequest) else None
    return QueueRow(
        case=case,
        kind=case.subject,
        reason=rules.reason_words(case.reason),
        pieces=pieces(text_of(row), case.words),
        quote=quoting.quote if quoting else None,
        writer=shown_with(actor, row, members[case.author_id]).name,
        receiver=shown_with(actor, row, members[receiver_of(row)]).name,
        project=place_of(row),
        path=path_of(row),
        public_id=row.public_id,
        edition=edition_of(row),
        clause=(clause, clauses[clause]) if clause in clauses and clause is not None else None,
        clauses=clauses,
        helps=tuple(move for move, found in comment.verdict.get("moves", {}).items() if found)
        if comment
        else (),
        taken_by=members[case.claimed_by_id].name if taken and case.claimed_by_id in members else None,
    )


def pieces(text: str, words: Sequence[str]) -> Pieces:
    """`text` cut into (marked, part) where one of `words` stands; overlapping words are one mark."""
    low, marks = text.casefold(), [False] * len(text)
    if len(low) != len(text):
        low = text.lower() if len(text.lower()) == len(text) else text
    for word in words:
        start = low.find(word.casefold())
        for place in range(start, start + len(word)) if start >= 0 else ():
            if place < len(marks):
                marks[place] = True
    cut: Pieces = []
    for mark, letter in zip(marks, text, strict=True):
        if cut and cut[-1][0] == mark:
            cut[-1] = (mark, cut[-1][1] + letter)
        else:
            cut.append((mark, letter))
    return cut


def subject_for(actor: Actor, kind: str, row_id: str) -> Row | None:
    """A thing that the actor sees."""
    return FINDERS[Subject(kind)](actor, row_id) if kind in set(Subject) else None


def subject_in_care(actor: Actor, kind: str, row_id: str) -> Row | None:
    """What students in the actor's care wrote, and what the actor wrote."""
    row = subject_for(actor, kind, row_id)
    if row is None or row.author_id == actor.person_id or not actor.teaches(row.course_id):
        return row
    return row if has_in_care(actor, row.course_id, row.author_id) else None


def record_of(actor: Actor, row: Row) -> list[Entry]:
    """Every edge that a thing took, the oldest first. A reporter's name is told to nobody but staff."""
    entries = db.session.scalars(
        select(LogEntry)
        .where(LogEntry.subject == kind_of(row), LogEntry.subject_id == row.id)
        .order_by(LogEntry.at, LogEntry.id)
    ).all()
    members = members_of(row.course_id, {one.actor_id for one in entries if one.actor_id})
    return [_entry(one, members, actor) for one in entries]


def _entry(one: LogEntry, members: dict[int, Member], actor: Actor) -> Entry:
    who = told_who(one, members, actor)
    words = tuple(one.details.get("words", ()))
    return Entry(
        one.at,
        one.before,
        one.after,
        who,
        one.reason,
        one.note,
        one.clause_number,
        words,
        one.details.get("body", ""),
    )


def told_who(one: LogEntry, members: Mapping[int, Member], actor: Actor) -> str:
    """Who took that edge, as the actor is told: a reporter's name stays with staff in whose care they are."""
    member = members.get(one.actor_id or 0)
    if member is None:
        return "standard"
    if one.actor_id == one.author_id:
        return "writer"
    if member.role not in STAFF_ROLES and not actor.tends(one.course_id, member.section_id):
        return "classmate"
    return member.name


def flags_of(row: Row) -> Sequence[Flag]:
    """Who reported a thing, and why: for staff."""
    return db.session.scalars(
        select(Flag).where(Flag.subject == kind_of(row), Flag.subject_id == row.id).order_by(Flag.at)
    ).all()


def course_of(course_id: int) -> str:
    """The public id of a course that was read already."""
    return db.session.get_one(Course, course_id).public_id


def clause_of(row: Row) -> int | None:
    """The clause that the last decision about a thing rests on."""
    return db.session.scalar(
        select(LogEntry.clause_number)
        .where(LogEntry.subject == kind_of(row), LogEntry.subject_id == row.id)
        .order_by(LogEntry.at.desc(), LogEntry.id.desc())
        .limit(1)
    )
