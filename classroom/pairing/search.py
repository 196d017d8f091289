"""Chains of moves that mend a pairing: breadth first, each person and each work seen at most once."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from classroom.pairing.ledger import Ledger

Move = tuple[int, int | None, int | None]  # (commenter, work given up, work taken instead)


class Unseen:
    """What a search has not reached yet, by group: one's own group, however large, costs nothing."""

    def __init__(self, by_group: Mapping[int | None, list[int]]) -> None:
        self._by_group = dict(by_group)

    def reach(self, own: int | None, allowed: Callable[[int], bool]) -> Iterator[int]:
        for group, members in list(self._by_group.items()):
            if group is not None and group == own:
                continue
            rest = []
            for one in members:
                if allowed(one):
                    yield one
                else:
                    rest.append(one)
            if rest:
                self._by_group[group] = rest
            else:
                del self._by_group[group]


def apply(ledger: Ledger, moves: Iterable[Move]) -> None:
    """Carry a chain out; all that is given up goes first, so no count is ever too high in between."""
    moves = list(moves)
    for commenter, given_up, _taken in moves:
        if given_up is not None:
            ledger.drop(commenter, given_up)
    for commenter, _given_up, taken in moves:
        if taken is not None:
            ledger.add(commenter, taken)


def chain_from_commenters(ledger: Ledger, sources: Iterable[int]) -> list[Move] | None:
    """The shortest chain that gives one of the sources (all of one load) one more work.

    It ends at a work that may still receive a comment, or with someone who has two more than the source.
    """
    start = list(sources)
    if not start:
        return None
    too_many = ledger.load[start[0]] + 2
    came_by: dict[int, tuple[int, int] | None] = dict.fromkeys(start)
    queue, unseen = deque(start), Unseen(ledger.works_by_group)
    while queue:
        commenter = queue.popleft()
        for work in unseen.reach(ledger.group_of[commenter], partial(ledger.may_take, commenter)):
            if ledger.promised[work] < ledger.at_most:
                return _walk_back(came_by, commenter, work)
            for other in ledger.asked[work]:
                if other in came_by:
                    continue
                came_by[other] = (commenter, work)
                if ledger.load[other] >= too_many:
                    return [*_walk_back(came_by, commenter, work), (other, work, None)]
                queue.append(other)
    return None


def _walk_back(came_by: dict[int, tuple[int, int] | None], commenter: int, work: int) -> list[Move]:
    moves: list[Move] = []
    step = came_by[commenter]
    while step is not None:
        moves.append((commenter, step[1], work))
        commenter, work = step
        step = came_by[commenter]
    moves.append((commenter, None, work))
    return moves[::-1]


def chain_to_works(ledger: Ledger, sources: Iterable[int]) -> list[Move] | None:
    """The shortest chain that brings one of the sources (all equally promised) one more comment.

    It starts at a work with at least two more, or, while the source lacks some of its `n`, with a
    commenter who offered to do more than their share.
    """
    start = list(sources)
    if not start:
        return None
    level = ledger.promised[start[0]]
    next_hop: dict[int, tuple[int, int] | None] = dict.fromkeys(start)
    queue, unseen = deque(start), Unseen(ledger.people_by_group)
    while queue:
        work = queue.popleft()
        group = ledger.group_of.get(ledger.author_of[work])
        for commenter in unseen.reach(group, partial(_would_take, ledger, work)):
            if level < min(ledger.n, ledger.at_most) and ledger.load[commenter] < ledger.limit[commenter]:
                return [(commenter, None, work), *_walk_on(next_hop, work)]
            for other in ledger.movable[commenter]:
                if other in next_hop:
                    continue
                next_hop[other] = (commenter, work)
                if ledger.promised[other] >= level + 2:
                    return _walk_on(next_hop, other)
                queue.append(other)
    return None


def _would_take(ledger: Ledger, work: int, commenter: int) -> bool:
    return ledger.may_take(commenter, work)


def _walk_on(next_hop: dict[int, tuple[int, int] | None], work: int) -> list[Move]:
    moves: list[Move] = []
    step = next_hop[work]
    while step is not None:
        commenter, taken = step
        moves.append((commenter, work, taken))
        work = taken
        step = next_hop[work]
    return moves
