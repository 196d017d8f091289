"""Whom one could help, one request with its thread, and the one-press acts on it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.celebrations.queries import moves_celebrated
from classroom.core.clock import now
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, members_of
from classroom.following.queries import interests_of
from classroom.following.rules import Interests
from classroom.guidelines.queries import must_acknowledge
from classroom.help_requests import commands, queries, queries_lists, rules, wording
from classroom.help_requests.forms import AnswerForm, AskForm
from classroom.help_requests.models import Audience, HelpRequest
from classroom.help_requests.naming import shown_in
from classroom.help_requests.queries import Thread
from classroom.moderation.queries import Entry, record_of, usual_wait_in
from classroom.posts.states import State
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.numbers import whole
from classroom.web.saying import say

bp = Blueprint("help_requests", __name__)
SHOWS = ("open", "mine", "material", "long")


@bp.get("/courses/<course_id>/help-requests")
@allow("course:see", course_for)
def listing(actor: Actor, course: Course) -> ResponseReturnValue:
    """“How can I help?”, and the other lists; each is an address."""
    staff, studies = actor.teaches(course.id), actor.studies(course.id)
    asked = request.args.get("show", "open")
    offered = [one for one in SHOWS if (one != "mine" or studies) and (one != "long" or staff)]
    shown = asked if asked in offered else "open"
    number = request.args.get("page", 1, type=whole)
    interests = Interests()
    if shown == "open":
        kinds = rules.kinds_by(moves_celebrated(actor.person_id, course.id)) if studies else frozenset()
        interests = interests_of(actor, course.id)
        paging = queries_lists.could_help(actor, course, kinds, number, interests)
    else:
        find = {"mine": queries_lists.own, "material": queries_lists.material}
        paging = find.get(shown, queries_lists.waiting_long)(actor, course, number)
    return render_template(
        "help_requests/listing.html",
        course=course,
        shown=shown,
        tabs_shown=_tabs(course, offered, shown),
        paging=paging,
        studies=studies,
        mutes=bool(interests.muted),
        words=rules,
        state_words=wording.state_words,
    )


def _tabs(course: Course, offered: list[str], shown: str) -> list[dict[str, object]]:
    labels = {
        "open": _("How can I help?"),
        "mine": _("What I asked"),
        "material": _("To learn from"),
        "long": _("Waiting for long"),
    }
    return [
        {
            "label": labels[one],
            "url": url_for(".listing", course_id=course.public_id, show=None if one == "open" else one),
            "current": one == shown,
        }
        for one in offered
    ]


@bp.get("/help-requests/<help_id>")
@allow("help:see", queries.request_for)
def show(actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    return draw(actor, row)


def draw(
    actor: Actor, row: HelpRequest, form: AnswerForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of one request; `form` is what was sent as an answer."""
    thread = queries.thread_of(actor, row)
    answers = row.state is State.VISIBLE and may(actor, "help:answer", row) and not actor.borrowed
    waits = row.state is State.HELD and (thread.mine or thread.tended)
    return render_template(
        "help_requests/show.html",
        thread=thread,
        row=row,
        place=_place(row),
        form=form or AnswerForm(),
        plain=PlainForm(),
        words=rules,
        state_words=wording.state_words,
        may_answer=answers,
        who_reads=_who_reads(actor, thread) if answers else "",
        must_agree=answers and not thread.mine and must_acknowledge(actor, row.course_id),
        on_it=rules.is_taken(row, now()) and row.taken_by_id == actor.person_id,
        may_take=answers and may(actor, "help:take", row) and row.answered_at is None,
        may_edit=thread.mine and row.state in rules.WRITABLE and not actor.borrowed,
        may_share=thread.mine and rules.may_be_shared(row),
        may_flag=row.state is State.VISIBLE and may(actor, "subject:flag", row),
        usual=usual_wait_in(row.course_id) if waits else None,
        last_word=_last_word(actor, row) if thread.mine else None,
    ), status


def _who_reads(actor: Actor, thread: Thread) -> str:
    """Under which name one's answer stands."""
    row = thread.request
    me = members_of(row.course_id, [actor.person_id])[actor.person_id]
    name = shown_in(actor, row, me).name
    return wording.who_reads_answer(
        thread.asker.name, name, mine=thread.mine, staff_only=row.audience is Audience.STAFF
    )


def _place(row: HelpRequest) -> tuple[str, str]:
    """What it is about: the words and the address."""
    if row.post is not None:
        return row.post.title, url_for("comments.show", post_id=row.post.public_id)
    if row.project is not None:
        return row.project.title, url_for("projects.show", project_id=row.project.public_id)
    return "", ""


def _last_word(actor: Actor, row: HelpRequest) -> Entry | None:
    """What a person said when it came back."""
    if row.state not in {State.HELD, State.RETURNED, State.REMOVED}:
        return None
    entries = record_of(actor, row)
    return entries[-1] if entries else None


def keep_both(form: AskForm | AnswerForm, two: rules.BothTexts) -> None:
    """What was typed stays in the form, what another tab saved stands above it."""
    form.version.data = str(two.details["version"])
    form.refuse(None, _("It was changed somewhere else. It says now: %(text)s", text=two.details["theirs"]))


def here(row: HelpRequest, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("help_requests.show", help_id=row.public_id, _anchor=anchor), 303)


@bp.post("/help-requests/<help_id>/withdrawal")
@allow("help:keep", queries.request_for)
def withdraw(actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    check_press()
    kept = {"state": row.state.value, "hold_reason": row.hold_reason}
    commands.withdraw(row)
    back = url_for(".show", help_id=row.public_id)
    undo = offer(actor.person_id, "help_requests.withdraw", row.public_id, back=back, **kept)
    say(_("You took your request back. Only you and the staff still see it."), undo=undo)
    return redirect(url_for(".listing", course_id=row.course.public_id, show="mine"), 303)


@bp.post("/help-requests/<help_id>/lease")
@allow("help:take", queries.request_for)
def take(actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    """“I'm on it”, for half an hour; or let it go."""
    check_press()
    if request.form.get("release"):
        commands.let_go(row, actor.person_id)
        return redirect(url_for(".listing", course_id=row.course.public_id), 303)
    commands.take(row, actor.person_id)
    flash(_("Others see for half an hour that somebody is on it. It lapses by itself."), "good")
    return here(row, "answer")


@bp.post("/help-requests/<help_id>/settling")
@allow("help:keep", queries.request_for)
def settle(_actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    """The asker has what they need, or still needs help."""
    check_press()
    if request.form.get("open"):
        commands.reopen(row)
        flash(_("It is open again, and stands among those that wait."), "good")
    else:
        commands.settle(row)
        flash(_("Good. Nobody is asked about it any more."), "good")
    return here(row)


@bp.post("/help-requests/<help_id>/sharing")
@allow("help:keep", queries.request_for)
def share(_actor: Actor, row: HelpRequest) -> ResponseReturnValue:
    """Whether it may become study material; the asker may change their mind whenever they like."""
    check_press()
    agreed = bool(request.form.get("agreed"))
    commands.share(row, agreed=agreed)
    flash(_("Thank you. Others can learn from it.") if agreed else _("It is not study material."), "good")
    return here(row)
