"""Sweeps: due once however much was missed, taken by one worker, and tried again when they fail."""

from datetime import UTC, datetime, timedelta

import pytest

from classroom.core import queue
from classroom.core.db import db
from classroom.core.queue import FIRST, LEASE, Sweep, Task

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOURLY = Task("hourly", timedelta(hours=1), lambda _since, _at: None)


def last():
    db.session.expire_all()
    return queue.known().get("hourly")


@pytest.mark.parametrize(
    ("ran", "taken", "due"),
    [
        (None, None, True),
        (timedelta(hours=1), None, True),
        (timedelta(hours=3), None, True),
        (timedelta(minutes=59), None, False),
        (timedelta(hours=3), timedelta(minutes=1), False),
        (timedelta(hours=3), timedelta(minutes=-1), True),
    ],
)
def test_when_it_is_due(ran, taken, due):
    row = Sweep(name="x", ran_at=ran and NOON - ran, taken_until=taken and NOON + taken)
    assert queue.is_due(HOURLY, row, NOON) is due
    assert queue.is_due(HOURLY, None, NOON)


def test_only_one_takes_it_and_what_was_missed_runs_once(context):
    assert queue.take(HOURLY, NOON)
    assert not queue.take(HOURLY, NOON)
    queue.ran(HOURLY, NOON)
    assert not queue.take(HOURLY, NOON + timedelta(minutes=59))
    late = NOON + timedelta(hours=4)
    assert queue.since(last(), late) == NOON
    assert queue.take(HOURLY, late)
    queue.ran(HOURLY, late)
    assert not queue.take(HOURLY, late + timedelta(minutes=59))


def test_a_worker_that_died_is_forgotten_after_its_lease(context):
    assert queue.take(HOURLY, NOON)
    assert not queue.take(HOURLY, NOON + LEASE - timedelta(seconds=1))
    assert queue.take(HOURLY, NOON + LEASE)


def test_a_run_that_failed_begins_again_where_the_last_good_one_ended(context):
    assert queue.since(None, NOON) == NOON - FIRST
    queue.take(HOURLY, NOON)
    queue.ran(HOURLY, NOON)
    later = NOON + timedelta(hours=1)
    queue.take(HOURLY, later)
    queue.failed(HOURLY, later)
    assert not queue.is_due(HOURLY, last(), later)
    assert queue.is_due(HOURLY, last(), later + queue.PAUSE)
    assert queue.since(last(), later + queue.PAUSE) == NOON
