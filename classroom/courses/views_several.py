"""Several students at once: to a section, or off the list; each says first what it would do."""

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.queries_leaving import leaving
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _, _n
from classroom.courses import queries
from classroom.courses.commands_several import move_to_section, remove_several
from classroom.courses.models import Course, Membership, Section
from classroom.courses.queries_people import Show, students_named, students_shown
from classroom.courses.views import bp
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.preview import Act, Part, back_with, confirming, pressed, preview, seal

Kept = list[tuple[str, str]]
NONE = "none"


@bp.post("/courses/<course_id>/people/moves")
@allow("course:edit", queries.course_for)
def move_several(actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    sections = queries.sections_of(course.id)
    seats, kept = _ticked(actor, course, sections)
    wanted = request.form.get("to", "")
    section = next((one for one in sections if one.public_id == wanted), None)
    if section is None and wanted != NONE:
        raise NotFound if wanted else RuleBroken(_("Choose a section first."))
    target = section.id if section else None
    moved = [seat for seat in seats if seat.section_id != target]
    key, back = seal(wanted, [seat.id for seat in moved]), url_for(".people", course_id=course.public_id)
    named = section.name if section else _("no section")
    if confirming(key) and moved:
        before = {seat.public_id: seat.section_id for seat in moved}
        count = move_to_section(moved, section)
        known = {"sections": before, "to": target}
        undo = offer(actor.person_id, "courses.move_several", course.public_id, back=back, **known)
        said = _n("%(num)s is in %(section)s now.", "%(num)s are in %(section)s now.", count, section=named)
        return back_with(said, back, undo=undo)
    if pressed() and not moved:
        return back_with(_("They are there already."), back, "info")
    names = {one.id: one.name for one in sections}
    lines = [
        (seat.person.name, f"{names.get(seat.section_id or 0, _('no section'))} → {named}") for seat in moved
    ]
    staying = [(seat.person.name, "") for seat in seats if seat.section_id == target]
    count = len(moved)
    act = Act(
        url_for(".move_several", course_id=course.public_id),
        _n("Move %(num)s student", "Move %(num)s students", count),
        back,
        [*kept, ("to", wanted)],
    )
    return preview(
        _("Move to another section?"),
        _n("%(num)s student moves to %(to)s.", "%(num)s students move to %(to)s.", count, to=named),
        [Part(_("Moves"), lines, "leaf", acts=True), Part(_("There already"), staying, aside=True)],
        act,
        key,
        [
            _("Their work, comments and pairings stay as they are."),
            _("Assistants who tend one section only see those who are in it from then on."),
        ],
    )


@bp.post("/courses/<course_id>/people/removals")
@allow("course:edit", queries.course_for)
def remove_many(actor: Actor, course: Course) -> ResponseReturnValue:
    check_press()
    seats, kept = _ticked(actor, course, queries.sections_of(course.id), gone=pressed())
    key = seal([seat.id for seat in seats])
    back = url_for(".people", course_id=course.public_id)
    if confirming(key) and seats:
        count = remove_several(seats)
        ids = [seat.public_id for seat in seats]
        undo = offer(actor.person_id, "courses.remove_many", course.public_id, back=back, seats=ids)
        said = _n("%(num)s student is off the list.", "%(num)s students are off the list.", count)
        return back_with(said, back, undo=undo)
    if pressed() and not seats:
        return back_with(_("They are off the list already."), back, "info")
    act = Act(
        url_for(".remove_many", course_id=course.public_id),
        _n("Take %(num)s student off the list", "Take %(num)s students off the list", len(seats)),
        back,
        kept,
    )
    lines = [(seat.person.name, seat.person.email) for seat in seats]
    return preview(
        _("Take off the list?"),
        _n("%(num)s student leaves the course.", "%(num)s students leave the course.", len(seats)),
        [Part(_("Off the list"), lines, "clay", acts=True)],
        act,
        key,
        _what_stays(course, seats),
    )


def _what_stays(course: Course, seats: Sequence[Membership]) -> list[str]:
    found = leaving(course.id, [seat.person_id for seat in seats])
    notes = [
        _("Each can be brought back, from “Left”."),
        _(
            "Their work stays: %(posts)s and %(comments)s. Classmates go on reading it.",
            posts=_n("%(num)s post", "%(num)s posts", found.posts),
            comments=_n("%(num)s comment", "%(num)s comments", found.comments),
        ),
    ]
    if found.asked:
        notes.append(
            _n(
                "%(num)s comment that they were asked for is asked of others.",
                "%(num)s comments that they were asked for are asked of others.",
                found.asked,
            )
        )
    if found.offered:
        notes.append(
            _n(
                "%(num)s classmate who was asked to comment on their posts gets another post.",
                "%(num)s times a classmate who was asked to comment on their posts gets another post.",
                found.offered,
            )
        )
    return notes


def _ticked(
    actor: Actor, course: Course, sections: Sequence[Section], *, gone: bool = False
) -> tuple[Sequence[Membership], Kept]:
    """Those whom the form names, and the fields that name them again; a foreign id: nothing is found.

    `gone`: a second press, when the first has taken them off already, finds them gone and not foreign.
    """
    if request.form.get("all"):
        return _of_the_filter(actor, course, sections)
    ids = set(request.form.getlist("who"))
    if not ids:
        raise RuleBroken(_("Tick at least one student first."))
    seats = students_named(actor, course.id, ids)
    if len(seats) != len(ids) and not (gone and not seats):
        raise NotFound
    return seats, [("who", one) for one in sorted(ids)]


def _of_the_filter(
    actor: Actor, course: Course, sections: Sequence[Section]
) -> tuple[Sequence[Membership], Kept]:
    show, wanted = request.form.get("show", ""), request.form.get("section", "")
    section = next((one for one in sections if one.public_id == wanted), None)
    if show not in set(Show) or (wanted and section is None):
        raise NotFound
    words = request.form.get("q", "").replace("\x00", "").strip()[:100]
    seats = students_shown(
        actor, course.id, show=Show(show), section_id=section.id if section else None, words=words
    )
    return seats, [("all", "1"), ("show", show), ("section", wanted), ("q", words)]
