"""One commit after a successful unsafe request; a GET saves nothing; listeners run where they belong."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from classroom.access import open_to_everyone
from classroom.accounts.commands import create_person
from classroom.accounts.models import Person
from classroom.app import create_app
from classroom.config import Settings
from classroom.core import events
from classroom.core.db import db
from classroom.core.errors import Refused
from classroom.web.unit_of_work import keep_despite_refusal

heard: list[str] = []


@dataclass(frozen=True)
class Greeted:
    name: str


@events.listens(Greeted)
def within(event: Greeted) -> None:
    heard.append(f"within {event.name}")


@events.after(Greeted)
def afterwards(event: Greeted) -> None:
    heard.append(f"after {event.name}")


def greet(kind: str) -> tuple[str, int]:
    create_person("Maya", "maya@example.edu")
    events.announce(Greeted("Maya"))
    match kind:
        case "refuse":
            raise Refused
        case "invalid":
            return "no", 422
        case "keep":
            keep_despite_refusal()
            return "no", 422
        case "race":
            raise IntegrityError("x", None, Exception())
        case "stale":
            raise StaleDataError("x")
        case "away":
            raise OperationalError("x", None, Exception())
        case "crash":
            raise RuntimeError("a secret detail")
    return "yes", 200


@pytest.fixture(scope="module")
def app(app: Flask, settings: Settings):
    """An app of our own on the same schema, with a page that the others have not."""
    made = create_app(settings, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    made.test_client_class = app.test_client_class
    made.add_url_rule("/greet/<kind>", "greet", open_to_everyone(greet), methods=["GET", "POST"])
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


def people() -> int:
    return db.session.scalar(select(func.count()).where(Person.email_key == "maya@example.edu"))


def test_a_successful_post_commits_and_then_tells(visitor, context):
    assert visitor.post("/greet/x").status_code == 200
    assert people() == 1
    assert heard == ["within Maya", "after Maya"]


def test_a_get_saves_nothing(visitor, context):
    assert visitor.get("/greet/x").status_code == 200
    assert people() == 0
    assert heard == ["within Maya"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("refuse", 403), ("invalid", 422), ("race", 409), ("stale", 409), ("away", 503), ("crash", 500)],
)
def test_what_is_refused_leaves_nothing(visitor, context, kind, status):
    answer = visitor.post(f"/greet/{kind}")
    assert answer.status_code == status
    assert people() == 0
    assert heard == ["within Maya"]
    assert "a secret detail" not in answer.text


def test_trouble_says_when_to_come_back(visitor, context):
    assert visitor.post("/greet/away").headers["Retry-After"] == "5"


def test_what_was_typed_is_offered_back_on_an_error(visitor, context):
    text = "On my phone I scrolled past three pictures before I saw the menu."
    answer = visitor.post("/greet/away", data={"body": text, "password": "four loaves before dawn"})
    assert text in answer.text
    assert "four loaves" not in answer.text


def test_a_noted_failure_stays(visitor, context):
    assert visitor.post("/greet/keep").status_code == 422
    assert people() == 1
    assert heard == ["within Maya", "after Maya"]


def test_nothing_waits_for_the_next_request(visitor, context):
    visitor.post("/greet/refuse")
    heard.clear()
    visitor.get("/healthz")
    assert heard == []
