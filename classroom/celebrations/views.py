"""The wall of great comments, celebrating one, and the writer's word."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.celebrations import commands, queries, queries_nominations, rules
from classroom.celebrations.forms import ConsentForm, HighlightForm
from classroom.celebrations.models import Consent, Highlight
from classroom.comments.models import Comment
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.projects.models import Anonymity
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.numbers import whole
from classroom.web.saying import say

bp = Blueprint("celebrations", __name__)


@bp.get("/courses/<course_id>/great-comments")
@allow("course:see", course_for)
def wall(actor: Actor, course: Course) -> ResponseReturnValue:
    cards = queries.pinned(actor, course)
    move, project = request.args.get("move", ""), request.args.get("project", "")
    shown = [
        one for one in cards if (not move or move in one.moves) and (not project or one.project_id == project)
    ]
    paging = page_of([one.id for one in shown], request.args.get("page", 1, type=whole))
    return render_template(
        "celebrations/wall.html",
        course=course,
        cards=queries.cards_of(actor, course, paging.rows),
        paging=paging,
        any_cards=bool(cards),
        filtered=bool(move or project),
        moves=_chips(course, cards, "move", move, project),
        projects=_chips(course, cards, "project", project, move),
        move_words=rules.move_words,
        staff=actor.teaches(course.id),
        student=actor.studies(course.id),
        leads=actor.leads(course.id) and course.archived_at is None,
        plain=PlainForm(),
        nominated=queries_nominations.waiting_count(actor, course) if actor.teaches(course.id) else 0,
    )


def _chips(
    course: Course, cards: list[queries.Pinned], name: str, chosen: str, other: str
) -> list[dict[str, object]]:
    """The filters by move or by project; each is an address that keeps the other."""
    others = {("project" if name == "move" else "move"): other} if other else {}
    if name == "move":
        options = {
            move: rules.move_words(move) for move in rules.MOVES if any(move in one.moves for one in cards)
        }
    else:
        options = {one.project_id: one.project_title for one in cards}

    def chip(label: str, value: str) -> dict[str, object]:
        values = {**others, **({name: value} if value else {})}
        url = url_for(".wall", course_id=course.public_id, **values)  # type: ignore[arg-type]
        return {"label": label, "url": url, "count": None, "current": chosen == value, "tone": ""}

    everything = _("Everything") if name == "move" else _("All projects")
    return [chip(everything, ""), *(chip(words, value) for value, words in options.items())]


@bp.route("/comments/<comment_id>/highlight", methods=["GET", "POST"])
@allow("highlight:make", queries.comment_in_care)
def highlight(actor: Actor, comment: Comment) -> ResponseReturnValue:
    there = queries.highlight_of(comment.id)
    praised = queries_nominations.nominated(actor, comment.id)
    start = (
        {"why": there.why, "moves": there.moves}
        if there
        else {"why": _reason_of(praised), "moves": rules.moves_in(comment.verdict)}
    )
    form = HighlightForm.from_request(data=start) if request.method == "GET" else HighlightForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            commands.highlight(comment, actor.person_id, why=form.why.data, moves=form.moves.data)
        except RuleBroken as error:
            form.refuse(None, error.message)
        else:
            flash(_("Celebrated. The writer and the receiver are told, with your reason."), "gold")
            place = url_for("comments.show", post_id=comment.post.public_id, _anchor=f"c-{comment.public_id}")
            return redirect(place, 303)
    page = render_template(
        "celebrations/highlight.html",
        comment=comment,
        form=form,
        there=there,
        praised=praised,
        plain=PlainForm(),
    )
    return page, 422 if form.has_errors else 200


def _reason_of(praised: list[queries_nominations.Waiting]) -> str:
    """The reason of the nomination that staff come from (`?nomination=`)."""
    asked = request.args.get("nomination")
    return next((one.made.why for one in praised if one.made.public_id == asked), "")


@bp.post("/highlights/<highlight_id>/taking-back")
@allow("highlight:take_back", queries.highlight_for)
def take_back(actor: Actor, made: Highlight) -> ResponseReturnValue:
    check_press()
    commands.take_back(made)
    back = url_for("comments.comment", comment_id=made.comment.public_id)
    undo = offer(actor.person_id, "celebrations.take_back", made.public_id, back=back)
    say(_("It is no longer celebrated."), "info", undo=undo)
    return redirect(url_for("comments.show", post_id=made.comment.post.public_id), 303)


@bp.route("/highlights/<highlight_id>", methods=["GET", "POST"])
@allow("highlight:consent", queries.highlight_for)
def consent(actor: Actor, made: Highlight) -> ResponseReturnValue:
    """The writer's word, which they may change whenever they like."""
    chosen = made.consent.value if made.consent is not Consent.ASKED else None
    form = ConsentForm.from_request(data={"consent": chosen})
    if request.method == "POST" and form.validate():
        before, here = made.consent.value, url_for(".consent", highlight_id=made.public_id)
        commands.answer(made, Consent(form.consent.data))
        kept = {"before": before, "said": made.consent.value}
        undo = offer(actor.person_id, "celebrations.consent", made.public_id, back=here, **kept)
        say(_("Thank you. You can change this whenever you like."), undo=undo)
        return redirect(here, 303)
    page = render_template(
        "celebrations/consent.html",
        made=made,
        form=form,
        blind=made.comment.post.project.anonymity is not Anonymity.NAMED,
    )
    return page, 422 if form.has_errors else 200
