"""How a decision about a note is taken back, and a group put together again."""

from classroom.access import Actor
from classroom.boards import commands, commands_groups, queries
from classroom.boards.models import Board, BoardNote
from classroom.core.i18n import _
from classroom.undo.commands import Kept, undoes


@undoes("boards.decide", "board:decide", queries.note_for)
def decided_as_before(_actor: Actor, note: BoardNote, kept: Kept) -> str:
    commands.decide_as_before(note, kept)
    return _("It is as it was before you decided.")


@undoes("boards.remove_group", "board:tend", queries.revealed_board_for)
def group_again(_actor: Actor, board: Board, kept: Kept) -> str:
    commands_groups.put_back(board, kept)
    return _("The group is back.")
