"""What happens to comments, told to the domains above."""

from dataclasses import dataclass, field
from typing import Any

from classroom.comments.models import Standing, ThanksKind
from classroom.posts.states import State


@dataclass(frozen=True)
class CommentPosted:
    """A comment was sent, and is visible or held by `state`; `first`: the writer's first on that post."""

    comment_id: int
    course_id: int
    project_id: int
    post_id: int
    author_id: int
    receiver_id: int
    state: State
    first: bool


@dataclass(frozen=True)
class CommentMoved:
    """A comment or reply took an edge of the state machine; `actor_id` is None for the standard itself.

    `details` holds what the log keeps beside it: `body`, the text as it was before a rewrite.
    """

    subject: str  # 'comment' or 'reply'
    id: int
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
class CommentClaimed:
    """'I think this is fine': a person is asked to look."""

    comment_id: int
    course_id: int
    project_id: int
    author_id: int


@dataclass(frozen=True)
class CommentEdited:
    """The writer changed a comment; a claim that now counts by itself needs nobody any more."""

    comment_id: int
    course_id: int
    project_id: int
    author_id: int
    standing_before: Standing
    standing: Standing


@dataclass(frozen=True)
class Reworded:
    """The writer changed what others can read; `before` holds the words as they were, for the record."""

    subject: str  # 'comment' or 'reply'
    id: int
    course_id: int
    project_id: int
    author_id: int
    before: dict[str, Any]


@dataclass(frozen=True)
class StandingDecided:
    """A person said whether a comment counts."""

    comment_id: int
    course_id: int
    project_id: int
    author_id: int
    standing: Standing
    actor_id: int


@dataclass(frozen=True)
class ReplyPosted:
    """A reply was sent under a comment."""

    reply_id: int
    comment_id: int
    course_id: int
    project_id: int
    author_id: int
    state: State


@dataclass(frozen=True)
class ThanksGiven:
    """The receiver thanked the writer."""

    comment_id: int
    course_id: int
    project_id: int
    writer_id: int
    kind: ThanksKind


@dataclass(frozen=True)
class CommentActedOn:
    """The receiver changed the work because of a comment."""

    comment_id: int
    course_id: int
    project_id: int
    writer_id: int
    revision: int


@dataclass(frozen=True)
class PairingMade:
    """A student is asked to comment on one more post."""

    pairing_id: int
    course_id: int
    project_id: int
    commenter_id: int
    post_id: int
    reason: str


@dataclass(frozen=True)
class PostRead:
    """Somebody has read what stands on a post's page; only their own news may follow from it."""

    person_id: int
    post_public_id: str


@dataclass(frozen=True)
class StandingUndone:
    """A decision on whether a comment counts was taken back: it is claimed again."""

    comment_id: int
    author_id: int
