"""What the preflight finds: pure, in all combinations."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest

from classroom.projects.models import LatePolicy, PairingPolicy, Wanted
from classroom.projects.preflight import SMALL_CLASS, Facts, Level, blocks, findings, order_of_dates
from classroom.projects.sentences import FOUND, finding_says
from classroom.projects.setup import DATES, MOVES, PARTS, Setup

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = {
    "title": "A page",
    "brief": "Make a page.",
    "prompts": ("What works?",),
    "post_by": AT + 7 * DAY,
    "comment_by": AT + 11 * DAY,
}
CLASS = Facts(students=24, staff=2, guidelines=True)


def codes(facts=CLASS, at=AT, **values):
    return {one.code for one in findings(Setup(**GOOD | values), facts, at)}


def test_a_good_project_has_nothing_to_be_said():
    assert codes() == set()


@pytest.mark.parametrize("parts", list(product(Wanted, repeat=3)))
def test_something_must_be_asked_for(parts):
    found = codes(**dict(zip(PARTS, parts, strict=True)))
    nothing = all(part is Wanted.NO for part in parts)
    assert ("nothing_to_post" in found) == nothing
    assert ("no_words_to_point_at" in found) == (parts[0] is Wanted.NO and not nothing)


@pytest.mark.parametrize("offsets", list(product((None, -1, 1, 2, 3), repeat=4)))
def test_dates_are_in_order_and_not_past(offsets):
    dates = {name: AT + offset * DAY if offset else None for name, offset in zip(DATES, offsets, strict=True)}
    given = [offset for offset in offsets if offset is not None]
    ordered = all(one < other for one, other in pairwise(given))
    assert ("order" in codes(**dates)) == (not ordered)
    assert (order_of_dates(dates) == []) == ordered
    past = any(offset == -1 for offset in offsets[1:])
    assert ("past_late" in codes(**dates, late=LatePolicy.MARKED)) == past
    assert ("past" in codes(**dates, late=LatePolicy.CLOSED)) == past
    assert ("no_date" in codes(**dates)) == (offsets[1] is None or offsets[2] is None)


@pytest.mark.parametrize(("count", "code"), [(0, "no_prompts"), (1, None), (7, None), (8, "many_prompts")])
def test_one_to_seven_questions(count, code):
    found = codes(prompts=tuple(f"Question {n}?" for n in range(count)))
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("students", "wanted", "policy"), list(product((0, 1, 3, 4, 9, 10, 30), (0, 3), PairingPolicy))
)
def test_enough_people_for_what_is_asked(students, wanted, policy):
    found = codes(Facts(students, 2, True), comments_wanted=wanted, pairing=policy)
    everyone = policy is PairingPolicy.EVERYONE
    assert ("no_students" in found) == (students == 0)
    assert ("large_class" in found) == (everyone and students > SMALL_CLASS)
    assert ("few_students" in found) == (not everyone and 0 < students < wanted + 1)
    assert ("no_comments" in found) == (not everyone and wanted == 0)


@pytest.mark.parametrize("count", range(len(MOVES) + 1))
def test_a_steep_standard_is_said(count):
    assert ("steep_standard" in codes(needs=MOVES[:count])) == (count > 3)


def test_a_standard_that_no_comment_can_meet_blocks():
    assert "impossible_standard" in codes(needs=("a poem",))
    assert [one.code for one in blocks(Setup(**GOOD | {"needs": ("a poem",)}), AT)] == ["impossible_standard"]


@pytest.mark.parametrize(("words", "said"), [(8, False), (60, False), (61, True)])
def test_a_long_floor_is_said(words, said):
    assert ("long_floor" in codes(floor_words=words)) == said


@pytest.mark.parametrize(("hours", "said"), [(1, True), (23, True), (24, False)])
def test_a_short_window_for_comments_is_said(hours, said):
    assert ("short_window" in codes(comment_by=GOOD["post_by"] + timedelta(hours=hours))) == said


@pytest.mark.parametrize(
    ("students", "staff", "said"), [(100, 1, False), (101, 1, True), (200, 2, False), (5, 0, True)]
)
def test_somebody_must_be_there_to_decide(students, staff, said):
    assert ("thinly_staffed" in codes(Facts(students, staff, True))) == said


def test_guidelines_should_be_published():
    assert codes(Facts(24, 2, False)) == {"no_guidelines"}


def test_only_the_set_up_itself_blocks():
    """An empty course can publish: what it lacks may come later."""
    found = findings(Setup(**GOOD), Facts(), AT)
    assert {one.level for one in found} == {Level.WARNING}
    assert blocks(Setup(**GOOD), AT) == []


def test_what_blocks_comes_first():
    levels = [one.level for one in findings(Setup(title=""), Facts(), AT)]
    assert levels == sorted(levels, key=lambda level: level is Level.WARNING)
    assert levels[0] is Level.ERROR


def test_every_finding_has_its_sentence(app):
    bad = [
        Setup(title=""),
        Setup(**GOOD | {"prompts": ("?",) * 8, "needs": MOVES, "floor_words": 99, "comment_by": AT}),
        Setup(
            **GOOD | {"needs": ("x",), "comments_wanted": 0, "post_by": AT - DAY, "late": LatePolicy.CLOSED}
        ),
        Setup(**GOOD | {"wants_text": Wanted.NO, "wants_files": Wanted.NO, "post_by": AT - DAY}),
        Setup(
            **GOOD | {"wants_text": Wanted.NO, "pairing": PairingPolicy.EVERYONE, "post_by": AT + 10.5 * DAY}
        ),
    ]
    people = [Facts(), Facts(2, 0), Facts(500, 1)]
    found = [one for setup in bad for facts in people for one in findings(setup, facts, AT)]
    with app.test_request_context():
        said = {one.code: finding_says(one) for one in found}
    assert set(said) == set(FOUND)
    assert all(sentence and "%(" not in sentence for sentence in said.values())
