"""A course with a board, everyone who could come to it, and students who write on it."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.boards import commands
from classroom.boards.models import Board, BoardNote
from classroom.core.db import db
from classroom.core.ids import public_id

FEARS = (
    "I am afraid to say something wrong.",
    "What if my tip is wrong and they lose points?",
    "Does helping count as cheating?",
    "No time, I work in the evenings.",
    "Everyone else knows more than I do.",
)
RUDE = "You are all idiots, and so is this class."


@pytest.fixture
def scene(make: Any) -> Any:
    teacher = make.person("Adaeze Okafor")
    course = make.course(teacher)
    section, other = make.section(course, "A"), make.section(course, "B")
    names = ("Maya Ramanathan", "Jonas Weiszfeld", "Noor Haddad", "Kofi Mensah", "Lena Brandt")
    students = [make.student(course, name, section if n < 3 else other) for n, name in enumerate(names)]
    board = commands.open_board(
        course, teacher.id, title="What holds you back?", prompts=["What holds you back?"], once="first"
    )
    db.session.commit()
    return SimpleNamespace(
        course=course,
        teacher=teacher,
        students=students,
        maya=students[0],
        jonas=students[1],
        assistant=make.member(course, Role.ASSISTANT, "Ines Fonseca", section),
        observer=make.member(course, Role.OBSERVER, "Olga Tamm"),
        stranger=make.person("Rahel Getachew"),
        board=board,
        url=f"/boards/{board.public_id}",
    )


@pytest.fixture
def write(scene: Any, actor_of: Any) -> Any:
    """`write(person, "words")`: a note by the command that the page uses."""

    def put(person: Any, body: str, *, board: Board | None = None, holds: bool = False) -> BoardNote:
        on = board or scene.board
        note = commands.write(actor_of(person), on, 1, body, once=public_id(), holds=holds)
        db.session.commit()
        return note

    return put


@pytest.fixture
def written(scene: Any, write: Any) -> list[BoardNote]:
    """Five students have written, and the wall is closed."""
    return [write(person, words) for person, words in zip(scene.students, FEARS, strict=True)]


@pytest.fixture
def opened(scene: Any, written: list[BoardNote]) -> list[BoardNote]:
    """And now it is open."""
    commands.reveal(scene.board)
    db.session.commit()
    return written


def notes_of(board: Board) -> list[BoardNote]:
    return list(db.session.scalars(select(BoardNote).where(BoardNote.board_id == board.id)))
