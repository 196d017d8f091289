"""Keeps the pairings of a project right: asked again after anything has changed, it mends with few moves."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import and_, or_, select

from classroom.access import Role
from classroom.comments.events import PairingMade
from classroom.comments.models import Comment, Pairing
from classroom.comments.queries_duties import NOT_POSTED, is_shut_out
from classroom.comments.rules import counts
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.courses.models import Membership
from classroom.pairing import Commenter, Pair, Plan, Work, assign
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, PairingPolicy, Project, ProjectState
from classroom.projects.rules import GRACE, Phase, is_over

BEGUN = frozenset({State.DRAFT, State.VISIBLE, State.HELD, State.RETURNED})
ONE_MORE = "one_more"  # asked of someone who is done already
FREED = "freed"  # staff asked others instead: this one is not asked for it again, and for one fewer
Kept = dict[tuple[int, int], Pairing]


@dataclass
class Class:
    """Everyone and everything the engine is told of."""

    commenters: list[Commenter] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    existing: list[Pair] = field(default_factory=list)
    conflicts: set[tuple[int, int]] = field(default_factory=set)
    still_to_post: bool = False


def repair(project_id: int) -> int:
    """Ask whom the project's policy asks, and release who no longer can; answers how many rows changed."""
    # Not a plain lock: who posts shares the key of the row, and two at once would wait for one another.
    held = select(Project).where(Project.id == project_id).with_for_update(key_share=True)
    project = db.session.scalar(held)
    if project is None:
        return 0
    kept = kept_of(project_id)
    if not assigns(project):
        return _release(row for row in kept.values() if row.released_at is None)
    return carry_out(project, plan_for(project, kept), kept)


def kept_of(project_id: int) -> Kept:
    """Every pairing there ever was, the released ones too."""
    rows = db.session.scalars(select(Pairing).where(Pairing.project_id == project_id))
    return {(row.commenter_id, row.post_id): row for row in rows}


def plan_for(project: Project, kept: Kept, later: Mapping[int, Extension] | None = None) -> Plan:
    """What a repair would change now; or, for a preview, once the people in `later` have those dates."""
    return plan_of(project, class_of(project, kept, later or {}))


def plan_of(project: Project, room: Class) -> Plan:
    """What the engine says of this class."""
    # While posts still arrive, the first ones must not swallow the class.
    arriving = room.still_to_post and not is_over(project, Phase.POST, now())
    return assign(
        room.commenters,
        room.works,
        room.existing,
        n=project.comments_wanted,
        seed=project.secret,
        conflicts=room.conflicts,
        at_most=project.comments_wanted if arriving else None,
    )


def repair_course(course_id: int) -> None:
    """Every project of a course that assigns: someone came or went."""
    for project_id in db.session.scalars(
        select(Project.id).where(
            Project.course_id == course_id,
            Project.state == ProjectState.PUBLISHED,
            Project.pairing == PairingPolicy.ASSIGNED,
        )
    ).all():
        repair(project_id)


def repair_passed(since: datetime, at: datetime) -> None:
    """Projects whose date for posting has passed meanwhile, for all or for one student with more time.

    Whoever never posted is asked from that moment on, and not when something else happens by chance.
    """
    begin, end = since - GRACE, at - GRACE  # `is_over` from the first moment after the grace
    passed = or_(
        and_(Project.post_by >= begin, Project.post_by < end),
        and_(Extension.post_by >= begin, Extension.post_by < end),
    )
    asked = select(Project.id).outerjoin(Extension, Extension.project_id == Project.id).where(passed)
    for project_id in db.session.scalars(asked.distinct().order_by(Project.id)).all():
        repair(project_id)


def assigns(project: Project) -> bool:
    """Whether students are asked by name here."""
    return (
        project.state is ProjectState.PUBLISHED
        and project.pairing is PairingPolicy.ASSIGNED
        and project.comments_wanted > 0
    )


