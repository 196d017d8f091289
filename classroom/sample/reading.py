"""The made-up class's words: what the files of this folder say, and at which moments it happened."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One file of this folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Calendar:
    """Days are counted from the day on which the class is made, in the course's zone."""

    present: datetime
    zone: ZoneInfo

    def moment(self, days: int, at: str) -> datetime:
        """`at` is HH:MM on that day."""
        day = self.present.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(at), self.zone).astimezone(UTC)

    def date(self, given: dict[str, Any] | None) -> datetime | None:
        """A date of a project; one that is due today stays some hours ahead, whenever the class is made."""
        if given is None:
            return None
        found = self.moment(given["days"], given["at"])
        soonest = self.present + timedelta(hours=3)
        return max(found, soonest) if given["days"] >= 0 else found

    def before(self, moment: datetime) -> datetime:
        """`moment`, or a little before the present."""
        return min(moment, self.present - timedelta(minutes=20))


def spread(start: datetime, end: datetime, number: int, of: int) -> datetime:
    """The moment of the thing with that number among `of`, evenly between two moments."""
    return start + (end - start) * ((number + 1) / (of + 1))
