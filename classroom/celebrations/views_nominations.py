"""Nominating a great comment, and what staff do with nominations."""

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations import commands_nominations as commands
from classroom.celebrations import queries_nominations as queries
from classroom.celebrations.forms import NominationForm
from classroom.celebrations.models import Nomination
from classroom.celebrations.rules import moves_in
from classroom.celebrations.rules_nominations import A_WEEK, week_of
from classroom.celebrations.views import bp
from classroom.comments.models import Comment
from classroom.comments.queries import comment_for
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, course_numbered
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say


@bp.route("/comments/<comment_id>/nomination", methods=["GET", "POST"])
@allow("nomination:make", comment_for)
def nominate(actor: Actor, comment: Comment) -> ResponseReturnValue:
    there = queries.own_nomination(actor, comment.id)
    form = NominationForm.from_request(data={"why": there.why if there else ""})
    course = course_numbered(comment.course_id)
    if request.method == "POST" and form.validate():
        try:
            commands.nominate(comment, actor.person_id, form.why.data)
        except RuleBroken as error:
            form.refuse(None, error.message)
        else:
            flash(_("Thank you for noticing. Your instructor reads your reason."), "good")
            return redirect(url_for(".nominations", course_id=course.public_id), 303)
    left = _left(actor, course)
    page = render_template(
        "celebrations/nominate.html", comment=comment, course=course, form=form, there=there, left=left
    )
    return page, 422 if form.has_errors else 200


def _left(actor: Actor, course: Course) -> int:
    start, _end = week_of(now(), ZoneInfo(course.zone))
    return max(A_WEEK - queries.nominated_since(course.id, actor.person_id, start), 0)


@bp.get("/courses/<course_id>/nominations")
@allow("nomination:see", course_for)
def nominations(actor: Actor, course: Course) -> ResponseReturnValue:
    """For students their own; for staff what waits."""
    plain = PlainForm()
    if actor.teaches(course.id):
        waiting = queries.waiting(actor, course)
        return render_template(
            "celebrations/nominations_staff.html", course=course, waiting=waiting, plain=plain
        )
    mine = queries.own_nominations(actor, course)
    left = _left(actor, course)
    return render_template("celebrations/nominations.html", course=course, mine=mine, left=left, plain=plain)


@bp.post("/nominations/<nomination_id>/withdrawal")
@allow("nomination:withdraw", queries.nomination_for)
def withdraw_nomination(actor: Actor, made: Nomination) -> ResponseReturnValue:
    check_press()
    commands.withdraw(made)
    return _back(actor, made, "celebrations.withdraw_nomination", _("You took your nomination back."))


@bp.post("/nominations/<nomination_id>/setting-aside")
@allow("nomination:decide", queries.nomination_for)
def set_aside_nomination(actor: Actor, made: Nomination) -> ResponseReturnValue:
    check_press()
    commands.set_aside(made)
    return _back(actor, made, "celebrations.set_aside_nomination", _("Set aside. Nobody is told."))


def _back(actor: Actor, made: Nomination, act: str, words: str) -> ResponseReturnValue:
    back = url_for(".nominations", course_id=course_numbered(made.course_id).public_id)
    say(words, "info", undo=offer(actor.person_id, act, made.public_id, back=back))
    return redirect(back, 303)


@bp.post("/nominations/<nomination_id>/celebration")
@allow("nomination:decide", queries.nomination_for)
def celebrate_nomination(actor: Actor, made: Nomination) -> ResponseReturnValue:
    """One press with the student's reason; where the engine finds no move, the form asks for one."""
    check_press()
    moves = moves_in(made.comment.verdict)
    if not moves:
        own_words = url_for(".highlight", comment_id=made.comment.public_id, nomination=made.public_id)
        return redirect(own_words, 303)
    commands.celebrate(made, actor.person_id, moves)
    flash(_("Celebrated. The writer and the receiver are told, with the reason."), "gold")
    return redirect(url_for(".nominations", course_id=course_numbered(made.course_id).public_id), 303)
