"""Which posts of a project still have too few meaningful comments, and what happens about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from classroom.access import Actor, Role
from classroom.comments.models import Comment, Pairing
from classroom.comments.queries_participation import Turnout
from classroom.comments.tallies import Peer, counting, peers_of
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.pairing import Step, Work, WorkCoverage, coverage
from classroom.posts.states import State
from classroom.projects.models import PairingPolicy, Project
from classroom.projects.naming import Shown, shown_to
from classroom.projects.rules import Phase, is_over


@dataclass(frozen=True)
class PostCoverage:
    """One post: whose, how much it has, and what happens about the rest. `asked` have not begun."""

    public_id: str
    title: str
    author: Shown
    received: int
    on_the_way: int
    missing: int
    step: Step | None
    asked: int

    @property
    def can_ask(self) -> bool:
        """There is something that others could be asked for instead."""
        return self.step is not None and (self.missing > 0 or self.asked > 0)


@dataclass(frozen=True)
class ProjectCoverage:
    """`wanted` comments for each post; the rows that need most come first."""

    wanted: int
    rows: tuple[PostCoverage, ...]
    students: int
    over: bool = False

    @property
    def covered(self) -> int:
        return sum(row.step is None for row in self.rows)

    @property
    def on_the_way(self) -> int:
        return sum(row.step is Step.ON_THE_WAY for row in self.rows)

    @property
    def short(self) -> int:
        return len(self.rows) - self.covered - self.on_the_way

    def at(self, step: str) -> tuple[PostCoverage, ...]:
        """The rows of one filter: covered, short (nobody has taken it on), or a step."""
        if step == "covered":
            return tuple(row for row in self.rows if row.step is None)
        if step == "short":
            return tuple(row for row in self.rows if row.step not in {None, Step.ON_THE_WAY})
        return tuple(row for row in self.rows if row.step == step) if step else self.rows


def coverage_for(actor: Actor, project: Project) -> ProjectCoverage:
    """The posts in the actor's care; two statements, whatever the size of the class."""
    peers = [
        peer
        for peer in peers_of([project.id], actor.person_id).get(project.id, [])
        if peer.state is State.VISIBLE
    ]
    students, owed = _owed(project)
    wanted = _wanted(project, students)
    over = is_over(project, Phase.COMMENT, now())
    found = coverage(
        [Work(peer.post_id, peer.author_id, peer.posted) for peer in peers],
        {peer.post_id: peer.received for peer in peers},
        n=wanted,
        on_the_way={} if over else {peer.post_id: peer.writing + peer.asked for peer in peers},
        still_owed=0 if over else owed,
        volunteers=not over,
    )
    return ProjectCoverage(wanted, _rows(actor, project, peers, found.rows), students, over)


def _wanted(project: Project, students: int) -> int:
    """How many comments each post is meant to receive."""
    return max(1, min(project.comments_wanted or 1, max(students - 1, 1)))


@dataclass(frozen=True)
class Figures:
    """How many posts of a project have enough comments, are about to, and have too few."""

    posts: int
    covered: int
    on_the_way: int
    short: int


def figures_of(actor: Actor, turnout: Turnout) -> Figures:
    """The same figures as `coverage_for` of the posts in the actor's care, from what is read already."""
    project, posts = turnout.project, turnout.posts
    tended = {one.post_id for one in posts if actor.tends(project.course_id, one.author.section_id)}
    over = is_over(project, Phase.COMMENT, now())
    found = coverage(
        [Work(one.post_id, one.author.person_id, 0.0) for one in posts],
        {one.post_id: one.received for one in posts},
        n=_wanted(project, turnout.students),
        on_the_way={} if over else {one.post_id: one.coming for one in posts},
    )
    steps = [row.step for row in found.rows if row.work in tended]
    covered, coming = steps.count(None), steps.count(Step.ON_THE_WAY)
    return Figures(len(steps), covered, coming, len(steps) - covered - coming)


def _rows(
    actor: Actor, project: Project, peers: Sequence[Peer], found: Sequence[WorkCoverage]
) -> tuple[PostCoverage, ...]:
    by_id = {peer.post_id: peer for peer in peers if actor.tends(project.course_id, peer.member.section_id)}
    return tuple(
        PostCoverage(
            public_id=by_id[row.work].public_id,
            title=by_id[row.work].title,
            author=shown_to(actor, project, by_id[row.work].member),
            received=row.received,
            on_the_way=row.on_the_way,
            missing=row.missing,
            step=row.step,
            asked=by_id[row.work].asked,
        )
        for row in found
        if row.work in by_id
    )


def _owed(project: Project) -> tuple[int, int]:
    """How many students there are, and how many comments they owe without a post being named yet."""
    begun = and_(
        Comment.project_id == project.id,
        Comment.author_id == Membership.person_id,
        or_(counting(), Comment.state == State.DRAFT),
    )
    given = select(func.count(Comment.post_id.distinct())).where(begun).scalar_subquery()
    on_it = select(Comment.id).where(
        Comment.post_id == Pairing.post_id, Comment.author_id == Pairing.commenter_id
    )
    asked = (
        select(func.count())
        .select_from(Pairing)
        .where(
            Pairing.project_id == project.id,
            Pairing.commenter_id == Membership.person_id,
            Pairing.released_at.is_(None),
            ~on_it.exists(),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(given, asked).where(
            Membership.course_id == project.course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
        )
    ).all()
    each = max(len(rows) - 1, 0) if project.pairing is PairingPolicy.EVERYONE else project.comments_wanted
    return len(rows), sum(max(0, each - done - named) for done, named in rows)
