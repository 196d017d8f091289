"""The worker: sweeps run by themselves, once, late rather than never; it stops when it is told to."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from classroom.app import create_app
from classroom.cli import main, worker
from classroom.cli.worker import TASKS, run_due, work
from classroom.comments.models import Pairing
from classroom.comments.pairing_work import repair
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db, writing
from classroom.core.queue import Sweep, Task
from classroom.notices.commands import tell
from classroom.notices.models import Notice, NoticeKind
from classroom.projects.commands_extensions import give_extension
from classroom.projects.rules import GRACE, Phase
from tests.factories import Make
from tests.notices.test_outbox import place

__all__ = ["place"]
HOUR = timedelta(hours=1)


def task_named(name):
    return tuple(task for task in TASKS if task.name == name)


def sweep(name, at):
    db.session.commit()
    with clock.at(at):
        return run_due(task_named(name))


def asked(person):
    return db.session.query(Pairing).filter_by(commenter_id=person.id, released_at=None).count()


@pytest.fixture
def room(make, monday):
    """A class that has posted, but for one; the date for posting is in an hour."""

    class Room:
        pass

    room = Room()
    room.course = make.course(make.person("Adaeze Okafor"))
    room.project = make.project(room.course, post_by=monday + HOUR, comments_wanted=2)
    room.idle = make.student(room.course)
    for _ in range(4):
        make.post(room.project, make.student(room.course))
    repair(room.project.id)
    sweep("pairings", monday)
    return room


def test_who_never_posted_is_asked_at_the_moment_the_date_passes(room, monday):
    assert asked(room.idle) == 0
    sweep("pairings", monday + HOUR + GRACE)
    assert asked(room.idle) == 0
    sweep("pairings", monday + HOUR + GRACE + timedelta(minutes=1))
    assert asked(room.idle) == 2


def test_a_moment_that_was_missed_for_hours_is_made_up_for_once(room, monday):
    late = monday + HOUR + timedelta(hours=3)
    assert sweep("pairings", late) == ["pairings"]
    assert asked(room.idle) == 2
    told = db.session.query(Notice).filter_by(kind=NoticeKind.ASKED_TO_COMMENT).count()
    assert sweep("pairings", late) == []
    assert sweep("pairings", late + timedelta(minutes=1)) == ["pairings"]
    assert db.session.query(Notice).filter_by(kind=NoticeKind.ASKED_TO_COMMENT).count() == told


def test_who_had_more_time_is_asked_when_that_is_over(room, monday):
    give_extension(room.project, room.idle.id, {Phase.POST: monday + 9 * HOUR}, by_id=room.idle.id)
    sweep("pairings", monday + 2 * HOUR)
    assert asked(room.idle) == 0
    sweep("pairings", monday + 10 * HOUR)
    assert asked(room.idle) == 2


def test_a_class_hears_that_a_project_is_open_when_it_opens(make, monday):
    course = make.course(make.person("Adaeze Okafor"))
    student = make.student(course)
    make.project(course, opens_at=monday + HOUR)
    told = db.session.query(Notice).filter_by(kind=NoticeKind.PROJECT_OPENED, person_id=student.id)
    sweep("openings", monday)
    assert told.count() == 0
    for minutes in (61, 62, 63):
        sweep("openings", monday + timedelta(minutes=minutes))
    assert told.count() == 1


def test_a_sweep_that_fails_stops_no_other_and_is_tried_again(context, monday, caplog):
    runs = Counter()

    def fail(_since, _at):
        runs["bad"] += 1
        raise ValueError("Maya's secret")

    def fine(_since, _at):
        runs["good"] += 1

    tasks = (Task("bad", HOUR, fail), Task("good", HOUR, fine))
    assert run_due(tasks) == ["good"]
    assert run_due(tasks) == []
    with clock.at(monday + timedelta(minutes=6)):
        assert run_due(tasks) == []
    assert runs == {"bad": 2, "good": 1}
    assert "the sweep bad failed: ValueError" in caplog.text


def test_two_workers_at_once_run_a_sweep_once(place):
    runs, gate = [], threading.Barrier(3)
    task = Task("slow", HOUR, lambda _since, _at: (time.sleep(0.2), runs.append(1)))

    def one_worker():
        with place.app_context():
            gate.wait()
            for _ in range(5):
                run_due((task,))
            db.session.remove()

    threads = [threading.Thread(target=one_worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runs == [1]
    with place.app_context():
        assert db.session.query(Sweep).filter_by(name="slow").one().ran_at is not None


def test_nothing_that_fails_ends_the_worker(app, connection, monkeypatch, caplog):
    looks = iter([False, False, True])

    def broken():
        raise ConnectionError

    monkeypatch.setattr(worker, "send_due", broken)
    work(app, lambda _seconds: next(looks))
    assert caplog.text.count("the worker could not go on: ConnectionError") == 2


def test_a_server_that_is_away_is_left_alone_for_a_minute(app, connection, monkeypatch):
    tries, looks = [], iter([False] * 31 + [True])
    monkeypatch.setattr(worker, "send_due", lambda: tries.append(1))  # None: away
    monkeypatch.setattr(worker, "run_due", list)
    work(app, lambda _seconds: next(looks))
    assert len(tries) == 2


@pytest.fixture
def environment(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "CLASSROOM_URL", "SECRET_KEY", "SMTP_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLASSROOM_INSTANCE", str(tmp_path / "instance"))
    assert CliRunner().invoke(main, ["db", "upgrade"]).exit_code == 0
    return tmp_path / "instance"


def started(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "classroom", *arguments],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_quickly_and_quietly(environment, sent):
    with started("worker") as process:
        assert "stop with Ctrl+C" in process.stdout.readline()
        time.sleep(1.5)
        process.send_signal(sent)
        assert process.wait(timeout=5) == 0
        assert process.stdout.read() == ""


def test_serving_starts_one_worker_and_takes_it_along(environment):
    """One process answers requests, one beside it mails and sweeps, and none is left behind."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with started("serve", "--port", str(port)) as process:
        try:
            _until(lambda: _answers(port))
            children = _children(process.pid)
            assert len(children) == 2
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)
        _until(lambda: not any(_runs(child) for child in children))
        assert "Traceback" not in process.stdout.read()


