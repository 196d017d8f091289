"""Writes of boards: opening, notes, the reveal, "me too", and what staff decide about a held note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from classroom.access import Actor
from classroom.boards import rules
from classroom.boards.marks import mark_of, marks_of
from classroom.boards.models import Board, BoardColumn, BoardGroup, BoardMeToo, BoardNote, NoteState, Reveal
from classroom.boards.queries import columns_of, locked, passed_between
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import NotFound
from classroom.core.events import announce
from classroom.courses.models import Course, Section
from classroom.courses.queries import section_sizes


@dataclass(frozen=True)
class Planned:
    """What opens the wall: a press, so many people, or a moment."""

    reveal: Reveal = Reveal.PRESS
    count: int | None = None
    moment: datetime | None = None


@dataclass(frozen=True)
class BoardOpened:
    """Students are asked."""

    board_id: int
    course_id: int


@dataclass(frozen=True)
class BoardRevealed:
    """Everyone sees all notes."""

    board_id: int
    course_id: int


@dataclass(frozen=True)
class BoardRemoved:
    """It was a mistake; nobody had written."""

    public_id: str
    course_id: int


def open_board(
    course: Course,
    by_id: int,
    *,
    title: str,
    prompts: Sequence[str],
    once: str,
    names: bool = False,
    plan: Planned | None = None,
    again_of: Board | None = None,
) -> Board:
    """A board; whether staff will see names is said here, before anyone writes, and never changed."""
    there = db.session.scalar(select(Board).where(Board.course_id == course.id, Board.once == once))
    if there is not None:
        return there
    board = Board(
        course_id=course.id,
        once=once,
        title=title,
        names=names,
        opened_by_id=by_id,
        again_of_id=again_of.id if again_of else None,
    )
    _plan(board, plan or Planned())
    db.session.add(board)
    db.session.flush()
    _ask(board, rules.check_prompts(prompts))
    if again_of is not None:
        _same_groups(again_of, board)
    announce(BoardOpened(board.id, course.id))
    return board


def _plan(board: Board, plan: Planned) -> None:
    rules.check_plan(plan.reveal, plan.count, plan.moment, now())
    board.reveal = plan.reveal
    board.reveal_count = plan.count if plan.reveal is Reveal.COUNT else None
    board.reveal_at = plan.moment if plan.reveal is Reveal.TIME else None


def _ask(board: Board, prompts: Sequence[str]) -> None:
    for position, prompt in enumerate(prompts, 1):
        made = BoardColumn(course_id=board.course_id, board_id=board.id, position=position, prompt=prompt)
        db.session.add(made)
    db.session.flush()


def _same_groups(before: Board, board: Board) -> None:
    """The groups of the board that is asked again, empty, where the question is the same: for comparing."""
    now_asked = {one.prompt: one.id for one in columns_of(board.id)}
    asked = (
        select(BoardGroup.title, BoardColumn.prompt)
        .join(BoardColumn, BoardColumn.id == BoardGroup.column_id)
        .where(BoardGroup.board_id == before.id)
        .order_by(BoardGroup.id)
    )
    for title, prompt in db.session.execute(asked).all():
        if prompt in now_asked:
            made = {"course_id": board.course_id, "board_id": board.id, "column_id": now_asked[prompt]}
            db.session.add(BoardGroup(title=title, **made))
    db.session.flush()


def edit_board(board: Board, *, title: str, prompts: Sequence[str], plan: Planned) -> None:
    """Until the reveal; the questions only while nobody has answered them."""
    board = locked(board)
    _still_closed(board)
    given = rules.check_prompts(prompts)
    if given != [one.prompt for one in columns_of(board.id)]:
        if _has_notes(board):
            raise rules.PromptsStand
        db.session.execute(delete(BoardGroup).where(BoardGroup.board_id == board.id))
        db.session.execute(delete(BoardColumn).where(BoardColumn.board_id == board.id))
        _ask(board, given)
    if (plan.reveal, plan.count, plan.moment) != (board.reveal, board.reveal_count, board.reveal_at):
        _plan(board, plan)
    board.title = title
    _settle(board)


def remove_board(board: Board) -> None:
    """Only while nobody has written on it."""
    board = locked(board)
    if _has_notes(board):
        raise rules.NotEmpty
    db.session.execute(delete(BoardGroup).where(BoardGroup.board_id == board.id))
    db.session.execute(delete(BoardColumn).where(BoardColumn.board_id == board.id))
    db.session.delete(board)
    db.session.flush()
    announce(BoardRemoved(board.public_id, board.course_id))


def reveal(board: Board) -> None:
    """The instructor's press; a second one finds it open."""
    board = locked(board)
    if rules.is_revealed(board, now()):
        return
    if board.written < rules.FEWEST:
        raise rules.TooFew
    _open_wall(board, now())


def reveal_passed(since: datetime, at: datetime) -> None:
    """Walls whose time has come meanwhile, so that it is told; a second look finds them open."""
    for board in passed_between(since, at):
        _settle(locked(board))


