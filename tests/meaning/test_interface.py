"""The agreed interface: its fields, its JSON, its command."""

import io
import json

import pytest

from classroom.meaning import MOVES, TIPS, Standard, assess, judge
from classroom.meaning.__main__ import main

POST = (
    "The rusted swing moved in the wind. Marta counted the coins twice and put the "
    "blue envelope back under the stove. "
    "In the second year nobody came to paint the fence."
)
BRIEF = "Write a short story with one strong image. Show, do not tell."
GOOD = "The rusted swing works because it shows that nobody played there for years, without you saying so."


def test_a_verdict_says_all_that_was_agreed():
    verdict = assess(GOOD, post=POST, brief=BRIEF)
    answer = verdict.as_json()
    assert list(answer) == ["meaningful", "moves", "tone", "hold", "because"]
    assert tuple(answer["moves"]) == MOVES
    assert answer["meaningful"] is True
    assert any("rusted" in sentence for sentence in answer["because"])
    assert all(GOOD[slice(*found.span)] == found.words for found in verdict.because)


def test_a_judgement_names_its_criteria_in_order():
    standard = Standard(floor=8, needs=frozenset({"suggestion", "reason"}))
    judgement = judge(assess(GOOD, post=POST, brief=BRIEF), standard, anchored=False)
    assert [c.code for c in judgement.criteria] == ["place", "point", "suggestion", "reason", "own"]
    assert not judgement.counts
    assert judgement.tip == "need.suggestion"
    assert judgement.tip in TIPS


@pytest.mark.parametrize(
    ("standard", "problems"),
    [
        (Standard(), ()),
        (Standard(floor=-1), ("floor.negative",)),
        (Standard(floor=5000), ("floor.high",)),
        (Standard(needs=frozenset({"genius"})), ("needs.unknown",)),
    ],
)
def test_an_impossible_standard_says_why(standard, problems):
    assert standard.problems() == problems
    assert standard.possible() is (not problems)


def run(*lines):
    target = io.StringIO()
    status = main(io.StringIO("\n".join(lines) + "\n"), target)
    return status, [json.loads(line) for line in target.getvalue().splitlines()]


def test_the_command_answers_line_by_line():
    status, answers = run(
        json.dumps({"id": "a", "text": GOOD, "post": POST, "brief": BRIEF, "quote": None, "earlier": None}),
        json.dumps({"id": "b", "text": "Great job!"}),
    )
    assert status == 0
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [answer["meaningful"] for answer in answers] == [True, False]
    assert set(answers[0]) == {"id", "meaningful", "moves", "tone", "hold", "because"}


BAD = ("not json", "[]", '{"id": 1}', '{"id":1,"text":"x","earlier":"y"}', '{"text": 3}')


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_answered_and_the_others_go_on(bad):
    status, answers = run(bad, json.dumps({"id": "b", "text": "Great job!"}))
    assert status == 1
    assert answers[0]["id"] is None
    assert answers[0]["error"]
    assert answers[1]["id"] == "b"
