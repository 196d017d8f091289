"""Who may do what with accounts: everyone with their own."""

from classroom.access import SIGNED_IN, Actor, rule


@rule("account:own", SIGNED_IN, private=True)
def may_keep_own(_actor: Actor, _row: object) -> bool:
    """Everyone who is signed in: their own name, password, passkeys, sessions and appearance."""
    return True
