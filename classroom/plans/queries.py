"""Reads of revision plans; what waits for a person, or was taken back, is quietly not in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, literal, null, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.comments.models import Comment
from classroom.comments.queries import member_from, reading_for
from classroom.comments.queries_page import Beside, lies_beside
from classroom.comments.reading import Reading
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.plans.models import Choice, PlanItem, PlanReply
from classroom.plans.policy import Plan, told_to, visible_to
from classroom.plans.rules import Outcome, outcome_of
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.naming import Shown, shown_to


@dataclass(frozen=True)
class Line:
    """One thing of a plan, or a comment that is not in it yet (`id` is None), as one reader sees it."""

    id: str | None
    comment: Comment | None
    by: Shown | None
    choice: Choice
    words: str
    done: bool
    revision: int | None
    outcome: Outcome | None
    place: int = 0
    withheld: bool = False


@dataclass(frozen=True)
class Told:
    """What stands under a comment on the post's page; `outcome` is None while it is only planned."""

    choice: Choice
    words: str
    outcome: Outcome | None
    revision: int | None


@dataclass(frozen=True)
class Said:
    """A reply to a plan."""

    id: str
    name: str
    html: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class Sheet:
    """All of a plan: what is planned, the comments not in it yet, and what revisions have settled."""

    planned: list[Line]
    unplanned: list[Line]
    settled: dict[int, list[Line]]

    @property
    def begun(self) -> bool:
        return bool(self.planned or self.settled)


def plan_of(actor: Actor, post_id: str) -> Plan | None:
    """The finder: the plan of the post with that public id, which may still be empty."""
    reading = reading_for(actor, post_id)
    return Plan(reading) if reading else None


def item_for(actor: Actor, plan_item_id: str) -> PlanItem | None:
    """An item with its post and its comment, if the actor sees the plan."""
    return db.session.scalar(
        select(PlanItem)
        .join(PlanItem.post)
        .where(PlanItem.public_id == plan_item_id, visible_to(actor))
        .options(
            contains_eager(PlanItem.post).joinedload(Post.project, innerjoin=True),
            joinedload(PlanItem.comment),
        )
    )


def sheet_of(actor: Actor, reading: Reading) -> Sheet:
    """The plan, and the visible comments that are not in it; two statements."""
    planned: list[Line] = []
    unplanned: list[Line] = []
    settled: dict[int, list[Line]] = {}
    for line in [*_about_comments(actor, reading), *_own_ideas(reading)]:
        if line.id is None:
            unplanned.append(line)
        elif line.revision is None:
            planned.append(line)
        else:
            settled.setdefault(line.revision, []).append(line)
    for lines in (planned, *settled.values()):
        lines.sort(key=lambda one: one.place)
    return Sheet(planned, unplanned, dict(sorted(settled.items(), reverse=True)))


def _about_comments(actor: Actor, reading: Reading) -> list[Line]:
    rows = db.session.execute(
        select(Comment, Membership, Person, PlanItem)
        .join(
            Membership,
            and_(Membership.course_id == Comment.course_id, Membership.person_id == Comment.author_id),
        )
        .join(Person, Person.id == Comment.author_id)
        .outerjoin(PlanItem, PlanItem.comment_id == Comment.id)
        .where(Comment.post_id == reading.post.id, Comment.state == State.VISIBLE)
        .order_by(Comment.public_id)  # random: in a blind project the order tells nothing
    )
    return [
        _line(item, comment, shown_to(actor, reading.project, member_from(seat, person)))
        for comment, seat, person, item in rows
    ]


def _own_ideas(reading: Reading) -> list[Line]:
    rows = db.session.scalars(
        select(PlanItem).where(PlanItem.post_id == reading.post.id, PlanItem.comment_id.is_(None))
    )
    return [_line(item, None, None) for item in rows]


