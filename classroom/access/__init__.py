"""Who may do what: the actor, the rules and the guard; knows no domain."""

from classroom.access.actor import Actor, Role, Seat
from classroom.access.guard import allow, current_actor, open_to_everyone
from classroom.access.rules import (
    MEMBERS,
    RULES,
    SIGNED_IN,
    STAFF,
    STUDENTS,
    Kind,
    is_closed,
    may,
    rule,
    table,
)

__all__ = [
    "MEMBERS",
    "RULES",
    "SIGNED_IN",
    "STAFF",
    "STUDENTS",
    "Actor",
    "Kind",
    "Role",
    "Seat",
    "allow",
    "current_actor",
    "is_closed",
    "may",
    "open_to_everyone",
    "rule",
    "table",
]
