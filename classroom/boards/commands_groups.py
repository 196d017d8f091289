"""Writes of groups: notes put together, the instructor's answer, and taking a group apart."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from classroom.boards import rules
from classroom.boards.models import Board, BoardColumn, BoardGroup, BoardNote, NoteState
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import NotFound
from classroom.core.rows import packed, unpacked


def put_together(
    board: Board, note_ids: Collection[str], *, title: str, group: BoardGroup | None = None
) -> tuple[BoardGroup, int]:
    """Notes into a group that is there, or a new one of that title; the group, and how many fitted.

    A group belongs to one question: notes that answer another stay where they are.
    """
    if not rules.is_revealed(board, now()):
        raise rules.NotYetRevealed
    notes = db.session.scalars(
        select(BoardNote).where(
            BoardNote.board_id == board.id,
            BoardNote.public_id.in_(note_ids),
            BoardNote.state == NoteState.VISIBLE,
        )
    ).all()
    if not notes:
        raise rules.NothingChosen
    group = group or _named(board, notes[0].column_id, title)
    fitting = [one for one in notes if one.column_id == group.column_id]
    for one in fitting:
        one.group_id = group.id
    db.session.flush()
    return group, len(fitting)


def _named(board: Board, column_id: int, title: str) -> BoardGroup:
    """The group of that title, made where there is none."""
    title = " ".join(title.split())
    if not title:
        raise rules.GroupNameless
    there = db.session.scalars(select(BoardGroup).where(BoardGroup.column_id == column_id)).all()
    found = next((one for one in there if one.title.casefold() == title.casefold()), None)
    if found is not None:
        return found
    made = BoardGroup(course_id=board.course_id, board_id=board.id, column_id=column_id, title=title)
    db.session.add(made)
    db.session.flush()
    return made


def take_out(board: Board, note_ids: Collection[str]) -> int:
    """Notes out of their groups again."""
    if not note_ids:
        raise rules.NothingChosen
    done = db.session.execute(
        update(BoardNote)
        .where(BoardNote.board_id == board.id, BoardNote.public_id.in_(note_ids))
        .values(group_id=None)
        .returning(BoardNote.id)
    )
    return len(done.all())


def answer(group: BoardGroup, *, title: str, words: str) -> None:
    """How the group is called, and what the instructor will do about it."""
    group.title = " ".join(title.split())
    if words != group.answer:
        group.answer, group.answered_at = words, now() if words else None
    db.session.flush()


def take_apart(group: BoardGroup) -> dict[str, Any]:
    """The group goes, its notes stay on the wall; answers what puts it back."""
    notes = db.session.scalars(select(BoardNote).where(BoardNote.group_id == group.id)).all()
    kept = {"group": packed(group), "notes": [one.public_id for one in notes]}
    for one in notes:
        one.group_id = None
    db.session.flush()
    db.session.delete(group)
    db.session.flush()
    return kept


def put_back(board: Board, kept: dict[str, Any]) -> BoardGroup:
    """Undo that; notes that are in another group meanwhile stay there."""
    if db.session.get(BoardColumn, kept["group"]["column_id"]) is None:
        raise NotFound
    group = unpacked(BoardGroup, kept["group"])
    db.session.add(group)
    db.session.flush()
    db.session.execute(
        update(BoardNote)
        .where(
            BoardNote.board_id == board.id,
            BoardNote.public_id.in_(kept["notes"]),
            BoardNote.group_id.is_(None),
        )
        .values(group_id=group.id)
    )
    return group
