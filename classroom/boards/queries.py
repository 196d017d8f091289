"""Reads of boards before the reveal, and of one's own notes: nothing here tells what anybody else wrote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor, Role
from classroom.boards.marks import marks_of
from classroom.boards.models import Board, BoardColumn, BoardNote, NoteState
from classroom.boards.policy import revealed, visible_to
from classroom.boards.rules import is_revealed
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership

LATELY = timedelta(days=5)  # so long a wall that has opened is pointed to


@dataclass(frozen=True)
class Listed:
    """A board in the list of its course."""

    board: Board
    revealed: bool
    mine: bool  # the actor has a note on it


def board_for(actor: Actor, board_id: str) -> Board | None:
    """A board of one of the actor's courses, with its course."""
    return db.session.scalar(
        select(Board)
        .where(Board.public_id == board_id, Board.course_id.in_(actor.courses()))
        .options(joinedload(Board.course))
    )


def revealed_board_for(actor: Actor, board_id: str) -> Board | None:
    """A board whose wall is open; before that there is nothing to be had of it."""
    board = board_for(actor, board_id)
    return board if board is not None and is_revealed(board, now()) else None


def locked(board: Board) -> Board:
    """The board as it is now; until this unit of work ends, nobody else writes on it or reveals it."""
    return db.session.scalars(
        select(Board)
        .where(Board.id == board.id)
        .with_for_update(of=Board)
        .options(joinedload(Board.course))
        .execution_options(populate_existing=True)
    ).one()


def columns_of(board_id: int) -> Sequence[BoardColumn]:
    return db.session.scalars(
        select(BoardColumn).where(BoardColumn.board_id == board_id).order_by(BoardColumn.position)
    ).all()


def boards_of(actor: Actor, course: Course) -> list[Listed]:
    """The boards of a course, the newest first; two statements."""
    return _listed(actor, Board.course_id == course.id)


def news_for(actor: Actor, course_ids: Collection[int]) -> list[Listed]:
    """Open boards on which the actor has no note, and walls that have opened lately; two statements."""
    lately = func.coalesce(Board.revealed_at, Board.reveal_at) > now() - LATELY
    studied = [one for one in course_ids if actor.studies(one)]
    rows = _listed(actor, Board.course_id.in_(studied), or_(~revealed(), lately)) if studied else []
    return [one for one in rows if one.revealed or not one.mine]


def _listed(actor: Actor, *where: ColumnElement[bool]) -> list[Listed]:
    """Whose notes are whose is worked out from what only the installation can make, and kept nowhere."""
    boards = db.session.scalars(
        select(Board).where(*where).order_by(Board.created_at.desc(), Board.id.desc())
    ).all()
    marks = [] if actor.borrowed else [m for one in boards for m in marks_of(one.public_id, actor.person_id)]
    mine = (
        set(db.session.scalars(select(BoardNote.board_id).where(BoardNote.mark.in_(marks))))
        if marks
        else set()
    )
    at = now()
    return [Listed(one, is_revealed(one, at), one.id in mine) for one in boards]


def passed_between(since: datetime, at: datetime) -> Sequence[Board]:
    """Boards whose time has come meanwhile, and whose wall nobody has opened in writing yet."""
    return db.session.scalars(
        select(Board)
        .where(Board.reveal_at > since, Board.reveal_at <= at, Board.revealed_at.is_(None), revealed())
        .order_by(Board.id)
    ).all()


def class_size(course_id: int, at: datetime) -> int:
    """How many students there were in the course at that moment."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Membership.course_id == course_id,
                Membership.role == Role.STUDENT,
                Membership.joined_at <= at,
                or_(Membership.left_at.is_(None), Membership.left_at > at),
            )
        )
        or 0
    )


def own_notes(actor: Actor, board: Board) -> Sequence[BoardNote]:
    """What the actor wrote on a board; to nobody else, whoever looks through their eyes."""
    if actor.borrowed:
        return []
    return db.session.scalars(
        select(BoardNote)
        .where(BoardNote.board_id == board.id, BoardNote.mark.in_(marks_of(board.public_id, actor.person_id)))
        .order_by(BoardNote.column_id, BoardNote.id)
    ).all()


def own_note_for(actor: Actor, note_id: str) -> BoardNote | None:
    """A note that the actor wrote; anyone else's is not there."""
    note = _note(note_id, BoardNote.course_id.in_(actor.courses()))
    if note is None or note.mark not in marks_of(note.board.public_id, actor.person_id):
        return None
    return note


def note_for(actor: Actor, note_id: str) -> BoardNote | None:
    """A note of a revealed board; a held or removed one for staff."""
    return _note(note_id, visible_to(actor))


def _note(note_id: str, *where: object) -> BoardNote | None:
    return db.session.scalar(
        select(BoardNote)
        .join(Board, Board.id == BoardNote.board_id)
        .where(BoardNote.public_id == note_id, *where)  # type: ignore[arg-type]
        .options(contains_eager(BoardNote.board).joinedload(Board.course))
    )


def prompt_of(note: BoardNote) -> str:
    """What a note answers."""
    return db.session.scalars(select(BoardColumn.prompt).where(BoardColumn.id == note.column_id)).one()


def held_in(actor: Actor) -> list[tuple[Board, int]]:
    """Boards whose wall is open and on which notes wait for staff, and how many; one statement."""
    held = and_(BoardNote.state == NoteState.HELD, BoardNote.course_id.in_(actor.courses_taught()))
    counts = select(BoardNote.board_id, func.count().label("count")).where(held).group_by(BoardNote.board_id)
    waiting = counts.subquery()
    rows = db.session.execute(
        select(Board, waiting.c.count)
        .join(waiting, waiting.c.board_id == Board.id)
        .where(revealed())
        .order_by(Board.id)
    )
    return [(board, count) for board, count in rows]


def held_counted(actor: Actor, course_id: int) -> Any:
    """The same of one course, to be asked together with other things that wait; since the walls opened."""
    oldest = func.min(func.coalesce(Board.revealed_at, Board.reveal_at)).label("oldest")
    return (
        select(func.count().label("many"), oldest)
        .select_from(BoardNote)
        .join(Board, Board.id == BoardNote.board_id)
        .where(BoardNote.course_id == course_id, BoardNote.state == NoteState.HELD)
        .where(BoardNote.course_id.in_(actor.courses_taught()), revealed())
    )


def earlier_of(actor: Actor, board: Board) -> Board | None:
    """The board that this one asks again, once its wall is open."""
    if board.again_of_id is None:
        return None
    found = db.session.scalar(
        select(Board).where(Board.id == board.again_of_id, Board.course_id.in_(actor.courses()))
    )
    return found if found is not None and is_revealed(found, now()) else None
