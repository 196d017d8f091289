"""Clock, ids, database settings: what every part stands on."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from classroom.core import clock, ids
from classroom.core.db import Moment, prepare_engine, writing

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_clock_can_be_set_and_goes_on_afterwards():
    with clock.at(NOON.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC
    assert clock.now() != NOON


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 11, 23)):  # noqa: DTZ001
        pass
    with pytest.raises(ValueError, match="zone"):
        Moment().process_bind_param(datetime(2026, 11, 23), None)  # noqa: DTZ001


def test_ids_are_random_and_can_be_repeated_for_the_demo_only():
    assert len({ids.public_id() for _ in range(2000)}) == 2000
    with ids.seeded(7):
        first, secret = [ids.public_id() for _ in range(3)], ids.secret_token()
    with ids.seeded(7):
        assert [ids.public_id() for _ in range(3)] == first
        assert ids.secret_token() != secret


@pytest.fixture
def engine(tmp_path):
    made = create_engine(f"sqlite:///{tmp_path / 'race.sqlite3'}")
    prepare_engine(made)
    with made.begin() as connection:
        connection.execute(text("create table counters (n integer)"))
        connection.execute(text("insert into counters values (0)"))
    yield made
    made.dispose()


def add_one(engine, times, failed):
    for _ in range(times):
        try:
            with engine.begin() as connection:
                n = connection.scalar(text("select n from counters"))
                connection.execute(text("update counters set n = :n"), {"n": n + 1})
        except OperationalError:
            failed.append(1)


def run(engine, *, as_writer):
    failed: list[int] = []

    def work():
        if as_writer:
            with writing():
                add_one(engine, 50, failed)
        else:
            add_one(engine, 50, failed)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        return connection.scalar(text("select n from counters")), len(failed)


def test_units_that_read_and_then_write_do_not_lose_each_other(engine):
    assert run(engine, as_writer=True) == (200, 0)


def test_sqlite_has_its_settings(engine):
    with engine.connect() as connection:
        said = {
            name: connection.scalar(text(f"pragma {name}"))
            for name in ("foreign_keys", "synchronous", "journal_mode")
        }
    assert said == {"foreign_keys": 1, "synchronous": 2, "journal_mode": "wal"}


def test_a_span_of_time_is_kept_exactly():
    stored = Moment().process_bind_param(NOON + timedelta(microseconds=5), None)
    assert Moment().process_result_value(stored.replace(tzinfo=None), None) == NOON + timedelta(
        microseconds=5
    )
