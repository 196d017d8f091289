"""Writes of staff who ask others: pairings that nobody has begun are freed, and the engine finds who else."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from classroom.comments.pairing_work import (
    FREED,
    Class,
    assigns,
    carry_out,
    class_of,
    kept_of,
    plan_of,
    repair,
)
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.pairing import Commenter, Pair, Plan, Short, Work, assign
from classroom.projects.models import Project
from classroom.projects.rules import Phase, is_over

Ids = tuple[int, int]  # (commenter, post)


class NobodyIsAsked(RuleBroken):
    """Students of this project choose by themselves."""

    message = _l("In this project nobody is asked by name, so there is nobody to ask instead.")


class TooLate(RuleBroken):
    """The date for comments is over."""

    message = _l("Commenting is over. A comment of yours would still help a post that has too few.")


@dataclass(frozen=True)
class Asking:
    """Whose pairings are freed, who is asked instead, and who of those was done already.

    `kept` could not be given to anyone else, so they stay. `short` says what posts still lack, by post.
    """

    freed: tuple[Ids, ...] = ()
    asked: tuple[Ids, ...] = ()
    more: frozenset[Ids] = frozenset()
    kept: tuple[Ids, ...] = ()
    short: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Field:
    """The posts for which others are asked, and what stands there once the freed pairs are gone."""

    works: tuple[Work, ...]
    pairs: tuple[Pair, ...]
    conflicts: frozenset[Ids]
    spare: dict[int, int]
    finished: frozenset[int]


def plan_asking(project: Project, *, commenters: Collection[int] = (), posts: Collection[int] = ()) -> Asking:
    """What `ask_others` would do now, after what a repair does by itself."""
    if not assigns(project):
        raise NobodyIsAsked
    if is_over(project, Phase.COMMENT, now()):
        raise TooLate
    room = class_of(project, kept_of(project.id), {})
    room.existing = plan_of(project, room).applied_to(room.existing)
    loose = {(one.commenter, one.work) for one in room.existing if not one.locked}
    freed = {pair for pair in loose if pair[0] in commenters or pair[1] in posts}
    there = _field(project, room, freed, {work for _who, work in freed} | set(posts))
    students = sum(one.active for one in room.commenters)
    n = max(1, min(project.comments_wanted, students - 1))
    final = _with(project, there, n, there.pairs)
    if _short(there, final, n):
        final = _with(project, there, n, final, of_the_finished=1)
    asked, lacking = _new(there.pairs, final), _short(there, final, n)
    kept = _keep(freed, lacking)
    taken = Counter(who for who, _work in asked)
    return Asking(
        freed=tuple(sorted(freed - set(kept))),
        asked=tuple(sorted(asked)),
        more=frozenset(pair for pair in asked if taken[pair[0]] > there.spare.get(pair[0], 0)),
        kept=tuple(sorted(kept)),
        short={work: lacks for work, lacks in lacking.items() if lacks > 0},
    )


def ask_others(project: Project, *, commenters: Collection[int] = (), posts: Collection[int] = ()) -> Asking:
    """Free what was not begun and ask others, who are told; a second press finds nothing left to free."""
    repair(project.id)
    found = plan_asking(project, commenters=commenters, posts=posts)
    kept = kept_of(project.id)
    carry_out(project, Plan(found.asked, found.freed, Short()), kept, more=found.more)
    for pair in found.freed:
        kept[pair].reason = FREED
    db.session.flush()
    return found


def _field(project: Project, room: Class, freed: set[Ids], posts: set[int]) -> _Field:
    eligible = {work.id: work for work in room.works if work.eligible}
    author_of = {work.id: work.author for work in room.works}
    stay = [one for one in room.existing if (one.commenter, one.work) not in freed]
    load = Counter(one.commenter for one in stay if one.done or one.work in eligible)
    loose = Counter(one.commenter for one in stay if not one.locked)
    done = Counter(one.commenter for one in stay if one.done)
    let_off = {who for who, _work in freed}
    helpers = [one for one in room.commenters if one.active and one.id not in let_off]
    n = project.comments_wanted
    return _Field(
        works=tuple(eligible[post] for post in sorted(posts) if post in eligible),
        # What others were asked for stays theirs: only what is freed moves.
        pairs=tuple(replace(one, started=True) for one in stay if one.work in posts and one.work in eligible),
        conflicts=frozenset(room.conflicts | {(who, author_of[work]) for who, work in freed}),
        spare={one.id: max(0, one.limit(n) - load[one.id]) for one in helpers},
        finished=frozenset(one.id for one in helpers if done[one.id] >= n and not loose[one.id]),
    )


def _with(
    project: Project, there: _Field, n: int, pairs: Collection[Pair], *, of_the_finished: int = 0
) -> list[Pair]:
    """The pairs on these posts once the engine has asked those with something to spare, or who are done."""
    held = Counter(one.commenter for one in there.pairs)
    people = [
        Commenter(who, cap=held[who] + there.spare.get(who, 0) + of_the_finished * (who in there.finished))
        for who in sorted(held.keys() | there.spare.keys())
    ]
    plan = assign(
        people,
        there.works,
        list(pairs),
        n=project.comments_wanted,
        seed=project.secret,
        conflicts=there.conflicts,
        at_most=n,
    )
    return plan.applied_to(pairs)


def _new(before: Collection[Pair], after: Collection[Pair]) -> set[Ids]:
    return {(one.commenter, one.work) for one in after} - {(one.commenter, one.work) for one in before}


def _short(there: _Field, pairs: Collection[Pair], n: int) -> dict[int, int]:
    """How many comments each of the posts still lacks: none where there are enough or more."""
    coming = Counter(one.work for one in pairs)
    return {work.id: n - coming[work.id] for work in there.works if coming[work.id] < n}


def _keep(freed: Collection[Ids], lacking: Mapping[int, int]) -> list[Ids]:
    """Where nobody else is found, whoever was asked stays asked."""
    left, kept = dict(lacking), []
    for who, work in sorted(freed):
        if left.get(work, 0) > 0:
            left[work] -= 1
            kept.append((who, work))
    return kept
