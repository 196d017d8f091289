"""The drawing of a network: nothing overlaps, all is in the box, the same class gives the same picture."""

import math
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.accounts.models import Person
from classroom.courses.models import Membership
from classroom.insights.network import draw
from classroom.insights.picture import picture_of, reciprocity_of
from classroom.insights.queries_picture import Pair
from classroom.insights.small import share_of, spread_of

COUNTS = st.integers(0, 60)
PAIRS = st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=150)


def check(count, links):
    made = draw(count, links)
    r = made.radius
    assert [dot.number for dot in made.dots] == list(range(count))
    for dot in made.dots:
        assert r <= dot.x <= made.width - r
        assert r <= dot.y <= made.height - r
    for one, other in combinations(made.dots, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= 2 * r + 1
    for line in made.lines:
        assert line.mutual == ("Q" not in line.path)
        x, y = map(float, re.findall(r"-?[\d.]+", line.path)[-2:])
        assert 0 <= x <= made.width
        assert 0 <= y <= made.height
    return made


@settings(max_examples=40)
@given(COUNTS, PAIRS)
def test_no_two_overlap_and_all_are_in_the_box(count, links):
    made = check(count, links)
    there = {(a, b) for a, b in links if a != b and max(a, b) < count and min(a, b) >= 0}
    mutual = {frozenset(pair) for pair in there if pair[::-1] in there}
    assert sum(line.mutual for line in made.lines) == len(mutual)
    assert len(made.lines) == len(there) - len(mutual)


@settings(max_examples=25)
@given(COUNTS, PAIRS, st.randoms())
def test_the_same_class_gives_the_same_picture_in_whatever_order_it_is_told(count, links, chance):
    mixed = [*links, *links[:3]]
    chance.shuffle(mixed)
    assert draw(count, links) == draw(count, mixed)


@pytest.mark.parametrize("count", [24, 200])
def test_it_can_be_read(count):
    """Each comments on three: dots of a class of 24 carry names, of 200 still a number of two figures."""
    made = check(count, [(n, (n * 7 + k) % count) for n in range(count) for k in (1, 2, 5)])
    assert made.radius >= (24 if count == 24 else 12)
    assert made.pitch >= 2 * made.radius


def test_who_is_linked_stands_nearer_than_who_is_not():
    """Two circles of friends that know nothing of one another."""
    links = [(a, b) for group in (range(8), range(8, 16)) for a, b in combinations(group, 2)]
    dots = draw(16, links).dots
    away = {pair: math.dist((dots[pair[0]].x, dots[pair[0]].y), (dots[pair[1]].x, dots[pair[1]].y))
            for pair in combinations(range(16), 2)}  # fmt: skip
    inside = [length for pair, length in away.items() if pair in links]
    outside = [length for pair, length in away.items() if pair not in links]
    assert sum(inside) / len(inside) < 0.75 * sum(outside) / len(outside)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_a_share_holds_it_and_narrows_with_more(numbers):
    some, of = numbers
    one, more = share_of(some, of), share_of(some * 4, of * 4)
    assert 0 <= one.low <= one.share <= one.high <= 1
    assert more.high - more.low < one.high - one.low


def test_what_two_say_only_of_each_other_is_drawn_and_counts_in_no_figure():
    pairs = [Pair(1, 2, 1, 1), Pair(2, 1, 1, 1), Pair(1, 3, 1, 1), Pair(3, 4, 2, 1), Pair(4, 5, 1, 1)]
    seats = [
        Membership(person_id=n, public_id=str(n), section_id=None, person=Person(name=str(n)))
        for n in range(1, 7)
    ]
    whole, apart = (picture_of(seats, {}, pairs, None, these) for these in ((), {frozenset((1, 2))}))
    assert len(whole.drawing.lines) == len(apart.drawing.lines) == 4
    assert [one.number for one in apart.alone] == [5]
    assert [(one.reciprocity.some, one.reciprocity.of) for one in (whole, apart)] == [(1, 4), (0, 3)]
    assert [one.meaningful.of for one in (whole, apart)] == [6, 4]


def test_shares_and_spreads_of_nothing_and_known_ones():
    assert share_of(0, 0) is None
    seven = share_of(5, 7)
    assert (round(seven.low, 2), round(seven.high, 2)) == (0.36, 0.92)  # as any table of Wilson has it
    assert spread_of([]) is None
    found = spread_of([8, 1, 3, 5, 100])
    assert (found.low, found.middle, found.high) == (3, 5, 8)
    assert reciprocity_of([]) is None
    assert reciprocity_of({(0, 1), (1, 0), (0, 2)}).share == 0.5
