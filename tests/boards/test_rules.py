"""When a wall opens, what a note may be, and what may be told of a group."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from classroom.boards import rules
from classroom.boards.drawing import wrapped
from classroom.boards.models import Reveal
from classroom.meaning.alike import alike
from tests.boards.conftest import FEARS
from tests.conftest import MONDAY

BEFORE, AFTER = MONDAY - timedelta(minutes=1), MONDAY + timedelta(minutes=1)


def plan(reveal, written, *, count=None, at=None, revealed_at=None):
    return SimpleNamespace(
        reveal=reveal, written=written, reveal_count=count, reveal_at=at, revealed_at=revealed_at
    )


@pytest.mark.parametrize(
    ("board", "open_"),
    [
        (plan(Reveal.PRESS, 24), False),
        (plan(Reveal.PRESS, 3, revealed_at=BEFORE), True),
        (plan(Reveal.COUNT, 24, count=20), False),  # the note that reaches it stamps the moment
        (plan(Reveal.TIME, 3, at=MONDAY), True),
        (plan(Reveal.TIME, 2, at=MONDAY), False),  # of two each would know the other
        (plan(Reveal.TIME, 24, at=AFTER), False),
        (plan(Reveal.TIME, 1, at=MONDAY, revealed_at=MONDAY), True),  # what is open stays open
    ],
)
def test_when_a_wall_is_open(board, open_):
    assert rules.is_revealed(board, MONDAY) is open_


@pytest.mark.parametrize(
    ("board", "moment"),
    [
        (plan(Reveal.PRESS, 24), None),
        (plan(Reveal.COUNT, 19, count=20), None),
        (plan(Reveal.COUNT, 20, count=20), MONDAY),
        (plan(Reveal.TIME, 3, at=BEFORE), BEFORE),
        (plan(Reveal.TIME, 2, at=BEFORE), None),
    ],
)
def test_when_it_opens_by_itself(board, moment):
    assert rules.due_at(board, MONDAY) == moment


@pytest.mark.parametrize(
    ("reveal", "count", "at", "error"),
    [
        (Reveal.COUNT, None, None, rules.CountTooSmall),
        (Reveal.COUNT, 2, None, rules.CountTooSmall),
        (Reveal.TIME, None, None, rules.TimeMissing),
        (Reveal.TIME, None, MONDAY, rules.TimeMissing),
    ],
)
def test_a_plan_says_what_opens_the_wall(reveal, count, at, error):
    with pytest.raises(error):
        rules.check_plan(reveal, count, at, MONDAY)


@pytest.mark.parametrize(
    ("body", "error"),
    [("", rules.NothingWritten), (" \n ", rules.NothingWritten), ("a" * 281, rules.TooLong)],
)
def test_what_is_no_note(body, error):
    with pytest.raises(error):
        rules.check_body(body)
    assert rules.check_body(" two\n lines ") == "two lines"


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ({"a": "A", "b": "A"}, None),
        ({"a": "A", "b": "A", "c": "A", "d": "B"}, None),  # one of B: the whole would tell who
        ({"a": "A", "b": "A", "c": "A", "d": None}, None),
        ({"a": "A", "b": "A", "c": "A"}, None),
        ({**dict.fromkeys("abc", "A"), **dict.fromkeys("defg", "B")}, [("A", 3), ("B", 4)]),
    ],
)
def test_no_part_that_could_be_guessed_is_told(people, told):
    assert rules.by_section(people) == told


def test_the_same_thing_then_and_today():
    rows = rules.beside({"Fear being wrong": 17, "have no time": 4}, {"fear being wrong": 6, "are shy": 9})
    assert rows == [("are shy", 0, 9), ("fear being wrong", 17, 6), ("have no time", 4, 0)]


def test_notes_that_say_the_same_are_found_and_others_left():
    more = ("It might count as cheating.", "I might be wrong.")
    texts = [*FEARS, *more]
    found = [{texts[place] for place in one.places} for one in alike(texts)]
    assert {FEARS[2], more[0]} in found
    assert {FEARS[0], FEARS[1], more[1]} in found
    assert all(FEARS[3] not in some for some in found)
    assert alike([]) == [] == alike(["One alone."])


def test_words_are_wrapped_for_the_picture():
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("漢字漢字", 4) == ["漢字", "漢字"]
    assert wrapped("", 8) == [""]
