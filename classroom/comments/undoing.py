"""How what was done to comments and replies is taken back."""

from classroom.access import Actor
from classroom.comments import commands, commands_kept, queries
from classroom.comments.models import Comment, Reply
from classroom.comments.reading import Reading
from classroom.core.i18n import _
from classroom.posts.states import State
from classroom.undo.commands import Kept, TooLate, undoes


def standing_of(row: Comment | Reply) -> Kept:
    """What an undo must know of how it stood."""
    return {"state": row.state.value, "hold_reason": row.hold_reason}


@undoes("comments.withdraw", "comment:withdraw", queries.comment_for)
def comment_is_back(actor: Actor, comment: Comment, kept: Kept) -> str:
    _take_up_again(actor, comment, kept)
    commands_kept.drop_copy(comment)
    return _("Your comment is back as it was.")


@undoes("comments.withdraw_reply", "reply:withdraw", queries.reply_for)
def reply_is_back(actor: Actor, row: Reply, kept: Kept) -> str:
    _take_up_again(actor, row, kept)
    return _("Your reply is back as it was.")


@undoes("comments.throw_away", "comment:write", queries.reading_for)
def kept_again(actor: Actor, reading: Reading, kept: Kept) -> str:
    commands_kept.put_back(actor.person_id, reading.post, commands.Written(**kept))
    return _("Your comment is kept again. Only you see it.")


def _take_up_again(actor: Actor, row: Comment | Reply, kept: Kept) -> None:
    if row.state is not State.WITHDRAWN:
        raise TooLate
    commands.take_up_again(row, State(kept["state"]), hold_reason=kept["hold_reason"], by_id=actor.person_id)
