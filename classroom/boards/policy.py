"""Who may do what with boards, and which notes exist for whom."""

from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_, select

from classroom.access import MEMBERS, STAFF, STUDENTS, Actor, Kind, rule
from classroom.boards.models import Board, BoardNote, NoteState, Reveal
from classroom.boards.rules import FEWEST
from classroom.core.clock import now


class OfCourse(Protocol):
    """A course, or a row that belongs to one."""

    @property
    def course_id(self) -> int: ...


def revealed() -> ColumnElement[bool]:
    """The same as `rules.is_revealed`, for the database."""
    by_time = and_(Board.reveal == Reveal.TIME, Board.reveal_at <= now(), Board.written >= FEWEST)
    return or_(Board.revealed_at.is_not(None), by_time)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Notes of revealed boards, to nobody before; what is held or removed, to staff alone."""
    return and_(
        BoardNote.course_id.in_(actor.courses()),
        BoardNote.board_id.in_(select(Board.id).where(Board.course_id.in_(actor.courses()), revealed())),
        or_(BoardNote.state == NoteState.VISIBLE, BoardNote.course_id.in_(actor.courses_taught())),
    )


@rule("board:see", MEMBERS)
def may_see(actor: Actor, row: OfCourse) -> bool:
    """Everyone in the course: how many have written, and the whole wall once it is revealed."""
    return actor.belongs(row.course_id)


@rule("board:write", STUDENTS)
def may_write(actor: Actor, row: OfCourse) -> bool:
    """Students, without a name; “me too” as well. Staff ask and do not answer."""
    return actor.studies(row.course_id)


@rule("board:own_note", frozenset({Kind.AUTHOR}), private=True)
def may_keep(actor: Actor, note: BoardNote) -> bool:
    """Its writer alone finds it before the reveal: changes it, withdraws it."""
    return actor.studies(note.course_id)  # the query has found it by their mark


@rule("board:tend", frozenset({Kind.INSTRUCTOR}))
def may_tend(actor: Actor, row: OfCourse) -> bool:
    """Instructors open, reveal, group and answer; they see no note before everyone does."""
    return actor.leads(row.course_id)


@rule("board:decide", STAFF | {Kind.OTHER_ASSISTANT})
def may_decide(actor: Actor, row: OfCourse) -> bool:
    """Staff, once the wall is open: let a held note through, take one off."""
    return actor.teaches(row.course_id)
