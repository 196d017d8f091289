"""A small class around one post: who wrote it, who comments, who looks after it, and who is a stranger."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.commands import Written, post_comment
from classroom.comments.models import Comment
from classroom.core.events import _within
from classroom.courses.models import Course, Section
from classroom.courses.queries import seats_of
from classroom.posts.models import Post
from classroom.projects.models import Project
from tests.factories import Make

GOOD = (
    "On my phone I scrolled past three pictures before I saw the menu at the bottom. "
    "Could you move the menu above the picture, so that people find the opening hours at once?"
)
THIN = "Great job, I really like it!"
RUDE = "The menu is at the bottom because you are an idiot and obviously cannot design anything."
QUOTE = "The menu is at the bottom because I did not want it to disturb the picture."


@dataclass
class Class:
    """`who(role)` is one of the people; `say` posts a comment as the product does."""

    course: Course
    project: Project
    section: Section
    author: Person
    writer: Person
    classmate: Person
    instructor: Person
    assistant: Person
    other_assistant: Person
    observer: Person
    stranger: Person
    post: Post
    extras: dict[str, Any] = field(default_factory=dict)

    def say(self, body: str = GOOD, by: Person | None = None, **values: Any) -> Comment:
        once = values.pop("once", None)
        version = values.pop("version", None)
        post = values.pop("post", self.post)
        by = by or self.writer
        return post_comment(by.id, post, Written(body, **values), once=once, version=version)

    def who(self, name: str) -> Person:
        person: Person = getattr(self, name)
        return person


def build(make: Make, **values: Any) -> Class:
    instructor = make.person("Adaeze Okafor", called="Ms Okafor")
    course = make.course(instructor)
    section, other = make.section(course, "A"), make.section(course, "B")
    author = make.student(course, "Maya Ramanathan", section)
    writer = make.student(course, "Jonas Weiszfeld", section)
    classmate = make.student(course, "Noor Haddad", section)
    project = make.project(course, **values)
    post = make.post(project, author)
    make.post(project, writer, title="Line 47", text="The last tram leaves at ten to one.")
    make.post(project, classmate, title="The lock keeper", text="He opens the lock at six.")
    return Class(
        course=course,
        project=project,
        section=section,
        author=author,
        writer=writer,
        classmate=classmate,
        instructor=instructor,
        assistant=make.member(course, Role.ASSISTANT, "Ines Fonseca", section),
        other_assistant=make.member(course, Role.ASSISTANT, "Pavel Novotny", other),
        observer=make.member(course, Role.OBSERVER, "Olga Tamm"),
        stranger=make.person("Rahel Getachew"),
        post=post,
    )


@pytest.fixture
def group(make: Make, monday: Any) -> Class:
    return build(make)


@pytest.fixture
def actor() -> Any:
    def of(person: Person) -> Actor:
        return Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))

    return of


@pytest.fixture
def heard() -> Any:
    """The events of some kinds that are announced during a test."""
    from_now: list[tuple[type, Any]] = []

    def listen(*kinds: type) -> list[Any]:
        events: list[Any] = []
        for kind in kinds:
            _within[kind].append(events.append)
            from_now.append((kind, events.append))
        return events

    yield listen
    for kind, listener in from_now:
        _within[kind].remove(listener)
