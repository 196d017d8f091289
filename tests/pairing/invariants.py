"""What must hold for every pairing, said once and asked by every test of the engine."""

from collections import Counter
from collections.abc import Collection, Sequence

from classroom.pairing import Commenter, Pair, Plan, Work

Ids = tuple[int, int]


def forbidden(
    commenter: Commenter, work: Work, people: dict[int, Commenter], conflicts: Collection[Ids]
) -> bool:
    author = people.get(work.author)
    same_group = author is not None and commenter.group is not None and commenter.group == author.group
    return commenter.id == work.author or same_group or (commenter.id, work.author) in conflicts


def check_plan(
    commenters: Sequence[Commenter],
    works: Sequence[Work],
    existing: Sequence[Pair],
    plan: Plan,
    *,
    n: int,
    conflicts: Collection[Ids] = frozenset(),
) -> None:
    people = {one.id: one for one in commenters}
    posts = {work.id: work for work in works}
    locked = {(pair.commenter, pair.work) for pair in existing if pair.locked}
    unstarted = {(pair.commenter, pair.work) for pair in existing} - locked

    assert set(plan.release) <= unstarted, "only what nobody has begun is released"
    assert not set(plan.add) & (locked | unstarted), "nothing is added twice"
    assert len(set(plan.add)) == len(plan.add)
    after = plan.applied_to(existing)
    assert {(p.commenter, p.work) for p in after} >= locked

    for pair in after:
        if pair.locked:
            continue
        commenter, work = people[pair.commenter], posts[pair.work]
        assert commenter.active
        assert work.eligible
        assert not forbidden(commenter, work, people, conflicts)

    given = loads(commenters, works, after)
    before = loads(commenters, works, [pair for pair in existing if pair.locked])
    for one in commenters:
        if one.active:
            # Nobody is asked for more than their limit.
            assert given[one.id] <= max(before[one.id], one.limit(n))
    check_short(commenters, works, after, plan, n)


def check_short(
    commenters: Sequence[Commenter], works: Sequence[Work], after: Sequence[Pair], plan: Plan, n: int
) -> None:
    given, received = loads(commenters, works, after), promised(commenters, works, after)
    assert {short.commenter: short.given for short in plan.short.commenters} == {
        one.id: given[one.id] for one in commenters if one.active and given[one.id] < n
    }
    assert {short.work: short.promised for short in plan.short.works} == {
        work.id: received[work.id] for work in works if work.eligible and received[work.id] < n
    }


def loads(commenters: Sequence[Commenter], works: Sequence[Work], pairs: Sequence[Pair]) -> Counter[int]:
    """A finished comment always counts for its writer, an open one only where it can be finished."""
    open_works = {work.id for work in works if work.eligible}
    return Counter(pair.commenter for pair in pairs if pair.done or pair.work in open_works)


def promised(commenters: Sequence[Commenter], works: Sequence[Work], pairs: Sequence[Pair]) -> Counter[int]:
    """A finished comment counts for its work whoever wrote it, an open one only while its writer is here."""
    here = {one.id for one in commenters if one.active}
    return Counter(pair.work for pair in pairs if pair.done or pair.commenter in here)


def spread(works: Sequence[Work], received: Counter[int]) -> int:
    counts = [received[work.id] for work in works if work.eligible]
    return max(counts) - min(counts) if counts else 0
