"""Coming in by the join link or its code: one page for someone new, one press for someone signed in."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, current_actor, open_to_everyone
from classroom.accounts.models import Person
from classroom.accounts.queries import person
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses import commands_join, queries
from classroom.courses.forms import CodeForm, JoinForm, NewcomerForm
from classroom.courses.models import Course
from classroom.courses.rules import code_key
from classroom.courses.views import bp
from classroom.projects.queries import Own, projects_in
from classroom.projects.rules import Phase, is_closed, is_open
from classroom.web import sign_in as glue


@bp.get("/join")
@open_to_everyone
def enter_code() -> ResponseReturnValue:
    """For a code that was read from a board."""
    typed = request.args.get("code", "").strip()
    form = CodeForm(data={"code": typed})
    if typed:
        course = queries.course_by_code(code_key(typed))
        if course is not None:
            return redirect(url_for(".join", code=course.join_code))
        form.refuse(
            form.code,
            _("No course lets people in with this code. Compare it once more, or ask your instructor."),
        )
    return render_template("courses/enter_code.html", form=form), 422 if form.has_errors else 200


@bp.route("/join/<code>", methods=["GET", "POST"])
@open_to_everyone
def join(code: str) -> ResponseReturnValue:
    course = queries.course_by_code(code_key(code))
    if course is None:
        return render_template("courses/no_way_in.html", form=CodeForm()), 404
    actor = current_actor()
    return _someone(course, actor) if actor else _newcomer(course)


def _someone(course: Course, actor: Actor) -> ResponseReturnValue:
    """Signed in: one press."""
    sections = queries.sections_of(course.id)
    form = JoinForm.from_request(data={"next": request.args.get("next")})
    form.offer(sections)
    if actor.belongs(course.id):
        return _inside(form)
    if request.method == "POST" and form.validate():
        who = person(actor.person_id)
        commands_join.join(course, who, form.chosen(sections))
        return _welcome(course, who, form)
    return _page("courses/join.html", course, form)


def _newcomer(course: Course) -> ResponseReturnValue:
    """Nobody is signed in: a name and an address are enough."""
    sections = queries.sections_of(course.id)
    form = NewcomerForm.from_request(data={"next": request.args.get("next")})
    form.offer(sections)
    if request.method == "POST" and form.validate():
        try:
            come = commands_join.join_as_new(
                course,
                name=form.name.data,
                email=form.email.data,
                password=form.password.data or None,
                section_id=form.chosen(sections),
                browser=request.user_agent.string,
                going=_way_back(course, form),
            )
        except RuleBroken as error:
            form.refuse(form.password, error.message)
            return _page("courses/join_new.html", course, form)
        if come is None:
            back = url_for("accounts.sign_in", next=_way_back(course, form))
            return render_template(
                "courses/join_by_mail.html", course=course, email=form.email.data, back=back
            )
        who, token = come
        glue.begin(token, Actor(who.id, who.name, who.friendly))
        return _welcome(course, who, form)
    return _page("courses/join_new.html", course, form)


def _way_back(course: Course, form: JoinForm) -> str:
    return url_for(".join", code=course.join_code, next=glue.safe_path(form.next.data))


def _welcome(course: Course, who: Person, form: JoinForm) -> ResponseReturnValue:
    """To where they were going, or straight to the one thing there is to do."""
    flash(_("Welcome to “%(title)s”.", title=course.title), "good")
    member = Actor(who.id, who.name, who.friendly, seats=queries.seats_of(who.id))
    projects = [own.project for own in projects_in(member, course.id) if _takes_posts(own)]
    if not form.next.data and len(projects) == 1:
        return redirect(url_for("posts.write", project_id=projects[0].public_id), 303)
    return _inside(form)


def _takes_posts(own: Own) -> bool:
    return is_open(own.project, now()) and not is_closed(own.project, Phase.POST, now(), own.extension)


def _inside(form: JoinForm) -> ResponseReturnValue:
    return redirect(glue.safe_path(form.next.data) or url_for("insights.home"), 303)


def _page(template: str, course: Course, form: JoinForm) -> ResponseReturnValue:
    page = render_template(template, course=course, form=form, instructors=queries.instructors_of(course.id))
    return page, 422 if form.has_errors else 200
