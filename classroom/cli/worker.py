"""`classroom worker`: sends the mail and runs the sweeps; `classroom serve` starts one of its own."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import click
from flask import Flask

from classroom.app import create_app
from classroom.boards.commands import reveal_passed
from classroom.cli.sweep import sweep_files
from classroom.comments.pairing_work import repair_passed
from classroom.core import mail, queue
from classroom.core.clock import now
from classroom.core.db import db, writing
from classroom.core.errors import Unavailable
from classroom.core.events import forget_waiting, tell_waiting
from classroom.core.queue import Task
from classroom.helpfulness.commands import tell_writers
from classroom.notices import outbox
from classroom.notices.opening import tell_of_openings
from classroom.notices.reminders import due_reminders, remind

TICK = 2.0  # seconds between two looks at what is due: letters leave that soon after the commit
REST = 60.0  # seconds for which a mail server that is away is left alone
BATCH = 100  # letters at most before the sweeps have their turn
log = logging.getLogger("classroom")


@contextmanager
def unit() -> Iterator[None]:
    """One unit of work outside of a request: committed at its end, or nothing of it."""
    forget_waiting()
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            forget_waiting()
            raise
    tell_waiting()


@contextmanager
def reading() -> Iterator[None]:
    """Reads that take no lock and leave nothing open."""
    try:
        yield
    finally:
        db.session.rollback()


def send_due(most: int = BATCH) -> bool:
    """Send the letters that are due, one after the other; False when the mail server is away."""
    with reading():
        if not outbox.anything_due(now()):
            return True
    with unit():
        outbox.give_up_stale(now())
    with mail.line() as line:
        for _number in range(most):
            with unit():
                claimed = outbox.claim(now())
            if claimed is None:
                break
            if not _carry(line, claimed):
                return False
    return True


def _carry(line: mail.Line, claimed: outbox.Claimed) -> bool:
    """Try one letter and write down what became of it; no row is locked while the server thinks."""
    answers, for_good = True, False
    try:
        with unit():
            letter = outbox.letter_of(claimed, now())
        if letter is None:
            return True
        line.send(letter)
    except mail.NoSuchAddress:
        for_good = True
    except mail.NotTaken:
        pass
    except Unavailable:
        answers = False
    except Exception as error:  # one letter that cannot be written must not keep back all the others
        log.exception("a letter could not be written: %s", type(error).__name__)
    else:
        with unit():
            outbox.went(claimed, now())
        return True
    with unit():
        outbox.did_not_go(claimed, now(), for_good=for_good)
    return answers


def _pairings(since: datetime, at: datetime) -> None:
    with unit():
        repair_passed(since, at)


def _openings(since: datetime, at: datetime) -> None:
    with unit():
        tell_of_openings(since, at)


def _walls(since: datetime, at: datetime) -> None:
    with unit():
        reveal_passed(since, at)


def _reminders(_since: datetime, at: datetime) -> None:
    with reading():
        found = due_reminders(at)
    if found:
        with unit():
            remind(found)


def _files(_since: datetime, _at: datetime) -> None:
    with reading():
        sweep_files(hours=24)


def _reasons(_since: datetime, at: datetime) -> None:
    with unit():
        tell_writers(at)


TASKS = (
    Task("pairings", timedelta(minutes=1), _pairings),
    Task("openings", timedelta(minutes=1), _openings),
    Task("walls", timedelta(minutes=1), _walls),
    Task("reminders", timedelta(minutes=10), _reminders),
    Task("reasons", timedelta(hours=1), _reasons),
    Task("files", timedelta(days=1), _files),
)


def run_due(tasks: tuple[Task, ...] = TASKS) -> list[str]:
    """Run the sweeps that are due and that nobody else has in hand; answers their names."""
    at, done = now(), []
    with reading():
        last = queue.known()
        begin = {task.name: queue.since(last.get(task.name), at) for task in tasks}
        due = [task for task in tasks if queue.is_due(task, last.get(task.name), at)]
    for task in due:
        with unit():
            mine = queue.take(task, at)
        if mine and _run(task, begin[task.name], at):
            done.append(task.name)
    return done


def _run(task: Task, since: datetime, at: datetime) -> bool:
    try:
        task.run(since, at)
    except Exception as error:
        log.exception("the sweep %s failed: %s", task.name, type(error).__name__)
        with unit():
            queue.failed(task, at)
        return False
    with unit():
        queue.ran(task, at)
    return True


def work(app: Flask, stopped: Callable[[float], bool]) -> None:
    """Until stopped: mail each two seconds, sweeps when they are due. Nothing that fails ends it."""
    rest = 0.0
    with app.app_context():
        while not stopped(TICK):
            rest = max(0.0, rest - TICK)
            try:
                if rest == 0 and not send_due():
                    rest = REST
                run_due()
            except Exception as error:  # the database is away, or something of ours: look again later
                log.error("the worker could not go on: %s", type(error).__name__)
            finally:
                db.session.remove()


def run(factory: Callable[[], Flask], parent: int | None = None) -> None:
    """Work in this process until it is told to stop, or until the process that started it is gone."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    app = factory()

    def stopped(seconds: float) -> bool:
        return stop.wait(seconds) or (parent is not None and os.getppid() != parent)

    work(app, stopped)


@contextmanager
def beside(factory: Callable[[], Flask]) -> Iterator[None]:
    """A worker in a process of its own, for as long as the block lasts."""
    process = multiprocessing.Process(target=run, args=(factory, os.getpid()), daemon=True, name="worker")
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(timeout=3)
        if process.is_alive():  # in the middle of a slow conversation: the lease lets another try later
            process.kill()


@click.command()
def worker() -> None:
    """Send mail and run the sweeps: needed beside a server other than `classroom serve`."""
    click.echo("The worker sends mail and runs the sweeps  (stop with Ctrl+C)")
    run(create_app)