def write(actor: Actor, board: Board, position: int, body: str, *, once: str, holds: bool) -> BoardNote:
    """A note without a name, at no stored time; a repeated sending finds the first."""
    board = locked(board)
    mine = marks_of(board.public_id, actor.person_id)
    notes = select(BoardNote).where(BoardNote.board_id == board.id)
    there = db.session.scalar(notes.where(BoardNote.once == once, BoardNote.mark.in_(mine)))
    if there is not None:
        return there
    _still_closed(board)
    body = rules.check_body(body)
    if len(db.session.scalars(notes.where(BoardNote.mark.in_(mine))).all()) >= rules.MOST_NOTES:
        raise rules.TooManyNotes
    column = next((one for one in columns_of(board.id) if one.position == position), None)
    if column is None:
        raise NotFound
    note = BoardNote(
        course_id=board.course_id,
        board_id=board.id,
        column_id=column.id,
        once=once,
        mark=mark_of(board.public_id, actor.person_id),
        author_id=actor.person_id if board.names else None,
        section=_large_section(actor, board.course_id),
        body=body,
        state=NoteState.HELD if holds else NoteState.VISIBLE,
    )
    db.session.add(note)
    _recount(board)
    return note


def _large_section(actor: Actor, course_id: int) -> str | None:
    """The name of a student's section, where it is large enough to tell nobody who they are."""
    section_id = actor.seats[course_id].section_id
    if section_id is None or section_sizes(course_id).get(section_id, 0) < rules.FEWEST:
        return None
    return db.session.scalar(select(Section.name).where(Section.id == section_id))


def change(note: BoardNote, body: str, *, holds: bool) -> None:
    """Its writer says it differently, before anyone has read it."""
    board = locked(note.board)
    _still_closed(board)
    note.body = rules.check_body(body)
    note.state = NoteState.HELD if holds else NoteState.VISIBLE
    db.session.flush()


def withdraw(note: BoardNote) -> None:
    """Its writer takes it off, at any time; what others felt about it goes along."""
    board = locked(note.board)
    _settle(board)  # a wall that is open stays open, whoever takes a note off it
    db.session.execute(delete(BoardMeToo).where(BoardMeToo.note_id == note.id))
    db.session.delete(note)
    _recount(board)


def feel_the_same(actor: Actor, note: BoardNote) -> bool:
    """Press, and press again to take it back; says how it is now. One's own note counts oneself already."""
    mine = marks_of(note.board.public_id, actor.person_id)
    if note.mark in mine:
        return True
    locked(note.board)  # two presses at the same moment are one after the other
    there = db.session.scalars(
        select(BoardMeToo).where(BoardMeToo.note_id == note.id, BoardMeToo.mark.in_(mine))
    ).all()
    for one in there:
        db.session.delete(one)
    if not there:
        made = BoardMeToo(
            course_id=note.course_id,
            note_id=note.id,
            mark=mine[0],
            section=_large_section(actor, note.course_id),
        )
        db.session.add(made)
    db.session.flush()
    return not there


def decide(note: BoardNote, by_id: int, *, shown: bool, reason: str = "") -> None:
    """Let a held note through, or leave one out; its writer finds the reason beside it."""
    if not shown and not reason.strip():
        raise rules.ReasonMissing
    note.state = NoteState.VISIBLE if shown else NoteState.REMOVED
    note.decided_by_id, note.decided_at, note.reason = by_id, now(), "" if shown else reason.strip()
    db.session.flush()


def decision_of(note: BoardNote) -> dict[str, Any]:
    """What was decided about a note so far; for undoing the next decision."""
    at = note.decided_at.isoformat() if note.decided_at else None
    return {"state": note.state.value, "reason": note.reason, "by": note.decided_by_id, "at": at}


def decide_as_before(note: BoardNote, kept: dict[str, Any]) -> None:
    """Undo a decision."""
    note.state, note.reason, note.decided_by_id = NoteState(kept["state"]), kept["reason"], kept["by"]
    note.decided_at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
    db.session.flush()


def _still_closed(board: Board) -> None:
    if rules.is_revealed(board, now()):
        raise rules.AlreadyRevealed


def _has_notes(board: Board) -> bool:
    return db.session.scalar(select(BoardNote.id).where(BoardNote.board_id == board.id).limit(1)) is not None


def _recount(board: Board) -> None:
    db.session.flush()
    writers = select(func.count(BoardNote.mark.distinct())).where(BoardNote.board_id == board.id)
    board.written = db.session.scalar(writers) or 0
    _settle(board)


def _settle(board: Board) -> None:
    moment = rules.due_at(board, now()) if board.revealed_at is None else None
    if moment is not None:
        _open_wall(board, moment)
    db.session.flush()


def _open_wall(board: Board, moment: datetime) -> None:
    board.revealed_at = moment
    db.session.flush()
    announce(BoardRevealed(board.id, board.course_id))
