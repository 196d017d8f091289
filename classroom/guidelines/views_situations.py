""" "Would this be okay?": asking without a name, and the page that only the secret address opens."""

from typing import Any

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from classroom.access import Actor, allow, open_to_everyone
from classroom.comments.judging import judge_practice
from classroom.comments.kindness import Look, look_at
from classroom.comments.queries_labels import rested_in
from classroom.core import links, signed
from classroom.core.clock import now
from classroom.core.errors import CourseIsOver, NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, course_numbered
from classroom.guidelines import commands_situations as commands
from classroom.guidelines import queries
from classroom.guidelines import queries_situations as asked
from classroom.guidelines.forms_situations import AskBackForm, AskForm
from classroom.guidelines.likeness import MOST, alike
from classroom.guidelines.models import Example, Situation
from classroom.guidelines.rules_situations import MOST_A_DAY, EnoughToday, day_of, usual_words
from classroom.guidelines.views import bp
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say
from classroom.web.templating import as_nobody

COOKIE, KEPT, MOST_KEPT = "okay", 200 * 24 * 3600, 12


@bp.route("/courses/<course_id>/okay", methods=["GET", "POST"])
@allow("situation:ask", course_for)
def ask(actor: Actor, course: Course) -> ResponseReturnValue:
    """What is like it, and words that hurt, are shown first; sent the second time, it is sent."""
    form = AskForm.from_request()
    if request.method == "GET":
        return _page(actor, course, form)
    if not form.validate():
        return _page(actor, course, form), 422
    text, examples = form.text.data, _in_force(course)
    if request.form.get("step") != "send":
        like, look = alike(text, examples), _look(course, text)
        if like or look:
            return _page(actor, course, form, like=like, look=look)
    seen = [one for one in examples if one.public_id in request.form.getlist("shown")[:MOST]]
    try:
        _count_in_browser(course)
        secret = form.own_secret
        commands.ask(course, secret, text, shown=seen)
    except RuleBroken as refused:
        form.refuse("text", refused.message)
        return _page(actor, course, form), refused.status
    answer = redirect(url_for(".situation_asked", secret=secret, new=1), 303)
    return _kept(answer, actor, course, [*_secrets(actor, course), secret]) if form.keep.data else answer


def _page(
    actor: Actor, course: Course, form: AskForm, like: list[Example] | None = None, look: Look | None = None
) -> str:
    secrets = _secrets(actor, course)
    found = asked.situations_by_secrets(course.id, secrets)
    return render_template(
        "guidelines/okay.html",
        course=course,
        form=form,
        plain=PlainForm(),
        like=like or [],
        look=look,
        usual=usual_words(asked.usual_wait(course)),
        mine=[(secret, found[secret]) for secret in reversed(secrets) if secret in found],
    )


def _in_force(course: Course) -> list[Example]:
    version = queries.current_version(course.id)
    return list(version.examples) if version else []


def _look(course: Course, text: str) -> Look | None:
    return look_at(text, judge_practice(text, brief="", work="", rested=rested_in(course.id)).verdict)


def _count_in_browser(course: Course) -> None:
    """How many questions today is noted in the browser's own cookie, and nowhere else."""
    today = day_of(now(), course.zone).date().isoformat()
    day, count = session.get("okays", ("", 0))
    count = count + 1 if day == today else 1
    if count > MOST_A_DAY:
        raise EnoughToday
    session["okays"] = (today, count)


def _secrets(actor: Actor, course: Course) -> list[str]:
    """What this browser keeps for this person, oldest first; what another person kept in it is not read."""
    return signed.unsign(_purpose(actor, course), request.cookies.get(COOKIE, "")) or []


def _purpose(actor: Actor, course: Course) -> str:
    return f"{COOKIE}:{course.id}:{actor.person_id}"


def _kept(answer: Response, actor: Actor, course: Course, secrets: list[str]) -> Response:
    """In a cookie that goes to the page of questions and to no other."""
    only = list(dict.fromkeys(secrets))[-MOST_KEPT:]
    path = url_for(".ask", course_id=course.public_id)
    if not only:
        answer.delete_cookie(COOKIE, path=path)
        return answer
    answer.set_cookie(
        COOKIE,
        signed.sign(_purpose(actor, course), *only),
        max_age=KEPT,
        path=path,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )
    return answer


@bp.post("/courses/<course_id>/okay/found")
@allow("situation:ask", course_for)
def found_answer(_actor: Actor, course: Course) -> ResponseReturnValue:
    """An example answered it: the question is kept nowhere, and the example counts one more."""
    check_press()
    one = next((x for x in _in_force(course) if x.public_id == request.form.get("example")), None)
    if one is None:
        raise RuleBroken(_("That example is not in force any more. Look again at the guidelines."))
    commands.count_reading(one, answered=True)
    say(_("Good. Your question was not sent, and nothing of it is kept."))
    return redirect(url_for(".show", course_id=course.public_id, q=one.situation, _anchor="examples"), 303)


@bp.post("/courses/<course_id>/okay/forgetting")
@allow("situation:ask", course_for)
def forget(actor: Actor, course: Course) -> ResponseReturnValue:
    """This browser remembers none of them any more; the addresses go on leading to them."""
    check_press()
    say(_("This browser remembers none of your questions any more."))
    return _kept(redirect(url_for(".ask", course_id=course.public_id), 303), actor, course, [])


@bp.get("/okay/<secret>")
@open_to_everyone
def situation_asked(secret: str) -> ResponseReturnValue:
    situation, course = _of(secret)
    return _asked_page(secret, situation, course, AskBackForm())


@bp.post("/okay/<secret>/thanks")
@open_to_everyone
def thank_for_answer(secret: str) -> ResponseReturnValue:
    check_press()
    situation, _course = _of(secret)
    commands.thank(situation, thanked=not request.form.get("back"))
    return redirect(url_for(".situation_asked", secret=secret), 303)


@bp.post("/okay/<secret>/question")
@open_to_everyone
def ask_back(secret: str) -> ResponseReturnValue:
    situation, course = _of(secret)
    form = AskBackForm.from_request()
    if form.validate():
        try:
            commands.ask_back(situation, form.text.data, course.zone)
        except RuleBroken as refused:
            form.refuse("text", refused.message)
        else:
            return redirect(url_for(".situation_asked", secret=secret), 303)
    return _asked_page(secret, situation, course, form)


def _of(secret: str) -> tuple[Situation, Course]:
    """The secret opens it, for whoever has it; whose browser this is is not asked."""
    situation = asked.situation_by_secret(secret)
    if situation is None:
        raise NotFound
    course = course_numbered(situation.course_id)
    if request.method == "POST" and course.archived_at is not None:
        raise CourseIsOver
    return situation, course


def _asked_page(secret: str, situation: Situation, course: Course, form: AskBackForm) -> ResponseReturnValue:
    as_nobody(course.title, course.public_id, course.zone)
    values: dict[str, Any] = {
        "usual": usual_words(asked.usual_wait(course)),
        "clauses": queries.clause_titles(course.id),
        "address": links.absolute(url_for(".situation_asked", secret=secret)),
        "new": request.args.get("new") == "1",
    }
    page = render_template(
        "guidelines/asked.html",
        situation=situation,
        course=course,
        secret=secret,
        form=form,
        plain=PlainForm(),
        **values,
    )
    answer = make_response(page, 422 if form.has_errors else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
