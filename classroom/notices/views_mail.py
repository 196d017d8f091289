"""What comes by mail: choosing it, and stopping it from a letter without signing in."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, open_to_everyone
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.core.signed import unsign
from classroom.notices import commands, queries
from classroom.notices.forms import MailForm
from classroom.notices.letters import DAILY, GROUPS, STOP
from classroom.notices.models import Group, Way
from classroom.notices.views import bp


@bp.route("/settings/mail", methods=["GET", "POST"])
@allow("notices:own")
def choose(actor: Actor) -> ResponseReturnValue:
    ways = queries.ways_of(actor.person_id)
    form = MailForm.from_request(data={group.value: way.value for group, way in ways.items()})
    if request.method == "POST" and form.validate():
        commands.choose(actor.person_id, form.chosen())
        flash(_("Saved."), "good")
        return redirect(url_for(".choose"), 303)
    page = render_template("notices/choose.html", form=form, address=queries.address_of(actor.person_id))
    return page, 422 if form.has_errors else 200


@dataclass(frozen=True)
class Stopping:
    """Whose letters, and which, the token of a letter is good for."""

    person_id: int
    groups: Collection[Group]
    words: str


def _read(token: str) -> Stopping:
    """NotFound for what we did not sign: the answer tells nothing of anyone."""
    values = unsign(STOP, token)
    person = queries.person_by_public_id(values[0]) if values else None
    if values is None or person is None or values[1] not in {DAILY, *Group}:
        raise NotFound
    if values[1] != DAILY:
        group = Group(values[1])
        return Stopping(person.id, [group], str(GROUPS[group]))
    ways = queries.ways_of(person.id)
    together = [group for group, way in ways.items() if way in {Way.DAILY, Way.WEEKLY}]
    return Stopping(person.id, together, _("The daily or weekly letter"))


@bp.get("/mail/stop/<stop>")
@open_to_everyone
def stopping(stop: str) -> ResponseReturnValue:
    """Looking changes nothing: programs that look through mail follow its links."""
    return render_template("notices/stop.html", words=_read(stop).words, done=False)


@bp.post("/mail/stop/<stop>")
@open_to_everyone
def stop_mail(stop: str) -> ResponseReturnValue:
    """The page's button, or a mail program's own (RFC 8058), which has no token but the address."""
    found = _read(stop)
    commands.stop(found.person_id, found.groups)
    return render_template("notices/stop.html", words=found.words, done=True)
