"""Run as a program: acts that are killed with SIGKILL at each of their steps, and what is there afterwards.

It never touches the storage itself, and keeps no connection open: each act, and each look at what is left,
happens in a child of its own.
"""

import dataclasses
import hashlib
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, event, inspect, select, text

from classroom.app import create_app
from classroom.cli import main as command
from classroom.cli.sweep import sweep_files
from classroom.config import read_settings
from classroom.core import clock, storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.models import PostFile
from classroom.web import unit_of_work
from tests.faults.installation import Installation

GOOD = (
    "On my phone I scrolled past three pictures before I saw the menu at the bottom. "
    "Could you move the menu above the picture, so that people find the opening hours at once?"
)
FILES = {"map.txt": b"Take the blue line to the lake.", "hours.txt": b"From half past three."}
NOT_COUNTED = {"sessions", "sign_in_tries", "alembic_version"}


class Steps:
    """Counts the steps of an act, and ends the process at one of them."""

    def __init__(self, end_at: int = 0) -> None:
        self.done, self.end_at, self.on = 0, end_at, False

    def step(self, *_anything: Any, **_more: Any) -> None:
        if not self.on:
            return
        self.done += 1
        if self.done == self.end_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(self) -> None:
        """Before and after each statement, before a commit and after it, around each file."""
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, name, self.step)
        put, tell = storage.Storage.put_back, unit_of_work.tell_waiting

        def put_back(store: storage.Storage, key: str, data: Any) -> None:
            self.step()
            put(store, key, data)
            self.step()

        def tell_waiting() -> None:
            self.step()
            tell()
            self.step()

        storage.Storage.put_back = put_back  # type: ignore[method-assign]
        unit_of_work.tell_waiting = tell_waiting


class Browser:
    """One person, signed in."""

    def __init__(self, place: Installation, app: Flask, name: str) -> None:
        self.client = app.test_client()
        key, value = place.cookie(name, app).split("=", 1)
        self.client.set_cookie(key, value, domain="127.0.0.1")

    def look(self, page: str) -> str:
        return self.client.get(page, base_url="http://127.0.0.1").text

    def hidden(self, page: str) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="([\w-]+)"[^>]*value="([^"]*)"', self.look(page)))

    def send(self, path: str, **form: Any) -> int:
        return self.client.post(path, data=form, base_url="http://127.0.0.1").status_code


Press = Callable[[], int]


def comment(place: Installation, app: Flask) -> Press:
    browser, page = Browser(place, app, "kofi"), f"/posts/{place.ids['post']}"
    token = browser.hidden(page)["csrf_token"]
    return lambda: browser.send(f"{page}/comments", csrf_token=token, body=GOOD, once="press-1")


def _sent() -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(data), name) for name, data in FILES.items()]


def upload(place: Installation, app: Flask) -> Press:
    browser, page = Browser(place, app, "kofi"), f"/projects/{place.ids['project']}/post"
    token = browser.hidden(page)["csrf_token"]
    return lambda: browser.send(f"{page}/files", csrf_token=token, files=_sent())


def publish(place: Installation, app: Flask) -> Press:
    browser, page = Browser(place, app, "kofi"), f"/projects/{place.ids['project']}/post"
    token = browser.hidden(page)["csrf_token"]
    form = {
        "csrf_token": token,
        "once": "press-1",
        "text": "# A walk to the lake\n\nIt begins here.",
        "version": "0",
    }
    return lambda: browser.send(page, **form, then="publish", files=_sent())


def roster(place: Installation, app: Flask) -> Press:
    browser, page = Browser(place, app, "teacher"), f"/rosters/{place.ids['roster']}"
    form = browser.hidden(page)
    if "seen" not in form:
        return lambda: 200 if "The roster is in" in browser.look(page) else 500
    form = {name: form[name] for name in ("csrf_token", "seen")}
    return lambda: browser.send(f"{page}/application", **form)


def restore(place: Installation, _app: Flask) -> Press:
    """The first start's migration, then all files and rows."""
    zip_file = str(place.folder.parent / "class.zip")
    return lambda: 200 if CliRunner().invoke(command, ["restore", zip_file]).exit_code == 0 else 500


ACTS = {"comment": comment, "upload": upload, "publish": publish, "roster": roster, "restore": restore}


