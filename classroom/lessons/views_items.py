"""An instructor changes the comments of a judge step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.judging import judge_practice
from classroom.comments.queries_labels import rested_in
from classroom.core.i18n import _
from classroom.core.ids import public_id
from classroom.lessons import commands_edit, queries
from classroom.lessons.forms import ItemForm
from classroom.lessons.models import StepKind
from classroom.lessons.queries import InLesson
from classroom.lessons.rules import NotThatKind
from classroom.lessons.views import bp
from classroom.web.forms import PlainForm

ASKED = ("comment", "work", "counts")  # who judged it judged these: another text is another comment


@dataclass(frozen=True)
class InStep:
    """One comment of a judge step."""

    here: InLesson
    item: Mapping[str, Any]

    @property
    def course_id(self) -> int:
        return self.here.course_id


def item_for(actor: Actor, course_id: str, step_key: str, item_key: str) -> InStep | None:
    here = queries.any_step_for(actor, course_id, step_key)
    item = here.step.item(item_key) if here else None
    return InStep(here, item) if here and item else None


@bp.route("/courses/<course_id>/lesson/steps/<step_key>/items", methods=["GET", "POST"])
@allow("lesson:edit", queries.any_step_for)
def add_item(_actor: Actor, here: InLesson) -> ResponseReturnValue:
    if here.step.kind is not StepKind.JUDGE:
        raise NotThatKind
    form = ItemForm.from_request()
    if request.method == "POST" and form.validate():
        return _save(here, [*here.step.items, {"key": public_id(), **form.item}])
    return _page(here, form)


@bp.route("/courses/<course_id>/lesson/steps/<step_key>/items/<item_key>", methods=["GET", "POST"])
@allow("lesson:edit", item_for)
def edit_item(_actor: Actor, place: InStep) -> ResponseReturnValue:
    """POST saves it, or takes it out; the comment's judgements stay with its words."""
    here, old = place.here, place.item
    form = ItemForm.from_request(data={**old, "says": "yes" if old["counts"] else "no"})
    if request.form.get("then") == "remove" and form.csrf_token.validate(form):
        return _save(here, [one for one in here.step.items if one is not old])
    if request.method == "POST" and form.validate():
        new = form.item
        key = old["key"] if all(new[name] == old.get(name) for name in ASKED) else public_id()
        return _save(here, [{"key": key, **new} if one is old else one for one in here.step.items])
    return _page(here, form, old)


def _save(here: InLesson, items: list[Mapping[str, Any]]) -> ResponseReturnValue:
    commands_edit.set_items(here.course_id, here.step.key, items)
    flash(_("Saved. Whoever has done this step has done it."), "good")
    place = {"course_id": here.course.public_id, "step_key": here.step.key}
    return redirect(url_for(".edit_step", **place, _anchor="items"), 303)  # type: ignore[arg-type]


def _page(here: InLesson, form: ItemForm, item: Mapping[str, Any] | None = None) -> ResponseReturnValue:
    """With what the coach would say of the comment, where it says something else than the instructor."""
    engine = None
    if item is not None:
        rested = rested_in(here.course_id)
        engine = judge_practice(item["comment"], brief="", work=item["work"], rested=rested).meets
    page = render_template(
        "lessons/edit_item.html",
        course=here.course,
        lesson=here.lesson,
        step=here.step,
        item=item,
        form=form,
        engine=engine,
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200
