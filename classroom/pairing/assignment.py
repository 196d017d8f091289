"""Who is asked to comment on whom, and how a pairing in use is mended with as few changes as possible.

The answer is exact, not a good guess: as many comments as the rules allow, shared fairly among the
commenters, and spread over the works so evenly that no chain of moves could even them out further.
Every step makes one of those three better and none worse, so the work always ends; what cannot be met
is reported with its reason.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from classroom.pairing.ledger import Ledger
from classroom.pairing.search import Move, apply, chain_from_commenters, chain_to_works
from classroom.pairing.values import (
    Commenter,
    CommenterWhy,
    Ids,
    Pair,
    Plan,
    Short,
    ShortCommenter,
    ShortWork,
    Work,
    WorkWhy,
    draw,
)

PROBES = 64  # how many works of a level a commenter is tried on before the next level


def everyone(commenters: Iterable[Commenter], works: Iterable[Work]) -> list[Ids]:
    """Every active commenter with every eligible work that is not theirs or their group's, oldest first."""
    people = sorted(commenters, key=lambda one: one.id)
    group_of = {one.id: one.group for one in people}
    return [
        (one.id, work.id)
        for work in sorted(works, key=lambda work: (work.posted, work.id))
        if work.eligible
        for one in people
        if one.active
        and one.id != work.author
        and (one.group is None or one.group != group_of.get(work.author))
    ]


def feasible(students: int, n: int, groups: Sequence[int] = ()) -> bool:
    """Whether everyone can give `n` comments and receive `n`, if all of them post.

    `groups` are the sizes of the groups, whose members do not read one another; who is in none counts alone.
    With groups no formula holds, so the engine is asked.
    """
    if n < 1 or students - max(groups, default=1) < n:
        return False
    if max(groups, default=1) <= 1:
        return True
    members = [group for group, size in enumerate(groups) for _ in range(size)]
    class_ = [Commenter(i, members[i] if i < len(members) else None) for i in range(students)]
    return not assign(class_, [Work(i, i, i) for i in range(students)], [], n=n, seed=0, at_most=n).short


def assign(
    commenters: Collection[Commenter],
    works: Collection[Work],
    existing: Sequence[Pair],
    *,
    n: int,
    seed: int | str,
    conflicts: Collection[Ids] = frozenset(),
    at_most: int | None = None,
) -> Plan:
    """What to add and release so that everyone gives `n` and every work receives `n`, or comes closest.

    `conflicts` are (commenter, author) who must not meet. `at_most` is the most comments a work is given:
    pass `n` while posts still arrive, so that the first posts do not swallow the class; pass nothing after
    that, so that nobody is left without a work to read. Run it again after anything has changed; when
    nothing has, the plan is empty.
    """
    ledger = Ledger(commenters, works, conflicts, n=n, seed=seed, at_most=at_most)
    unstarted = _take_over(ledger, existing)
    _lighten(ledger)
    changes = -1
    # A second round finds something only where more than `at_most` had been asked before.
    while changes != ledger.changes:
        changes = ledger.changes
        _fill(ledger)
        _share_among_commenters(ledger)
        _even_out_works(ledger)
    now = set(ledger.pairs_that_may_move())
    return Plan(
        add=tuple(sorted(now - unstarted)),
        release=tuple(sorted(unstarted - now)),
        short=Short(tuple(_short_commenters(ledger, n)), tuple(_short_works(ledger, n))),
    )


def _take_over(ledger: Ledger, existing: Iterable[Pair]) -> set[Ids]:
    """Enter the pairs that stand; an unstarted one that no longer may stand is left out, thus released."""
    merged: dict[Ids, Pair] = {}
    for pair in existing:
        ids = (pair.commenter, pair.work)
        twin = merged.get(ids, pair)
        merged[ids] = Pair(*ids, done=pair.done or twin.done, started=pair.started or twin.started)
    unstarted = set()
    for ids in sorted(merged):
        if merged[ids].locked:
            ledger.lock(merged[ids])
        else:
            unstarted.add(ids)
    for commenter, work in sorted(unstarted):
        if commenter in ledger.load and work in ledger.promised and ledger.may_take(commenter, work):
            ledger.add(commenter, work)
    return unstarted


def _lighten(ledger: Ledger) -> None:
    """Whoever holds more than their limit gives up unstarted works, the best supplied first."""
    for commenter, load in list(ledger.load.items()):
        for _ in range(min(load - ledger.limit[commenter], len(ledger.movable[commenter]))):
            richest = max(ledger.movable[commenter], key=lambda work: (ledger.promised[work], work))
            ledger.drop(commenter, richest)


