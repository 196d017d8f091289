"""Pure rules of comments: what counts, what a writer may still do, and when commenting is over."""

from datetime import datetime, timedelta

from classroom.comments.models import COUNTING, Standing
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l
from classroom.posts.states import State
from classroom.projects.models import Extension, Project
from classroom.projects.rules import Phase, is_closed, is_open, is_over

LEASE = timedelta(hours=8)  # a draft says for so long that its post is being commented on
MOST_CHARACTERS = 8000
WRITABLE = frozenset({State.VISIBLE, State.HELD, State.RETURNED})


class CommentingClosed(RuleBroken):
    """The date is past and the project takes nothing late."""

    message = _l(
        "Commenting on this project is over. Your text is kept here; your instructor can give you more time."
    )


class NotOpenYet(RuleBroken):
    """The project has not opened."""

    message = _l("This project is not open yet. Your text is kept as a draft.")


class NothingWritten(RuleBroken):
    """An empty comment."""

    message = _l("Write your comment first.")


class TooLong(RuleBroken):
    """More than anyone reads."""

    message = _l("That is longer than a comment may be. Keep the part that helps most.")


class OwnWork(RuleBroken):
    """Nobody comments on their own post."""

    message = _l("This is your own post. You can answer the comments below it.")


class NotToClaim(RuleBroken):
    """Only a visible comment that does not count yet can be claimed."""

    message = _l("This comment needs no second look: it counts already, or a person has decided.")


class NotToAnswer(ChangedMeanwhile):
    """The comment is not visible any more."""

    message = _l("This comment is not shown at the moment, so it cannot be answered. Your text is kept.")


class BothTexts(ChangedMeanwhile):
    """Another tab or device was first: `details` hold `theirs`, the text that is saved, and `yours`."""

    message = _l("This was changed somewhere else. Both texts are kept; choose below.")


def counts(state: State, standing: Standing) -> bool:
    """A held comment counts until a person has decided: waiting never costs the writer."""
    return state is State.HELD or (state is State.VISIBLE and standing in COUNTING)


def may_rewrite(state: State) -> bool:
    """A removed or withdrawn comment is not written any further."""
    return state in WRITABLE


def may_claim(state: State, standing: Standing) -> bool:
    """'I think this is fine': once, for a visible comment that the standard did not pass."""
    return state is State.VISIBLE and standing is Standing.NOT_YET


def standing_after_edit(before: Standing, meets: bool) -> Standing:
    """A rewritten comment is judged anew; what waits for a person goes on waiting."""
    if meets:
        return Standing.COUNTS
    return before if before in {Standing.CLAIMED, Standing.DECLINED} else Standing.NOT_YET


def check_text(body: str) -> None:
    """Not empty, and no longer than anyone reads."""
    if not body.strip():
        raise NothingWritten
    if len(body) > MOST_CHARACTERS:
        raise TooLong


def check_time(project: Project, at: datetime, extension: Extension | None) -> bool:
    """Refuse what comes too early or too late; answers whether it is late and marked so."""
    if not is_open(project, at):
        raise NotOpenYet
    if is_closed(project, Phase.COMMENT, at, extension):
        raise CommentingClosed
    return is_over(project, Phase.COMMENT, at, extension)
