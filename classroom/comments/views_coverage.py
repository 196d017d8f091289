"""Where one goes next, and which posts still wait for comments."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import queries
from classroom.comments.coverage import ProjectCoverage, coverage_for
from classroom.comments.pairing_work import assigns
from classroom.comments.queries_duties import next_for
from classroom.comments.views import bp
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.pairing import Step
from classroom.projects.models import PairingPolicy, Project
from classroom.projects.queries import project_for
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole


@bp.get("/projects/<project_id>/next")
@allow("comment:next", project_for)
def next_post(actor: Actor, project: Project) -> ResponseReturnValue:
    """To the post that waits for this person; to the project where none does."""
    found = next_for(actor, project)
    if found is not None:
        return redirect(url_for(".show", post_id=found.public_id))
    flash(_("There is no post that waits for you just now. You are told when one does."), "info")
    return redirect(url_for("projects.show", project_id=project.public_id))


@allow("coverage:see", project_for)
def coverage(actor: Actor, project: Project) -> ResponseReturnValue:
    """All posts, the neediest first; every filter is an address."""
    found = coverage_for(actor, project)
    chosen = request.args.get("show", "")
    return render_template(
        "comments/coverage.html",
        project=project,
        coverage=found,
        paging=page_of(found.at(chosen), request.args.get("page", 1, type=whole)),
        can_ask=assigns(project) and not found.over,
        by_itself=_by_itself(project, found),
        plain=PlainForm(),
        chips=_chips(project, found, chosen),
        bar=_bar(found),
        said={step: says(step) for step in Step},
    )


def says(step: Step) -> str:
    """What happens about a post that lacks comments."""
    return {
        Step.ON_THE_WAY: _("Students were asked or are writing."),
        Step.WILL_BE_OFFERED: _("Offered next to students who still owe a comment."),
        Step.ASKED_VOLUNTEERS: _("Offered as one more to students who are done."),
        Step.STAFF: _("Nobody is left to ask: a comment of yours would help."),
    }[step]


def _by_itself(project: Project, found: ProjectCoverage) -> str:
    """What happens without anybody's doing, and what is left to do."""
    if found.over:
        return _("Commenting is over, so nobody is asked any more. A comment of yours would still help.")
    if project.pairing is PairingPolicy.EVERYONE:
        return _("Everyone comments on every post here, so there is nobody else to ask.")
    if project.pairing is PairingPolicy.OPEN:
        return _(
            "Students choose here; whoever opens the project is led to a post with fewest comments first."
        )
    return _(
        "Posts that lack comments are offered first, by themselves; when somebody leaves, others are asked. "
        "If those who were asked do not begin, tick the posts and ask others."
    )


def _chips(project: Project, found: ProjectCoverage, chosen: str) -> list[dict[str, Any]]:
    counts = {
        "": (_("All"), len(found.rows), ""),
        "short": (_("Too few"), found.short, "clay"),
        "on_the_way": (_("On the way"), found.on_the_way, "gold"),
        "covered": (_("Have enough"), found.covered, "leaf"),
    }
    return [
        {
            "label": label,
            "count": count,
            "tone": tone,
            "current": chosen == key,
            "url": url_for("projects.coverage", project_id=project.public_id, show=key or None),
        }
        for key, (label, count, tone) in counts.items()
    ]


def _bar(found: ProjectCoverage) -> list[dict[str, Any]]:
    return [
        {"label": _("have enough"), "count": found.covered, "tone": "leaf"},
        {"label": _("on the way"), "count": found.on_the_way, "tone": "gold"},
        {"label": _("too few"), "count": found.short, "tone": "clay"},
    ]


@bp.record
def _among_the_projects_pages(state: BlueprintSetupState) -> None:
    """Coverage is a page of the project for those who link to it, and lives here because comments do."""
    state.app.add_url_rule("/projects/<project_id>/coverage", "projects.coverage", coverage)
