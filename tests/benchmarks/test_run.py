"""The benchmark complains about what it is there to complain about."""

import json

import pytest

from benchmarks import run
from benchmarks.measure import PAGES, Cost

HOME, STAFF_HOME = PAGES[0], PAGES[1]


def costs(*statements):
    return {10**place: Cost(count, 4.0, 12.0) for place, count in enumerate(statements, start=1)}


@pytest.mark.parametrize(
    ("page", "statements", "said"),
    [
        (HOME, (8, 8), []),
        (HOME, (9, 9), ["9 statements, and 8 is the budget"]),
        (STAFF_HOME, (12, 12), []),
        (STAFF_HOME, (13, 13), ["13 statements, and 12 is the budget"]),
        (HOME, (4, 5), ["grow with the class: {10: 4, 100: 5}"]),
        (HOME, (4, 14), ["14 statements", "grow"]),
    ],
)
def test_complaints(page, statements, said):
    complaints = run.complaints({page: costs(*statements)})
    assert len(complaints) == len(said)
    assert all(words in complaint for words, complaint in zip(said, complaints, strict=True))


def test_both_ways_of_telling_hold_every_page():
    found = {HOME: costs(4, 5)}
    assert "| home | student | 4–5 | 8 | 4.0 | 4.0 | ×1.0 |" in run.as_table(found, (10, 100))
    told = json.loads(run.as_json(found))
    assert [row["statements"] for row in told["pages"]] == [4, 5]
    assert len(told["complaints"]) == 1


def test_a_database_in_use_is_left_alone(tmp_path, monkeypatch):
    """The benchmark drops its tables at the end: never those of a real class."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'class.sqlite3'}")
    monkeypatch.setattr(
        run, "inspect", lambda _engine: type("Used", (), {"get_table_names": lambda _: ["people"]})()
    )
    with pytest.raises(SystemExit, match="in use"):
        run._app(str(tmp_path))
