"""Grouping the notes of a wall, answering each group, and making an example of one."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.boards import commands_groups, queries, queries_wall
from classroom.boards.forms import GroupForm, NotesForm
from classroom.boards.models import Board, BoardGroup, BoardNote
from classroom.boards.queries_wall import Column, OnWall, Wall
from classroom.boards.rules import GroupNameless
from classroom.boards.views import bp
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _, _n
from classroom.guidelines.commands import add_example, begin_draft
from classroom.guidelines.forms import ExampleForm, example_values
from classroom.guidelines.models import GuidelineVersion
from classroom.guidelines.queries import clause_titles, draft_version
from classroom.meaning.alike import alike
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say

OUT = "out"


@dataclass(frozen=True)
class Suggested:
    """Notes that seem to say the same, and a first name for them."""

    title: str
    notes: tuple[OnWall, ...]


@bp.route("/boards/<board_id>/groups", methods=["GET", "POST"])
@allow("board:tend", queries.revealed_board_for)
def groups(actor: Actor, board: Board) -> ResponseReturnValue:
    """Notes are ticked and put together, one question at a time; what seems alike is suggested."""
    form = NotesForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            said = _put(actor, board, form)
        except GroupNameless as error:
            form.refuse("title", error.message)
        except RuleBroken as error:
            form.refuse(None, error.message)
        else:
            flash(said, "good")
            return redirect(url_for(".groups", board_id=board.public_id, _anchor=form.back.data or None), 303)
    page = _page(board, queries_wall.wall_of(actor, board), form)
    return page, 422 if form.has_errors else 200


def _put(actor: Actor, board: Board, form: NotesForm) -> str:
    chosen, into = form.notes.data or [], form.group.data or ""
    if into == OUT:
        count = commands_groups.take_out(board, chosen)
        return _n("%(n)s note is in no group now.", "%(n)s notes are in no group now.", count, n=count)
    group = queries_wall.group_for(actor, into) if into else None
    if group is not None and group.board_id != board.id:
        group = None
    _group, count = commands_groups.put_together(board, chosen, title=form.title.data or "", group=group)
    return _n("%(n)s note is in the group.", "%(n)s notes are in the group.", count, n=count)


def _page(board: Board, wall: Wall, form: NotesForm) -> str:
    def form_of(part: str, title: str = "") -> NotesForm:
        """The one that was sent, where it was not taken; else a new one."""
        return form if form.has_errors and form.back.data == part else NotesForm().under(part, title)

    return render_template(
        "boards/groups.html",
        board=board,
        wall=wall,
        form_of=form_of,
        chosen=set(form.notes.data or []) if form.has_errors else set(),
        suggested={one.position: suggested_in(one) for one in wall.columns},
        out=OUT,
        plain=PlainForm(),
    )


def suggested_in(column: Column) -> list[Suggested]:
    """Among the notes that are in no group yet."""
    found = []
    for one in alike([note.body for note in column.loose]):
        found.append(Suggested(", ".join(one.words), tuple(column.loose[place] for place in one.places)))
    return found


@bp.route("/board-groups/<group_id>", methods=["GET", "POST"])
@allow("board:tend", queries_wall.group_for)
def group(_actor: Actor, made: BoardGroup) -> ResponseReturnValue:
    """What these people say, and what the instructor will do about it."""
    form, board = GroupForm.from_request(obj=made), queries_wall.home_of(made)
    if request.method == "POST" and form.validate():
        commands_groups.answer(made, title=form.title.data, words=form.answer.data or "")
        return redirect(url_for(".show", board_id=board.public_id, _anchor=f"g-{made.public_id}"), 303)
    page = render_template("boards/group.html", group=made, board=board, form=form, plain=PlainForm())
    return page, 422 if form.has_errors else 200


@bp.post("/board-groups/<group_id>/removal")
@allow("board:tend", queries_wall.group_for)
def remove_group(actor: Actor, made: BoardGroup) -> ResponseReturnValue:
    check_press()
    board = queries_wall.home_of(made)
    back = url_for(".groups", board_id=board.public_id)
    kept = commands_groups.take_apart(made)
    undo = offer(actor.person_id, "boards.remove_group", board.public_id, back=back, **kept)
    say(_("The group is gone; its notes are on the wall."), "info", undo=undo)
    return redirect(back, 303)


@bp.route("/board-groups/<group_id>/example", methods=["GET", "POST"])
@allow("board:tend", queries_wall.group_for)
def example_of_group(_actor: Actor, made: BoardGroup) -> ResponseReturnValue:
    board = queries_wall.home_of(made)
    return _example(board, made.title, made.answer)


@bp.route("/board-notes/<note_id>/example", methods=["GET", "POST"])
@allow("board:tend", queries.note_for)
def example_of_note(_actor: Actor, note: BoardNote) -> ResponseReturnValue:
    return _example(note.board, note.body, "")


def _example(board: Board, words: str, answer: str) -> ResponseReturnValue:
    """Into the draft of the guidelines, which is begun where there is none."""
    course = board.course
    version = draft_version(course.id)
    form = ExampleForm.from_request(data={"why": answer}).offer(_clauses(course.id, version))
    if request.method == "POST" and form.validate():
        add_example(
            course.id,
            version=version or begin_draft(course),
            **example_values(form),
        )
        flash(
            _("The example is in the draft of the guidelines. Students see it once you publish that."), "good"
        )
        place = url_for("guidelines.draft", course_id=course.public_id, _anchor="examples")
        return redirect(place, 303)
    page = render_template(
        "boards/example.html", board=board, words=words, example_form=form, begun=version is not None
    )
    return page, 422 if form.has_errors else 200


def _clauses(course_id: int, draft: GuidelineVersion | None) -> dict[int, str]:
    """What an example may rest on: the draft's clauses, or those that a draft would begin with."""
    return {one.number: one.title for one in draft.clauses} if draft else clause_titles(course_id)
