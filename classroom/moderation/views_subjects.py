"""What somebody wrote: its record, a report by a classmate, and what staff may do without a queue."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.guidelines.queries import clause_titles
from classroom.help_requests.models import HelpRequest
from classroom.moderation import commands, queries, rules
from classroom.moderation.forms import FlagForm, NoteForm, OptionalNoteForm
from classroom.moderation.presets import preset_for
from classroom.moderation.subjects import Row, is_on_a_page, kind_of, path_of, text_of
from classroom.moderation.undoing import as_decided, as_it_stands
from classroom.moderation.views import bp, preset_chips
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.undo.commands import Kept, offer
from classroom.web.forms import PlainForm, check_press, check_sent
from classroom.web.saying import say

PLACE = "/moderation/<kind>/<row_id>"


@bp.get(PLACE)
@allow("subject:record", queries.subject_in_care)
def record(actor: Actor, row: Row) -> ResponseReturnValue:
    return _record_page(actor, row)


def _record_page(
    actor: Actor, row: Row, form: NoteForm | None = None, status: int = 200
) -> ResponseReturnValue:
    staff, kind = may(actor, "subject:moderate", row), kind_of(row).value
    form = form or _note_form(row, request.args.get("preset"), staff=staff)
    page = render_template(
        "moderation/record.html",
        row=row,
        kind=kind,
        text=text_of(row),
        path=path_of(row) if is_on_a_page(row) else "",
        entries=queries.record_of(actor, row),
        flags=queries.flags_of(row) if staff else [],
        flag_words=rules.flag_words,
        may_moderate=staff,
        may_return=staff and row.state in {State.VISIBLE, State.HELD},
        may_restore=staff and row.state is State.REMOVED,
        form=form,
        presets=preset_chips("return", form.reason.data, ".record", {"kind": kind, "row_id": row.public_id}),
        chosen=request.args.get("preset"),
        plain=PlainForm(),
    )
    return page, status


def _note_form(row: Row, chosen: str | None, *, staff: bool) -> NoteForm:
    """A note ready to be sent; the clauses are only read for those who may send one."""
    preset = preset_for("flagged", chosen)
    clauses = clause_titles(row.course_id) if staff else {}
    clause = preset.clause if preset.clause in clauses else None
    return NoteForm(data={"note": preset.note, "clause_number": clause, "reason": preset.code}).offer(clauses)


def _to_record(row: Row, said: str, undo: str | None = None) -> ResponseReturnValue:
    say(said, undo=undo)
    return redirect(_record_url(row), 303)


def _record_url(row: Row) -> str:
    return url_for(".record", kind=kind_of(row).value, row_id=row.public_id)


def _offer(actor: Actor, act: str, row: Row, before: Kept) -> str:
    target, kept = f"{kind_of(row).value}/{row.public_id}", {**before, **as_decided(row)}
    return offer(actor.person_id, act, target, back=_record_url(row), **kept)


@bp.post(f"{PLACE}/return")
@allow("subject:moderate", queries.subject_in_care)
def return_subject(actor: Actor, row: Row) -> ResponseReturnValue:
    form = NoteForm.from_request().offer(clause_titles(row.course_id))
    if not form.validate():
        return _record_page(actor, row, form, 422)
    before = as_it_stands(row)
    commands.return_row(
        row,
        actor.person_id,
        reason=form.reason.data or "returned",
        note=form.note.data,
        clause_number=form.clause_number.data,
    )
    undo = _offer(actor, "moderation.return_subject", row, before)
    return _to_record(row, _("Returned with your note. A rewrite regains its credit."), undo)


@bp.post(f"{PLACE}/removal")
@allow("subject:moderate", queries.subject_in_care)
def remove_subject(actor: Actor, row: Row) -> ResponseReturnValue:
    form = OptionalNoteForm.from_request()
    check_sent(form)
    before = as_it_stands(row)
    commands.remove_row(row, actor.person_id, note=form.note.data or "", clause_number=None)
    undo = _offer(actor, "moderation.remove_subject", row, before)
    return _to_record(row, _("Removed. Its writer sees it, and why."), undo)


@bp.post(f"{PLACE}/restoring")
@allow("subject:moderate", queries.subject_in_care)
def restore_subject(actor: Actor, row: Row) -> ResponseReturnValue:
    check_press()
    commands.restore(row, actor.person_id)
    return _to_record(row, _("Restored: it is visible again."))


@bp.route(f"{PLACE}/flag", methods=["GET", "POST"])
@allow("subject:flag", queries.subject_for)
def flag(actor: Actor, row: Row) -> ResponseReturnValue:
    """A report: the writer is never told who made it."""
    form = FlagForm.from_request()
    if request.method == "POST" and form.validate():
        commands.flag(row, actor.person_id, reason=form.reason.data, note=form.note.data or "")
        flash(
            _("Thank you. A person looks at it, usually within a day. Nobody is told that it was you."),
            "good",
        )
        return redirect(_away_from(row), 303)
    page = render_template(
        "moderation/flag.html",
        text=text_of(row),
        path=path_of(row),
        form=form,
    )
    return page, 422 if form.has_errors else 200


def _away_from(row: Row) -> str:
    """What was reported is put aside: to what it stood on."""
    if isinstance(row, Post):
        return url_for("projects.show", project_id=row.project.public_id)
    if isinstance(row, HelpRequest):
        return url_for("help_requests.listing", course_id=row.course.public_id)
    return path_of(row).partition("#")[0]
