"""The standing of a pairing while it is worked out: who holds what, and how many each work is promised."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from classroom.pairing.values import Commenter, Ids, Pair, Work, draw


class Shelves:
    """Works sorted by how many comments they are promised; every change costs one step."""

    def __init__(self) -> None:
        self._shelves: dict[int, list[int]] = defaultdict(list)
        self._place: dict[int, int] = {}

    def put(self, work: int, level: int) -> None:
        self._place[work] = len(self._shelves[level])
        self._shelves[level].append(work)

    def take(self, work: int, level: int) -> None:
        shelf, place = self._shelves[level], self._place.pop(work)
        last = shelf.pop()
        if last != work:
            shelf[place], self._place[last] = last, place

    def levels(self) -> list[int]:
        return sorted(level for level, shelf in self._shelves.items() if shelf)

    def at(self, level: int) -> Sequence[int]:
        return self._shelves.get(level, ())


class Ledger:
    """Only active commenters and eligible works take part; locked pairs count but never move.

    Every collection is filled in the order of ids and every tie is broken by the seed, so the order
    in which the caller lists things cannot change the answer.
    """

    def __init__(
        self,
        commenters: Iterable[Commenter],
        works: Iterable[Work],
        conflicts: Iterable[Ids],
        *,
        n: int,
        seed: int | str,
        at_most: int | None = None,
    ) -> None:
        self.n = n
        self.changes = 0
        self.at_most = sys.maxsize if at_most is None else at_most
        self.seed = seed
        everyone = sorted(commenters, key=lambda one: one.id)
        self.group_of = {one.id: one.group for one in everyone}
        active = sorted((one for one in everyone if one.active), key=lambda one: draw(seed, "who", one.id))
        self.quota = {one.id: one.quota(n) for one in active}
        self.limit = {one.id: one.limit(n) for one in active}
        self._volunteers = [one for one in self.limit if self.limit[one] > n]
        eligible = sorted((w for w in works if w.eligible), key=lambda w: draw(seed, "what", w.id))
        self.author_of = {work.id: work.author for work in eligible}
        self.conflicts = frozenset(conflicts)
        self.load = dict.fromkeys(self.quota, 0)
        self.promised = dict.fromkeys(self.author_of, 0)
        self.held: dict[int, set[int]] = {one: set() for one in self.quota}
        # Dictionaries stand in for ordered sets: what may still move, seen from either side.
        self.movable: dict[int, dict[int, None]] = {one: {} for one in self.quota}
        self.asked: dict[int, dict[int, None]] = {work: {} for work in self.author_of}
        self.shelves = Shelves()
        for work in self.author_of:
            self.shelves.put(work, 0)
        self.works_by_group = _by_group(self.author_of, lambda work: self.group_of.get(self.author_of[work]))
        self.people_by_group = _by_group(self.load, self.group_of.__getitem__)
        self._count_who_may_read_what()

    def permitted(self, commenter: int, work: int) -> bool:
        """Never oneself, never one's own group, never across a conflict."""
        author = self.author_of[work]
        if author == commenter or (commenter, author) in self.conflicts:
            return False
        group = self.group_of[commenter]
        return group is None or group != self.group_of.get(author)

    def may_take(self, commenter: int, work: int) -> bool:
        return work not in self.held[commenter] and self.permitted(commenter, work)

    def unread(self, commenter: int) -> int:
        """How many works this commenter could still be given; counted, so that none searches in vain."""
        held = (work for work in self.held[commenter] if work in self.author_of)
        taken = sum(self.permitted(commenter, work) for work in held)
        return self.readable[commenter] - taken

    def volunteers(self) -> Iterator[int]:
        return (one for one in self._volunteers if self.load[one] < self.limit[one])

    def lock(self, pair: Pair) -> None:
        """Count a started or finished pair.

        A finished comment counts for its work even when its writer has left, and for its writer even
        when the work was withdrawn. An unfinished one counts only where it can still be finished.
        """
        here, there = pair.commenter in self.load, pair.work in self.promised
        if here:
            self.held[pair.commenter].add(pair.work)
            self.load[pair.commenter] += pair.done or there
        if there and (pair.done or here):
            self._promise(pair.work, 1)

    def add(self, commenter: int, work: int) -> None:
        self.changes += 1
        self.held[commenter].add(work)
        self.movable[commenter][work] = None
        self.asked[work][commenter] = None
        self.load[commenter] += 1
        self._promise(work, 1)

    def drop(self, commenter: int, work: int) -> None:
        self.held[commenter].remove(work)
        del self.movable[commenter][work]
        del self.asked[work][commenter]
        self.load[commenter] -= 1
        self._promise(work, -1)

    def pairs_that_may_move(self) -> Iterator[Ids]:
        return ((commenter, work) for commenter, works in self.movable.items() for work in works)

    def _promise(self, work: int, change: int) -> None:
        level = self.promised[work]
        self.shelves.take(work, level)
        self.shelves.put(work, level + change)
        self.promised[work] = level + change

    def _count_who_may_read_what(self) -> None:
        """From either side, by counting what is forbidden: far less than what is allowed."""
        own = Counter(self.author_of.values())
        self.readable: dict[int, int] = {}
        for one in self.load:
            group = self.group_of[one]
            ours = own[one] if group is None else len(self.works_by_group.get(group, ()))
            self.readable[one] = len(self.author_of) - ours
        self.readers: dict[int, int] = {}
        barred = Counter(author for one, author in self.conflicts if self._bars(one, author))
        for work, author in self.author_of.items():
            group = self.group_of.get(author)
            ours = (author in self.load) if group is None else len(self.people_by_group.get(group, ()))
            self.readers[work] = len(self.load) - ours - barred[author]
        for one, author in self.conflicts:
            if self._bars(one, author):
                self.readable[one] -= own[author]

    def _bars(self, commenter: int, author: int) -> bool:
        """Whether a conflict forbids what nothing else forbids already."""
        if commenter not in self.load or commenter == author:
            return False
        group = self.group_of[commenter]
        return group is None or group != self.group_of.get(author)


def _by_group(ids: Iterable[int], group_of: Callable[[int], int | None]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for one in ids:
        found.setdefault(group_of(one), []).append(one)
    return found
