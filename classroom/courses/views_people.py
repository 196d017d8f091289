"""The people of a course: the list, one of them, adding one."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, Role, allow, may
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _, _l
from classroom.courses import commands, commands_invite, queries
from classroom.courses.forms_people import InviteForm, MemberForm
from classroom.courses.links import join_url
from classroom.courses.models import Course, Membership, Section
from classroom.courses.queries_people import (
    Crowd,
    Show,
    counted,
    crowd_of,
    member_for,
    people_page,
    tended_by,
)
from classroom.courses.queries_viewing import viewings_of
from classroom.courses.views import bp
from classroom.courses.words import ROLE_HINTS, ROLE_WORDS
from classroom.lessons.queries import progress_of
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.numbers import whole
from classroom.web.saying import say

SHOWN = {
    Show.ALL: _l("Everyone"),
    Show.STUDENTS: _l("Students"),
    Show.STAFF: _l("Staff"),
    Show.OBSERVERS: _l("Observers"),
    Show.WAITING: _l("Not here yet"),
    Show.LEFT: _l("Left"),
}


@bp.get("/courses/<course_id>/people")
@allow("course:run", queries.course_for)
def people(actor: Actor, course: Course) -> ResponseReturnValue:
    """Every choice is an address; an assistant of some sections sees those."""
    crowd, sections = crowd_of(actor, course.id), queries.sections_of(course.id)
    show = Show(request.args["show"]) if request.args.get("show") in set(Show) else Show.ALL
    section = next((one for one in sections if one.public_id == request.args.get("section")), None)
    words = request.args.get("q", "").replace("\x00", "").strip()[:100]
    return render_template(
        "courses/people.html",
        course=course,
        found=people_page(
            actor,
            course.id,
            show=show,
            section_id=section.id if section else None,
            words=words,
            number=request.args.get("page", 1, type=whole),
        ),
        chips=_chips(crowd, show, section),
        section_chips=_section_chips(crowd, show, section, sections),
        names={one.id: one.name for one in sections},
        show=show,
        section=section,
        words=words,
        counts={which.name: counted(crowd, which) for which in Show},
        role_words=ROLE_WORDS,
        may_edit=may(actor, "course:edit", course),
        join=join_url(course),
        moves_to={
            "": _("Move to…"),
            **{one.public_id: one.name for one in sections},
            "none": _("no section"),
        },
        kept={"show": show.value, "section": section.public_id if section else "", "q": words},
        plain=PlainForm(),
    )


def _targets(sections: Sequence[Section]) -> dict[str, str]:
    """Where those who are ticked can be moved to."""
    named = {one.public_id: one.name for one in sections}
    return {"": _("Move to…"), **named, "none": _("no section")} if sections else {}


def _address(**changed: str | None) -> str:
    kept = {key: request.args.get(key) for key in ("show", "section", "q")}
    values: dict[str, Any] = {key: value for key, value in {**kept, **changed}.items() if value}
    return url_for(".people", **(request.view_args or {}), **values)


def _chips(crowd: Sequence[Crowd], show: Show, section: Section | None) -> list[dict[str, object]]:
    """Kinds that nobody is of are left out, except the one that is shown."""
    counts = {which: counted(crowd, which, section.id if section else None) for which in Show}
    return [
        {"label": label, "url": _address(show=which), "count": counts[which], "current": which is show}
        for which, label in SHOWN.items()
        if counts[which] or which in {show, Show.ALL}
    ]


def _section_chips(
    crowd: Sequence[Crowd], show: Show, section: Section | None, sections: Sequence[Section]
) -> list[dict[str, object]]:
    if not sections:
        return []
    every: list[dict[str, object]] = [
        {"label": _("All sections"), "url": _address(section=None), "current": section is None}
    ]
    return every + [
        {
            "label": one.name,
            "url": _address(section=one.public_id),
            "count": counted(crowd, show, one.id),
            "current": one is section,
        }
        for one in sections
        if one is section or counted(crowd, show, one.id)
    ]


@bp.route("/courses/<course_id>/people/new", methods=["GET", "POST"])
@allow("course:edit", queries.course_for)
def invite(actor: Actor, course: Course) -> ResponseReturnValue:
    """One person, by name and address."""
    sections = queries.sections_of(course.id)
    form = InviteForm.from_request()
    form.offer(sections)
    if request.method == "POST" and form.validate():
        try:
            seat = commands_invite.invite(
                course,
                name=form.name.data,
                email=form.email.data,
                role=Role(form.role.data),
                section_id=form.place(sections),
                tended=form.care(sections),
            )
        except RuleBroken as error:
            form.refuse(form.email, error.message)
        else:
            if form.mail.data:
                commands_invite.mail_invitations(course, {seat.person_id: seat.person}, by=actor.name)
            flash(_("%(name)s is on the list.", name=seat.person.name), "good")
            return redirect(url_for(".people", course_id=course.public_id), 303)
    page = render_template("courses/invite.html", course=course, form=form, hints=_hints())
    return page, 422 if form.has_errors else 200


def _hints() -> dict[str, object]:
    return {role.value: words for role, words in ROLE_HINTS.items()}


@bp.get("/members/<member_id>")
@allow("member:see", member_for)
def member(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """One member: role, section, what an assistant tends; for their staff, what they see."""
    sections = queries.sections_of(seat.course_id)
    return _member_page(actor, seat, sections, _member_form(seat, sections)), 200


@bp.post("/members/<member_id>")
@allow("course:edit", member_for)
def change_member(actor: Actor, seat: Membership) -> ResponseReturnValue:
    sections = queries.sections_of(seat.course_id)
    form = _member_form(seat, sections)
    if form.validate():
        try:
            commands.change_member(
                seat,
                role=Role(form.role.data),
                section_id=form.place(sections),
                tended=form.care(sections),
            )
        except RuleBroken as error:
            form.refuse(form.role, error.message)
        else:
            flash(_("Saved."), "good")
            return _on(actor, seat, queries.course_numbered(seat.course_id))
    return _member_page(actor, seat, sections, form), 422


def _member_form(seat: Membership, sections: Sequence[Section]) -> MemberForm:
    names = {one.id: one.public_id for one in sections}
    tended = tended_by([seat.id])[seat.id]
    form: MemberForm = MemberForm.from_request(
        data={
            "role": seat.role.value,
            "section": names.get(seat.section_id or 0, ""),
            "tended": [names[one] for one in tended],
        }
    )
    form.offer(sections)
    return form


def _member_page(actor: Actor, seat: Membership, sections: Sequence[Section], form: MemberForm) -> str:
    tended = may(actor, "member:view_as", seat)
    return render_template(
        "courses/member.html",
        course=queries.course_numbered(seat.course_id),
        seat=seat,
        person=seat.person,
        section=next((one.name for one in sections if one.id == seat.section_id), None),
        form=form if may(actor, "course:edit", seat) else None,
        viewings=viewings_of(seat) if tended else None,
        lesson=progress_of(seat.person_id, seat.course_id).finished_at if seat.role is Role.STUDENT else None,
        hints=_hints(),
        plain=PlainForm(),
    )


def _on(actor: Actor, seat: Membership, course: Course) -> ResponseReturnValue:
    """Back to the list; whoever has just given up their own place, home."""
    gave_up = seat.left_at is not None or seat.role not in commands.STAFF_ROLES
    if seat.person_id == actor.person_id and gave_up:
        return redirect(url_for("insights.home"), 303)
    return redirect(url_for(".people", course_id=course.public_id), 303)


@bp.post("/members/<member_id>/removal")
@allow("course:edit", member_for)
def remove_member(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """Their work stays, and the next page has the button that brings them back."""
    check_press()
    commands.remove_member(seat)
    if seat.person_id == actor.person_id:
        return _on(actor, seat, queries.course_numbered(seat.course_id))
    here = url_for(".member", member_id=seat.public_id)
    undo = offer(actor.person_id, "courses.remove_member", seat.public_id, back=here)
    say(_("%(name)s is taken off the list.", name=seat.person.name), "info", undo=undo)
    return redirect(here, 303)


@bp.post("/members/<member_id>/return")
@allow("course:edit", member_for)
def bring_back(_actor: Actor, seat: Membership) -> ResponseReturnValue:
    check_press()
    commands.bring_back(seat)
    flash(_("%(name)s is in the course again.", name=seat.person.name), "good")
    return redirect(url_for(".member", member_id=seat.public_id), 303)


@bp.post("/members/<member_id>/invitation")
@allow("course:edit", member_for)
def mail_invitation(actor: Actor, seat: Membership) -> ResponseReturnValue:
    """A letter with a link of their own; a few are enough."""
    check_press()
    course = queries.course_numbered(seat.course_id)
    if seat.left_at is None and not commands_invite.mailed_enough(seat.person):
        commands_invite.mail_invitations(course, {seat.person_id: seat.person}, by=actor.name)
        flash(_("A link is on its way to %(email)s.", email=seat.person.email), "good")
    else:
        flash(
            _("%(email)s got several letters already. Wait a few minutes.", email=seat.person.email), "warn"
        )
    return redirect(url_for(".member", member_id=seat.public_id), 303)
