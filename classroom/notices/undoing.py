"""How 'I have seen it all' and 'I talked with them' are taken back."""

from datetime import datetime

from classroom.access import Actor
from classroom.comments.commands_reading import mark_all_unread
from classroom.core.i18n import _
from classroom.notices import commands
from classroom.notices.commands_tending import unsay_talk
from classroom.notices.models import Tending
from classroom.notices.queries_tending import own_talk
from classroom.undo.commands import Kept, undoes


@undoes("notices.mark_seen", "notices:own", lambda actor, _target: actor)
def news_again(actor: Actor, _row: Actor, kept: Kept) -> str:
    at = datetime.fromisoformat(kept["at"])
    commands.mark_unseen(actor.person_id, at)
    mark_all_unread(actor.person_id, at, kept["read"])
    return _("Your news is back.")


@undoes("today.talk", "tending:unsay", own_talk)
def no_talk(_actor: Actor, made: Tending, _kept: Kept) -> str:
    unsay_talk(made)
    return _("The note of your talk is gone.")
