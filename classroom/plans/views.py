"""The revision plan of a post: its page, what one makes of a comment, and what staff say to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.comments.models import Comment
from classroom.comments.queries import comment_for
from classroom.comments.rules import BothTexts
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.plans import commands, commands_replies, queries, rules
from classroom.plans.forms import ChoiceForm, IdeaForm, ReplyForm
from classroom.plans.models import Choice
from classroom.plans.policy import Plan
from classroom.posts.models import Post
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm
from classroom.web.saying import say
from classroom.web.templating import in_course

bp = Blueprint("plans", __name__)


def address(post: Post, anchor: str | None = None) -> str:
    return url_for("plans.show", post_id=post.public_id, _anchor=anchor)


@bp.get("/posts/<post_id>/plan")
@allow("plan:see", queries.plan_of)
def show(actor: Actor, plan: Plan) -> ResponseReturnValue:
    return page(actor, plan)


def page(
    actor: Actor, plan: Plan, *, idea: IdeaForm | None = None, answer: ReplyForm | None = None
) -> ResponseReturnValue:
    """The whole plan; 422 when a form on it was refused."""
    open_here = not actor.is_over(plan.course_id)
    refused = bool((idea and idea.has_errors) or (answer and answer.has_errors))
    shown = render_template(
        "plans/show.html",
        reading=plan.reading,
        sheet=queries.sheet_of(actor, plan.reading),
        replies=queries.replies_to(actor, plan.post),
        mine=plan.is_of(actor),
        writes=may(actor, "plan:write", plan) and open_here,
        answers=may(actor, "plan:reply", plan) and open_here,
        idea=idea or IdeaForm(),
        answer=answer or ReplyForm(),
        choice_words=rules.CHOICES,
        plain=PlainForm(),
    )
    return shown, 422 if refused else 200


@bp.route("/comments/<comment_id>/plan", methods=["GET", "POST"])
@allow("plan:decide", comment_for)
def decide(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """What the receiver makes of a comment; `?choice=partly` has chosen already."""
    in_course(comment.course_id)
    item = queries.item_about(comment.id)
    if request.method == "GET":
        wanted = request.args.get("choice", "")
        chosen = wanted if wanted in set(Choice) else item.choice.value if item else None
        words, version = (item.words, item.version) if item else ("", 0)
        return _deciding(comment, ChoiceForm(choice=chosen, words=words, version=str(version)))
    form = ChoiceForm.from_request()
    if not form.validate():
        return _deciding(comment, form, status=422)
    try:
        made = commands.decide(comment, form.chosen, form.words.data or "", form.known_version)
    except BothTexts as two:
        form.version.data = str(two.details["version"])
        return _deciding(comment, form, status=409, theirs=(two.details["choice"], two.details["theirs"]))
    except RuleBroken as broken:
        form.refuse("words" if broken.status == RuleBroken.status else None, broken.message)
        return _deciding(comment, form, status=broken.status)
    if made.withheld:
        flash(
            _("It is in your plan. The words may hurt whoever reads them, so they stay with you and staff."),
            "warn",
        )
        return redirect(address(comment.post, f"i-{made.public_id}"), 303)
    flash(_("It is in your plan. Only you and your instructor see it until you post the revision."), "good")
    return redirect(address(comment.post), 303)


def _deciding(
    comment: Comment, form: ChoiceForm, *, status: int = 200, theirs: tuple[Choice, str] | None = None
) -> ResponseReturnValue:
    shown = render_template(
        "plans/decide.html", comment=comment, form=form, theirs=theirs, choice_words=rules.CHOICES
    )
    return shown, status


@bp.post("/posts/<post_id>/plan/ideas")
@allow("plan:write", queries.plan_of)
def add(actor: Actor, plan: Plan) -> ResponseReturnValue:
    """An idea of one's own."""
    form = IdeaForm.from_request()
    if not form.validate():
        return page(actor, plan, idea=form)
    commands.add_own(plan.post, form.words.data or "", form.key)
    return redirect(address(plan.post, "ideas"), 303)


@bp.post("/posts/<post_id>/plan/replies")
@allow("plan:reply", queries.plan_of)
def reply(actor: Actor, plan: Plan) -> ResponseReturnValue:
    """What staff say before the rewrite."""
    form = ReplyForm.from_request()
    if not form.validate():
        return page(actor, plan, answer=form)
    made = commands_replies.reply(plan.post, actor.person_id, form.body.data or "", form.key)
    back = address(plan.post)
    undo = offer(actor.person_id, "plans.reply", plan.post.public_id, back=back, reply=made.public_id)
    say(_("Your reply stands under the plan; the author is told."), undo=undo)
    return redirect(back, 303)
