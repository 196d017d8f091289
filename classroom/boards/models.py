"""Boards: their columns, the notes on them, groups of notes with the instructor's answer, and "me too"."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id, PublicId
from classroom.courses.models import Course


class Reveal(StrEnum):
    """What opens the wall."""

    PRESS = "press"
    COUNT = "count"
    TIME = "time"


class NoteState(StrEnum):
    """A held note is seen by staff once the wall is open, and by the class if they let it through."""

    VISIBLE = "visible"
    HELD = "held"
    REMOVED = "removed"


class Board(Base):
    """One question to the class. `written` is how many people have a note on it; `names`: staff see them.

    It is revealed by `revealed_at`, or by `reveal_at` having passed (`rules.is_revealed`).
    """

    __tablename__ = "boards"
    __table_args__ = (
        UniqueConstraint("course_id", "once"),
        CheckConstraint("(reveal = 'count') = (reveal_count IS NOT NULL)", name="count_given"),
        CheckConstraint("(reveal = 'time') = (reveal_at IS NOT NULL)", name="time_given"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    once: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    names: Mapped[bool] = mapped_column(default=False)
    reveal: Mapped[Reveal]
    reveal_count: Mapped[int | None]
    reveal_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    written: Mapped[int] = mapped_column(default=0)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id"), index=True)
    created_at: Mapped[CreatedAt]
    course: Mapped[Course] = relationship(lazy="raise_on_sql")


class BoardColumn(Base):
    """One prompt of a board, from position 1 to 4."""

    __tablename__ = "board_columns"
    __table_args__ = (UniqueConstraint("board_id", "position"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id))
    position: Mapped[int]
    prompt: Mapped[str] = mapped_column(String(200))


class BoardGroup(Base):
    """Notes of one column that say the same; `title` ends the sentence "17 of 24 …"."""

    __tablename__ = "board_groups"
    __table_args__ = (Index("ix_board_groups_board_id", "board_id"),)
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id))
    column_id: Mapped[int] = mapped_column(ForeignKey(BoardColumn.id))
    title: Mapped[str] = mapped_column(String(120))
    answer: Mapped[str] = mapped_column(default="")  # what the instructor will do about it
    answered_at: Mapped[datetime | None]


class BoardNote(Base):
    """What somebody wrote, and no time with it. `mark` is a keyed hash of board and person.

    `author_id` is only there where the board said so before anyone wrote; `section` is its name,
    and only where it is large enough to tell nothing.
    """

    __tablename__ = "board_notes"
    __table_args__ = (
        UniqueConstraint("board_id", "once"),
        Index("ix_board_notes_board_id_mark", "board_id", "mark"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_pair"),
    )
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id))
    column_id: Mapped[int] = mapped_column(ForeignKey(BoardColumn.id))
    group_id: Mapped[int | None] = mapped_column(ForeignKey(BoardGroup.id), index=True)
    once: Mapped[str] = mapped_column(String(32))
    mark: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    section: Mapped[str | None] = mapped_column(String(100))
    body: Mapped[str]
    state: Mapped[NoteState] = mapped_column(default=NoteState.VISIBLE)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")
    board: Mapped[Board] = relationship(lazy="raise_on_sql")


class BoardMeToo(Base):
    """Somebody feels the same; who, not even the database tells."""

    __tablename__ = "board_me_toos"
    __table_args__ = (UniqueConstraint("note_id", "mark"),)
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id), index=True)
    note_id: Mapped[int] = mapped_column(ForeignKey(BoardNote.id))
    mark: Mapped[str] = mapped_column(String(64))
    section: Mapped[str | None] = mapped_column(String(100))
