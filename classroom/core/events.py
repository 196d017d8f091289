"""How a lower domain tells a higher one: within the unit of work, or after its commit.

`listens` runs at once, in the same transaction: what it writes stands or falls with the act (a log row, a
notice). `after` runs once the commit has succeeded: what it does cannot be undone (a mail).
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

E = TypeVar("E")
_within: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_afterwards: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_waiting: ContextVar[tuple[object, ...]] = ContextVar("events_waiting", default=())


def listens(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a listener that shares the unit of work of the act."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        if listener not in _within[kind]:
            _within[kind].append(listener)
        return listener

    return register


def after(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a listener that runs after the commit, and only then."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        if listener not in _afterwards[kind]:
            _afterwards[kind].append(listener)
        return listener

    return register


def announce(event: object) -> None:
    """Tell what happened."""
    _waiting.set((*_waiting.get(), event))
    for listener in _within[type(event)]:
        listener(event)


def tell_waiting() -> None:
    """Run the listeners that waited for the commit; called by the unit of work."""
    waiting = _waiting.get()
    _waiting.set(())
    for event in waiting:
        for listener in _afterwards[type(event)]:
            listener(event)


def forget_waiting() -> None:
    """The unit of work was rolled back: nothing happened."""
    _waiting.set(())
