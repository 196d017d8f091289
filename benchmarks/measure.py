"""One page at a time, in this process: how many statements it sends, and how long it takes."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event

from benchmarks.school import THREADS, School
from classroom.core.db import db

BUDGETS = {"student": 8, "staff": 12}


@dataclass(frozen=True)
class Page:
    """A page of the product as one kind of person opens it."""

    name: str
    who: str
    endpoint: str
    place: str | None = None


PAGES = (
    Page("home", "student", "insights.home"),
    Page("home", "staff", "insights.home"),
    Page("news", "student", "notices.listing"),
    Page("projects", "student", "projects.listing", "course"),
    Page("projects", "staff", "projects.listing", "course"),
    Page("project", "student", "projects.show", "project"),
    Page("project", "staff", "projects.show", "project"),
    Page("coverage", "staff", "projects.coverage", "project"),
    Page("the class as a picture", "staff", "insights.picture", "course"),
    Page("who is where", "staff", "participation.people", "project"),
    Page("participation", "staff", "matrix.show", "course"),
    Page("a student's work", "staff", "matrix.student", "member"),
    Page("tables", "staff", "matrix.data", "course"),
    Page("editor", "student", "posts.write", "project"),
    *(Page(f"post, {n} comments", "student", "comments.show", f"post with {n}") for n in THREADS),
    *(Page(f"post, {n} comments", "staff", "comments.show", f"post with {n}") for n in THREADS),
    *(Page(f"plan, {n} comments", "staff", "plans.show", f"post with {n}") for n in THREADS),
    Page("today", "staff", "today.show", "course"),
    Page("queue", "staff", "moderation.queue", "course"),
    Page("who agreed", "staff", "guidelines.agreed", "course"),
    Page("guidelines", "student", "guidelines.show", "course"),
    Page("great comments", "student", "celebrations.wall", "course"),
    Page("my comments", "student", "portfolio.mine", "course"),
    Page("portfolio", "student", "portfolio.choose", "course"),
    Page("between two", "staff", "insights.between", "course"),
    Page("people", "staff", "courses.people", "course"),
    Page("board", "student", "boards.show", "board"),
    Page("board", "staff", "boards.show", "board"),
    Page("help requests", "student", "help_requests.listing", "course"),
    Page("help requests", "staff", "help_requests.listing", "course"),
)


@dataclass(frozen=True)
class Cost:
    """What one page cost at one class size."""

    statements: int
    milliseconds: float
    kilobytes: float


def measure(app: Flask, school: School, page: Page, rounds: int) -> Cost | None:
    """The middle of `rounds` requests; None when this page is not there yet."""
    if page.endpoint not in app.view_functions:
        return None
    with app.test_request_context():
        path = app.url_for(page.endpoint, **school.places.get(page.place or "", {}), _external=False)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = school.tokens[page.who], True
    client.get(path)  # templates are compiled, connections open
    with _counting(app) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{page.name} ({page.who}) answered {answer.status_code}: {path}")
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    return Cost(len(seen), statistics.median(times), len(answer.data) / 1024)


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    """The statements sent in the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
