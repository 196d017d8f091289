"""Announcements: the list, one of them, and writing one to a course or to those whom a filter found."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.i18n import _, _n
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.courses.queries_people import students_for
from classroom.insights import views_participation as participation
from classroom.insights.forms import AnnouncementForm
from classroom.insights.views import bp
from classroom.notices.announcing import announce_to, announcement_for, announcements_in
from classroom.notices.models import Announcement
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.web.forms import check_press
from classroom.web.numbers import whole
from classroom.web.preview import Act, Part, back_with, confirming, preview, seal
from classroom.web.templating import in_course

Person = tuple[int, str]  # id and name


@bp.get("/courses/<course_id>/announcements")
@allow("course:see", course_for)
def announcements(actor: Actor, course: Course) -> ResponseReturnValue:
    paging = announcements_in(actor, course, request.args.get("page", 1, type=whole))
    may_make = may(actor, "announcement:make", course)
    return render_template("insights/announcements.html", course=course, paging=paging, may_make=may_make)


@bp.get("/announcements/<announcement_id>")
@allow("announcement:see", announcement_for)
def announcement(_actor: Actor, said: Announcement) -> ResponseReturnValue:
    in_course(said.course_id)
    return render_template("insights/announcement.html", said=said)


@bp.route("/courses/<course_id>/announcements/new", methods=["GET", "POST"])
@allow("announcement:make", course_for)
def announce(actor: Actor, course: Course) -> ResponseReturnValue:
    """To every student in the actor's care."""
    if request.method == "POST":
        check_press()
    people = [(seat.person_id, seat.person.name) for seat in students_for(actor, course.id)]
    here = url_for(".announce", course_id=course.public_id)
    form = AnnouncementForm.from_request()
    back = url_for(".announcements", course_id=course.public_id)
    return written(actor, course, people, form, here, back, to_all=course.id in actor.courses_taught_whole())


@participation.bp.post("/projects/<project_id>/people/messages")
@allow("project:tend", project_for)
def messages(actor: Actor, project: Project) -> ResponseReturnValue:
    """To those who are ticked, or to all of a filter."""
    check_press()
    people, kept = participation.ticked(actor, project)
    named = [(one.member.person_id, one.member.name) for one in people]
    here = url_for("participation.messages", project_id=project.public_id)
    back = url_for("participation.people", project_id=project.public_id)
    form = AnnouncementForm.from_request()
    return written(actor, project.course, named, form, here, back, to_all=False, kept=kept)


def written(
    actor: Actor,
    course: Course,
    people: Sequence[Person],
    form: AnnouncementForm,
    here: str,
    back: str,
    *,
    to_all: bool,
    kept: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    """The form, then who gets it with the count, then the press that sends it."""
    first = request.method == "GET" or (bool(kept) and "title" not in request.form)
    if first or not form.validate():
        page = render_template(
            "insights/announce.html", course=course, form=form, people=people, here=here, back=back, kept=kept
        )
        return page, 200 if first else 422
    title, body = form.title.data, form.body.data
    key = seal(title, body, [person_id for person_id, _name in people])
    if confirming(key) and people:
        ids = [person_id for person_id, _name in people]
        announce_to(course, actor.person_id, ids, title=title, body=body, to_all=to_all, once=key)
        said = _n("Sent to %(num)s student.", "Sent to %(num)s students.", len(people))
        return back_with(said, back)
    act = Act(
        here,
        _n("Send it to %(num)s student", "Send it to %(num)s students", len(people)),
        back,
        [*kept, ("title", title), ("body", body)],
    )
    part = Part(_("Who gets it"), [(name, "") for _id, name in people], "leaf", acts=True)
    notes = [_("Each gets a notice and a mail. A letter that has gone cannot be called back.")]
    return preview(_("Send “%(title)s”?", title=title), body, [part], act, key, notes)
