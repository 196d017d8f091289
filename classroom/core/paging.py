"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of page `number` (from 1) of `pages`; `total` rows in all."""

    rows: Sequence[R]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def skipped(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.size


def number_within(number: int, total: int, size: int = SIZE) -> int:
    """The page that is meant: a list may have become shorter since its address was made."""
    return min(max(number, 1), max(1, -(-total // size)))


def page_of(rows: Sequence[R], number: int, size: int = SIZE) -> Page[R]:
    """A page of rows that are all at hand."""
    number = number_within(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)
