"""The class as a picture: who helps whom, and what can be said of it; for staff."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations.rules import MOVES, move_words
from classroom.celebrations.rules_nominations import week_of
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.courses.models import Course, Section
from classroom.courses.queries import course_for, sections_of
from classroom.courses.queries_people import students_for
from classroom.helpfulness.queries import left_out_in
from classroom.insights import queries_picture as reads
from classroom.insights.chips import one_of
from classroom.insights.picture import MOST, Apart, balances_of, picture_of, without
from classroom.insights.queries_matrix import begun_projects
from classroom.insights.small import FEWEST_GIVING, Share, share_of, spread_of
from classroom.insights.views import bp
from classroom.projects.models import Project
from classroom.web.numbers import whole
from classroom.web.templating import span

WEEKS = 8


@dataclass(frozen=True)
class Chosen:
    """What the address chooses: a project, a section, or all of them."""

    course: Course
    project: Project | None
    section: Section | None

    def address(self, project: str | None = None, section: str | None = None) -> str:
        kept = {
            "project": (self.project.public_id if self.project else "") if project is None else project,
            "section": (self.section.public_id if self.section else "") if section is None else section,
        }
        given = {name: value for name, value in kept.items() if value}
        return url_for(".picture", course_id=self.course.public_id, **given)  # type: ignore[arg-type]


@bp.get("/courses/<course_id>/picture")
@allow("course:run", course_for)
def picture(actor: Actor, course: Course) -> ResponseReturnValue:
    projects, sections = begun_projects(actor, course.id)[::-1], sections_of(course.id)
    chosen = Chosen(
        course,
        next((one for one in projects if one.public_id == request.args.get("project")), None),
        next((one for one in sections if one.public_id == request.args.get("section")), None),
    )
    seats = students_for(actor, course.id)
    pairs = reads.pairs_in(actor, course.id, chosen.project)
    apart = left_out_in(course.id)
    found = picture_of(seats, {one.id: one.name for one in sections}, pairs, chosen.section, apart)
    section_id = chosen.section.id if chosen.section else None
    waits = reads.waits_in(actor, course.id, chosen.project, section_id)
    sizes = Counter(seat.section_id for seat in seats)
    return render_template(
        "insights/picture.html",
        course=course,
        found=found,
        most=MOST,
        drawable=any(sizes[one.id] <= MOST for one in sections if one.id in sizes),
        whole_course=course.id in actor.courses_taught_whole(),
        apart=len(apart) if course.id in actor.courses_taught_whole() else 0,
        any_students=bool(seats),
        paging=page_of(found.students, request.args.get("page", 1, type=whole)),
        project_chips=one_of(
            _("All projects"),
            ((one.title, one.public_id) for one in projects),
            chosen.project.public_id if chosen.project else "",
            lambda key: chosen.address(project=key),
        ),
        section_chips=one_of(
            _("All sections"),
            ((one.name, one.public_id) for one in sections if one.id in sizes),
            chosen.section.public_id if chosen.section else "",
            lambda key: chosen.address(section=key),
        ),
        here=chosen.project or next(iter(projects), None),
        soon=None if found.small else _soon(waits),
        waiting=waits.waiting,
        weeks=[] if found.small else _weeks(actor, chosen, section_id, apart),
        moves={move: move_words(move) for move in MOVES},
        balances=balances_of(seats, sections, without(pairs, apart)) if chosen.section is None else [],
        address=chosen.address,
        percent=percent,
        said=said,
    )


def _soon(waits: reads.Waits) -> dict[str, object] | None:
    found = spread_of(waits.hours)
    if found is None:
        return None
    parts = {name: span(timedelta(hours=getattr(found, name))) for name in ("low", "middle", "high")}
    return {**parts, "count": found.count}


def _weeks(actor: Actor, chosen: Chosen, section_id: int | None, apart: Apart) -> list[dict[str, object]]:
    """The last weeks in which something was said; one with few who wrote has no figures."""
    zone = ZoneInfo(chosen.course.zone)
    start, end = week_of(now(), zone)
    starts: list[datetime] = [start]
    for _number in range(WEEKS - 1):
        starts.append(week_of(starts[-1] - timedelta(hours=12), zone)[0])
    rows = reads.weeks_of(actor, chosen.course.id, chosen.project, section_id, starts[::-1], end, apart)
    first = next((number for number, week in enumerate(rows) if week.comments), len(rows))
    return [
        {
            "start": week.start,
            "comments": week.comments,
            "small": week.people < FEWEST_GIVING,
            "shares": {move: share_of(count, week.comments) for move, count in week.moves.items()},
        }
        for week in rows[first:]
    ]


def percent(share: float) -> str:
    return _("%(n)s %%", n=round(share * 100))


def said(share: Share) -> str:
    """Beside a share: from how much it comes, and, of few, between what it lies."""
    if share.is_sure:
        return ""
    return _("between %(low)s and %(high)s, most likely", low=percent(share.low), high=percent(share.high))