def _line(item: PlanItem | None, comment: Comment | None, by: Shown | None) -> Line:
    acted = comment is not None and comment.acted_at is not None
    if item is None:
        return Line(None, comment, by, Choice.WILL, "", acted, None, None)
    told = item.told_at is not None
    return Line(
        id=item.public_id,
        comment=comment,
        by=by,
        choice=item.choice,
        words=item.words,
        done=item.done_at is not None or acted,
        revision=item.revision,
        outcome=outcome_of(item.choice, acted=acted) if told and comment else None,
        place=item.position,
        withheld=item.withheld,
    )


def replies_to(actor: Actor, post: Post) -> list[Said]:
    """What staff said to a plan, in its order."""
    rows = db.session.execute(
        select(PlanReply, Person.name)
        .join(Person, Person.id == PlanReply.author_id)
        .where(PlanReply.post_id == post.id)
        .order_by(PlanReply.at, PlanReply.id)
    )
    return [
        Said(one.public_id, name, one.body_html, one.at, one.author_id == actor.person_id)
        for one, name in rows
    ]


@lies_beside
def _beside(actor: Actor, reading: Reading) -> Select[Any]:
    """What the actor may know of the plan beside each comment: all of it, or that of their own once told."""
    asked: Any = (
        select(
            literal("plan"),
            PlanItem.comment_id,
            func.coalesce(PlanItem.revision, 0),
            cast(PlanItem.choice, String),
            case((PlanItem.withheld, ""), else_=PlanItem.words),
            null(),
        )
        .join(Comment, Comment.id == PlanItem.comment_id)
        .join(Post, Post.id == PlanItem.post_id)
        .where(
            PlanItem.post_id == reading.post.id,
            Comment.state == State.VISIBLE,
            or_(visible_to(actor), told_to(actor)),
        )
    )
    return asked  # type: ignore[no-any-return]


def advice_on(beside: Beside, acted: Collection[int]) -> dict[int, Told]:
    """That, by comment id; `acted`: which comments were acted on."""
    return {
        row.of: Told(
            Choice(row.code),
            row.words,
            outcome_of(Choice(row.code), acted=row.of in acted) if row.place else None,
            row.place or None,
        )
        for row in beside.others.get("plan", ())
    }


def beside_editor(actor: Actor, post: Post) -> list[Line]:
    """What is planned, for the author while they revise; one statement, their names left out."""
    rows = db.session.execute(
        select(PlanItem, Comment)
        .outerjoin(Comment, Comment.id == PlanItem.comment_id)
        .join(Post, Post.id == PlanItem.post_id)
        .where(
            PlanItem.post_id == post.id,
            Post.author_id == actor.person_id,
            PlanItem.revision.is_(None),
            or_(PlanItem.comment_id.is_(None), Comment.state == State.VISIBLE),
        )
        .order_by(PlanItem.position, PlanItem.id)
    )
    return [_line(item, comment, None) for item, comment in rows]


def waiting_in(post: Post) -> Sequence[PlanItem]:
    """All of a plan that no revision has settled, in its order, with comments that are not shown just now."""
    return db.session.scalars(
        select(PlanItem)
        .where(PlanItem.post_id == post.id, PlanItem.revision.is_(None))
        .options(joinedload(PlanItem.comment))
        .order_by(PlanItem.position, PlanItem.id)
    ).all()


def item_about(comment_id: int) -> PlanItem | None:
    """What is planned about a comment."""
    return db.session.scalar(select(PlanItem).where(PlanItem.comment_id == comment_id))


def last_place(post_id: int) -> int:
    """The last place of a plan, 0 in an empty one."""
    return db.session.scalar(select(func.max(PlanItem.position)).where(PlanItem.post_id == post_id)) or 0


def item_with_post(item_id: int) -> tuple[PlanItem, Comment, Post]:
    """For notices: an item about a comment, with all that the letter names."""
    post = aliased(Post)
    row = db.session.execute(
        select(PlanItem, Comment, post)
        .join(Comment, Comment.id == PlanItem.comment_id)
        .join(post, post.id == PlanItem.post_id)
        .where(PlanItem.id == item_id)
        .options(joinedload(post.project, innerjoin=True))
    ).one()
    return row[0], row[1], row[2]
