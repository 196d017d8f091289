"""The list of projects; the blueprint to which the other pages of projects belong."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.boards.queries import news_for
from classroom.core.clock import now
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.following.models import Stance, Thing
from classroom.following.queries import interests_of
from classroom.following.rules import SHOWS, Interests, arranged
from classroom.insights import queries_progress as progress
from classroom.projects import queries
from classroom.projects.models import ProjectState
from classroom.projects.rules import is_open, next_date
from classroom.projects.wording import DATE_NAMES
from classroom.web.remembering import chips, remembered
from classroom.web.templating import in_course

bp = Blueprint("projects", __name__)


@bp.get("/courses/<course_id>/projects")
@allow("course:see", course_for)
def listing(actor: Actor, course: Course) -> ResponseReturnValue:
    in_course(course.id)
    rows = queries.projects_in(actor, course.id)
    ids = [row.project.id for row in rows]
    staff, at = actor.teaches(course.id), now()
    posted = progress.posted_in(actor, ids) if staff and ids else {}
    own = progress.own_posts(actor, ids) if actor.studies(course.id) and ids else {}
    interests = Interests() if staff else interests_of(actor, course.id)
    show = remembered("projects", request.args.get("show"), SHOWS)

    def said(row: queries.Own) -> Stance | None:
        return interests.said_of(Thing.PROJECT, row.project.public_id)

    lines = [
        {
            "project": row.project,
            "draft": row.project.state is ProjectState.DRAFT,
            "waits": row.project.state is ProjectState.PUBLISHED and not is_open(row.project, at),
            "next": next_date(row.project, at, row.extension),
            "posted": posted.get(row.project.id, 0),
            "mine": own.get(row.project.id),
            "followed": said(row) is Stance.FOLLOW,
        }
        for row in (arranged(rows, said, show) if interests else rows)
    ]
    return render_template(
        "projects/listing.html",
        course=course,
        lines=lines,
        boards=news_for(actor, [course.id]),
        chips=chips(show, SHOWS, ".listing", course_id=course.public_id) if any(map(said, rows)) else [],
        staff=staff,
        may_create=may(actor, "project:create", course),
        date_names=DATE_NAMES,
    )
