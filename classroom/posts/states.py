"""The states of whatever students write, shared by posts, comments and replies."""

from enum import StrEnum
from typing import Any, Protocol

from classroom.core.clock import now
from classroom.core.errors import ChangedMeanwhile
from classroom.core.i18n import _l


class State(StrEnum):
    """Where a post, a comment or a reply stands."""

    DRAFT = "draft"
    VISIBLE = "visible"
    HELD = "held"
    RETURNED = "returned"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.VISIBLE, State.HELD, State.WITHDRAWN}),
    State.VISIBLE: frozenset({State.HELD, State.RETURNED, State.REMOVED, State.WITHDRAWN}),
    State.HELD: frozenset({State.VISIBLE, State.HELD, State.RETURNED, State.REMOVED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.VISIBLE, State.HELD, State.WITHDRAWN}),
    State.REMOVED: frozenset({State.VISIBLE}),
    State.WITHDRAWN: frozenset(),
}
# A student has one post in a project, so one that was taken back can be posted again.
NEXT_OF_POST = {**NEXT, State.WITHDRAWN: frozenset({State.VISIBLE, State.HELD})}


UNDONE = "undone"  # the reason with which the log tells an undo


class CannotMove(ChangedMeanwhile):
    """The edge is not in the state machine."""

    message = _l("This was decided meanwhile. Have a look again.")


def check_move(at: State, wanted: State) -> None:
    """Raise `CannotMove` unless `wanted` may follow `at`."""
    if wanted not in NEXT[at]:
        raise CannotMove


def check_post_move(now: State, wanted: State) -> None:
    """The same for posts."""
    if wanted not in NEXT_OF_POST[now]:
        raise CannotMove


def check_back(now: State, before: State) -> None:
    """An undo walks one edge backwards: from `now` to where the act had found it."""
    if before is State.DRAFT or now not in NEXT[before]:
        raise CannotMove


class Moving(Protocol):
    """What is held, returned and shown again: a comment, a reply, a request for help, an answer."""

    state: Any
    hold_reason: Any
    shown_at: Any


def turn(row: Moving, to: State, reason: str) -> State:
    """Take one edge, or raise `CannotMove`; answers where it stood before. The caller tells the log."""
    before: State = row.state
    if reason == UNDONE:
        check_back(before, to)
    else:
        check_move(before, to)
        row.hold_reason = reason if to in {State.HELD, State.RETURNED, State.REMOVED} else None
        if to is State.VISIBLE and before is not State.REMOVED:
            row.shown_at = now()
    row.state = to
    return before


def state_when_posted(now: State, withdrawn_from: State | None) -> State:
    """Where a post stands once its author has published a revision of it."""
    if now is State.HELD:
        return State.HELD
    if now is State.WITHDRAWN and withdrawn_from in {State.HELD, State.RETURNED}:
        return State.HELD
    return State.VISIBLE
