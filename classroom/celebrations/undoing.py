"""How a celebration's end and a writer's word are taken back."""

from classroom.access import Actor
from classroom.celebrations import commands, queries
from classroom.celebrations.models import Consent, Highlight
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
