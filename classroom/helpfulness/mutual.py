"""Two people who answer nearly only each other, or each other only unkindly; pure.

A comment is *found helpful* when its receiver thanked for it or gave a reason why it helped; *not yet* when
all that they said is that it did not. One comment is one sign, however many presses it got.

- **Swapped favours**: each found at least three of the other's comments helpful; of all that each found
  helpful at least four in five were the other's; and each had comments by at least two more people to
  choose from.
- **A feud**: each answered at least two of the other's comments with nothing but "not yet", neither found
  any of the other's helpful, and each found somebody else's helpful. (Who is as strict with everyone is in
  no feud.)

Both are things *between* two: what one alone does is neither. Nothing of it is a verdict on a person. What
these two said of each other is left out of every figure, both ways.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SWAPPED_LEAST, SWAPPED_SHARE, OTHERS_LEAST = 3, 0.8, 2
FEUD_LEAST = 2


class Between(StrEnum):
    """What is seen between two people."""

    FAVOURS = "favours"
    FEUD = "feud"


@dataclass(frozen=True)
class Said:
    """What one receiver made of one writer's comments: how many there were, and how they were answered."""

    receiver_id: int
    writer_id: int
    comments: int
    helpful: int
    not_yet: int


@dataclass(frozen=True)
class Side:
    """One half of the evidence: what `receiver_id` said of the other, and of everybody else."""

    receiver_id: int
    comments: int
    helpful: int
    not_yet: int
    helpful_of_others: int
    others: int


@dataclass(frozen=True)
class Two:
    """Two people, in the order of their ids, and what each said of the other."""

    between: Between
    one: Side
    other: Side

    @property
    def people(self) -> frozenset[int]:
        return frozenset({self.one.receiver_id, self.other.receiver_id})


def entangled(said: Iterable[Said]) -> list[Two]:
    """All such pairs of a course, each once."""
    rows = {(one.receiver_id, one.writer_id): one for one in said if one.receiver_id != one.writer_id}
    helpful: dict[int, int] = defaultdict(int)
    writers: dict[int, int] = defaultdict(int)
    for one in rows.values():
        helpful[one.receiver_id] += one.helpful
        writers[one.receiver_id] += 1
    found = []
    for (receiver, writer), there in sorted(rows.items()):
        back = rows.get((writer, receiver))
        if receiver < writer and back is not None:
            sides = _side(there, helpful, writers), _side(back, helpful, writers)
            if (between := _between(*sides)) is not None:
                found.append(Two(between, *sides))
    return found


def _side(said: Said, helpful: Mapping[int, int], writers: Mapping[int, int]) -> Side:
    return Side(
        said.receiver_id,
        said.comments,
        said.helpful,
        said.not_yet,
        helpful[said.receiver_id] - said.helpful,
        writers[said.receiver_id] - 1,
    )


def _between(one: Side, other: Side) -> Between | None:
    if all(_favours(side) for side in (one, other)):
        return Between.FAVOURS
    return Between.FEUD if all(_quarrels(side) for side in (one, other)) else None


def _favours(side: Side) -> bool:
    nearly_only = side.helpful >= SWAPPED_SHARE * (side.helpful + side.helpful_of_others)
    return side.helpful >= SWAPPED_LEAST and nearly_only and side.others >= OTHERS_LEAST


def _quarrels(side: Side) -> bool:
    return side.not_yet >= FEUD_LEAST and side.helpful == 0 and side.helpful_of_others > 0


def left_out(pairs: Iterable[Two]) -> frozenset[frozenset[int]]:
    """Whose words about each other count in no figure."""
    return frozenset(two.people for two in pairs)
