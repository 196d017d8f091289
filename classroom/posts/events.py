"""What happens to posts, told to the domains above."""

from dataclasses import dataclass, field
from typing import Any

from classroom.posts.states import State


@dataclass(frozen=True)
class PostPublished:
    """A revision was published. `first`: the post was not in the class before, or had been taken back."""

    post_id: int
    project_id: int
    course_id: int
    author_id: int
    revision: int
    first: bool


@dataclass(frozen=True)
class PostWithdrawn:
    """Its author took a post back."""

    post_id: int
    project_id: int
    course_id: int
    author_id: int


@dataclass(frozen=True)
class PostMoved:
    """A post took an edge of the state machine; `actor_id` is None where no person decided."""

    post_id: int
    course_id: int
    project_id: int
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
class FileDropped:
    """No row names these bytes any more: they may go once that is committed."""

    key: str
