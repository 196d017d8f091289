"""The participation matrix: students by projects; every filter and every order is an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.coverage import Figures, figures_of
from classroom.comments.participation import Show
from classroom.comments.queries_participation import Turnout, turnouts
from classroom.core.i18n import _, _l
from classroom.core.paging import page_of
from classroom.courses.models import Course, Section
from classroom.courses.queries import course_for, sections_of
from classroom.helpfulness.queries import left_out_in
from classroom.insights.chips import Chips, one_of
from classroom.insights.matrix import BY_NAME, BY_OWED, Line, Owing, among, counts, in_order, lines_of
from classroom.insights.queries_matrix import NOTHING, begun_projects, outcomes
from classroom.projects.models import Project
from classroom.web.numbers import whole

bp = Blueprint("matrix", __name__)
CHIPS = {
    Owing.ALL: (_l("All"), ""),
    Owing.OWES: (_l("Still owe something"), "gold"),
    Owing.LATE: (_l("Late"), "clay"),
    Owing.CLEAR: (_l("Owe nothing"), "leaf"),
}


@dataclass(frozen=True)
class Chosen:
    """What an address asks for; whatever nobody offered counts as not given."""

    course: Course
    owing: Owing = Owing.ALL
    section: Section | None = None
    words: str = ""
    project: Project | None = None
    by: str = BY_NAME
    turned: bool = False

    @property
    def kept(self) -> dict[str, str]:
        """As values of an address or of hidden fields."""
        return {
            "show": self.owing.value,
            "section": self.section.public_id if self.section else "",
            "q": self.words,
            "project": self.project.public_id if self.project else "",
            "sort": "" if self.by == BY_NAME and not self.turned else "-" * self.turned + self.by,
        }

    def url(self, **changed: str) -> str:
        kept = {key: value for key, value in {**self.kept, **changed}.items() if value}
        return url_for(".show", course_id=self.course.public_id, **kept)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Column:
    """One project: where its heading leads, and how the lines stand by it (`aria-sort`, if at all)."""

    project: Project
    people_url: str
    sort_url: str
    sorted: str | None


@bp.get("/courses/<course_id>/participation")
@allow("course:run", course_for)
def show(actor: Actor, course: Course) -> ResponseReturnValue:
    """An assistant of some sections sees their students."""
    projects, sections = begun_projects(actor, course.id), sections_of(course.id)
    chosen = _chosen(course, projects, sections)
    shown = [chosen.project] if chosen.project else list(projects)
    found = turnouts(actor, projects) if projects else []
    every = lines_of([one for one in found if one.project in shown])
    fitting = among(every, chosen.owing, chosen.section.id if chosen.section else None, chosen.words)
    paging = page_of(_sorted(fitting, chosen, shown), request.args.get("page", 1, type=whole))
    people = [line.member.person_id for line in paging.rows]
    became = outcomes([one.id for one in shown], people, apart=left_out_in(course.id)) if people else {}
    return render_template(
        "insights/matrix.html",
        course=course,
        chosen=chosen,
        total=len(every),
        owe=sum(line.owed > 0 for line in every),
        columns=[_column(chosen, one) for one in shown],
        heads=_heads(chosen),
        paging=paging,
        became=lambda project, member: became.get((project.id, member.person_id), NOTHING),
        names={one.id: one.name for one in sections},
        chips=_chips(every, chosen),
        section_chips=_section_chips(every, chosen, sections),
        project_chips=_project_chips(projects, chosen),
        figures=[_figures(actor, one) for one in found],
    )


def _chosen(course: Course, projects: Sequence[Project], sections: Sequence[Section]) -> Chosen:
    values = request.args
    owing, sort = values.get("show", ""), values.get("sort", "")
    by, by_id = sort.removeprefix("-"), {one.public_id: one for one in projects}
    known = by in {BY_NAME, BY_OWED} or by in by_id
    return Chosen(
        course,
        Owing(owing) if owing in set(Owing) else Owing.ALL,
        next((one for one in sections if one.public_id == values.get("section")), None),
        values.get("q", "").replace("\x00", "").strip()[:100],
        by_id.get(values.get("project", "")),
        by if known else BY_NAME,
        turned=known and sort.startswith("-"),
    )


def _sorted(lines: Sequence[Line], chosen: Chosen, shown: Sequence[Project]) -> list[Line]:
    column = next((place for place, one in enumerate(shown) if one.public_id == chosen.by), None)
    return in_order(lines, chosen.by, column=column, turned=chosen.turned)


def _sort_of(chosen: Chosen, by: str, *, falls: bool) -> tuple[str, str | None]:
    """Where a press on the heading leads, and how the lines stand by it now; `falls` unless turned."""
    here = chosen.by == by
    turn = here and not chosen.turned
    first = "" if by == BY_NAME else by
    url = chosen.url(sort=f"-{by}" if turn else first)
    return url, ("descending" if falls != chosen.turned else "ascending") if here else None


def _heads(chosen: Chosen) -> dict[str, tuple[str, str | None]]:
    return {BY_NAME: _sort_of(chosen, BY_NAME, falls=False), BY_OWED: _sort_of(chosen, BY_OWED, falls=True)}


def _column(chosen: Chosen, project: Project) -> Column:
    sort_url, stands = _sort_of(chosen, project.public_id, falls=True)
    people_url = url_for("participation.people", project_id=project.public_id)
    return Column(project, people_url, sort_url, stands)


def _chips(lines: Sequence[Line], chosen: Chosen) -> Chips:
    found = counts(lines, chosen.section.id if chosen.section else None)
    return [
        {
            "label": label,
            "count": found[owing],
            "tone": tone,
            "url": chosen.url(show=owing.value),
            "current": owing is chosen.owing,
        }
        for owing, (label, tone) in CHIPS.items()
        if found[owing] or owing in {chosen.owing, Owing.ALL}
    ]


def _section_chips(lines: Sequence[Line], chosen: Chosen, sections: Sequence[Section]) -> Chips:
    there = {line.member.section_id for line in lines}
    ids = {one.public_id: one.id for one in sections}
    return one_of(
        _("All sections"),
        ((one.name, one.public_id) for one in sections if one.id in there or one is chosen.section),
        chosen.kept["section"],
        lambda key: chosen.url(section=key),
        lambda key: counts(lines, ids[key])[chosen.owing],
    )


def _project_chips(projects: Sequence[Project], chosen: Chosen) -> Chips:
    return one_of(
        _("All projects"),
        ((one.title, one.public_id) for one in projects if len(projects) > 1),
        chosen.kept["project"],
        lambda key: chosen.url(project=key),
    )


def _figures(actor: Actor, turnout: Turnout) -> dict[str, Any]:
    """One project at a glance; each figure leads to those who are meant."""
    project, people = turnout.project, turnout.people
    unposted, posts = sum(one.owes_post for one in people), figures_of(actor, turnout)
    return {
        "project": project,
        "people": len(people),
        "posted": len(people) - unposted,
        "people_url": url_for("participation.people", project_id=project.public_id),
        "unposted": unposted,
        "unposted_url": url_for(
            "participation.people", project_id=project.public_id, show=Show.UNPOSTED.value
        ),
        "late": sum(one.late for one in people),
        "late_url": url_for("participation.people", project_id=project.public_id, show=Show.LATE.value),
        "posts": posts,
        "bar": _bar(posts, project),
    }


def _bar(posts: Figures, project: Project) -> list[dict[str, Any]]:
    parts = (
        (_("have enough"), posts.covered, "leaf", "covered"),
        (_("on the way"), posts.on_the_way, "gold", "on_the_way"),
        (_("too few"), posts.short, "clay", "short"),
    )
    return [
        {
            "label": label,
            "count": count,
            "tone": tone,
            "url": url_for("projects.coverage", project_id=project.public_id, show=which) if count else None,
        }
        for label, count, tone, which in parts
    ]
