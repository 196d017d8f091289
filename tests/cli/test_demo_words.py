"""The words that come with the product hold together: guidelines, return notes, and the demo class."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[2] / "classroom"
RULINGS = {"encouraged", "fine", "ask_first", "cheating"}


def read(path: str) -> dict[str, Any]:
    return tomllib.loads((HERE / path).read_text(encoding="utf-8"))


STARTER = read("guidelines/starter/en.toml")
PRESETS = read("moderation/presets/en.toml")["presets"]
CLAUSES = [clause["number"] for clause in STARTER["clauses"]]


def test_clauses_are_numbered_without_gaps() -> None:
    assert list(range(1, len(CLAUSES) + 1)) == CLAUSES
    assert len(CLAUSES) >= 7


@pytest.mark.parametrize("clause", STARTER["clauses"], ids=lambda clause: clause["title"])
def test_a_clause_is_one_to_three_sentences(clause: dict[str, Any]) -> None:
    sentences = [part for part in clause["text"].replace("?", ".").split(". ") if part.strip()]
    assert 1 <= len(sentences) <= 3


@pytest.mark.parametrize("ruling", sorted(RULINGS))
def test_every_ruling_has_five_examples(ruling: str) -> None:
    assert sum(example["ruling"] == ruling for example in STARTER["examples"]) >= 5


@pytest.mark.parametrize("example", STARTER["examples"], ids=lambda example: example["situation"][:40])
def test_an_example_reads_as_a_question_and_names_a_clause(example: dict[str, Any]) -> None:
    assert example["ruling"] in RULINGS
    assert example["clause"] in CLAUSES
    assert example["situation"][0].islower()
    assert example["situation"][-1] not in ".?!"
    assert example["why"].endswith(".")
    assert example["tags"]
    assert not example.get("quiz") or example["explanation"]


def test_examples_suffice_differ_and_touch_every_clause() -> None:
    situations = [example["situation"] for example in STARTER["examples"]]
    assert len(situations) >= 24
    assert len(set(situations)) == len(situations)
    assert {example["clause"] for example in STARTER["examples"]} == set(CLAUSES)


def test_scenario_questions_cover_all_rulings() -> None:
    asked = [example["ruling"] for example in STARTER["examples"] if example.get("quiz")]
    assert len(asked) >= 6
    assert set(asked) == RULINGS


def test_return_notes_differ_and_rest_on_a_clause() -> None:
    assert len({preset["code"] for preset in PRESETS}) == len(PRESETS) >= 8
    assert {preset["clause"] for preset in PRESETS} <= set(CLAUSES)
    assert {preset["kind"] for preset in PRESETS} == {"return", "coach"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset["code"])
def test_a_return_note_speaks_to_its_reader(preset: dict[str, Any]) -> None:
    words = Counter(preset["note"].lower().replace(",", " ").replace(".", " ").split())
    assert words["you"] + words["your"] >= 1
    assert 25 <= sum(words.values()) <= 80
