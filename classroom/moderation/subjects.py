"""The kinds of things a case may be about, behind one small face."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor
from classroom.comments import commands as comments
from classroom.comments.models import Comment, Reply
from classroom.core.db import db
from classroom.core.ids import digest
from classroom.courses.queries import Member
from classroom.help_requests import commands as helping
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.help_requests.naming import shown_in
from classroom.moderation.models import Case, Subject
from classroom.posts import commands as posts
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.naming import Shown, shown_to

Row = Post | Comment | Reply | HelpRequest | HelpAnswer
KINDS: dict[type[Row], Subject] = {
    Post: Subject.POST,
    Comment: Subject.COMMENT,
    Reply: Subject.REPLY,
    HelpRequest: Subject.HELP,
    HelpAnswer: Subject.HELP_ANSWER,
}


@dataclass(frozen=True)
class Told:
    """What is said with a decision."""

    actor_id: int
    reason: str
    note: str = ""
    clause_number: int | None = None


def kind_of(row: Row) -> Subject:
    return KINDS[type(row)]


def _loaded(kind: Subject) -> Select[Any]:
    """Things of one kind, with what the pages say about them."""
    of_post = joinedload(Comment.post).joinedload(Post.project)
    asked = (joinedload(HelpRequest.project), joinedload(HelpRequest.post), joinedload(HelpRequest.course))
    return {
        Subject.POST: select(Post).options(joinedload(Post.project)),
        Subject.COMMENT: select(Comment).options(of_post),
        Subject.REPLY: select(Reply).options(joinedload(Reply.comment).options(of_post)),
        Subject.HELP: select(HelpRequest).options(*asked),
        Subject.HELP_ANSWER: select(HelpAnswer)
        .join(HelpAnswer.request)
        .options(contains_eager(HelpAnswer.request).options(*asked)),
    }[kind]


def subject_row(kind: Subject, row_id: int) -> Row:
    """The thing itself."""
    table = next(table for table, one in KINDS.items() if one is kind)
    row: Row = db.session.scalars(_loaded(kind).where(table.id == row_id)).one()
    return row


def subject_rows(cases: Sequence[Case]) -> dict[tuple[Subject, int], Row]:
    """The things themselves, each kind that there is in one statement."""
    found: dict[tuple[Subject, int], Row] = {}
    for table, kind in KINDS.items():
        ids = [case.subject_id for case in cases if case.subject is kind]
        if ids:
            found |= {
                (kind, row.id): row for row in db.session.scalars(_loaded(kind).where(table.id.in_(ids)))
            }
    return found


def move(row: Row, to: State, told: Told) -> None:
    """Through the one command of the row's own domain."""
    act: Callable[..., None] = helping.move
    if isinstance(row, Post):
        act = posts.move_post
    elif isinstance(row, Comment | Reply):
        act = comments.move
    said = {"reason": told.reason, "note": told.note, "clause_number": told.clause_number}
    act(row, to, actor_id=told.actor_id, **said)


def take_up_again(row: Row, to: State, *, hold_reason: str | None, by_id: int) -> None:
    """Undo the edge that was taken last, by the row's own domain."""
    if isinstance(row, Comment | Reply):
        comments.take_up_again(row, to, hold_reason=hold_reason, by_id=by_id)
    elif isinstance(row, HelpRequest | HelpAnswer):
        helping.take_up_again(row, to, hold_reason=hold_reason, by_id=by_id)


def _post_of(row: Post | Comment | Reply) -> Post:
    """The post it is, or belongs to."""
    if isinstance(row, Post):
        return row
    return row.post if isinstance(row, Comment) else row.comment.post


def _request_of(row: HelpRequest | HelpAnswer) -> HelpRequest:
    return row if isinstance(row, HelpRequest) else row.request


def receiver_of(row: Row) -> int:
    """To whom it was written: the author of the post, the asker."""
    if isinstance(row, HelpRequest | HelpAnswer):
        return _request_of(row).author_id
    return _post_of(row).author_id


def path_of(row: Row) -> str:
    """Where it stands."""
    if isinstance(row, HelpRequest | HelpAnswer):
        anchor = f"#a-{row.public_id}" if isinstance(row, HelpAnswer) else ""
        return f"/help-requests/{_request_of(row).public_id}{anchor}"
    anchor = "" if isinstance(row, Post) else f"#c-{row.public_id}"
    return f"/posts/{_post_of(row).public_id}{anchor}"


def is_on_a_page(row: Row) -> bool:
    """A post has a page once it was posted; everything else stands on one."""
    return isinstance(row, HelpRequest | HelpAnswer) or _post_of(row).revision_number > 0


def place_of(row: Row) -> str:
    """The title of its project, or of the course that was asked."""
    if isinstance(row, HelpRequest | HelpAnswer):
        request = _request_of(row)
        return request.project.title if request.project else request.course.title
    return _post_of(row).project.title


def shown_with(viewer: Actor, row: Row, member: Member) -> Shown:
    """`member` under the name that they have beside this thing."""
    if isinstance(row, HelpRequest | HelpAnswer):
        return shown_in(viewer, _request_of(row), member)
    return shown_to(viewer, _post_of(row).project, member)


def edition_of(row: Row) -> str:
    """Tells one wording from another: what a decision was made about."""
    number = row.revision_number if isinstance(row, Post) else ""
    return digest(f"{text_of(row)}\n{number}")[:12]


def text_of(row: Row) -> str:
    return row.title if isinstance(row, Post) else row.body
