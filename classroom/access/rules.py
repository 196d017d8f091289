"""The one table of who may do what: rules register themselves where they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from classroom.access.actor import Actor


class Kind(StrEnum):
    """The kinds of people whom the table names, from the one closest to a row to the one farthest."""

    AUTHOR = "author"
    RECEIVER = "receiver"
    CLASSMATE = "classmate"
    OBSERVER = "observer"
    ASSISTANT = "assistant"
    OTHER_ASSISTANT = "assistant of another section"
    INSTRUCTOR = "instructor"
    STRANGER = "signed in, not in the course"
    VISITOR = "not signed in"


STAFF = frozenset({Kind.ASSISTANT, Kind.INSTRUCTOR})
STUDENTS = frozenset({Kind.AUTHOR, Kind.RECEIVER, Kind.CLASSMATE})
MEMBERS = STAFF | STUDENTS | {Kind.OBSERVER, Kind.OTHER_ASSISTANT}
SIGNED_IN = MEMBERS | {Kind.STRANGER}

Predicate = Callable[[Actor, Any], bool]


@dataclass(frozen=True)
class Rule:
    """One row of the table: an action, for whom it is meant, and the predicate that decides.

    `private`: not for staff who look through someone's eyes. `lasting`: also in a course that is over.
    """

    action: str
    who: frozenset[Kind]
    may: Predicate
    says: str
    private: bool = False
    lasting: bool = False


RULES: dict[str, Rule] = {}


def rule(
    action: str, who: frozenset[Kind], *, private: bool = False, lasting: bool = False
) -> Callable[[Predicate], Predicate]:
    """Register `may_x(actor, row) -> bool` for `action`; its docstring is the table's sentence."""

    def register(predicate: Predicate) -> Predicate:
        if action in RULES and RULES[action].may.__qualname__ != predicate.__qualname__:
            raise ValueError(f"two rules for {action}")
        says = " ".join((predicate.__doc__ or "").split())
        RULES[action] = Rule(action, frozenset(who), predicate, says, private, lasting)
        return predicate

    return register


def may(actor: Actor, action: str, row: Any) -> bool:
    """Ask the table; an unknown action is an error and never a yes."""
    return RULES[action].may(actor, row)


def is_closed(actor: Actor, action: str, row: Any) -> bool:
    """Does the row belong to a course that is over, in which this changes nothing any more?"""
    course_id = getattr(row, "course_id", None)
    return isinstance(course_id, int) and actor.is_over(course_id) and not RULES[action].lasting


def table() -> list[Rule]:
    """All rules by action, as `classroom access` prints them."""
    return [RULES[action] for action in sorted(RULES)]
