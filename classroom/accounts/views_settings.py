"""One's own settings: name, password, and where one is signed in."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, open_to_everyone
from classroom.accounts import commands, queries
from classroom.accounts.forms import AboutForm, PasswordForm
from classroom.accounts.models import Person
from classroom.accounts.passkeys import why_none
from classroom.accounts.rules import device_name
from classroom.accounts.views import bp
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.core.ids import digest
from classroom.lessons.queries import begun_by
from classroom.web import sign_in as glue
from classroom.web.forms import check_press


@bp.route("/settings", methods=["GET", "POST"])
@allow("account:own")
def settings(actor: Actor) -> ResponseReturnValue:
    person = queries.person(actor.person_id)
    form = AboutForm.from_request(obj=person)
    if request.method == "POST" and form.validate():
        commands.describe(
            person,
            name=form.name.data,
            called=form.called.data or "",
            pronouns=form.pronouns.data or "",
            zone=form.zone.data or "",
        )
        flash(_("Saved."), "good")
        return redirect(url_for(".settings"), 303)
    return _page(actor, person, form, PasswordForm())


@bp.post("/settings/password")
@allow("account:own")
def password(actor: Actor) -> ResponseReturnValue:
    person = queries.person(actor.person_id)
    form = PasswordForm.from_request()
    if form.validate():
        try:
            commands.set_password(person, form.new_password.data)
        except RuleBroken as error:
            form.refuse(form.new_password, error.message)
        else:
            commands.end_other_sessions(actor.person_id, glue.current_token() or "")
            flash(_("Your new password is set. Other browsers are signed out."), "good")
            return redirect(url_for(".settings"), 303)
    return _page(actor, person, AboutForm(obj=person), form)


def _page(actor: Actor, person: Person, about: AboutForm, password_form: PasswordForm) -> ResponseReturnValue:
    here = digest(glue.current_token() or "")
    answer = render_template(
        "accounts/settings.html",
        person=person,
        about=about,
        lessons=[one for one in begun_by(person.id, actor.courses()) if one.finished_at],
        password_form=password_form,
        passkeys=queries.passkeys_of(person.id),
        why_none=why_none(current_app.extensions["classroom.settings"].base_url),
        sessions=[
            (one, one.token_digest == here, device_name(one.browser))
            for one in queries.sessions_of(person.id)
        ],
    )
    return answer, 422 if about.has_errors or password_form.has_errors else 200


@bp.get("/.well-known/change-password")
@open_to_everyone
def change_password() -> ResponseReturnValue:
    """Where password managers send someone whose password should be another one."""
    return redirect(url_for(".settings", _anchor="password"))


@bp.get("/settings/sessions")
@allow("account:own")
def sessions(_actor: Actor) -> ResponseReturnValue:
    return redirect(url_for(".settings", _anchor="sessions"))


@bp.post("/settings/sessions/<session_id>/ending")
@allow("account:own")
def end_session(actor: Actor, session_id: str) -> ResponseReturnValue:
    """Another person's session, or none: the same answer, and nothing happens."""
    check_press()
    commands.end_session(actor.person_id, session_id)
    flash(_("That browser is signed out."), "good")
    return redirect(url_for(".settings", _anchor="sessions"), 303)
