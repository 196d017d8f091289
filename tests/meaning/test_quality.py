"""The engine on comments labelled before it ran: floors with a margin, and better than naive rules."""

import pytest

from tests.meaning.measure import ENGINES, cases, score

PARTS = ("open", "later", "third", "fourth", "aside")


@pytest.fixture(scope="module")
def scores():
    rows = cases()
    return {
        label: {name: score(rows, label, answer) for name, answer in engines.items()}
        for label, engines in ENGINES.items()
    }


def test_every_case_has_its_labels_and_its_work():
    rows = cases()
    assert len(rows) >= 300
    assert len({row["work"] for row in rows}) >= 15
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["part"] for row in rows} == set(PARTS)
    assert all(row["post"] and row["brief"] and row["text"] for row in rows)


def test_meaningful_comments_are_told_from_empty_ones(scores):
    assert scores["meaningful"]["the engine"].f1 >= 0.86
    assert scores["meaningful"]["the engine"].recall >= 0.84


def test_hurtful_comments_are_held_and_fair_ones_are_not(scores):
    assert scores["hold"]["the engine"].recall >= 0.75
    assert scores["hold"]["the engine"].false_alarms <= 0.01


@pytest.mark.parametrize("label", ENGINES)
def test_the_engine_beats_every_naive_rule(scores, label):
    engine = scores[label]["the engine"]
    naive = [one.f1 for name, one in scores[label].items() if name != "the engine"]
    assert engine.f1 >= max(naive) + 0.15
