"""Signing in and out: by password, by passkey, or by a link that is mailed."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, current_actor, open_to_everyone
from classroom.accounts import commands, passkeys, queries
from classroom.accounts.forms import LinkForm, PersonForm, SignInForm
from classroom.accounts.models import LinkPurpose, Person
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.web import sign_in as glue
from classroom.web.forms import PlainForm, check_press
from classroom.web.unit_of_work import keep_despite_refusal

bp = Blueprint("accounts", __name__)


def network() -> str:
    """Where the request comes from; a proxy is believed only when the settings say so."""
    return request.remote_addr or "unknown"


def browser() -> str:
    return request.user_agent.string


def begin(person: Person, token: str) -> None:
    """A new session in this browser; the one that was there before is dead."""
    if before := glue.current_token():
        commands.end_by_token(before)
    glue.begin(token, Actor(person.id, person.name, person.friendly))


def page(form: SignInForm) -> ResponseReturnValue:
    """The page to sign in on; whoever is signed in already does it once more."""
    to = passkeys.party(current_app.extensions["classroom.settings"].base_url)
    return render_template("accounts/sign_in.html", form=form, party=to), 422 if form.has_errors else 200


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    """`?again=1` shows the page to those who are signed in: what comes next asks for a fresh sign-in."""
    going = glue.safe_path(request.values.get("next"))
    actor = current_actor()
    if actor and request.method == "GET" and "again" not in request.args:
        return redirect(going or url_for("insights.home"))
    form = SignInForm.from_request()
    if request.method == "GET":
        form = SignInForm(
            data={"next": going, "email": queries.person(actor.person_id).email if actor else ""}
        )
    if request.method == "POST" and form.validate():
        if not form.password.data:
            form.refuse(form.password, _("Write your password, or let us mail you a link."))
        else:
            answer = _try(form, going)
            if answer is not None:
                return answer
    return page(form)


def _try(form: SignInForm, going: str | None) -> ResponseReturnValue | None:
    try:
        person, token = commands.sign_in(
            form.email.data, form.password.data, network=network(), browser=browser()
        )
    except commands.WrongPassword as error:
        keep_despite_refusal()
        form.refuse(form.password, error.message)
        return None
    begin(person, token)
    return redirect(going or url_for("insights.home"), 303)


@bp.post("/sign-in/link")
@open_to_everyone
def ask_for_link() -> ResponseReturnValue:
    """The same answer for an address that we know and one that we do not."""
    form = LinkForm.from_request()
    if not form.validate():
        shown = SignInForm(data={"email": form.email.data, "next": form.next.data})
        for message in form.email.errors:
            shown.refuse(shown.email, message)
        return page(shown)
    commands.request_link(form.email.data, network=network(), going=glue.safe_path(form.next.data))
    return render_template("accounts/link_sent.html", email=form.email.data)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to_everyone
def by_link(token: str) -> ResponseReturnValue:
    """Opening the link spends nothing (mail scanners open links); pressing the button does."""
    form = PlainForm.from_request()
    if request.method == "POST" and form.validate():
        person, new_token, going = commands.sign_in_by_link(token, browser())
        begin(person, new_token)
        return redirect(glue.safe_path(going) or url_for("insights.home"), 303)
    owner = queries.link_owner(token)
    status = 422 if form.has_errors else 200
    return render_template("accounts/by_link.html", form=form, person=owner), status if owner else 404


@bp.route("/first/<token>", methods=["GET", "POST"])
@open_to_everyone
def first(token: str) -> ResponseReturnValue:
    """The link that the first start printed: the first person who may teach."""
    if queries.link_by_token(token, LinkPurpose.FIRST_INSTRUCTOR) is None:
        raise commands.LinkUsed
    form = PersonForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            person = commands.first_instructor(token, form.name.data, form.email.data, form.password.data)
        except RuleBroken as error:
            form.refuse("email" if isinstance(error, commands.AddressTaken) else "password", error.message)
        else:
            begin(person, commands.start_session(person, browser()))
            flash(_("Welcome. Begin with a course: a title is enough."), "good")
            return redirect(url_for("insights.home"), 303)
    return render_template("accounts/first.html", form=form), 422 if form.has_errors else 200


@bp.post("/sign-out")
@allow("account:own")
def sign_out(_actor: Actor) -> ResponseReturnValue:
    check_press()
    token = glue.current_token()
    if token:
        commands.end_by_token(token)
    glue.end()
    flash(_("You are signed out."), "info")
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.post("/appearance")
@open_to_everyone
def appearance() -> ResponseReturnValue:
    """Light, dark or as the system says; shortcuts on or off. Kept in this browser's cookie."""
    check_press()
    if request.form.get("theme") in {"auto", "light", "dark"}:
        session["theme"] = request.form["theme"]
    if request.form.get("keys") in {"on", "off"}:
        session["keys"] = request.form["keys"] == "on"
    return redirect(glue.safe_path(request.referrer) or url_for("insights.home"), 303)
