"""How the removal of a passkey is taken back."""

from classroom.access import Actor
from classroom.accounts import commands_passkeys
from classroom.core.i18n import _
from classroom.undo.commands import Kept, undoes


@undoes("accounts.remove_passkey", "account:own", lambda actor, _target: actor)
def passkey_is_back(actor: Actor, _row: Actor, kept: Kept) -> str:
    commands_passkeys.put_back(actor.person_id, kept["passkey"])
    return _("Your passkey signs you in again.")
