"""One item of a plan: its words, its place, whether it is done, and taking it out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.rules import BothTexts
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.plans import commands, queries
from classroom.plans.forms import RewordForm
from classroom.plans.models import PlanItem
from classroom.plans.views import address, bp
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.numbers import whole
from classroom.web.saying import say
from classroom.web.templating import in_course


@bp.route("/plan-items/<plan_item_id>", methods=["GET", "POST"])
@allow("plan:change", queries.item_for)
def change(_actor: Actor, item: PlanItem) -> ResponseReturnValue:
    """The words of an idea of one's own; one about a comment is changed beside that comment."""
    in_course(item.course_id)
    if item.comment is not None:
        return redirect(url_for(".decide", comment_id=item.comment.public_id), 303)
    if request.method == "GET":
        return _page(item, RewordForm(words=item.words, version=str(item.version)))
    form = RewordForm.from_request()
    if not form.validate():
        return _page(item, form, status=422)
    try:
        commands.reword_own(item, form.words.data or "", form.known_version)
    except BothTexts as two:
        form.version.data = str(two.details["version"])
        return _page(item, form, status=409, theirs=two.details["theirs"])
    except RuleBroken as broken:
        form.refuse(None, broken.message)
        return _page(item, form, status=broken.status)
    return redirect(address(item.post), 303)


def _page(
    item: PlanItem, form: RewordForm, *, status: int = 200, theirs: str | None = None
) -> ResponseReturnValue:
    return render_template("plans/reword.html", item=item, form=form, theirs=theirs), status


@bp.post("/plan-items/<plan_item_id>/place")
@allow("plan:change", queries.item_for)
def move(_actor: Actor, item: PlanItem) -> ResponseReturnValue:
    """Up or down: `to` is the place it should have, so that a second press changes nothing."""
    check_press()
    commands.move(item, request.form.get("to", 0, type=whole))
    return redirect(address(item.post, f"i-{item.public_id}"), 303)


@bp.post("/plan-items/<plan_item_id>/doing")
@allow("plan:change", queries.item_for)
def done(_actor: Actor, item: PlanItem) -> ResponseReturnValue:
    """Done, or not after all."""
    check_press()
    commands.set_done(item, done=not request.form.get("given"))
    return redirect(address(item.post, f"i-{item.public_id}"), 303)


@bp.post("/plan-items/<plan_item_id>/removal")
@allow("plan:change", queries.item_for)
def remove(actor: Actor, item: PlanItem) -> ResponseReturnValue:
    """Out of the plan; a comment is then among those not in it."""
    check_press()
    if not commands.is_shown(item):
        raise NotFound
    post = item.post
    kept = commands.take_out(item)
    back = address(post)
    undo = offer(actor.person_id, "plans.remove", post.public_id, back=back, **kept)
    say(_("It is out of your plan."), "info", undo=undo)
    return redirect(back, 303)
