""" "I went too far": a student says so in confidence, the instructors answer, and both talk there."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, course_numbered, members_of
from classroom.guidelines import commands_reports as commands
from classroom.guidelines import queries_reports as queries
from classroom.guidelines.forms_reports import EntryForm, TermsForm, TooFarForm
from classroom.guidelines.models import SelfReport
from classroom.guidelines.rules_reports import FOLLOWS, HOURS
from classroom.guidelines.rules_situations import day_of
from classroom.guidelines.views import bp
from classroom.web.numbers import whole


@bp.route("/courses/<course_id>/too-far", methods=["GET", "POST"])
@allow("self_report:make", course_for)
def too_far(actor: Actor, course: Course) -> ResponseReturnValue:
    form = TooFarForm.from_request(data={"day": day_of(now(), course.zone).date()})
    if request.method == "POST" and form.validate():
        try:
            made = commands.report(
                course, actor.person_id, day=form.day.data, text=form.text.data, once=form.key
            )
        except RuleBroken as refused:
            form.refuse("day", refused.message)
        else:
            flash(_("Thank you for saying so. Your instructors are told, and nobody else."), "good")
            return redirect(url_for(".self_report", report_id=made.public_id), 303)
    page = render_template(
        "guidelines/too_far.html",
        course=course,
        form=form,
        terms=queries.terms_of(course.id),
        mine=queries.own_reports(actor, course.id),
    )
    return page, 422 if form.has_errors else 200


@bp.route("/too-far/<report_id>", methods=["GET", "POST"])
@allow("self_report:see", queries.report_for)
def self_report(actor: Actor, made: SelfReport) -> ResponseReturnValue:
    form = EntryForm.from_request()
    if request.method == "POST" and form.validate():
        commands.say(made, actor.person_id, form.text.data, once=form.key)
        flash(_("Said. The other side is told."), "good")
        return redirect(url_for(".self_report", report_id=made.public_id), 303)
    people = {one.by_id for one in made.entries}
    page = render_template(
        "guidelines/self_report.html",
        course=course_numbered(made.course_id),
        report=made,
        names={key: member.name for key, member in members_of(made.course_id, people).items()},
        mine=made.person_id == actor.person_id,
        form=form,
    )
    return page, 422 if form.has_errors else 200


@bp.get("/courses/<course_id>/too-far/reports")
@allow("self_report:tend", course_for)
def self_reports(actor: Actor, course: Course) -> ResponseReturnValue:
    return render_template(
        "guidelines/self_reports.html",
        course=course,
        paging=queries.reports_in(actor, course.id, request.args.get("page", 1, type=whole)),
        terms=queries.terms_of(course.id),
    )


@bp.route("/courses/<course_id>/too-far/terms", methods=["GET", "POST"])
@allow("self_report:tend", course_for)
def self_report_terms(_actor: Actor, course: Course) -> ResponseReturnValue:
    terms = queries.terms_of(course.id)
    form = TermsForm.from_request(data={"hours": terms.hours, "follows": terms.follows})
    if request.method == "POST" and form.validate():
        commands.set_terms(course, hours=form.hours.data, follows=form.follows.data)
        flash(_("From now on it holds for everyone who says so."), "good")
        return redirect(url_for(".self_reports", course_id=course.public_id), 303)
    page = render_template(
        "guidelines/self_report_terms.html", course=course, form=form, hours=HOURS, follows=FOLLOWS
    )
    return page, 422 if form.has_errors else 200
