"""Notes: written, changed, withdrawn, felt by others too, and decided about by staff."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.boards import commands, queries
from classroom.boards.forms import DecisionForm, NoteForm
from classroom.boards.models import Board, BoardNote
from classroom.boards.rules import AlreadyRevealed, ReasonMissing, is_revealed
from classroom.boards.tone import heard, out_of_place, told
from classroom.boards.views import bp
from classroom.boards.views_page import draw_open
from classroom.comments.complaints import without
from classroom.comments.kindness import Look, look_at
from classroom.comments.queries_labels import rested_in
from classroom.core.clock import now
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.saying import say

LEAVE, REWRITE = "leave", "rewrite"


@bp.post("/boards/<board_id>/notes")
@allow("board:write", queries.board_for)
def write(actor: Actor, board: Board) -> ResponseReturnValue:
    """Words that may hurt are shown to their writer first; left as they are, a person reads them."""
    form = NoteForm.from_request()
    prompts = {one.position: one.prompt for one in queries.columns_of(board.id)}
    if is_revealed(board, now()):
        raise _too_late(form)
    if form.position not in prompts:
        raise NotFound
    if not form.validate() or request.form.get("then") == REWRITE:
        return draw_open(actor, board, form)
    look = _look(board.course_id, form, prompts[form.position])
    if look is not None and request.form.get("then") != LEAVE:
        return _kindness(board, form, look, url_for(".write", board_id=board.public_id))
    try:
        commands.write(actor, board, form.position, form.body.data, once=form.key, holds=look is not None)
    except AlreadyRevealed as error:
        raise _too_late(form) from error
    except RuleBroken as error:
        form.refuse("body", error.message)
        return draw_open(actor, board, form)
    flash(_written(held=look is not None), "info" if look else "good")
    return redirect(url_for(".show", board_id=board.public_id), 303)


def _written(*, held: bool) -> str:
    if held:
        return _(
            "Your note is here for you alone. Once the wall is open a person reads it before the class does."
        )
    return _("Your note is on the board. You alone see it until the wall opens.")


def _too_late(form: NoteForm) -> AlreadyRevealed:
    """The wall opened while somebody wrote: their words are not lost."""
    words = form.body.data or ""
    return AlreadyRevealed(
        _("The wall opened while you wrote, so this was not added: “%(words)s”", words=words)
    )


def _look(course_id: int, form: NoteForm, prompt: str) -> Look | None:
    """What would be held of the words; rules that rest in the course rest here too."""
    body = form.body.data or ""
    rested = rested_in(course_id) | out_of_place(body)
    return look_at(body, told(without(heard(body, prompt), rested)))


def _kindness(board: Board, form: NoteForm, look: Look, url: str) -> ResponseReturnValue:
    return render_template("boards/kindness.html", board=board, form=form, look=look, url=url)


@bp.route("/board-notes/<note_id>", methods=["GET", "POST"])
@allow("board:own_note", queries.own_note_for)
def change(_actor: Actor, note: BoardNote) -> ResponseReturnValue:
    form = NoteForm.from_request(data={"body": note.body})
    here, then = url_for(".show", board_id=note.board.public_id), request.form.get("then")
    if is_revealed(note.board, now()) and request.method == "GET":
        return redirect(here)
    if is_revealed(note.board, now()):
        raise _too_late(form)
    prompt = queries.prompt_of(note)
    if request.method == "POST" and form.validate() and then != REWRITE:
        look = _look(note.course_id, form, prompt)
        if look is not None and then != LEAVE:
            return _kindness(note.board, form, look, request.path)
        try:
            commands.change(note, form.body.data, holds=look is not None)
        except AlreadyRevealed as error:
            raise _too_late(form) from error
        except RuleBroken as error:
            form.refuse("body", error.message)
        else:
            flash(_written(held=look is not None), "info" if look else "good")
            return redirect(here, 303)
    page = render_template("boards/note.html", note=note, board=note.board, prompt=prompt, form=form)
    return page, 422 if form.has_errors else 200


@bp.post("/board-notes/<note_id>/withdrawal")
@allow("board:own_note", queries.own_note_for)
def withdraw(_actor: Actor, note: BoardNote) -> ResponseReturnValue:
    """For good: what could bring it back would tell who wrote it."""
    check_press()
    here = url_for(".show", board_id=note.board.public_id)
    commands.withdraw(note)
    flash(_("Your note is gone."), "info")
    return redirect(here, 303)


@bp.post("/board-notes/<note_id>/me-too")
@allow("board:write", queries.note_for)
def me_too(actor: Actor, note: BoardNote) -> ResponseReturnValue:
    check_press()
    commands.feel_the_same(actor, note)
    place = url_for(".show", board_id=note.board.public_id, _anchor=f"n-{note.public_id}")
    return redirect(place, 303)


@bp.route("/board-notes/<note_id>/decision", methods=["GET", "POST"])
@allow("board:decide", queries.note_for)
def decide(actor: Actor, note: BoardNote) -> ResponseReturnValue:
    """Let a held note through, or leave one out with the reason that its writer reads."""
    form, here = DecisionForm.from_request(), url_for(".show", board_id=note.board.public_id)
    if request.method == "POST" and form.validate():
        before, shown = commands.decision_of(note), form.shown.data == "yes"
        try:
            commands.decide(note, actor.person_id, shown=shown, reason=form.reason.data or "")
        except ReasonMissing as error:
            form.refuse("reason", error.message)
        else:
            undo = offer(actor.person_id, "boards.decide", note.public_id, back=here, **before)
            left_out = _("The note is off the wall. Its writer reads your reason.")
            say(_("The note is on the wall.") if shown else left_out, "good" if shown else "info", undo=undo)
            return redirect(here, 303)
    tends = may(actor, "board:tend", note.board)
    page = render_template("boards/decision.html", note=note, board=note.board, form=form, tends=tends)
    return page, 422 if form.has_errors else 200
