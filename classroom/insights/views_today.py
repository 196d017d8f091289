"""Today: what waits for staff, who could use a word, where comments lack, and what went well."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.coverage import Figures, figures_of
from classroom.comments.participation import Participant
from classroom.core.clock import now
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.insights import views_today_words as wording
from classroom.insights.queries_drifting import Garden, garden_of
from classroom.insights.queries_today import waits_and_goes_well, worth_celebrating
from classroom.insights.today import CHOICES, DAYS, Drift, Mark, Sign, days_from, lacks
from classroom.insights.views_reminders import looked_over
from classroom.projects.models import Project
from classroom.web.forms import PlainForm, check_press
from classroom.web.numbers import whole
from classroom.web.preview import Act

bp = Blueprint("today", __name__)
ROWS = 20  # students on one page; each brings a form of their own


@bp.get("/courses/<course_id>/today")
@allow("course:run", course_for)
def show(actor: Actor, course: Course) -> ResponseReturnValue:
    days = days_from(request.args.get("days", DAYS, type=whole))
    sign, start = _sign(request.args.get("sign", "")), now() - timedelta(days=days)
    worth, apart = worth_celebrating(actor, course, start)
    waits, good = waits_and_goes_well(actor, course, start, apart)
    garden = garden_of(actor, course, days)
    people = garden.shown(sign)
    return render_template(
        "insights/today.html",
        course=course,
        days=days,
        waits=[wording.waiting(course, one) for one in waits],
        garden=garden,
        lines=[wording.line(one, days) for one in garden.lines],
        rounds=garden.rounds[:10],
        day_chips=_day_chips(course, days),
        chips=_chips(course, garden, sign, days),
        paging=page_of(people, request.args.get("page", 1, type=whole), ROWS),
        lacking=_lacking(actor, garden),
        good=wording.good(course, good),
        worth=worth,
        said=wording,
        sign=sign,
        plain=PlainForm(),
    )


def _sign(asked: str) -> Sign | None:
    return Sign(asked) if asked in set(Sign) else None


def _lacking(actor: Actor, garden: Garden) -> list[tuple[Project, Figures, str]]:
    """The projects where posts have too few comments, and which of its posts to look after."""
    found = []
    for turnout in garden.turnouts:
        figures = figures_of(actor, turnout)
        which = lacks(turnout.project, figures, now())
        found += [(turnout.project, figures, which)] if which else []
    return found


def _day_chips(course: Course, days: int) -> list[dict[str, Any]]:
    return [
        {
            "label": wording.days(one),
            "url": url_for(".show", course_id=course.public_id, days=one if one != DAYS else None),
            "current": one == days,
        }
        for one in sorted({*CHOICES, days})
    ]


def _chips(course: Course, garden: Garden, sign: Sign | None, days: int) -> list[dict[str, Any]]:
    """Everyone, and each sign that somebody shows."""

    def chip(label: str, one: Sign | None) -> dict[str, Any]:
        kept = {"days": days if days != DAYS else None, "sign": one.value if one else None}
        url = url_for(".show", course_id=course.public_id, **kept, _anchor="one-by-one")  # type: ignore[arg-type]
        return {"label": label, "count": len(garden.shown(one)), "url": url, "current": one is sign}

    there = [one for one in Sign if one is sign or garden.shown(one)]
    return [chip(_("All"), None), *(chip(wording.sign(one, days), one) for one in there)]


@bp.post("/courses/<course_id>/today/reminders")
@allow("course:run", course_for)
def reminders(actor: Actor, course: Course) -> ResponseReturnValue:
    """Those of one line, or those who are named; each of one project, so that they get one letter."""
    check_press()
    days = days_from(request.form.get("days", DAYS, type=whole))
    garden = garden_of(actor, course, days)
    who = request.form.getlist("who")
    sign, project_id = _sign(request.form.get("sign", "")), request.form.get("project", "")
    if not who and sign is None:
        raise RuleBroken(_("Choose a line, or a student, first."))
    chosen = _named(garden, who) if who else garden.shown(sign)
    groups = _by_project(chosen, None if who else sign, project_id)
    if not groups:
        raise RuleBroken(_("Nobody needs a reminder there any more. Look at Today again."))
    kept = [("days", str(days)), *(("who", one) for one in who)]
    kept += [] if who or sign is None else [("sign", sign.value), ("project", project_id)]
    here = url_for(".reminders", course_id=course.public_id)
    back = url_for(".show", course_id=course.public_id, days=days if days != DAYS else None)
    return looked_over(actor, groups, Act(here, "", back, kept), wording.words_for(sign))


def _named(garden: Garden, who: Sequence[str]) -> list[Drift]:
    """One who is not in the actor's care: nothing is found."""
    there = {one.member.public_id for turnout in garden.turnouts for one in turnout.people}
    if not set(who) <= there:
        raise NotFound
    return [one for one in garden.shown(None) if one.member.public_id in set(who)]


def _by_project(
    chosen: Sequence[Drift], sign: Sign | None, project_id: str
) -> list[tuple[Project, list[Participant]]]:
    groups: dict[int, tuple[Project, list[Participant]]] = {}
    for one in chosen:
        marks = [mark for mark in one.marks if _meant(mark, sign, project_id)]
        mark = next((mark for mark in marks if mark.one.can_act), marks[0] if marks else None)
        if mark is not None:
            groups.setdefault(mark.project.id, (mark.project, []))[1].append(mark.one)
    return list(groups.values())


def _meant(mark: Mark, sign: Sign | None, project_id: str) -> bool:
    return sign in {None, mark.sign} and project_id in {"", mark.project.public_id}
