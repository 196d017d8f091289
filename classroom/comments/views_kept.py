"""Comments kept beside the pen: posting them together or alone, changing one, throwing one away."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import commands_kept, queries
from classroom.comments.kindness import Look
from classroom.comments.models import Comment
from classroom.comments.reading import Reading
from classroom.comments.views import after_sending, bp
from classroom.comments.views_first import first_of_all, led_to
from classroom.comments.views_kindness import LEAVE, REWRITE, before_sending_kept, look_at_kept
from classroom.core.i18n import _, _n
from classroom.posts.states import State
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.saying import say


@bp.post("/posts/<post_id>/kept/posting")
@allow("comment:write", queries.reading_for)
def post_kept(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """All that is kept on this post, or the one whose button was pressed."""
    check_press()
    if (before := first_of_all(actor, reading)) is not None:
        return led_to(before, _("Your comments are kept."))
    which = request.form.get("which")
    waiting = _to_look_at(actor, reading, which) if request.form.get("then") != LEAVE else {}
    sent = commands_kept.post_kept(actor.person_id, reading.post, which, without=waiting)
    if waiting:
        if sent:
            flash(_what_became_of(sent), "good")
        first, look = next(iter(waiting.items()))
        return before_sending_kept(actor, reading, first, look)
    if not sent:
        return _gone(reading)
    if len(sent) == 1:
        return after_sending(sent[0], reading)
    flash(_what_became_of(sent), "good")
    return redirect(url_for(".show", post_id=reading.post.public_id, _anchor="comments"), 303)


def _to_look_at(actor: Actor, reading: Reading, which: str | None) -> dict[Comment, Look]:
    """Which of the kept ones would be held for their words; they stay kept until their writer decides."""
    kept = queries.kept_by(actor.person_id, reading.post.id, which)
    return {one: look for one in kept if (look := look_at_kept(actor, reading, one)) is not None}


def _what_became_of(sent: Sequence[Comment]) -> str:
    held = sum(one.state is State.HELD for one in sent)
    shown = len(sent) - held
    said = [_n("%(num)s comment is posted.", "%(num)s comments are posted.", shown)] if shown else []
    if held:
        said.append(
            _n(
                "%(num)s waits for a person: some of its words may sting. You can rewrite it below.",
                "%(num)s wait for a person: some of their words may sting. You can rewrite them below.",
                held,
            )
        )
    return " ".join(said)


@bp.post("/posts/<post_id>/kept/taking-up")
@allow("comment:write", queries.reading_for)
def take_up(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """Into the pen again; what was being written there is kept instead."""
    check_press()
    if not commands_kept.take_up(actor.person_id, reading.post, request.form.get("which", "")):
        return _gone(reading)
    again = 1 if request.form.get("then") == REWRITE else None
    return redirect(url_for(".show", post_id=reading.post.public_id, rewrite=again, _anchor="pen"), 303)


@bp.post("/posts/<post_id>/kept/dropping")
@allow("comment:write", queries.reading_for)
def throw_away(actor: Actor, reading: Reading) -> ResponseReturnValue:
    """Nobody else has seen it, and nobody will."""
    check_press()
    dropped = commands_kept.throw_away(actor.person_id, reading.post, request.form.get("which", ""))
    if dropped is None:
        return _gone(reading)
    here, target = url_for(".show", post_id=reading.post.public_id), reading.post.public_id
    undo = offer(actor.person_id, "comments.throw_away", target, back=here, **asdict(dropped))
    say(_("You threw that comment away."), undo=undo)
    return redirect(here, 303)


def _gone(reading: Reading) -> ResponseReturnValue:
    """A second press, or another tab was first."""
    flash(_("That is done already: nothing is kept here any more, or not that one."), "info")
    return redirect(url_for(".show", post_id=reading.post.public_id, _anchor="comments"), 303)
