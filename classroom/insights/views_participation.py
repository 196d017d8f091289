"""Who of a class is where in a project: one row for each student, every filter an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.participation import Participant, Show, chosen, counts
from classroom.comments.queries_participation import participants
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _, _l
from classroom.core.paging import page_of
from classroom.courses.models import Section
from classroom.courses.queries import sections_of
from classroom.insights.chips import Chips, one_of
from classroom.notices.queries_reminders import last_reminded
from classroom.projects.models import PairingPolicy, Project, ProjectState
from classroom.projects.queries import project_for
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole

bp = Blueprint("participation", __name__)
CHIPS = {
    Show.ALL: (_l("All"), ""),
    Show.LATE: (_l("Late"), "clay"),
    Show.WAITING: (_l("Waiting for others"), "sky"),
    Show.NOT_STARTED: (_l("Not started"), ""),
    Show.IN_PROGRESS: (_l("In progress"), "gold"),
    Show.DONE: (_l("Done"), "leaf"),
    Show.UNPOSTED: (_l("No post yet"), ""),
}


@dataclass(frozen=True)
class Filters:
    """What an address, or the form of an act, says about who is meant."""

    show: Show = Show.ALL
    section: Section | None = None
    words: str = ""
    unknown: bool = False

    @property
    def kept(self) -> dict[str, str]:
        """As values of an address or of hidden fields."""
        section = self.section.public_id if self.section else ""
        return {"show": self.show.value, "section": section, "q": self.words}

    def among(self, people: Sequence[Participant]) -> list[Participant]:
        return chosen(people, self.show, self.section.id if self.section else None, self.words)


def filters_of(values: Any, sections: Sequence[Section]) -> Filters:
    """What nobody offered counts as not given, and is told as `unknown`."""
    show, wanted = values.get("show", ""), values.get("section", "")
    section = next((one for one in sections if one.public_id == wanted), None)
    known = show in set(Show)
    return Filters(
        Show(show) if known else Show.ALL,
        section,
        values.get("q", "").replace("\x00", "").strip()[:100],
        unknown=not known or bool(wanted and section is None),
    )


def ticked(actor: Actor, project: Project) -> tuple[list[Participant], list[tuple[str, str]]]:
    """Those whom the form names, and the hidden fields that name them again.

    "All of the filter" is all of it, not the page. One who is not in the actor's care: nothing is found.
    """
    people = participants(actor, project)
    if request.form.get("all"):
        filters = filters_of(request.form, sections_of(project.course_id))
        if filters.unknown:
            raise NotFound
        return filters.among(people), [("all", "1"), *filters.kept.items()]
    ids = set(request.form.getlist("who"))
    if not ids:
        raise RuleBroken(_("Tick at least one student first."))
    found = [one for one in chosen(people) if one.member.public_id in ids]
    if len(found) != len(ids):
        raise NotFound
    return found, [("who", one.member.public_id) for one in found]


@bp.get("/projects/<project_id>/people")
@allow("project:tend", project_for)
def people(actor: Actor, project: Project) -> ResponseReturnValue:
    everyone, sections = participants(actor, project), sections_of(project.course_id)
    filters = filters_of(request.args, sections)
    paging = page_of(filters.among(everyone), request.args.get("page", 1, type=whole))
    return render_template(
        "insights/people.html",
        project=project,
        draft=project.state is ProjectState.DRAFT,
        total=len(everyone),
        filters=filters,
        chips=_chips(project, everyone, filters),
        section_chips=_section_chips(project, everyone, filters, sections),
        names={one.id: one.name for one in sections},
        paging=paging,
        reminded=last_reminded(project.id, [one.member.person_id for one in paging.rows]),
        assigns=project.pairing is PairingPolicy.ASSIGNED,
        words={show.value: words for show, (words, _tone) in CHIPS.items()},
        plain=PlainForm(),
    )


def _address(project: Project, filters: Filters, **changed: str) -> str:
    kept = {key: value for key, value in {**filters.kept, **changed}.items() if value}
    return url_for(".people", project_id=project.public_id, **kept)  # type: ignore[arg-type]


def _chips(project: Project, everyone: Sequence[Participant], filters: Filters) -> Chips:
    """Kinds that nobody is of are left out, except the one that is shown."""
    counted = counts(everyone, filters.section.id if filters.section else None)
    return [
        {
            "label": label,
            "count": counted[show],
            "tone": tone,
            "url": _address(project, filters, show=show.value),
            "current": show is filters.show,
        }
        for show, (label, tone) in CHIPS.items()
        if counted[show] or show in {filters.show, Show.ALL}
    ]


def _section_chips(
    project: Project, everyone: Sequence[Participant], filters: Filters, sections: Sequence[Section]
) -> Chips:
    there = {one.member.section_id for one in everyone}
    ids = {one.public_id: one.id for one in sections}
    return one_of(
        _("All sections"),
        ((one.name, one.public_id) for one in sections if one.id in there or one is filters.section),
        filters.kept["section"],
        lambda key: _address(project, filters, section=key),
        lambda key: counts(everyone, ids[key])[filters.show],
    )
