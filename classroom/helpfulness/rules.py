"""When a writer is told how their comments helped: in batches, so that no receiver can be recognised; pure.

Why it is as it is:
- **Three people at least in every batch**, not only in the first: the writer sees how two batches differ.
- **A day's delay, and one moment a day.** What was said before yesterday began goes out once today has
  begun, in the course's zone. A batch that came a day after the third press would tell whose press was the
  third.
- **Shuffle.** A writer is given sums over the course: no comment, no time, no order, no batch.
- **Nobody stands alone with all.** If everyone of a batch said the same "not yet", each of them would be
  recognised in it; it waits for one more voice.
- **What was told stands.** A sum that falls when somebody takes a reason back, or when the writer withdraws
  one comment, would tell whose it was. So it does not fall.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom.comments.models import ReasonKind
from classroom.comments.reasons import NOT_YET

FEWEST = 3  # people in a batch
WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """A reason that its writer does not know of."""

    id: int
    receiver_id: int
    kind: ReasonKind
    at: datetime


def ripe_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """What was said before this has waited long enough; the same all day long."""
    today = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - WAIT


def batch(waiting: Sequence[Waiting], before: datetime) -> list[int]:
    """What one writer is told now, all at once; nothing while it would show who said it."""
    ripe = [one for one in waiting if one.at < before]
    people = {one.receiver_id for one in ripe}
    if len(people) < FEWEST:
        return []
    said_by: dict[ReasonKind, set[int]] = defaultdict(set)
    for one in ripe:
        said_by[one.kind].add(one.receiver_id)
    if any(said_by[kind] == people for kind in NOT_YET):
        return []
    return [one.id for one in ripe]
