"""Pure rules of the great comments of a week: whoever has not stood there yet goes first."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 6  # cards of a week


@dataclass(frozen=True)
class Candidate:
    """A consented highlight. `fresh`: celebrated, thanked or acted on in the week; `before`: before it."""

    id: int
    writer_id: int
    fresh: bool
    before: bool


def choose(candidates: Sequence[Candidate], most: int = MOST) -> list[int]:
    """One of each writer, first those who were not on the wall before; in the order given, without ranks."""
    known = {one.writer_id for one in candidates if one.before}
    one_each: dict[int, Candidate] = {}
    for one in candidates:
        if one.fresh:
            one_each.setdefault(one.writer_id, one)
    preferred = sorted(one_each.values(), key=lambda one: one.writer_id in known)  # stable: else as given
    return [one.id for one in preferred[:most]]
