"""The queue: what waits for a person, one case, and deciding it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _, _n
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines.queries import clause_titles
from classroom.moderation import commands, queries, rules
from classroom.moderation.forms import NoteForm, OptionalNoteForm
from classroom.moderation.models import Case, Reason
from classroom.moderation.presets import load, preset_for
from classroom.moderation.queries_beside import waiting_beside
from classroom.moderation.subjects import subject_row
from classroom.moderation.undoing import approve_all, as_decided, as_it_stands
from classroom.undo.commands import offer
from classroom.web.forms import BaseForm, PlainForm, check_press, check_sent
from classroom.web.numbers import whole
from classroom.web.saying import say

bp = Blueprint("moderation", __name__)
TONES = {
    Reason.SNARK: "clay",
    Reason.ATTACK: "clay",
    Reason.LEAK: "sky",
    Reason.ASKS_ANSWER: "sky",
    Reason.FLAGGED: "gold",
    Reason.CLAIMED: "",
}


@bp.get("/courses/<course_id>/queue")
@allow("course:run", course_for)
def queue(actor: Actor, course: Course) -> ResponseReturnValue:
    asked = request.args.get("reason", "")
    chosen = asked if asked in set(Reason) else ""
    lately = request.args.get("show") == "decided"
    number = request.args.get("page", 1, type=whole)
    found = queries.queue(actor, course)
    return render_template(
        "moderation/queue.html",
        course=course,
        queue=found,
        paging=queries.decided(actor, course)
        if lately
        else queries.waiting(actor, course, found, chosen, number),
        lately=lately,
        chips=[*_chips(course, found, chosen, lately=lately), *_beside(actor, course)],
        tones=TONES,
        note_form=_note_form,
        decision_words=rules.decision_words,
        plain=PlainForm(),
    )


def _chips(course: Course, found: queries.Queue, chosen: str, *, lately: bool) -> list[dict[str, object]]:
    def chip(
        label: str, count: int | None, *, current: bool, tone: str = "", **values: str
    ) -> dict[str, object]:
        url = url_for(".queue", course_id=course.public_id, **values)  # type: ignore[arg-type]
        return {"label": label, "url": url, "count": count, "current": current, "tone": tone}

    rows = [chip(_("All"), found.counts.total(), current=not chosen and not lately)]
    rows += [
        chip(
            rules.reason_words(one),
            found.counts[one],
            current=chosen == one.value,
            tone=TONES[one],
            reason=one.value,
        )
        for one in Reason
        if found.counts[one]
    ]
    return [*rows, chip(_("Lately decided"), None, current=lately, show="decided")]


def _beside(actor: Actor, course: Course) -> list[dict[str, object]]:
    """Where questions without a name wait, notes on open walls, and for instructors what was confided."""
    counts = waiting_beside(actor, course.id)
    places = [("guidelines.situations", _("Would this be okay?"), counts["situations"])]
    if counts["board_notes"]:
        places.append(("boards.listing", _("Notes on boards"), counts["board_notes"]))
    if actor.leads(course.id):
        places.append(("guidelines.self_reports", _("I went too far"), counts["reports"]))
    return [
        {"label": label, "url": url_for(where, course_id=course.public_id), "count": count, "tone": "sky"}
        for where, label, count in places
    ]


def _note_form(row: queries.QueueRow, chosen: str | None = None) -> NoteForm:
    """A note that fits the reason, ready to be sent or changed."""
    preset = preset_for(row.case.reason.value, chosen)
    clause = row.clause[0] if row.clause and not chosen else preset.clause
    clause = clause if clause in row.clauses else None
    data = {"note": preset.note, "clause_number": clause, "reason": preset.code}
    return NoteForm(data=data, prefix=f"{row.case.public_id}-").offer(row.clauses)


def preset_chips(
    kind: str, chosen: str | None, endpoint: str, place: dict[str, str]
) -> list[dict[str, object]]:
    """The notes to begin with, each an address of the page that asked."""
    return [
        {
            "label": one.short,
            "url": url_for(endpoint, **place, preset=one.code),  # type: ignore[arg-type]
            "current": one.code == chosen,
        }
        for one in load()
        if one.kind == kind
    ]


@bp.get("/cases/<case_id>")
@allow("case:decide", queries.case_for)
def case(actor: Actor, case: Case) -> ResponseReturnValue:
    """One case on a page of its own, with every note to choose from."""
    return _case_page(actor, case)


def _case_page(
    actor: Actor, case: Case, form: NoteForm | None = None, status: int = 200
) -> ResponseReturnValue:
    row = queries.row_of(case, actor)
    form = form or _note_form(row, request.args.get("preset"))
    kind = "coach" if case.reason is Reason.CLAIMED else "return"
    page = render_template(
        "moderation/case.html",
        row=row,
        tones=TONES,
        form=form,
        presets=preset_chips(kind, form.reason.data, ".case", {"case_id": case.public_id}),
        decision_words=rules.decision_words,
        plain=PlainForm(),
    )
    return page, status


def _back(case: Case, said: str, undo: str | None = None) -> ResponseReturnValue:
    say(said, undo=undo)
    return redirect(url_for(".queue", course_id=queries.course_of(case.course_id)), 303)


def _decided(
    actor: Actor, case: Case, act: str, said: str, decide: Callable[[], None]
) -> ResponseReturnValue:
    """Decide, say so, and offer to take it back."""
    row = subject_row(case.subject, case.subject_id)
    before = as_it_stands(row)
    decide()
    place = url_for(".queue", course_id=queries.course_of(case.course_id))
    kept = {**before, **as_decided(row)}
    return _back(case, said, offer(actor.person_id, act, case.public_id, back=place, **kept))


@bp.post("/cases/<case_id>/approval")
@allow("case:decide", queries.case_for)
def approve(actor: Actor, case: Case) -> ResponseReturnValue:
    check_press()
    said = _("Approved. The writer is told.")
    decide = partial(commands.approve, case, actor.person_id, read=request.form.get("read"))
    return _decided(actor, case, "moderation.approve", said, decide)


@bp.post("/cases/<case_id>/return")
@allow("case:decide", queries.case_for)
def return_case(actor: Actor, case: Case) -> ResponseReturnValue:
    form = NoteForm.from_request(prefix=f"{case.public_id}-").offer(clause_titles(case.course_id))
    if not form.validate():
        return _case_page(actor, case, form, 422)
    note = form.note.data
    if case.reason is Reason.CLAIMED:
        said = _("It does not count. The writer reads your note and may improve it.")
        decide = partial(commands.decline_claim, case, actor.person_id, note)
    else:
        said = _("Returned with your note. A rewrite regains its credit.")
        reason, clause = form.reason.data or "returned", form.clause_number.data
        decide = partial(
            commands.return_case, case, actor.person_id, reason=reason, note=note, clause_number=clause
        )
    return _decided(actor, case, "moderation.return_case", said, decide)


@bp.post("/cases/<case_id>/removal")
@allow("case:decide", queries.case_for)
def remove(actor: Actor, case: Case) -> ResponseReturnValue:
    form = OptionalNoteForm.from_request()
    check_sent(form)
    said = _("Removed. You find it under “Lately decided”, and may restore it there.")
    note, clause = form.note.data or "", case.clause_number
    decide = partial(commands.remove_case, case, actor.person_id, note=note, clause_number=clause)
    return _decided(actor, case, "moderation.remove", said, decide)


@bp.post("/cases/<case_id>/claim")
@allow("case:decide", queries.case_for)
def claim(actor: Actor, case: Case) -> ResponseReturnValue:
    """Take it for fifteen minutes, or put it back."""
    check_press()
    if request.form.get("release"):
        commands.release(case, actor.person_id)
        return _back(case, _("Back in the queue for everyone."))
    commands.claim(case, actor.person_id)
    return redirect(url_for(".case", case_id=case.public_id), 303)


@bp.post("/courses/<course_id>/queue/next")
@allow("course:run", course_for)
def take_next(actor: Actor, course: Course) -> ResponseReturnValue:
    """The longest waiting one that nobody has: two who press at once get two."""
    check_press()
    found = queries.next_free(actor, course)
    if found is None:
        say(_("Nothing waits that somebody else is not looking at already."), "info")
        return redirect(url_for(".queue", course_id=course.public_id), 303)
    commands.claim(found, actor.person_id)
    return redirect(url_for(".case", case_id=found.public_id), 303)


@bp.post("/courses/<course_id>/queue/approvals")
@allow("course:run", course_for)
def approve_several(actor: Actor, course: Course) -> ResponseReturnValue:
    """Approve all that were ticked; one foreign id among them, and nothing happens."""
    check_press()
    ticked = [one.partition(" ") for one in request.form.getlist("case")]
    read = {case_id: edition for case_id, _space, edition in ticked}
    if not read:
        raise RuleBroken(_("Tick at least one first."))
    cases = list(queries.cases_for(actor, course.id, list(read)))
    if len(cases) != len(read):
        raise NotFound
    done, kept = approve_all(cases, actor.person_id, read)
    back = url_for(".queue", course_id=course.public_id)
    undo = offer(actor.person_id, "moderation.approve_several", course.public_id, back=back, cases=kept)
    say(_n("%(num)s approved.", "%(num)s approved.", done), undo=undo)
    return redirect(back, 303)
