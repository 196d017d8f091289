"""The list of projects, and the project page."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.insights import queries_progress as progress
from classroom.projects import queries
from classroom.projects.models import ProjectState
from classroom.projects.rules import Phase, dates_of, is_closed, is_open, next_date
from classroom.projects.wording import DATE_NAMES, WHO_SEES, WHO_SEES_STUDENTS
from classroom.web.forms import PlainForm
from classroom.web.templating import in_course

bp = Blueprint("projects", __name__)


@bp.get("/courses/<course_id>/projects")
@allow("course:see", course_for)
def listing(actor: Actor, course: Course) -> ResponseReturnValue:
    in_course(course.id)
    rows = queries.projects_in(actor, course.id)
    ids = [row.project.id for row in rows]
    staff, at = actor.teaches(course.id), now()
    posted = progress.posted_in(ids) if staff and ids else {}
    own = progress.own_posts(actor, ids) if actor.studies(course.id) and ids else {}
    lines = [
        {
            "project": row.project,
            "draft": row.project.state is ProjectState.DRAFT,
            "waits": row.project.state is ProjectState.PUBLISHED and not is_open(row.project, at),
            "next": next_date(row.project, at, row.extension),
            "posted": posted.get(row.project.id, 0),
            "post": own.get(row.project.id),
        }
        for row in rows
    ]
    return render_template(
        "projects/listing.html",
        course=course,
        lines=lines,
        staff=staff,
        may_create=may(actor, "project:create", course),
        date_names=DATE_NAMES,
    )


@bp.get("/projects/<project_id>")
@allow("project:see", queries.own_project_for)
def show(actor: Actor, own: queries.Own) -> ResponseReturnValue:
    project, staff = own.project, actor.teaches(own.course_id)
    shared = {
        "project": project,
        "draft": project.state is ProjectState.DRAFT,
        "open": is_open(project, now()),
        "dates": dates_of(project, now(), own.extension),
        "date_names": DATE_NAMES,
        "prompts": queries.prompts_of(project.id),
        "materials": queries.materials_for(actor, project),
        "who_sees": (WHO_SEES if staff else WHO_SEES_STUDENTS)[project.anonymity.value],
        "form": PlainForm(),
    }
    if staff:
        return render_template("projects/show_staff.html", **shared, **_for_staff(actor, own))
    return render_template("projects/show.html", **shared, **_for_student(actor, own))


def _for_staff(actor: Actor, own: queries.Own) -> dict[str, Any]:
    project = own.project
    known = progress.progress_in(own.course_id, project.id)
    done = known.done(project.comments_wanted)
    return {
        "progress": known,
        "posted_bar": _bar(known.posted, 0, known.students, _("posted")),
        "comments_bar": _bar(done, max(known.commenting - done, 0), known.students, _("done")),
        "extended": len(queries.extensions_in(project.id)),
        "may_edit": may(actor, "project:edit", project),
        "links": {"coverage": _known("projects.coverage", project_id=project.public_id)},
    }


def _bar(done: int, begun: int, total: int, words: str) -> list[dict[str, Any]]:
    parts = [{"label": words, "count": done, "tone": "leaf"}]
    if begun:
        parts.append({"label": _("begun"), "count": begun, "tone": "gold"})
    return [*parts, {"label": _("not yet"), "count": max(total - done - begun, 0), "tone": "none"}]


def _for_student(actor: Actor, own: queries.Own) -> dict[str, Any]:
    project, studies = own.project, actor.studies(own.course_id)
    post = progress.own_posts(actor, [project.id]).get(project.id) if studies else None
    return {
        "studies": studies,
        "post": post,
        "extension": own.extension,
        "closed": is_closed(project, Phase.POST, now(), own.extension),
        "links": {
            "write": _known("posts.write", project_id=project.public_id),
            "post": _known("comments.show", post_id=post.public_id) if post else None,
        },
    }


def _known(endpoint: str, **values: Any) -> str | None:
    """A link to another domain's page, where this installation has that page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
