"""Where the line is unclear: what returns, questions and answers say of clauses and examples; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from classroom.guidelines.models import Example, GuidelineVersion

FEWEST = 3  # of fewer people nothing is said


@dataclass(frozen=True)
class ClauseFigures:
    """A clause in force: returns that cited it, questions resting on it, questions its examples left open."""

    number: int
    title: str
    returns: int
    questions: int
    left_open: int

    @property
    def weight(self) -> int:
        return self.returns + self.questions + self.left_open


@dataclass(frozen=True)
class ExampleFigures:
    """An example: the questions it answered and did not, and who thought otherwise when they agreed."""

    example: Example
    answered: int
    passed_by: int
    otherwise: int
    asked: int

    @property
    def says(self) -> bool:
        return bool(self.answered or self.passed_by or self.asked)

    @property
    def weight(self) -> float:
        return self.passed_by + (self.otherwise / self.asked if self.asked else 0)


def by_title(cited: Mapping[tuple[int, int], int], titles: Mapping[tuple[int, int], str]) -> Counter[str]:
    """Clauses keep their title and change their number from version to version; what is gone is left out."""
    found: Counter[str] = Counter()
    for place, many in cited.items():
        if place in titles:
            found[titles[place]] += many
    return found


def thought(
    examples: Iterable[Example], words: Mapping[str, str], answers: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[int, int]]:
    """By situation: how many thought otherwise, of how many who were asked; nothing of fewer than three.

    `words` are the situations of the examples of all versions, by the ids that the answers name.
    """
    rulings = {one.situation: one.ruling.value for one in examples}
    asked: Counter[str] = Counter()
    otherwise: Counter[str] = Counter()
    for given in answers:
        for public_id, ruling in given.items():
            situation = words.get(public_id, "")
            if situation in rulings:
                asked[situation] += 1
                otherwise[situation] += ruling != rulings[situation]
    return {key: (otherwise[key], many) for key, many in asked.items() if many >= FEWEST}


def clause_figures(
    version: GuidelineVersion,
    returns: Mapping[str, int],
    questions: Mapping[int, int],
    examples: Iterable[ExampleFigures],
) -> list[ClauseFigures]:
    """The least clear one first."""
    left: Counter[int] = Counter()
    for one in examples:
        if one.example.clause_number is not None:
            left[one.example.clause_number] += one.passed_by
    rows = [
        ClauseFigures(
            one.number, one.title, returns.get(one.title, 0), questions.get(one.number, 0), left[one.number]
        )
        for one in version.clauses
    ]
    return sorted(rows, key=lambda row: (-row.weight, row.number))
