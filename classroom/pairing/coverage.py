"""Which posts still have too few meaningful comments, and what happens about each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from classroom.pairing.values import Work


class Step(StrEnum):
    """The fall-back ladder: what is under way for a post that lacks comments."""

    ON_THE_WAY = "on_the_way"
    WILL_BE_OFFERED = "will_be_offered"
    ASKED_VOLUNTEERS = "asked_volunteers"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class WorkCoverage:
    """`missing` is what nobody has taken on yet; `step` is None when the post is covered."""

    work: int
    received: int
    on_the_way: int
    missing: int
    step: Step | None

    @property
    def covered(self) -> bool:
        return self.step is None


@dataclass(frozen=True, slots=True)
class Coverage:
    n: int
    rows: tuple[WorkCoverage, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def covered(self) -> int:
        return sum(row.covered for row in self.rows)

    @property
    def short(self) -> int:
        return self.total - self.covered

    def at(self, step: Step) -> tuple[WorkCoverage, ...]:
        return tuple(row for row in self.rows if row.step is step)


def coverage(
    works: Iterable[Work],
    received: Mapping[int, int],
    *,
    n: int,
    on_the_way: Mapping[int, int] | None = None,
    still_owed: int = 0,
    volunteers: bool = True,
) -> Coverage:
    """Every eligible work's standing, those that need most first, then those that wait longest.

    `on_the_way`: comments that someone was asked for or is writing. `still_owed`: comments that students owe
    the project without a work being named yet (open choice; students the plan left short); each is promised
    to one work only, so that the page never promises more than there is. `volunteers`: whether students can
    still be asked to do more; once the commenting has closed it is for the staff.
    """
    coming = on_the_way or {}
    waiting = sorted(
        (work for work in works if work.eligible),
        key=lambda work: (received.get(work.id, 0) + coming.get(work.id, 0), work.posted, work.id),
    )
    rows = []
    for work in waiting:
        got, underway = received.get(work.id, 0), coming.get(work.id, 0)
        missing = max(0, n - got - underway)
        step = _step(n - got, missing, still_owed, volunteers=volunteers)
        if step is Step.WILL_BE_OFFERED:
            still_owed -= missing
        rows.append(WorkCoverage(work.id, got, underway, missing, step))
    return Coverage(n, tuple(rows))


def _step(lacking: int, missing: int, still_owed: int, *, volunteers: bool) -> Step | None:
    if lacking <= 0:
        return None
    if missing == 0:
        return Step.ON_THE_WAY
    if missing <= still_owed:
        return Step.WILL_BE_OFFERED
    return Step.ASKED_VOLUNTEERS if volunteers else Step.STAFF
