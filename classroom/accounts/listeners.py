"""What accounts does once the commit has succeeded: mail the links, and tell of a new passkey."""

from classroom.accounts.commands import LinkMade
from classroom.accounts.commands_passkeys import PasskeyAdded
from classroom.accounts.models import LinkPurpose
from classroom.core.events import after
from classroom.core.i18n import _
from classroom.core.links import absolute
from classroom.core.mail import Letter, send


@after(LinkMade)
def mail_link(event: LinkMade) -> None:
    """One letter with one link; it says what to do when one did not ask for it."""
    if event.purpose is not LinkPurpose.SIGN_IN:
        return
    text = _(
        "Hello %(name)s,\n\nhere is your link to sign in to Classroom. "
        "It works once, for the next 30 minutes:\n\n%(link)s\n\n"
        "If you did not ask for it, you need not do anything: without this letter it is of no use.",
        name=event.name,
        link=absolute(f"/sign-in/link/{event.token}"),
    )
    send(Letter(event.email, _("Your link to sign in"), text))


@after(PasskeyAdded)
def tell_of_passkey(event: PasskeyAdded) -> None:
    """Whoever did not add it themselves learns of it while it can be undone."""
    text = _(
        "Hello %(name)s,\n\na passkey was added to your account: %(passkey)s. "
        "It signs you in to Classroom without a password.\n\n"
        "If that was you, all is well. If not, remove it here, choose a new password, "
        "and sign the other browsers out:\n\n%(link)s",
        name=event.called,
        passkey=event.name,
        link=absolute("/settings/passkeys"),
    )
    send(Letter(event.email, _("A passkey was added to your account"), text))
