"""The two faces of a board's page: before the reveal, and the wall."""

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from classroom.access import Actor, may
from classroom.boards import queries, queries_wall
from classroom.boards.forms import DecisionForm, NoteForm
from classroom.boards.models import Board
from classroom.core.clock import now
from classroom.web.forms import PlainForm


def draw_open(actor: Actor, board: Board, typed: NoteForm | None = None) -> ResponseReturnValue:
    """How many have written, one's own notes, and where to write; `typed` is what was not taken yet."""
    columns = queries.columns_of(board.id)
    forms: Mapping[int, NoteForm] = {
        one.position: typed.under(one.position)
        if typed is not None and typed.position == one.position
        else NoteForm().under(one.position)
        for one in columns
    }
    page = render_template(
        "boards/open.html",
        board=board,
        columns=columns,
        forms=forms,
        size=queries.class_size(board.course_id, now()),
        mine=queries.own_notes(actor, board),
        writes=may(actor, "board:write", board),
        tends=may(actor, "board:tend", board),
        staff=actor.teaches(board.course_id),
        plain=PlainForm(),
    )
    return page, 422 if typed is not None and typed.has_errors else 200


def draw_wall(actor: Actor, board: Board) -> ResponseReturnValue:
    """Everything at once; for staff what was held, too."""
    wall = queries_wall.wall_of(actor, board)
    return render_template(
        "boards/wall.html",
        board=board,
        wall=wall,
        writes=may(actor, "board:write", board),
        tends=may(actor, "board:tend", board),
        staff=actor.teaches(board.course_id),
        decisions={one.public_id: DecisionForm().under(one.public_id) for one in wall.waiting},
        plain=PlainForm(),
    )