def class_of(project: Project, kept: Kept, later: Mapping[int, Extension]) -> Class:
    """Read the class in two statements, and say of each pair how far it has come."""
    room, authors = Class(), {}
    for seat, extension, post in db.session.execute(
        select(Membership, Extension, Post)
        .select_from(Membership)
        .outerjoin(
            Extension, and_(Extension.project_id == project.id, Extension.person_id == Membership.person_id)
        )
        .outerjoin(Post, and_(Post.project_id == project.id, Post.author_id == Membership.person_id))
        .where(Membership.course_id == project.course_id, Membership.role == Role.STUDENT)
        .order_by(Membership.person_id)
    ):
        here = seat.left_at is None
        own = post.state if post else None
        room.still_to_post |= here and own in NOT_POSTED
        active = here and not is_shut_out(project, later.get(seat.person_id, extension), own)
        room.commenters.append(Commenter(seat.person_id, active=active))
        if post is not None:
            authors[post.id] = post.author_id
            at = post.posted_at.timestamp() if post.posted_at else 0.0
            seen = here and post.state is State.VISIBLE
            room.works.append(Work(post.id, post.author_id, at, eligible=seen))
    _add_pairs(room, project, authors, kept)
    return room


def _add_pairs(room: Class, project: Project, authors: dict[int, int], kept: Kept) -> None:
    done: dict[tuple[int, int], bool] = {}
    for author_id, post_id, state, standing in db.session.execute(
        select(Comment.author_id, Comment.post_id, Comment.state, Comment.standing).where(
            Comment.project_id == project.id
        )
    ):
        pair = (author_id, post_id)
        if state is State.REMOVED and post_id in authors:
            room.conflicts.add((author_id, authors[post_id]))  # nobody is asked to go back there
        elif state in BEGUN:
            done[pair] = done.get(pair, False) or counts(state, standing)
    _heed_staff(room, project, authors, kept, done)
    room.conflicts -= {(who, authors[post]) for (who, post) in done if post in authors}
    live = {pair for pair, row in kept.items() if row.released_at is None}
    for who, post in live | set(done):
        room.existing.append(Pair(who, post, done=done.get((who, post), False), started=(who, post) in done))


def _heed_staff(
    room: Class, project: Project, authors: dict[int, int], kept: Kept, done: Collection[tuple[int, int]]
) -> None:
    """Asked for one more: may hold one more. Freed: asked for one fewer, and not for that one again."""
    change: Counter[int] = Counter()
    for (who, post), row in kept.items():
        if row.reason == ONE_MORE and row.released_at is None:
            change[who] += 1
        elif row.reason == FREED and (who, post) not in done and post in authors:
            change[who] -= 1
            room.conflicts.add((who, authors[post]))
    room.commenters = [
        replace(one, cap=max(0, project.comments_wanted + change[one.id])) if change[one.id] else one
        for one in room.commenters
    ]


def carry_out(project: Project, plan: Plan, kept: Kept, more: Collection[tuple[int, int]] = ()) -> int:
    """Write a plan; the pairs in `more` are asked of people who are done already."""
    gone = [kept[pair] for pair in plan.release if pair in kept]
    extra = Counter(row.commenter_id for row in gone if row.reason == ONE_MORE)
    released = _release(gone)
    made = []
    for commenter_id, post_id in plan.add:
        row = kept.get((commenter_id, post_id))
        if row is None:
            row = Pairing(
                course_id=project.course_id,
                project_id=project.id,
                commenter_id=commenter_id,
                post_id=post_id,
            )
            db.session.add(row)
        moved = extra[commenter_id] > 0  # one more stays one more, whichever post it is
        extra[commenter_id] -= moved
        row.released_at = None
        row.reason = ONE_MORE if moved or (commenter_id, post_id) in more else "assigned"
        made.append(row)
    db.session.flush()
    for row in made:
        announce(
            PairingMade(row.id, row.course_id, row.project_id, row.commenter_id, row.post_id, row.reason)
        )
    return released + len(made)


def _release(rows: Iterable[Pairing]) -> int:
    """Kept as a row, so that a repair can be replayed; a comment that was begun is never taken away."""
    count = 0
    for row in rows:
        row.released_at = now()
        count += 1
    db.session.flush()
    return count
