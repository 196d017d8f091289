"""Boards: their list, opening one, its page before and after the reveal, and the reveal."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.boards import commands, queries
from classroom.boards.forms import OpenForm, PlanForm
from classroom.boards.models import Board
from classroom.boards.rules import AlreadyRevealed, is_revealed
from classroom.boards.starter import TEMPLATES, template
from classroom.boards.views_page import draw_open, draw_wall
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.web.forms import PlainForm, check_press

bp = Blueprint("boards", __name__)


@bp.get("/courses/<course_id>/boards")
@allow("board:see", course_for)
def listing(actor: Actor, course: Course) -> ResponseReturnValue:
    return render_template(
        "boards/listing.html",
        course=course,
        boards=queries.boards_of(actor, course),
        held=dict(queries.held_in(actor)) if actor.teaches(course.id) else {},
        size=queries.class_size(course.id, now()),
        tends=may(actor, "board:tend", course),
        writes=may(actor, "board:write", course),
    )


@bp.route("/courses/<course_id>/boards/new", methods=["GET", "POST"])
@allow("board:tend", course_for)
def create(actor: Actor, course: Course) -> ResponseReturnValue:
    """From a template, from a board of an earlier week, or with one's own questions."""
    form = OpenForm.from_request(zone=course.zone)
    asked = form.again.data if request.method == "POST" else request.args.get("again", "")
    before = queries.revealed_board_for(actor, asked) if asked else None
    if request.method == "GET":
        _begin(form, before)
    elif form.validate():
        try:
            board = commands.open_board(
                course,
                actor.person_id,
                title=form.title.data,
                prompts=form.prompts,
                once=form.key,
                names=bool(form.names.data),
                plan=form.plan,
                again_of=before if before is not None and before.course_id == course.id else None,
            )
        except RuleBroken as error:
            form.refuse_by(error)
        else:
            flash(_("The board is open. Tell your class; nobody sees a note before all do."), "good")
            return redirect(url_for(".show", board_id=board.public_id), 303)
    chosen = request.args.get("from", "")
    page = render_template(
        "boards/create.html",
        course=course,
        form=form,
        before=before,
        templates=TEMPLATES,
        chosen=chosen,
        begun=request.method == "POST" or bool(chosen) or before is not None,
    )
    return page, 422 if form.has_errors else 200


def _begin(form: OpenForm, before: Board | None) -> None:
    ready = template(request.args.get("from", ""))
    if before is not None:
        form.fill_prompts([one.prompt for one in queries.columns_of(before.id)])
        form.title.data, form.again.data = before.title, before.public_id
    elif ready is not None:
        form.fill_prompts([str(one) for one in ready.prompts])
        form.title.data = str(ready.title)


@bp.get("/boards/<board_id>")
@allow("board:see", queries.board_for)
def show(actor: Actor, board: Board) -> ResponseReturnValue:
    """One address: how many have written, and from one instant on the whole wall."""
    if is_revealed(board, now()):
        return draw_wall(actor, board)
    return draw_open(actor, board)


@bp.route("/boards/<board_id>/edit", methods=["GET", "POST"])
@allow("board:tend", queries.board_for)
def edit(_actor: Actor, board: Board) -> ResponseReturnValue:
    """Until the reveal: when it opens, and the questions while nobody has answered."""
    form = PlanForm.from_request(zone=board.course.zone)
    if is_revealed(board, now()):
        if request.method == "GET":
            return redirect(url_for(".show", board_id=board.public_id), 303)
        raise AlreadyRevealed
    if request.method == "GET":
        form.fill(board, [one.prompt for one in queries.columns_of(board.id)])
    elif form.validate():
        values: dict[str, Any] = {"title": form.title.data, "prompts": form.prompts, "plan": form.plan}
        try:
            commands.edit_board(board, **values)
        except RuleBroken as error:
            form.refuse_by(error)
        else:
            return redirect(url_for(".show", board_id=board.public_id), 303)
    page = render_template("boards/edit.html", board=board, form=form, plain=PlainForm())
    return page, 422 if form.has_errors else 200


@bp.post("/boards/<board_id>/revealing")
@allow("board:tend", queries.board_for)
def reveal(_actor: Actor, board: Board) -> ResponseReturnValue:
    check_press()
    commands.reveal(board)
    return redirect(url_for(".show", board_id=board.public_id), 303)


@bp.post("/boards/<board_id>/removal")
@allow("board:tend", queries.board_for)
def remove(_actor: Actor, board: Board) -> ResponseReturnValue:
    check_press()
    course_id = board.course.public_id
    commands.remove_board(board)
    flash(_("The board is gone. Nobody had written on it."), "info")
    return redirect(url_for(".listing", course_id=course_id), 303)
