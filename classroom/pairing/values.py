"""What the pairing engine is told and what it answers: small frozen values that know no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

Ids = tuple[int, int]  # (commenter, work)


@dataclass(frozen=True, slots=True)
class Commenter:
    """A student who may be asked. Without a cap they are given `n`; a lower cap asks for fewer.

    A cap above `n` is a volunteer's: the surplus is used only for works that would stay short.
    """

    id: int
    group: int | None = None
    active: bool = True
    cap: int | None = None

    def quota(self, n: int) -> int:
        return n if self.cap is None else max(0, min(n, self.cap))

    def limit(self, n: int) -> int:
        return n if self.cap is None else max(0, self.cap)


@dataclass(frozen=True, slots=True)
class Work:
    """A post that wants comments; `posted` is any number that orders by time (a timestamp)."""

    id: int
    author: int
    posted: float
    eligible: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Someone was asked to comment on a work. `done` means finished and meaningful."""

    commenter: int
    work: int
    done: bool = False
    started: bool = False

    @property
    def locked(self) -> bool:
        return self.done or self.started


class CommenterWhy(StrEnum):
    """Why a student is asked for fewer comments than the project wants."""

    CAPPED = "capped"
    NOTHING_TO_READ = "nothing_to_read"
    HAS_ALL = "has_all"
    ALL_FULL = "all_full"


class WorkWhy(StrEnum):
    """Why a work is promised fewer comments than the project wants."""

    NOBODY_MAY = "nobody_may"
    EVERYBODY_ASKED = "everybody_asked"
    NOBODY_FREE = "nobody_free"


@dataclass(frozen=True, slots=True)
class ShortCommenter:
    commenter: int
    given: int
    wanted: int
    why: CommenterWhy


@dataclass(frozen=True, slots=True)
class ShortWork:
    work: int
    promised: int
    wanted: int
    why: WorkWhy


@dataclass(frozen=True, slots=True)
class Short:
    commenters: tuple[ShortCommenter, ...] = ()
    works: tuple[ShortWork, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.commenters or self.works)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to change: pairs to add, unstarted pairs to release, and what cannot be met."""

    add: tuple[Ids, ...]
    release: tuple[Ids, ...]
    short: Short

    def applied_to(self, existing: Iterable[Pair]) -> list[Pair]:
        """The pairs that stand once the plan is carried out (a dry run for previews and tests)."""
        gone = set(self.release)
        kept = [pair for pair in existing if pair.locked or (pair.commenter, pair.work) not in gone]
        return kept + [Pair(commenter, work) for commenter, work in self.add]


def draw(seed: int | str, *parts: int | str) -> int:
    """A number from the seed and the parts: the same on every machine, and no list order enters it."""
    text = "\x1f".join(map(str, (seed, *parts)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
