"""What I was told: the list, and marking it seen."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import SIGNED_IN, Actor, allow, rule
from classroom.comments.commands_reading import mark_all_read
from classroom.core.i18n import _
from classroom.notices import commands, queries
from classroom.notices.wording import words_of
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm, check_press
from classroom.web.numbers import whole
from classroom.web.remembering import chips, remembered
from classroom.web.saying import say

bp = Blueprint("notices", __name__)


@rule("notices:own", SIGNED_IN, private=True)
def may_read_own(_actor: Actor, _row: None) -> bool:
    """Everyone who is signed in reads what they were told, and chooses what comes by mail."""
    return True


@bp.get("/news")
@allow("notices:own")
def listing(actor: Actor) -> ResponseReturnValue:
    number = max(1, request.args.get("page", 1, type=whole))
    show = queries.Show(remembered("news", request.args.get("show"), {one.value for one in queries.Show}))
    page = queries.page_of(actor, number, show)
    words = {"": _("All"), "new": _("Not seen yet"), "muted": _("Muted")}
    return render_template(
        "notices/listing.html",
        paging=page,
        words_of=words_of,
        form=PlainForm(),
        show=show,
        chips=chips(show, words, ".listing"),
    )


@bp.post("/news/seen")
@allow("notices:own")
def mark_seen(actor: Actor) -> ResponseReturnValue:
    check_press()
    seen, home = commands.mark_seen(actor.person_id), url_for("insights.home")
    read = mark_all_read(actor.person_id, seen)
    undo = offer(actor.person_id, "notices.mark_seen", "", back=home, at=seen.isoformat(), read=read)
    say(_("Your news is put away. You find it again under News."), undo=undo)
    return redirect(home, 303)
