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