class Ground:
    """Where the acts happen; put back before each of them."""

    def __init__(self, place: Installation, app: Flask, act: str) -> None:
        self.place, self.app, self.act = place, app, act
        self.copy = place.folder.parent / "copy"
        self.bare = act == "restore"

    def put_back(self) -> None:
        shutil.rmtree(self.place.folder, ignore_errors=True)
        shutil.copytree(self.copy, self.place.folder)
        if self.bare:
            for path in self.place.folder.glob("classroom.sqlite3*"):
                path.unlink()
            shutil.rmtree(self.place.folder / "files")
            (self.place.folder / "files").mkdir()

    def child(self, work: Callable[[Callable[[Any], None]], None], wait: float | None = None) -> list[Any]:
        """What `work` told before it ended, or was ended `wait` seconds after its first word."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            told = os.fdopen(writing, "w")
            work(lambda what: print(json.dumps(what), file=told, flush=True))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as lines:
            heard = []
            if wait is not None:
                heard.append(lines.readline())
                time.sleep(wait)
                os.kill(pid, signal.SIGKILL)
            heard += lines.readlines()
        os.waitpid(pid, 0)
        return [json.loads(one) for one in heard if one]

    def warm(self) -> None:
        """The pages' templates are read once, before all the children."""
        if not self.bare:
            ACTS[self.act](self.place, self.app)
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()

    def perform(self, end_at: int = 0, wait: float | None = None) -> dict[str, Any]:
        """One press; `status` is what its person was told, `steps` how many there were."""

        def work(tell: Callable[[Any], None]) -> None:
            steps = Steps(end_at)
            steps.listen()
            press = ACTS[self.act](self.place, self.app)
            tell("ready")
            steps.on = True
            begun = time.monotonic()
            status = press()
            tell({"status": status, "steps": steps.done, "took": time.monotonic() - begun})

        found = self.child(work, wait)
        return found[-1] if len(found) > 1 else {"status": None}

    def look(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What is there, and what is there when the same person presses the same button once more."""

        def work(tell: Callable[[Any], None]) -> None:
            for again in (False, True):
                told = {"again": ACTS[self.act](self.place, self.app)()} if again else {}
                with self.app.app_context():
                    tell(told | facts())
                    db.session.remove()

        first, second = self.child(work)
        return first, second


def facts() -> dict[str, Any]:
    """Rows by table, and whether files and rows agree, before and after the sweep."""
    there = set(inspect(db.engine).get_table_names())
    counts = {name: db.session.scalar(text(f'select count(*) from "{name}"')) for name in there - NOT_COUNTED}
    sound = True
    if db.engine.dialect.name == "sqlite":
        sound = db.session.execute(text("pragma integrity_check")).scalar() == "ok"
        sound = sound and not db.session.execute(text("pragma foreign_key_check")).all()
    rows = db.session.execute(select(PostFile.key, PostFile.sha256)).all() if "post_files" in there else []
    good = all(hashlib.sha256(storage.store().get(key)).hexdigest() == sha256 for key, sha256 in rows)
    before = len(list(storage.store().keys()))
    whole = set(db.metadata.tables) <= there  # else killed between two migrations
    if whole:
        with clock.at(now() + timedelta(hours=25)):
            sweep_files(24)
    left = sorted(storage.store().keys()) if whole else []
    return {
        "rows": {name: count for name, count in counts.items() if count},
        "sound": sound,
        "files": good,
        "kept": before,
        "swept": left == sorted(key for key, _ in rows),
    }


def chosen(steps: int, most: int) -> list[int]:
    """At most so many of the steps, evenly, and always the last six, where the commit is."""
    every = range(1, steps + 1)
    return sorted({*every[:: max(1, -(-steps // most))], *every[-6:]})


def main(told: str, most: str, into: str) -> None:
    place = Installation(**json.loads(told))
    place.folder = Path(place.folder)
    os.environ.update(place.environment)
    app = create_app(read_settings())
    with Path(into).open("w") as lines:
        for act in ACTS:
            found = killed(Ground(place, app, act), int(most) if act != "restore" else int(most) // 2)
            lines.write(json.dumps({"act": act, **found}) + "\n")


def killed(ground: Ground, most: int) -> dict[str, Any]:
    """One act: before it, after it, and what came of it at each of its ends."""
    chance = random.Random(8)
    ground.put_back()
    ground.warm()
    before, after = ground.look()
    ground.put_back()
    whole = ground.perform()
    ends: list[dict[str, Any]] = [{"end_at": one} for one in chosen(whole["steps"], most)]
    ends += [{"wait": chance.uniform(0, whole["took"])} for _ in range(max(3, most // 4))]
    cases = []
    for end in ends:
        ground.put_back()
        done = ground.perform(**end)
        found, again = ground.look()
        cases.append({"end": end, "status": done["status"], "found": found, "again": again})
    return {"whole": whole, "before": before, "after": after, "cases": cases}


def told_of(place: Installation) -> str:
    values = {one.name: getattr(place, one.name) for one in dataclasses.fields(place)}
    return json.dumps(values | {"folder": str(place.folder), "process": None})


if __name__ == "__main__":
    main(*sys.argv[1:])
