"""A class around one project: who writes, who reads, who looks after whom, and who is a stranger."""

from dataclasses import dataclass

import pytest

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.core.events import _within
from classroom.courses.models import Course
from classroom.courses.queries import seats_of
from classroom.posts.commands import Published, publish_post
from classroom.posts.rules import Typed
from classroom.projects.models import Project

TEXT = (
    "# A bakery before the buses\n\n"
    "The bakery on Linden Street opens at half past three. By the time the first bus comes, "
    "Mr Aydin has already sold forty loaves to people who were never asleep."
)


@dataclass
class Group:
    """`maya` and `jonas` are students of section A; each other name says who it is."""

    course: Course
    project: Project
    maya: Person
    jonas: Person
    instructor: Person
    assistant: Person
    other_assistant: Person
    observer: Person
    stranger: Person

    def who(self, name: str) -> Person:
        person: Person = getattr(self, name)
        return person

    def publish(self, author: Person | None = None, text: str = TEXT, **values: str) -> Published:
        once = values.pop("once", None)
        author = author or self.maya
        done = publish_post(self.project, author.id, Typed(text=text, **values), once=once)
        db.session.flush()
        return done

    @property
    def editor(self) -> str:
        return f"/projects/{self.project.public_id}/post"


@pytest.fixture
def group(make, monday) -> Group:
    return build(make)


def build(make, **values) -> Group:
    instructor = make.person("Adaeze Okafor")
    course = make.course(instructor)
    here, there = make.section(course, "A"), make.section(course, "B")
    return Group(
        course=course,
        project=make.project(course, **values),
        maya=make.student(course, "Maya Ramanathan", here),
        jonas=make.student(course, "Jonas Weiszfeld", here),
        instructor=instructor,
        assistant=make.member(course, Role.ASSISTANT, "Ines Fonseca", here),
        other_assistant=make.member(course, Role.ASSISTANT, "Pavel Novotny", there),
        observer=make.member(course, Role.OBSERVER, "Olga Tamm"),
        stranger=make.person("Rahel Getachew"),
    )


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))


@pytest.fixture
def heard():
    """`heard(Kind)` is the list of the events of that kind from now on."""
    added = []

    def listen(*kinds):
        events = []
        for kind in kinds:
            _within[kind].append(events.append)
            added.append((kind, events.append))
        return events

    yield listen
    for kind, listener in added:
        _within[kind].remove(listener)
