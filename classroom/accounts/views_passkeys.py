"""Passkeys: signing in with one, and one's own in the settings."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, open_to_everyone
from classroom.accounts import commands_passkeys as commands
from classroom.accounts import passkeys, queries
from classroom.accounts.forms import PasskeyForm, PasskeyNameForm, SignInForm
from classroom.accounts.models import Passkey
from classroom.accounts.rules import is_fresh, passkey_name
from classroom.accounts.views import begin, bp, browser, network
from classroom.accounts.views import page as sign_in_page
from classroom.core.clock import now
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _
from classroom.core.rows import packed
from classroom.undo.commands import offer
from classroom.web import challenges
from classroom.web import sign_in as glue
from classroom.web.forms import EXPIRED, check_press
from classroom.web.saying import say
from classroom.web.unit_of_work import keep_despite_refusal

ADD, USE = "add a passkey", "use a passkey"


def _party() -> passkeys.Party:
    """The installation's own name; without one that browsers take, there is nothing here."""
    found = passkeys.party(current_app.extensions["classroom.settings"].base_url)
    if found is None:
        raise NotFound
    return found


@bp.get("/sign-in/passkey")
@open_to_everyone
def passkey_question() -> ResponseReturnValue:
    """What the browser is to ask its owner: the same for everybody, since no name was given."""
    return passkeys.ask_for_any(_party(), challenges.challenge(USE))


@bp.post("/sign-in/passkey")
@open_to_everyone
def by_passkey() -> ResponseReturnValue:
    to, form = _party(), PasskeyForm.from_request()
    going = glue.safe_path(form.next.data)
    shown = SignInForm(data={"email": form.email.data, "next": going})
    if not form.validate():
        shown.refuse(None, EXPIRED)
        return sign_in_page(shown)
    try:
        person, token = commands.sign_in(
            to, form.credential.data or "", asked=_asked(USE), network=network(), browser=browser()
        )
    except passkeys.WrongPasskey as error:
        keep_despite_refusal()
        shown.refuse(None, error.message)
        return sign_in_page(shown)
    begin(person, token)
    return redirect(going or url_for("insights.home"), 303)


def _asked(purpose: str) -> commands.Asked:
    return lambda challenge: challenges.is_ours(challenge, purpose)


def _fresh() -> bool:
    session = queries.session_by_token(glue.current_token() or "")
    return session is not None and is_fresh(session, now())


def _again() -> str:
    return url_for(".sign_in", again=1, next=url_for(".own_passkeys"))


@bp.get("/settings/passkeys")
@allow("account:own")
def own_passkeys(actor: Actor) -> ResponseReturnValue:
    return _page(actor, PasskeyForm())


def _page(actor: Actor, form: PasskeyForm) -> ResponseReturnValue:
    base_url = current_app.extensions["classroom.settings"].base_url
    shown = render_template(
        "accounts/passkeys.html",
        rows=queries.passkeys_of(actor.person_id),
        form=form,
        party=passkeys.party(base_url),
        why_none=passkeys.why_none(base_url),
        again=None if _fresh() else _again(),
    )
    return shown, 422 if form.has_errors else 200


@bp.get("/settings/passkeys/question")
@allow("account:own")
def new_passkey_question(actor: Actor) -> ResponseReturnValue:
    """What the browser is to make; only for someone who has just shown who they are."""
    to = _party()
    if not _fresh():
        return {"again": _again()}, 403
    person = queries.person(actor.person_id)
    return passkeys.ask_for_new(to, person, challenges.challenge(ADD), queries.passkeys_of(person.id))


@bp.post("/settings/passkeys")
@allow("account:own")
def add_passkey(actor: Actor) -> ResponseReturnValue:
    to, form = _party(), PasskeyForm.from_request()
    if not _fresh():
        return redirect(_again(), 303)
    if form.validate():
        try:
            added = commands.add(
                queries.person(actor.person_id),
                to,
                form.credential.data or "",
                asked=_asked(ADD),
                name=lambda transports: passkey_name(transports, browser()),
            )
        except RuleBroken as error:
            keep_despite_refusal()
            form.refuse(None, error.message)
        else:
            flash(_("Added: %(name)s. From now on it signs you in.", name=added.name), "good")
            return redirect(url_for(".own_passkeys"), 303)
    return _page(actor, form)


@bp.route("/settings/passkeys/<passkey_id>", methods=["GET", "POST"])
@allow("account:own", queries.passkey_for)
def one_passkey(_actor: Actor, passkey: Passkey) -> ResponseReturnValue:
    form = PasskeyNameForm.from_request(obj=passkey)
    if request.method == "POST" and form.validate():
        commands.rename(passkey, form.name.data)
        flash(_("Saved."), "good")
        return redirect(url_for(".own_passkeys"), 303)
    return render_template(
        "accounts/passkey.html", passkey=passkey, form=form
    ), 422 if form.has_errors else 200


@bp.post("/settings/passkeys/<passkey_id>/removal")
@allow("account:own", queries.passkey_for)
def remove_passkey(actor: Actor, passkey: Passkey) -> ResponseReturnValue:
    check_press()
    before, back = packed(passkey), url_for(".own_passkeys")
    commands.remove(passkey)
    undo = offer(actor.person_id, "accounts.remove_passkey", "", back=back, passkey=before)
    say(_("Removed: %(name)s. It does not sign you in any more.", name=passkey.name), undo=undo)
    return redirect(back, 303)
