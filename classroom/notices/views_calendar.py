"""One's calendar: making its address, and the file that calendars fetch from there."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, open_to_everyone
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.notices import calendars
from classroom.notices.views import bp
from classroom.web.forms import PlainForm, check_press


@bp.get("/settings/calendar")
@allow("notices:own")
def own_calendar(actor: Actor) -> ResponseReturnValue:
    feed = calendars.feed_of(actor.person_id)
    address = calendars.address_of(feed) if feed else None
    return render_template("notices/calendar.html", feed=feed, address=address, form=PlainForm())


@bp.post("/settings/calendar")
@allow("notices:own")
def reset_calendar(actor: Actor) -> ResponseReturnValue:
    """A new address; `end` takes it away instead."""
    check_press()
    if request.form.get("end"):
        calendars.end(actor.person_id)
        flash(_("Your calendar stands nowhere any more."), "good")
    else:
        calendars.make_anew(actor.person_id)
        flash(_("This is the address. Give it to your calendar, and to nobody else."), "good")
    return redirect(url_for(".own_calendar"), 303)


@bp.get("/calendar/<feed>.ics")
@open_to_everyone
def calendar_file(feed: str) -> ResponseReturnValue:
    """A calendar program has no session: the address is signed, and shows this one person's dates."""
    person = calendars.owner_of(feed)
    if person is None:
        raise NotFound
    headers = {"Content-Disposition": 'inline; filename="dates.ics"'}
    return Response(calendars.file_for(person), mimetype="text/calendar", headers=headers)
