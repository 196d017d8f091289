"""Students are told of a board: that it is open, and that its wall is; never what or how many wrote.

Nothing of it is touched when somebody writes: a time or a missing row would tell who wrote which note.
"""

from classroom.boards.commands import BoardOpened, BoardRemoved, BoardRevealed
from classroom.boards.models import Board
from classroom.core.db import db
from classroom.core.events import listens
from classroom.notices import queries
from classroom.notices.commands import tell, unsay_to_all
from classroom.notices.models import NoticeKind


@listens(BoardOpened)
def board_opened(event: BoardOpened) -> None:
    _tell(event.board_id, NoticeKind.BOARD_OPENED)


@listens(BoardRevealed)
def board_revealed(event: BoardRevealed) -> None:
    """Whoever has not heard so far that they could write need not hear it any more."""
    board = _tell(event.board_id, NoticeKind.BOARD_REVEALED)
    unsay_to_all(event.course_id, _key(NoticeKind.BOARD_OPENED, board.public_id))


@listens(BoardRemoved)
def board_removed(event: BoardRemoved) -> None:
    unsay_to_all(event.course_id, _key(NoticeKind.BOARD_OPENED, event.public_id))


def _tell(board_id: int, kind: NoticeKind) -> Board:
    board = db.session.get_one(Board, board_id)
    people = queries.students_of(board.course_id)
    key = _key(kind, board.public_id)
    tell(board.course_id, people, kind, key, board=board.public_id, title=board.title)
    return board


def _key(kind: NoticeKind, board: str) -> str:
    return f"{kind.value}:{board}"