def _answers(port):
    with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        return b'"ok":true' in answer.read()


def _children(pid):
    found = subprocess.check_output(["ps", "-o", "pid=", "--ppid", str(pid)], text=True)
    return [int(one) for one in found.split()]


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _until(condition):
    until = time.monotonic() + 60  # a busy machine takes its time to start three processes
    while time.monotonic() < until:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come to be")


def test_a_worker_beside_a_server_that_was_killed_ends_by_itself(environment):
    code = (
        "import os, time\n"
        "from classroom.app import create_app\n"
        "from classroom.cli.worker import beside\n"
        "with beside(create_app) as _:\n"
        "    import multiprocessing\n"
        "    print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        child = int(process.stdout.readline())
        process.kill()
    _until(lambda: not _runs(child))


def test_the_mail_is_told_and_the_dead_are_put_back(environment):
    app = create_app()
    with app.app_context(), writing():
        make = Make()
        course = make.course(make.person("Adaeze Okafor"))
        for number, person in enumerate(make.student(course) for _ in range(3)):
            tell(course.id, [person.id], NoticeKind.PROJECT_OPENED, "open:1", project="p", project_title="t")
            notice = db.session.query(Notice).filter_by(person_id=person.id).one()
            notice.try_at = now()  # whatever the hour: at night it would wait for the morning
            if number:
                notice.try_at, notice.failed_at, person.mail_failed_at = None, now(), now()
        db.session.commit()
        address = person.email
        db.session.remove()
        db.engine.dispose()
    runner = CliRunner()
    said = runner.invoke(main, ["mail"]).output
    assert re.search(r"waiting +1\n.*retrying +0\n.*given up +2\n", said, re.DOTALL)
    assert address in said
    told = json.loads(runner.invoke(main, ["mail", "--retry", "--json"]).output)
    assert (told["put_back"], told["waiting"], told["dead"]) == (2, 3, 0)
