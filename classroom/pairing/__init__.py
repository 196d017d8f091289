"""Who comments on whom, coverage and repair: pure, of the standard library only."""

from classroom.pairing.assignment import assign, everyone, feasible
from classroom.pairing.coverage import Coverage, Step, WorkCoverage, coverage
from classroom.pairing.offering import offer
from classroom.pairing.values import (
    Commenter,
    CommenterWhy,
    Pair,
    Plan,
    Short,
    ShortCommenter,
    ShortWork,
    Work,
    WorkWhy,
)

__all__ = [
    "Commenter",
    "CommenterWhy",
    "Coverage",
    "Pair",
    "Plan",
    "Short",
    "ShortCommenter",
    "ShortWork",
    "Step",
    "Work",
    "WorkCoverage",
    "WorkWhy",
    "assign",
    "coverage",
    "everyone",
    "feasible",
    "offer",
]
