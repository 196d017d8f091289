"""How what was done to requests and answers is taken back."""

from classroom.access import Actor
from classroom.core.i18n import _
from classroom.help_requests import queries
from classroom.help_requests.commands import take_up_again
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.posts.states import State
from classroom.undo.commands import Kept, TooLate, undoes


@undoes("help_requests.withdraw", "help:keep", queries.request_for)
def request_is_back(actor: Actor, row: HelpRequest, kept: Kept) -> str:
    _take_up(actor, row, kept)
    return _("Your request is back as it was.")


@undoes("help_requests.withdraw_answer", "help_answer:edit", queries.answer_for)
def answer_is_back(actor: Actor, made: HelpAnswer, kept: Kept) -> str:
    _take_up(actor, made, kept)
    return _("Your answer is back as it was.")


def _take_up(actor: Actor, row: HelpRequest | HelpAnswer, kept: Kept) -> None:
    if row.state is not State.WITHDRAWN:
        raise TooLate
    take_up_again(row, State(kept["state"]), hold_reason=kept["hold_reason"], by_id=actor.person_id)
