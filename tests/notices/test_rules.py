"""The rules of mail, without a database: groups, waits, and the hours at which letters come."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from classroom.notices.letters import GROUPS
from classroom.notices.models import Group, NoticeKind, Way
from classroom.notices.rules import DEFAULT, GROUP_OF, WAITS, kinds_of, next_morning, reminder_at, wait_after

BERLIN, TOKYO, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Apia")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_kind_belongs_to_a_group_and_every_group_has_words_and_a_default():
    assert set(GROUP_OF) == set(NoticeKind)
    assert set(GROUPS) == set(DEFAULT) == set(Group)
    assert all(kinds_of({group}) for group in Group)
    assert [kind for kind, group in GROUP_OF.items() if group is None] == [NoticeKind.HELD]


def test_what_asks_for_something_comes_at_once_and_talk_once_a_day():
    assert {DEFAULT[GROUP_OF[kind]] for kind in (NoticeKind.ASKED_TO_COMMENT, NoticeKind.RETURNED)} == {
        Way.NOW
    }
    assert {DEFAULT[GROUP_OF[kind]] for kind in (NoticeKind.COMMENT_RECEIVED, NoticeKind.REPLIED)} == {
        Way.DAILY
    }
    assert DEFAULT[GROUP_OF[NoticeKind.POSTED]] is Way.NOW


def test_a_letter_waits_longer_each_time_and_is_given_up_after_a_day():
    waits = [wait_after(n) for n in range(1, len(WAITS) + 1)]
    assert waits[:5] == [timedelta(minutes=n) for n in (1, 5, 15, 60, 240)]
    assert all(one < other for one, other in pairwise(waits))
    assert timedelta(hours=22) < sum(waits, timedelta()) < timedelta(hours=25)
    assert wait_after(len(WAITS) + 1) is None


@pytest.mark.parametrize(
    ("after", "zone", "morning"),
    [
        ("2026-11-25T05:59", BERLIN, "2026-11-25T06:00"),
        ("2026-11-25T06:00", BERLIN, "2026-11-26T06:00"),
        ("2026-07-01T22:30", BERLIN, "2026-07-02T05:00"),
        ("2026-03-28T12:00", BERLIN, "2026-03-29T05:00"),  # the clocks go forward that night
        ("2026-10-24T12:00", BERLIN, "2026-10-25T06:00"),  # and back
        ("2026-11-25T21:00", TOKYO, "2026-11-25T22:00"),
        ("2011-12-29T20:00", APIA, "2011-12-30T17:00"),  # a day that this island left out
    ],
)
def test_the_daily_letter_comes_at_seven_on_the_wall(after, zone, morning):
    assert next_morning(utc(after), zone) == utc(morning)


def test_some_morning_always_comes_within_a_day_and_an_hour():
    for hours in range(0, 24 * 370, 7):
        after = utc("2026-01-01T00:00") + timedelta(hours=hours)
        morning = next_morning(after, BERLIN)
        assert timedelta() < morning - after <= timedelta(hours=25)
        assert morning.astimezone(BERLIN).hour == 7


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        ("2026-11-25T21:00", "2026-11-24T15:00"),  # due at 22:00 in Berlin
        ("2026-11-25T23:00", "2026-11-25T15:00"),  # due at midnight: the afternoon before it
        ("2026-03-29T20:00", "2026-03-28T15:00"),  # across the change of the clocks
        ("2026-11-25T08:00", "2026-11-24T15:00"),
    ],
)
def test_a_reminder_comes_on_the_afternoon_before(due, reminded):
    assert reminder_at(utc(due), BERLIN) == utc(reminded)
