"""Boards in what is taken out: open walls without a trace of who; to oneself one's own notes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, func, select

from classroom.boards.marks import marks_of
from classroom.boards.models import Board, BoardColumn, BoardGroup, BoardMeToo, BoardNote, NoteState
from classroom.boards.policy import revealed
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.person_world import World


def board_sheets(cast: Cast) -> list[Sheet]:
    """For a course: what its walls show. A board that is not revealed has no notes here either."""
    return [_boards(cast), _notes(cast), _groups(cast)]


def _boards(cast: Cast) -> Sheet:
    columns = {
        "id": _("the board's id; other tables name it by it"),
        "title": _("its title"),
        "names": _("whether staff see who wrote what, as was said before anyone wrote"),
        "opened_at": _("when it was opened"),
        "reveal": _("what opens its wall: press, count or time"),
        "revealed_at": _("when its wall was opened, if it was"),
        "written": _("how many people have a note on it"),
        "again_of": _("the id of the board that it asks again"),
    }
    boards = db.session.scalars(
        select(Board).where(Board.course_id == cast.course.id).order_by(Board.id)
    ).all()
    ids = {one.id: one.public_id for one in boards}
    rows = (
        (
            one.public_id,
            one.title,
            one.names,
            one.created_at,
            one.reveal,
            one.revealed_at,
            one.written,
            ids.get(one.again_of_id or 0),
        )
        for one in boards
    )
    return Sheet("boards", _("What the class was asked."), columns, rows)


def _notes(cast: Cast) -> Sheet:
    columns = {
        "board": _("the id of the board"),
        "question": _("the question that it answers"),
        "group": _("the group that it is in"),
        "note": _("its words"),
        "state": _("visible, held or removed"),
        "reason": _("why it was left out"),
        "me_too": _("how many others feel the same"),
        "person": _("the id of the person in people; only where the board had names for staff"),
    }
    felt = (
        select(func.count()).where(BoardMeToo.note_id == BoardNote.id).correlate(BoardNote).scalar_subquery()
    )
    asked = (
        select(BoardNote, Board.public_id, BoardColumn.prompt, BoardGroup.title, felt)
        .join(Board, Board.id == BoardNote.board_id)
        .join(BoardColumn, BoardColumn.id == BoardNote.column_id)
        .outerjoin(BoardGroup, BoardGroup.id == BoardNote.group_id)
        .where(BoardNote.course_id == cast.course.id, revealed())
        .order_by(Board.id, BoardNote.public_id)
    )
    rows = (
        (board, prompt, group, one.body, one.state, one.reason, count, cast.who(one.author_id))
        for one, board, prompt, group, count in stream(asked)
    )
    return Sheet("board_notes", _("Notes of walls that are open, in no order of time."), columns, rows)


def _groups(cast: Cast) -> Sheet:
    columns = {
        "board": _("the id of the board"),
        "question": _("the question"),
        "title": _("what these notes say"),
        "answer": _("what the instructor will do about it"),
        "answered_at": _("when that was said"),
    }
    asked = (
        select(
            Board.public_id, BoardColumn.prompt, BoardGroup.title, BoardGroup.answer, BoardGroup.answered_at
        )
        .join(Board, Board.id == BoardGroup.board_id)
        .join(BoardColumn, BoardColumn.id == BoardGroup.column_id)
        .where(BoardGroup.course_id == cast.course.id)
        .order_by(BoardGroup.id)
    )
    return Sheet("board_groups", _("Groups of notes, and what is done about them."), columns, stream(asked))


def own_board_sheets(world: World) -> list[Sheet]:
    """For a person, and to themselves alone: their notes, and where they feel the same."""
    columns = {
        "course": _("the course"),
        "board": _("the board"),
        "note": _("its words"),
        "yours": _("whether you wrote it; else you feel the same"),
        "state": _("visible, held or removed"),
        "reason": _("why it was left out"),
    }
    says = _("Your notes on boards, and those that you said “me too” to; nobody else is told which they are.")
    return [Sheet("board_notes", says, columns, _own_notes(world))]


def _own_notes(world: World) -> Iterator[Sequence[Any]]:
    if world.actor.borrowed:
        return
    known = select(Board).where(Board.course_id.in_(world.courses)).order_by(Board.id)
    boards = db.session.scalars(known).all()
    titles = {one.id: one.title for one in boards}
    marks = [mark for one in boards for mark in marks_of(one.public_id, world.me)]
    pressed = select(BoardMeToo.note_id).where(BoardMeToo.mark.in_(marks))
    felt = and_(BoardNote.id.in_(pressed), BoardNote.state == NoteState.VISIBLE)
    for wanted, yours in ((BoardNote.mark.in_(marks), True), (felt, False)):
        for (one,) in stream(select(BoardNote).where(wanted).order_by(BoardNote.id)):
            course = world.course(one.course_id)
            told = (one.state, one.reason) if yours else ("", "")
            yield course, titles[one.board_id], one.body, yours, *told
