"""The wall taken elsewhere: on a projector, as a picture, as a table, and beside an earlier one."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.boards import queries, queries_wall
from classroom.boards.drawing import draw
from classroom.boards.models import Board
from classroom.boards.rules import beside
from classroom.boards.views import bp
from classroom.core.serving import serving_headers
from classroom.insights.exports.bundle import cell, csv_line


@bp.get("/boards/<board_id>/projector")
@allow("board:see", queries.revealed_board_for)
def projector(actor: Actor, board: Board) -> ResponseReturnValue:
    """Large, and without anything that is one person's alone."""
    return render_template("boards/projector.html", board=board, wall=queries_wall.wall_of(actor, board))


@bp.get("/boards/<board_id>/wall.svg")
@allow("board:see", queries.revealed_board_for)
def picture(actor: Actor, board: Board) -> ResponseReturnValue:
    drawn = draw(board.title, queries_wall.wall_of(actor, board))
    return Response(drawn, headers=serving_headers("image/svg+xml", "wall.svg", inline=False))


@bp.get("/boards/<board_id>/notes.csv")
@allow("board:decide", queries.revealed_board_for)
def table(actor: Actor, board: Board) -> ResponseReturnValue:
    """What stands on the wall, in no order of time; names only where the board showed them."""
    wall = queries_wall.wall_of(actor, board)
    lines = [
        csv_line(
            ["question", "group", "note", "me too", "answer", *(["name"] if board.names else [])], bom=True
        )
    ]
    for column in wall.columns:
        for group, note in column.notes:
            told = [group.title, group.answer] if group else ["", ""]
            row = [column.prompt, told[0], note.body, note.me_too, told[1]]
            lines.append(csv_line([cell(one) for one in (*row, *([note.name] if board.names else []))]))
    headers = serving_headers("text/csv; charset=utf-8", "notes.csv", inline=False)
    return Response(b"".join(lines), headers=headers)


@bp.get("/boards/<board_id>/comparison")
@allow("board:see", queries.revealed_board_for)
def comparison(actor: Actor, board: Board) -> ResponseReturnValue:
    """The same question asked before, and now."""
    before = queries.earlier_of(actor, board)
    if before is None:
        return redirect(url_for(".show", board_id=board.public_id), 303)
    then, today = queries_wall.wall_of(actor, before), queries_wall.wall_of(actor, board)
    shares = beside(
        {one.title: one.people for one in then.groups}, {one.title: one.people for one in today.groups}
    )
    return render_template(
        "boards/comparison.html",
        board=board,
        before=before,
        then=then,
        today=today,
        shares=shares,
    )