def _fill(ledger: Ledger) -> None:
    """Everyone gets a first work, then everyone a second one, …: always one that was promised fewest."""
    stuck: set[int] = set()
    for turn in range(1, ledger.n + 1):
        for commenter, quota in ledger.quota.items():
            if commenter in stuck or ledger.load[commenter] >= min(turn, quota):
                continue
            work = _fewest_promised(ledger, commenter)
            if work is None:
                stuck.add(commenter)
            else:
                ledger.add(commenter, work)


def _fewest_promised(ledger: Ledger, commenter: int) -> int | None:
    """A quick look that nearly always finds the best; what it misses, the chains find."""
    if ledger.unread(commenter) <= 0:
        return None
    for level in ledger.shelves.levels():
        if level >= ledger.at_most:
            return None
        shelf = ledger.shelves.at(level)
        first = draw(ledger.seed, commenter, ledger.load[commenter]) % len(shelf)
        for index in range(first, first + min(len(shelf), PROBES)):
            work = shelf[index % len(shelf)]
            if ledger.may_take(commenter, work):
                return work
    return None


def _share_among_commenters(ledger: Ledger) -> None:
    """Chains for those who were left short, those with least first.

    Once no chain leaves a level, what its members can reach is closed: no later chain leads in or out of it.
    That is why one pass upwards is enough.
    """
    for level in range(ledger.n):
        sources = [
            one
            for one, load in ledger.load.items()
            if load == level < ledger.quota[one] and ledger.unread(one) > 0
        ]
        while sources and (moves := chain_from_commenters(ledger, sources)):
            apply(ledger, moves)
            sources = [one for one in sources if ledger.load[one] == level]


def _even_out_works(ledger: Ledger) -> None:
    """From the least promised upwards, as `_share_among_commenters`; the obvious moves first, for speed."""
    level = min(ledger.promised.values(), default=0)
    while level < max(ledger.n, max(ledger.shelves.levels(), default=0) - 1):
        for work in list(ledger.shelves.at(level)):
            move = _obvious_move(ledger, work, level)
            if move:
                apply(ledger, [move])
        while ledger.shelves.at(level) and (moves := chain_to_works(ledger, ledger.shelves.at(level))):
            apply(ledger, moves)
        level += 1


def _obvious_move(ledger: Ledger, work: int, level: int) -> Move | None:
    """Someone who has not begun on a much better supplied work takes this one instead; else a volunteer."""
    for commenter, other in islice(_could_be_spared(ledger, level + 2), PROBES):
        if ledger.may_take(commenter, work):
            return commenter, other, work
    if level < min(ledger.n, ledger.at_most):
        for commenter in islice(ledger.volunteers(), PROBES):
            if ledger.may_take(commenter, work):
                return commenter, None, work
    return None


def _could_be_spared(ledger: Ledger, at_least: int) -> Iterator[Ids]:
    for level in reversed(ledger.shelves.levels()):
        if level < at_least:
            return
        for work in ledger.shelves.at(level):
            for commenter in ledger.asked[work]:
                yield commenter, work


def _short_commenters(ledger: Ledger, n: int) -> Iterable[ShortCommenter]:
    for commenter, load in sorted(ledger.load.items()):
        if load >= n:
            continue
        if load >= ledger.quota[commenter]:
            why = CommenterWhy.CAPPED
        elif ledger.readable[commenter] <= 0:
            why = CommenterWhy.NOTHING_TO_READ
        elif ledger.unread(commenter) <= 0:
            why = CommenterWhy.HAS_ALL
        else:
            why = CommenterWhy.ALL_FULL
        yield ShortCommenter(commenter, load, n, why)


def _short_works(ledger: Ledger, n: int) -> Iterable[ShortWork]:
    holders = Counter(
        work
        for one, works in ledger.held.items()
        for work in works
        if work in ledger.author_of and ledger.permitted(one, work)
    )
    for work, promised in sorted(ledger.promised.items()):
        if promised >= n:
            continue
        if ledger.readers[work] <= 0:
            why = WorkWhy.NOBODY_MAY
        elif ledger.readers[work] <= holders[work]:
            why = WorkWhy.EVERYBODY_ASKED
        else:
            why = WorkWhy.NOBODY_FREE
        yield ShortWork(work, promised, n, why)
