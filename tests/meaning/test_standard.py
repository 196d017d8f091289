"""A project's standard: criteria, floor, further needs, and the one next tip."""

import pytest

from classroom.meaning import MOVES, TIPS, Standard, assess, judge

POST = "def mean(xs):\n    total = sum(xs)\n    return total / len(xs)\n\nTested with three lists."
BRIEF = "Write a function for the average of a list of numbers, with a docstring."
POINT = "If xs is empty, total / len(xs) divides by zero, so check the length first or say so."


def judged(text, standard=None, quote=None, earlier=()):
    found = assess(text, post=POST, brief=BRIEF, quote=quote, earlier=earlier)
    return judge(found, standard or Standard(), bool(quote))


def test_a_comment_that_meets_all_gets_no_tip():
    judgement = judged(POINT)
    assert judgement.counts
    assert judgement.tip is None
    assert [c.code for c in judgement.criteria] == ["place", "point", "own"]
    assert all(c.met for c in judgement.criteria)


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("Nice code, well done, I really like how clean it is and how it works.", "point.why"),
        (
            "You should add more comments and check for mistakes in your code, then it is better.",
            "point.particular",
        ),
        ("I find this a bit confusing and also unclear in some ways, to be honest with you.", "point.vague"),
        (BRIEF, "own.brief"),
        ("blah blah blah I only write this to get enough words for the points", "own.filler"),
        ("Did you even read what the brief says about the docstring?", "tone.snark"),
        ("My grandmother drives a red tractor to the market every single Friday morning.", "point.missing"),
    ],
)
def test_one_tip_for_the_next_step(text, tip):
    judgement = judged(text)
    assert judgement.tip == tip
    assert tip in TIPS


def test_the_tip_for_a_copy_is_to_write_anew():
    assert judged(POINT, earlier=[POINT]).tip == "own.earlier"


@pytest.mark.parametrize("move", MOVES)
def test_every_move_may_be_needed_and_has_its_tip(move):
    judgement = judged(POINT, Standard(needs=frozenset({move})))
    criterion = next(c for c in judgement.criteria if c.code == move)
    assert criterion.met or judgement.tip == f"need.{move}"
    assert f"need.{move}" in TIPS
    assert judgement.counts is criterion.met


def test_the_floor_applies_and_is_shown_only_when_short():
    assert "length" not in [c.code for c in judged(POINT).criteria]
    judgement = judged(POINT, Standard(floor=60))
    assert not judgement.counts
    assert judgement.criteria[-1].code == "length"
    assert judgement.tip == "length.short"


def test_an_anchored_point_may_be_shorter_than_the_floor():
    assert judged("Divides by zero for []?", quote="total / len(xs)").counts
    assert not judged("Divides by zero for []?").counts


def test_criteria_carry_the_words_that_earned_them():
    for criterion in judged(POINT).criteria[:2]:
        assert criterion.words
        assert all(words in POINT for words in criterion.words)
