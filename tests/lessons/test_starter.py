"""The starter lesson is whole, and its comments count or not as the engine says too."""

import pytest

from classroom.lessons.models import Move, StepKind
from classroom.lessons.rules import move_for
from classroom.lessons.starter import load
from classroom.meaning import assess
from classroom.meaning.standard import TIPS
from tests.lessons.conftest import KEYS

STEPS = load().steps
ITEMS = [item for step in STEPS for item in step.items]
BY_KEY = {step.key: step for step in STEPS}


def test_it_has_every_kind_but_the_class_s_own():
    assert {step.kind for step in STEPS} == set(StepKind) - {StepKind.EXAMPLE}
    assert tuple(BY_KEY) == KEYS


def test_an_unknown_language_has_the_english_one():
    assert load("xx").steps == STEPS
    assert load("../../etc/passwd").steps == STEPS


def test_it_is_read_in_ten_minutes():
    """At 240 words a minute, with three minutes for the two texts that one writes."""
    words = sum(len(" ".join((step.title, step.body, *_texts(step.content))).split()) for step in STEPS)
    assert words / 240 + 3 <= 11


def _texts(content):
    """Every string in it, however deep."""
    if isinstance(content, str):
        return [content]
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_reading_steps_show_weak_and_strong_and_name_their_research():
    for step in STEPS:
        if step.kind is StepKind.READ:
            assert step.content["research"]
            assert step.content["source"]
            assert all(one["weak"] and one["strong"] for one in step.content["examples"])


def test_it_speaks_of_several_subjects():
    told = {one["subject"] for step in STEPS for one in (*step.content.get("examples", ()), *step.items)}
    assert {"Essay", "Code", "Lab report", "Poster"} <= told


def test_six_comments_half_of_which_count():
    assert len(ITEMS) == 6
    assert sum(item["counts"] for item in ITEMS) == 3
    assert {item["about"] for item in ITEMS} <= set(Move)


@pytest.mark.parametrize("item", ITEMS, ids=[item["key"] for item in ITEMS])
def test_the_engine_says_the_same_of_each_comment(item):
    verdict = assess(item["comment"], post=item["work"], brief="")
    assert verdict.meaningful == item["counts"]
    assert not verdict.hold


def test_the_weak_comment_is_weak_and_the_model_is_not():
    weak = BY_KEY["improve-a-weak-one"].content
    assert not assess(weak["weak"], post=weak["work"], brief=weak["brief"]).meaningful
    model = BY_KEY["a-model"].content
    work = BY_KEY[model["after"]].content
    verdict = assess(model["comment"], post=work["work"], brief=work["brief"])
    assert verdict.meaningful
    assert not verdict.hold
    assert all(verdict.moves[move] for move in ("specific", "reason", "suggestion", "question"))


@pytest.mark.parametrize("tip", TIPS)
def test_every_tip_of_the_coach_leads_to_a_step(tip):
    assert any(step.explains == move_for(tip) for step in STEPS)
