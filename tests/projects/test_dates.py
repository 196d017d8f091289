"""Times on the wall and deadlines: no day on which clocks change holds a surprise."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from classroom.projects.dates import Wall, days_between, evening, local, next_free_week, read, shift
from classroom.projects.models import Extension, LatePolicy, Project
from classroom.projects.rules import GRACE, Phase, dates_of, due, is_closed, is_over, next_date

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "UTC",
]
FIRST, LAST = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2032-01-01")
zones = some.sampled_from([ZoneInfo(name) for name in ZONES])
moments = some.datetimes(FIRST, LAST, timezones=some.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
days = some.integers(-400, 400)


@settings(deadline=None)
@given(moments, days, zones)
def test_a_shift_keeps_the_time_on_the_wall(moment, days, zone):
    reading = shift(moment, days, zone)
    wanted, shown = local(moment, zone) + timedelta(days=days), local(reading.moment, zone)
    if reading.wall is Wall.NEVER:
        assert timedelta(0) < shown - wanted <= timedelta(hours=1)
    else:
        assert shown == wanted


@settings(deadline=None)
@given(moments, days, zones)
def test_a_shift_there_and_back_comes_home(moment, days, zone):
    there = shift(moment, days, zone)
    back = shift(there.moment, -days, zone)
    if Wall.NEVER not in {there.wall, back.wall}:
        assert local(back.moment, zone) == local(moment, zone)


@settings(deadline=None)
@given(moments, days, zones, zones)
def test_into_another_zone_the_wall_there_says_the_same(moment, days, zone, other):
    reading = shift(moment, days, zone, other)
    if reading.wall is not Wall.NEVER:
        assert local(reading.moment, other) == local(moment, zone) + timedelta(days=days)


@settings(deadline=None)
@given(moments, zones)
def test_what_is_read_is_what_is_shown(moment, zone):
    reading = read(local(moment, zone), zone)
    assert reading.wall is not Wall.NEVER
    assert reading.moment == moment or (reading.wall is Wall.TWICE and reading.moment < moment)


@settings(deadline=None)
@given(moments, days, zones)
def test_days_are_counted_on_the_calendar(moment, days, zone):
    reading = shift(moment, days, zone)
    if reading.wall is not Wall.NEVER:
        assert days_between(moment, reading.moment, zone) == days


@settings(deadline=None)
@given(moments, moments, zones)
def test_a_free_week_is_whole_and_ahead(first, after, zone):
    ahead = next_free_week(first, after, zone)
    assert ahead % 7 == 0
    assert ahead >= 7
    assert days_between(after, shift(first, ahead, zone).moment, zone) > 0


@pytest.mark.parametrize(
    ("wall", "zone", "kind", "moment"),
    [
        ("2027-03-28 02:30", "Europe/Berlin", Wall.NEVER, "2027-03-28T01:30"),
        ("2027-10-31 02:30", "Europe/Berlin", Wall.TWICE, "2027-10-31T00:30"),
        ("2027-10-31 03:00", "Europe/Berlin", Wall.ONCE, "2027-10-31T02:00"),
        ("2027-03-14 02:15", "America/New_York", Wall.NEVER, "2027-03-14T07:15"),
        ("2027-04-04 01:45", "Australia/Lord_Howe", Wall.TWICE, "2027-04-03T14:45"),
    ],
)
def test_the_days_on_which_clocks_change(wall, zone, kind, moment):
    reading = read(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert (reading.wall, reading.moment.strftime("%Y-%m-%dT%H:%M")) == (kind, moment)


def test_the_first_guess_is_ten_in_the_evening_on_the_wall():
    night = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Berlin
    assert evening(7, night, ZoneInfo("Europe/Berlin")) == datetime.fromisoformat("2026-12-01T22:00")


@settings(deadline=None)
@given(moments, some.one_of(some.none(), moments), moments, some.sampled_from(LatePolicy))
def test_one_person_never_has_less_time_than_everyone(base, personal, at, late):
    project = Project(post_by=base, late=late)
    extension = Extension(post_by=personal) if personal else None
    date = due(project, Phase.POST, extension)
    assert date == max(base, personal or base)
    assert is_over(project, Phase.POST, at, extension) == (at > date + GRACE)
    assert is_closed(project, Phase.POST, at, extension) == (late is LatePolicy.CLOSED and at > date + GRACE)


def test_the_grace_is_over_after_its_last_moment():
    date = datetime(2026, 12, 1, 21, tzinfo=UTC)
    project = Project(post_by=date, late=LatePolicy.CLOSED)
    assert not is_closed(project, Phase.POST, date + GRACE)
    assert is_closed(project, Phase.POST, date + GRACE + timedelta(seconds=1))


def test_lines_say_whose_date_it_is_and_which_comes_next():
    at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    project = Project(
        post_by=at - timedelta(days=1), comment_by=at + timedelta(hours=5), late=LatePolicy.MARKED
    )
    extension = Extension(post_by=at + timedelta(days=2))
    lines = dates_of(project, at, extension)
    assert [(line.phase, line.over, line.soon) for line in lines] == [
        (Phase.POST, False, False),
        (Phase.COMMENT, False, True),
    ]
    assert lines[0].moved_from == project.post_by
    assert lines[1].moved_from is None
    assert next_date(project, at).phase is Phase.COMMENT
    assert next_date(Project(late=LatePolicy.MARKED), at) is None
