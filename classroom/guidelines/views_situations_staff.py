"""Questions without a name for staff: the queue, the answer with its ruling, the example made of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, course_numbered, members_of
from classroom.guidelines import commands_situations as commands
from classroom.guidelines import queries, rules
from classroom.guidelines import queries_situations as asked
from classroom.guidelines.forms import example_values
from classroom.guidelines.forms_situations import AnswerForm, FromSituationForm, SetAsideForm
from classroom.guidelines.models import Ruling, Situation, SituationState
from classroom.guidelines.rules_situations import names_in, usual_words
from classroom.guidelines.views import TONES, bp
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole


@bp.get("/courses/<course_id>/situations")
@allow("situation:answer", course_for)
def situations(actor: Actor, course: Course) -> ResponseReturnValue:
    named = {one.value: one for one in SituationState}
    state = named.get(request.args.get("show", ""), SituationState.WAITING)
    counts = asked.counts_of(actor, course.id)
    number = request.args.get("page", 1, type=whole)
    return render_template(
        "guidelines/situations.html",
        course=course,
        counts=counts,
        state=state,
        paging=asked.page_of_situations(actor, course.id, state, number, counts[state]),
        usual=usual_words(asked.usual_wait(course)),
        chips=_chips(course, counts, state),
        ruling_words=rules.ruling_words,
        tones=TONES,
    )


def _chips(
    course: Course, counts: dict[SituationState, int], chosen: SituationState
) -> list[dict[str, object]]:
    words = {
        SituationState.WAITING: _("Waiting"),
        SituationState.ANSWERED: _("Answered"),
        SituationState.SET_ASIDE: _("Set aside"),
    }
    return [
        {
            "label": words[state],
            "url": url_for(".situations", course_id=course.public_id, show=state.value),
            "count": counts[state],
            "current": state is chosen,
        }
        for state in SituationState
    ]


@bp.route("/situations/<situation_id>", methods=["GET", "POST"])
@allow("situation:answer", asked.situation_for)
def situation(actor: Actor, one: Situation) -> ResponseReturnValue:
    """The question, and the answer with its ruling; answered again, the new answer takes its place."""
    last = one.turns[-1] if one.turns else None
    start = {
        "ruling": one.ruling.value if one.ruling else None,
        "clause_number": one.clause_number,
        "why": last.text if last and last.by_id and one.ruling else "",
    }
    form = AnswerForm.from_request(data=start).offer(queries.clause_titles(one.course_id))
    if request.method == "GET" or not form.validate():
        return _page(actor, one, form, SetAsideForm(prefix="aside-"))
    course = course_numbered(one.course_id)
    commands.answer(
        one,
        actor.person_id,
        ruling=Ruling(form.ruling.data),
        why=form.why.data,
        clause_number=form.clause_number.data,
        zone=course.zone,
        read=request.form.get("read", type=whole),
    )
    flash(_("Answered. Whoever asked finds it at their address."), "good")
    return redirect(url_for(".situation", situation_id=one.public_id), 303)


def _page(actor: Actor, one: Situation, form: AnswerForm, aside: SetAsideForm) -> ResponseReturnValue:
    staff = {turn.by_id for turn in one.turns if turn.by_id}
    page = render_template(
        "guidelines/situation.html",
        course=course_numbered(one.course_id),
        situation=one,
        names={key: member.name for key, member in members_of(one.course_id, staff).items()},
        form=form,
        aside=aside,
        ruling_words=rules.ruling_words,
        tones=TONES,
        may_edit=may(actor, "guidelines:edit", one),
    )
    return page, 422 if form.has_errors or aside.has_errors else 200


@bp.post("/situations/<situation_id>/setting-aside")
@allow("situation:answer", asked.situation_for)
def set_situation_aside(actor: Actor, one: Situation) -> ResponseReturnValue:
    """Spam, or no question at all: whoever asked reads why. It may still be answered later."""
    form = SetAsideForm.from_request(prefix="aside-")
    course = course_numbered(one.course_id)
    if not form.validate():
        answer = AnswerForm(data={}).offer(queries.clause_titles(one.course_id))
        return _page(actor, one, answer, form)
    commands.set_aside(one, actor.person_id, form.note.data, course.zone)
    flash(_("Set aside. Whoever asked reads why; you can still answer it."), "info")
    return redirect(url_for(".situations", course_id=course.public_id), 303)


@bp.route("/situations/<situation_id>/example", methods=["GET", "POST"])
@allow("guidelines:edit", asked.situation_for)
def example_of_situation(actor: Actor, one: Situation) -> ResponseReturnValue:
    """An answered question as an example: edited first, into the draft, or at once where no draft waits."""
    course, version = course_numbered(one.course_id), queries.current_version(one.course_id)
    draft = queries.draft_version(one.course_id)
    at_once = version is not None and draft is None
    start = {
        "situation": one.text,
        "ruling": one.ruling.value if one.ruling else None,
        "why": next((turn.text for turn in reversed(one.turns) if turn.by_id), ""),
        "clause_number": one.clause_number,
    }
    form = FromSituationForm.from_request(data=start)
    base = draft or version
    form.offer({clause.number: clause.title for clause in base.clauses} if base else {})
    if request.method == "POST" and form.validate():
        named = names_in(f"{form.situation.data} {form.why.data}", _names(course))
        if named:
            form.refuse("situation", _("Someone in this class is called so: %(who)s.", who=", ".join(named)))
        else:
            return _made(actor, course, one, form, at_once=at_once and request.form.get("then") == "publish")
    page = render_template(
        "guidelines/situation_example.html", course=course, situation=one, example_form=form, at_once=at_once
    )
    return page, 422 if form.has_errors else 200


def _names(course: Course) -> list[str]:
    return [name for one in members_of(course.id).values() for name in (one.name, one.called or "")]


def _made(
    actor: Actor, course: Course, one: Situation, form: FromSituationForm, *, at_once: bool
) -> ResponseReturnValue:
    note = _("One more example, from a question of the class.")
    version = commands.make_example(
        one, course, actor.person_id, at_once=at_once, note=note, **example_values(form)
    )
    if version.published_at is None:
        flash(_("It is in the draft. Publish the draft when it is ready."), "good")
        return redirect(url_for(".draft", course_id=course.public_id, _anchor="examples"), 303)
    flash(_("Published as version %(n)s. Nobody is asked to agree again.", n=version.number), "good")
    return redirect(url_for(".show", course_id=course.public_id, _anchor="all-examples"), 303)
