"""What is offered first, and what a page may promise about posts that lack comments."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.pairing import Step, Work, coverage, offer

WORKS = [Work(10, 1, 100.0), Work(20, 2, 200.0), Work(30, 3, 300.0), Work(40, 4, 400.0, eligible=False)]


def ids(works):
    return [work.id for work in works]


def test_fewest_comments_first_then_the_one_that_waits_longest():
    assert ids(offer(WORKS, {10: 1}, me=9)) == [20, 30, 10]


def test_comments_being_written_now_count():
    assert ids(offer(WORKS, {}, writing={10: 1}, me=9)) == [20, 30, 10]


def test_never_ones_own_nor_ones_group_nor_what_is_commented_already():
    assert ids(offer(WORKS, {}, me=1)) == [20, 30]
    assert ids(offer(WORKS, {}, me=9, mine={20})) == [10, 30]
    assert ids(offer(WORKS, {}, me=9, not_by={1, 2})) == [30]


def test_works_of_the_same_moment_come_in_an_order_of_ones_own_that_stays():
    together = [Work(i, 500 + i, 1.0) for i in range(20)]
    orders = {tuple(ids(offer(together, {}, me=me, seed="p1"))) for me in range(10)}
    assert len(orders) == 10
    assert offer(together, {}, me=3, seed="p1") == offer(together[::-1], {}, me=3, seed="p1")


def test_a_class_that_always_takes_the_first_offer_covers_every_post_evenly():
    works = [Work(i, i, float(i)) for i in range(30)]
    received: Counter[int] = Counter()
    mine: dict[int, set[int]] = {i: set() for i in range(30)}
    for _turn in range(3):
        for me in range(30):
            first = offer(works, received, me=me, mine=mine[me])[0].id
            received[first] += 1
            mine[me].add(first)
    assert set(received.values()) <= {2, 3, 4}
    assert len(received) == 30


@pytest.mark.parametrize(
    ("counts", "volunteers", "step", "missing"),
    [
        ((3, 0, 0), True, None, 0),
        ((5, 0, 0), False, None, 0),
        ((1, 2, 0), True, Step.ON_THE_WAY, 0),
        ((1, 5, 0), False, Step.ON_THE_WAY, 0),
        ((1, 1, 1), True, Step.WILL_BE_OFFERED, 1),
        ((0, 1, 1), True, Step.ASKED_VOLUNTEERS, 2),
        ((0, 1, 1), False, Step.STAFF, 2),
    ],
)
def test_each_post_is_told_the_step_that_is_true(counts, volunteers, step, missing):
    received, on_the_way, still_owed = counts
    (row,) = coverage(
        WORKS[:1],
        {10: received},
        n=3,
        on_the_way={10: on_the_way},
        still_owed=still_owed,
        volunteers=volunteers,
    ).rows
    assert (row.step, row.missing, row.covered) == (step, missing, step is None)


def test_withdrawn_posts_are_not_counted_and_the_summary_adds_up():
    seen = coverage(WORKS, {10: 2, 20: 1}, n=2, on_the_way={20: 1})
    assert (seen.covered, seen.short, seen.total) == (1, 2, 3)
    assert ids_of(seen.at(Step.ASKED_VOLUNTEERS)) == [30]
    assert seen.rows[0].work == 30


def ids_of(rows):
    return [row.work for row in rows]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
    st.integers(0, 4),
    st.integers(0, 9),
)
def test_never_more_is_promised_than_students_owe(counts, n, still_owed):
    works = [Work(i, i, float(i)) for i in range(len(counts))]
    seen = coverage(
        works,
        {i: got for i, (got, _way) in enumerate(counts)},
        n=n,
        on_the_way={i: way for i, (_got, way) in enumerate(counts)},
        still_owed=still_owed,
    )
    assert sum(row.missing for row in seen.at(Step.WILL_BE_OFFERED)) <= still_owed
    assert seen.covered == sum(got >= n for got, _way in counts)
    assert seen.covered + seen.short == seen.total == len(counts)
