"""What few numbers can say, and when they are too few to say anything: pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST, FEWEST_GIVING = 5, 3  # fewer people, or fewer who gave: one could tell who is meant
Z = 1.96
SURE = 30  # from so many on, a share stands without its interval


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval in which the share lies, most likely (Wilson, 95 %)."""

    some: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.some / self.of

    @property
    def is_sure(self) -> bool:
        return self.of >= SURE


@dataclass(frozen=True)
class Spread:
    """The middle of some numbers, and between what the middle half of them lies."""

    count: int
    low: float
    middle: float
    high: float


def is_small(people: int, giving: int) -> bool:
    return people < FEWEST or giving < FEWEST_GIVING


def share_of(some: int, of: int) -> Share | None:
    """None of nothing."""
    if of <= 0:
        return None
    part, square = some / of, Z * Z / of
    middle = (part + square / 2) / (1 + square)
    half = Z * math.sqrt(part * (1 - part) / of + square / (4 * of)) / (1 + square)
    return Share(some, of, max(0.0, min(part, middle - half)), min(1.0, max(part, middle + half)))


def spread_of(numbers: Sequence[float]) -> Spread | None:
    """Quartiles by straight lines between neighbours; None of nothing."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    low, middle, high = (_at(ordered, part) for part in (0.25, 0.5, 0.75))
    return Spread(len(ordered), low, middle, high)


def _at(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
