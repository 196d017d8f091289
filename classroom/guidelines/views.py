"""The page that draws the line, what changed in it, and agreeing to it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines import commands, queries, rules
from classroom.guidelines.models import Example, GuidelineVersion, Ruling
from classroom.projects.queries import project_for
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole
from classroom.web.sign_in import safe_path

bp = Blueprint("guidelines", __name__)
TONES = {Ruling.ENCOURAGED: "leaf", Ruling.FINE: "gold", Ruling.ASK_FIRST: "sky", Ruling.CHEATING: "clay"}


@bp.get("/courses/<course_id>/guidelines")
@allow("guidelines:see", course_for)
def show(actor: Actor, course: Course) -> ResponseReturnValue:
    version = _asked_version(course)
    project = project_for(actor, request.args["project"]) if request.args.get("project") else None
    added = queries.project_examples(course.id, project.id) if project else []
    examples = [*added, *(version.examples if version else [])]
    chosen, words = request.args.get("ruling", ""), request.args.get("q", "").strip()
    found = [one for one in examples if _fits(one, words)]
    return render_template(
        "guidelines/show.html",
        course=course,
        version=version,
        project=project,
        examples=[one for one in found if not chosen or one.ruling.value == chosen],
        chips=_chips(found, chosen),
        words=words,
        chosen=chosen,
        agreement=queries.agreement_of(actor, course.id),
        may_edit=may(actor, "guidelines:edit", course),
        may_ask=may(actor, "situation:ask", course),
        may_follow=may(actor, "guidelines:follow", course),
        form=PlainForm(),
    )


def _asked_version(course: Course) -> GuidelineVersion | None:
    number = request.args.get("version", type=whole)
    if number is None:
        return queries.current_version(course.id)
    version = queries.version_numbered(course.id, number)
    if version is None:
        raise NotFound
    return version


def _fits(example: Example, words: str) -> bool:
    text = " ".join((example.situation, example.why, *example.tags)).casefold()
    return all(word in text for word in words.casefold().split())


def _chips(examples: list[Example], chosen: str) -> list[dict[str, object]]:
    """All, and each ruling with its count; every choice is an address."""
    kept = {key: value for key, value in request.args.items() if key in {"q", "project", "version"} and value}
    place = request.view_args or {}

    def chip(label: str, ruling: str, count: int, tone: str = "") -> dict[str, object]:
        values: dict[str, Any] = {**place, **kept, **({"ruling": ruling} if ruling else {})}
        url = url_for(".show", **values, _anchor="examples")
        return {"label": label, "url": url, "count": count, "current": chosen == ruling, "tone": tone}

    return [chip(_("All"), "", len(examples))] + [
        chip(rules.ruling_words(r), r.value, sum(one.ruling is r for one in examples), TONES[r])
        for r in Ruling
    ]


@bp.get("/courses/<course_id>/guidelines/changes")
@allow("guidelines:see", course_for)
def changes(_actor: Actor, course: Course) -> ResponseReturnValue:
    """A readable difference between any two published versions."""
    versions = queries.published_versions(course.id)
    numbers = [one.number for one in versions]
    newest = numbers[0] if numbers else 0
    after = request.args.get("to", newest, type=whole)
    before = request.args.get("from", max((n for n in numbers if n < after), default=after), type=whole)
    old, new = queries.version_numbered(course.id, before), queries.version_numbered(course.id, after)
    if old is None or new is None:
        raise NotFound
    return render_template(
        "guidelines/changes.html",
        course=course,
        old=old,
        new=new,
        versions=versions,
        parts=rules.difference(old, new),
    )


@bp.route("/courses/<course_id>/guidelines/acknowledgement", methods=["GET", "POST"])
@allow("guidelines:acknowledge", course_for)
def acknowledge(actor: Actor, course: Course) -> ResponseReturnValue:
    """Three scenarios, each with its explanation; no grade. Works as one page and two presses."""
    version = queries.current_version(course.id)
    if version is None:
        return redirect(url_for(".show", course_id=course.public_id))
    scenarios = rules.scenarios_for(version.examples, actor.person_id)
    going = safe_path(request.values.get("next"))
    answers = {one.public_id: request.form.get(f"s-{one.public_id}", "") for one in scenarios}
    missing = [one for one in scenarios if answers[one.public_id] not in set(Ruling)]
    form = PlainForm.from_request()
    if request.method == "POST" and form.validate():
        if not missing and request.form.get("step") == "agree":
            commands.acknowledge(version, actor.person_id, answers)
            return redirect(going or url_for(".show", course_id=course.public_id), 303)
        if missing:
            form.refuse(None, _("Choose an answer for each situation: there is no grade, and no wrong door."))
    last = queries.agreement_of(actor, course.id).number
    before = queries.version_numbered(course.id, last) if last else None
    page = render_template(
        "guidelines/acknowledge.html",
        course=course,
        version=version,
        scenarios=scenarios,
        answers=answers,
        explained=request.method == "POST" and not missing,
        parts=rules.difference(before, version) if before and before.number < version.number else [],
        words={ruling.value: rules.ruling_words(ruling) for ruling in Ruling},
        going=going,
        form=form,
    )
    return page, 422 if form.has_errors else 200


@bp.get("/courses/<course_id>/guidelines/agreed")
@allow("guidelines:follow", course_for)
def agreed(actor: Actor, course: Course) -> ResponseReturnValue:
    rows = queries.who_agreed(actor, course)
    return render_template(
        "guidelines/agreed.html",
        course=course,
        agreed=sum(one.current for one in rows),
        paging=page_of(rows, request.args.get("page", 1, type=whole)),
    )
