"""A course with its lesson, and students who take it."""

from types import SimpleNamespace
from typing import Any

import pytest

from classroom.access import Role
from classroom.core.db import db

STRONG = (
    "Both groups have the same colour in the diagram, so I could not tell cupboard from window sill. "
    "Could you give the cupboard plants another colour?"
)
WEAK = "Nice experiment, well done!"


@pytest.fixture
def scene(make: Any) -> Any:
    """A course with everyone who could come to its lesson."""
    teacher = make.person("Adaeze Okafor")
    course = make.course(teacher)
    section, other = make.section(course, "A"), make.section(course, "B")
    people = {
        "teacher": teacher,
        "student": make.student(course, "Maya Ramanathan", section),
        "classmate": make.student(course, "Jonas Weiszfeld", section),
        "third": make.student(course, "Noor Haddad", other),
        "assistant": make.member(course, Role.ASSISTANT, "Ines Fonseca", section),
        "observer": make.member(course, Role.OBSERVER, "Olga Tamm"),
        "stranger": make.person("Rahel Getachew"),
    }
    db.session.commit()
    return SimpleNamespace(course=course, url=f"/courses/{course.public_id}/lesson", **people)


@pytest.fixture
def at(scene: Any) -> Any:
    """The address of a step."""
    return lambda key: f"{scene.url}/steps/{key}"


@pytest.fixture
def take(scene: Any, at: Any, client_of: Any, send: Any) -> Any:
    """Somebody goes through steps of the starter, all of them unless told."""

    def go(person: Any, *keys: str, text: str = STRONG, says: str = "no") -> Any:
        client = client_of(person)
        for key in keys or KEYS:
            page = at(key)
            if key == "does-it-count":
                for item in ITEMS:
                    send(client, page, f"{page}/judgement", item=item, says=says)
            elif key in TEXTS:
                send(client, page, f"{page}/text", body=text, version="0")
            else:
                send(client, page, f"{page}/done")
        return client

    return go


READING = ("what-helps", "name-the-place", "say-why", "offer-a-next-step", "ask", "short-and-kind")
TEXTS = ("improve-a-weak-one", "write-your-own")
KEYS = (*READING, "does-it-count", *TEXTS, "a-model")
ITEMS = ("long-praise", "short-code", "retold", "blunt-poster", "fits-any", "real-question")
