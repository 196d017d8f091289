"""Importing a roster: hand it in, look it over, confirm it."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from classroom.access import Actor, allow
from classroom.accounts.queries import people_numbered
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _
from classroom.core.rows import packed
from classroom.courses import commands_invite, commands_roster, queries
from classroom.courses.forms_roster import ColumnsForm, ConfirmForm, RosterForm
from classroom.courses.models import Course, RosterImport
from classroom.courses.queries_roster import Preview, preview_of, roster_for
from classroom.courses.roster import (
    FIELDS,
    CannotRead,
    ColumnsRefused,
    FileTooLarge,
    Source,
    Text,
    decode,
    megabytes,
    pasted,
)
from classroom.courses.roster_lines import LISTS, SOURCES, Shown, lists_of
from classroom.courses.views import bp
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press, check_sent
from classroom.web.limits import takes_files
from classroom.web.numbers import whole
from classroom.web.saying import say


@bp.route("/courses/<course_id>/people/import", methods=["GET", "POST"])
@takes_files
@allow("course:edit", queries.course_for)
def import_roster(actor: Actor, course: Course) -> ResponseReturnValue:
    """A file or pasted text; nothing is written but the text itself, until it is confirmed."""
    try:
        form = RosterForm.from_request()
    except RequestEntityTooLarge:
        return _too_large(course)
    if request.method == "GET" or not form.validate():
        return _import_page(course, form, 422 if form.has_errors else 200)
    try:
        text, filename = _handed_in(form)
        roster = commands_roster.hand_in(course, text, filename=filename, by_id=actor.person_id)
    except CannotRead as error:
        form.refuse("file" if form.upload else "text", error.message)
        return _import_page(course, form, error.status)
    return redirect(url_for(".roster", roster_id=roster.public_id), 303)


def _handed_in(form: RosterForm) -> tuple[Text, str]:
    """The file goes before pasted text; a file's size is looked at before it is read."""
    limit: int = current_app.extensions["classroom.settings"].max_roster
    if form.upload is None:
        return pasted(form.text.data or "", max_bytes=limit), ""
    stream = form.upload.stream
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > limit:
        raise FileTooLarge(size=megabytes(size), limit=megabytes(limit))
    name = form.upload.filename or ""
    return decode(stream.read(), name, max_bytes=limit), name


def _import_page(course: Course, form: RosterForm, status: int) -> ResponseReturnValue:
    limit = megabytes(current_app.extensions["classroom.settings"].max_roster)
    return render_template("courses/import.html", course=course, form=form, limit=limit), status


def _too_large(course: Course) -> ResponseReturnValue:
    """More than a request may carry: the form could not even be read, so a new one stands there."""
    form = RosterForm()
    form.refuse(
        "file",
        _(
            "That was too large: a file may have %(file)s MB, and pasted text %(text)s MB. "
            "Nothing was written. Save the list as a CSV file and choose it here.",
            file=megabytes(current_app.extensions["classroom.settings"].max_roster),
            text=megabytes(current_app.config["MAX_FORM_MEMORY_SIZE"]),
        ),
    )
    return _import_page(course, form, 413)


@bp.route("/rosters/<roster_id>", methods=["GET", "POST"])
@allow("course:edit", roster_for)
def roster(_actor: Actor, roster: RosterImport) -> ResponseReturnValue:
    """GET shows what would happen, or what did; POST takes another choice of columns."""
    if roster.applied_at is not None:
        return _receipt(roster)
    if request.method == "GET":
        return _preview_page(roster, preview_of(roster), 200)
    preview = preview_of(roster)
    form = _columns_form(preview, ColumnsForm.from_request())
    if not form.validate():
        return _preview_page(roster, preview, 422, form)
    try:
        commands_roster.look_again(roster, columns=form.wanted, encoding=_chosen_encoding(form, preview))
    except ColumnsRefused as refused:
        form.refuse_all(refused.problems)
        return _preview_page(roster, preview, 422, form)
    except CannotRead as error:
        form.refuse(form.encoding, error.message)
        return _preview_page(roster, preview, 422, form)
    return redirect(url_for(".roster", roster_id=roster.public_id), 303)


def _columns_form(preview: Preview, form: ColumnsForm) -> ColumnsForm:
    form.offer(preview.table)
    return form


def _chosen_encoding(form: ColumnsForm, preview: Preview) -> str:
    return "" if preview.text.certain else form.encoding.data or ""


def _preview_page(
    roster: RosterImport, preview: Preview, status: int, form: ColumnsForm | None = None
) -> ResponseReturnValue:
    if form is None:
        chosen = {name: str(preview.columns[name]) for name in preview.columns}
        form = _columns_form(preview, ColumnsForm(data={**chosen, "encoding": preview.text.encoding}))
        form.refuse_all(preview.problems)
    lists = lists_of(preview, request.args.get("show", ""), request.args.get("page", 1, type=whole))
    page = render_template(
        "courses/roster.html",
        course=queries.course_numbered(roster.course_id),
        roster=roster,
        preview=preview,
        lists=lists,
        chips=_chips(lists),
        words=LISTS[lists.show],
        source=SOURCES[preview.table.source],
        columns_form=form,
        confirm=ConfirmForm(data={"seen": preview.fingerprint}),
        fields=[form[name] for name in FIELDS],
        mapped=preview.table.source is not Source.ADDRESSES,
        plain=PlainForm(),
    )
    return page, status


def _chips(lists: Shown) -> list[dict[str, object]]:
    """Each list is an address; empty ones are left out."""
    place = request.view_args or {}
    return [
        {
            "label": words[0],
            "url": url_for(".roster", **place, show=name, _anchor="list"),
            "count": lists.counts[name],
            "current": name == lists.show,
            "tone": words[1],
        }
        for name, words in LISTS.items()
        if lists.counts[name]
    ]


def _receipt(roster: RosterImport) -> ResponseReturnValue:
    return render_template(
        "courses/roster_done.html",
        course=queries.course_numbered(roster.course_id),
        roster=roster,
        done=roster.summary,
    )


@bp.post("/rosters/<roster_id>/application")
@allow("course:edit", roster_for)
def apply_roster(actor: Actor, roster: RosterImport) -> ResponseReturnValue:
    """All of it or nothing; pressed twice, the second press finds the first one's receipt."""
    form = ConfirmForm.from_request()
    check_sent(form)
    try:
        added = commands_roster.apply(roster, drop_missing=bool(form.drop.data), seen=form.seen.data or "")
    except ChangedMeanwhile as error:
        flash(str(error.message), "warn")
        return _preview_page(roster, preview_of(roster), error.status)
    if form.mail.data and added:
        course = queries.course_numbered(roster.course_id)
        commands_invite.mail_invitations(course, people_numbered(added), by=actor.name)
    return redirect(url_for(".roster", roster_id=roster.public_id), 303)


@bp.post("/rosters/<roster_id>/removal")
@allow("course:edit", roster_for)
def throw_roster_away(actor: Actor, roster: RosterImport) -> ResponseReturnValue:
    check_press()
    course_id, before = queries.course_numbered(roster.course_id).public_id, packed(roster)
    back = url_for(".roster", roster_id=roster.public_id)
    commands_roster.throw_away(roster)
    undo = offer(actor.person_id, "courses.throw_roster_away", course_id, back=back, roster=before)
    say(_("Nothing was imported, and the list is gone from here."), "info", undo=undo)
    return redirect(url_for(".people", course_id=course_id), 303)
