"""The labelled texts of `tests/meaning/data`; what is kept aside is never given out to learn from."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "meaning" / "data"
KEPT = ("kept", "aside", "moves-kept", "tone-kept")
FRESH = "fresh"  # by yet another hand, written when all was learned
UNUSED = "unused"  # comments of the first set in a genre that is kept aside now
BESIDE = "beside"  # comments of later hands in such a genre
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """One file of the set, a row a line."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def by(name: str, key: str) -> dict[str, Row]:
    """Works, briefs or tasks by their name."""
    return {row[key]: row for row in rows(name)}


def to_learn_from(name: str) -> list[Row]:
    """Comments, questions or replies that are not kept aside."""
    return [row for row in rows(name) if row["set"] not in (*KEPT, FRESH, UNUSED, BESIDE)]
