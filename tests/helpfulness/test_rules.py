"""When writers are told, by a clock; and what two people say only of one another, as laws over any class."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from classroom.comments.models import ReasonKind
from classroom.comments.reasons import NOT_YET
from classroom.helpfulness.mutual import Between, Said, entangled, left_out
from classroom.helpfulness.rules import FEWEST, WAIT, Waiting, batch, ripe_before

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 23, 12, tzinfo=BERLIN)
WHERE, VAGUE, PUZZLED = ReasonKind.SHOWED_WHERE, ReasonKind.TOO_VAGUE, ReasonKind.NOT_UNDERSTOOD


def waiting(*rows, at=NOON):
    return [Waiting(number, who, kind, at) for number, (who, kind) in enumerate(rows)]


def test_the_moment_is_a_day_of_the_course_and_not_of_a_press():
    for hour in (0, 9, 23):
        assert ripe_before(NOON.replace(hour=hour), BERLIN) == datetime(2026, 11, 22, tzinfo=BERLIN)
    late_in_utc = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # the 24th has begun in Berlin
    assert ripe_before(late_in_utc, BERLIN) == datetime(2026, 11, 23, tzinfo=BERLIN)


def test_three_people_and_a_day():
    three = waiting((1, WHERE), (2, WHERE), (3, VAGUE))
    assert batch(three, NOON) == []
    assert batch(three, NOON + timedelta(seconds=1)) == [0, 1, 2]
    assert batch(waiting((1, WHERE), (2, WHERE), (2, VAGUE), (1, PUZZLED)), NOON + WAIT) == []


def test_what_everyone_says_against_it_waits_for_one_more_voice():
    all_vague = [(1, VAGUE), (2, VAGUE), (3, VAGUE), (3, WHERE)]
    assert batch(waiting(*all_vague), NOON + WAIT) == []
    assert batch(waiting(*all_vague, (4, WHERE)), NOON + WAIT) == [0, 1, 2, 3, 4]
    assert batch(waiting((1, WHERE), (2, WHERE), (3, WHERE)), NOON + WAIT) == [0, 1, 2]


REASONS = st.lists(
    st.builds(
        Waiting,
        st.integers(0, 10**6),
        st.integers(1, 5),
        st.sampled_from(ReasonKind),
        st.integers(-72, 72).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
    max_size=20,
    unique_by=lambda one: one.id,
)


@given(REASONS, st.randoms())
def test_no_batch_shows_who_said_what(rows, chance):
    told = set(batch(rows, NOON))
    heard = [one for one in rows if one.id in told]
    people = {one.receiver_id for one in heard}
    assert not told or len(people) >= FEWEST
    assert all(one.at < NOON for one in heard)
    for kind in NOT_YET:
        assert not told or {one.receiver_id for one in heard if one.kind is kind} != people
    mixed = list(rows)
    chance.shuffle(mixed)
    assert set(batch(mixed, NOON)) == told


def both(comments, helpful, not_yet, one=1, other=2):
    return [Said(one, other, comments, helpful, not_yet), Said(other, one, comments, helpful, not_yet)]


def by_others(helpful, person, writers=(7, 8)):
    return [Said(person, writer, 2, helpful, 0) for writer in writers]


def test_favours_go_nearly_only_to_one_another():
    quiet = [*by_others(0, 1), *by_others(0, 2)]
    assert [two.between for two in entangled([*both(3, 3, 0), *quiet])] == [Between.FAVOURS]
    assert entangled([*both(2, 2, 0), *quiet]) == []
    assert entangled([*both(3, 3, 0), *quiet, Said(1, 9, 1, 1, 0)]) == []  # one in four went elsewhere
    assert entangled(both(3, 3, 0)) == []  # there was nobody else to thank


def test_a_feud_is_between_two_who_are_kind_to_others():
    assert [two.between for two in entangled([*both(2, 0, 2), *by_others(1, 1), *by_others(1, 2)])] == [
        Between.FEUD
    ]
    assert entangled([*both(2, 0, 2), *by_others(0, 1), *by_others(1, 2)]) == []  # as strict with everyone
    assert entangled([*both(3, 1, 2), *by_others(1, 1), *by_others(1, 2)]) == []


@st.composite
def classes(draw):
    """What anybody said of anybody in a class of six."""
    rows = {}
    for receiver in range(1, 7):
        for writer in range(1, 7):
            if receiver != writer and draw(st.booleans()):
                comments = draw(st.integers(1, 5))
                helpful = draw(st.integers(0, comments))
                not_yet = draw(st.integers(0, comments - helpful))
                rows[receiver, writer] = Said(receiver, writer, comments, helpful, not_yet)
    return list(rows.values())


@given(classes(), st.permutations(range(1, 7)), st.randoms())
def test_it_is_the_same_for_whoever_they_are_in_whatever_order(said, order, chance):
    renamed = [
        replace(one, receiver_id=order[one.receiver_id - 1], writer_id=order[one.writer_id - 1])
        for one in said
    ]
    chance.shuffle(renamed)
    expected = {(two.between, frozenset(order[one - 1] for one in two.people)) for two in entangled(said)}
    assert {(two.between, two.people) for two in entangled(renamed)} == expected


@given(classes())
def test_one_alone_never_makes_it(said):
    silent = [one if one.receiver_id != 1 else replace(one, helpful=0, not_yet=0) for one in said]
    assert all(1 not in two.people for two in entangled(silent))


@given(classes())
def test_nobody_swaps_favours_with_two(said):
    favours = [two.people for two in entangled(said) if two.between is Between.FAVOURS]
    people = [one for pair in favours for one in pair]
    assert len(people) == len(set(people))


@given(classes(), st.integers(2, 5), st.sampled_from(["favours", "feud"]))
def test_a_staged_pair_moves_no_figure(said, much, what):
    """What 1 and 2 stage about each other changes nothing that is counted without left-out pairs."""
    rest = [one for one in said if {one.receiver_id, one.writer_id} != {1, 2}]
    staged = [*rest, *(both(much, much, 0) if what == "favours" else both(much, 0, much))]

    def counted(rows):
        apart = left_out(entangled(rows))
        return {
            (one.receiver_id, one.writer_id): (one.helpful, one.not_yet)
            for one in rows
            if frozenset({one.receiver_id, one.writer_id}) not in apart
        }

    if frozenset({1, 2}) in left_out(entangled(staged)):
        theirs = {key: value for key, value in counted(staged).items() if set(key) == {1, 2}}
        assert theirs == {}
        elsewhere = counted(rest)
        assert all(elsewhere.get(key, value) == value for key, value in counted(staged).items())
