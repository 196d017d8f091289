"""What happens to help requests and their answers, told to the domains above."""

from dataclasses import dataclass, field
from typing import Any

from classroom.posts.states import State

REQUEST, ANSWER = "help", "help_answer"


@dataclass(frozen=True)
class HelpMoved:
    """A request or an answer took an edge of the state machine; `actor_id` is None for the standard."""

    subject: str  # REQUEST or ANSWER
    id: int
    course_id: int
    project_id: int | None
    author_id: int
    before: State
    after: State
    actor_id: int | None
    reason: str
    note: str = ""
    clause_number: int | None = None
    words: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HelpReworded:
    """The writer changed what others can read; `before` holds the words as they were, for the record."""

    subject: str
    id: int
    course_id: int
    project_id: int | None
    author_id: int
    before: dict[str, Any]


@dataclass(frozen=True)
class AnswerHelped:
    """The asker marked an answer as what helped."""

    answer_id: int
    course_id: int
    author_id: int
