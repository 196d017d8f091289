"""How a celebration's end, a writer's word and the end of a nomination are taken back."""

from classroom.access import Actor
from classroom.celebrations import commands, commands_nominations, queries
from classroom.celebrations.models import Consent, Highlight, Nomination
from classroom.celebrations.queries_nominations import nomination_for
from classroom.core.i18n import _
from classroom.undo.commands import Kept, TooLate, undoes


@undoes("celebrations.take_back", "highlight:take_back", queries.highlight_for)
def celebrated_again(_actor: Actor, made: Highlight, _kept: Kept) -> str:
    commands.celebrate_again(made)
    return _("It is celebrated again.")


@undoes("celebrations.consent", "highlight:consent", queries.highlight_for)
def as_answered_before(_actor: Actor, made: Highlight, kept: Kept) -> str:
    if made.consent.value != kept["said"]:
        raise TooLate
    commands.answer(made, Consent(kept["before"]))
    return _("Your answer is what it was before.")


@undoes("celebrations.withdraw_nomination", "nomination:withdraw", nomination_for)
def nominated_again(_actor: Actor, made: Nomination, _kept: Kept) -> str:
    if made.withdrawn_at is not None:
        commands_nominations.renew(made)
    return _("It is nominated again.")


@undoes("celebrations.set_aside_nomination", "nomination:decide", nomination_for)
def waits_again(_actor: Actor, made: Nomination, _kept: Kept) -> str:
    commands_nominations.set_aside(made, aside=False)
    return _("It is among the nominations again.")
