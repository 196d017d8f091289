"""A course with everyone in it, and what the set-up page sends."""

from dataclasses import dataclass
from typing import Any

import pytest

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import Course, Section
from classroom.projects.models import Project

TYPED = {
    "title": "Interview a neighbour",
    "brief": "Find somebody *within five minutes* of your door.",
    "wants_text": "required",
    "wants_link": "no",
    "wants_files": "optional",
    "prompts": "What works, and why?\nWhere did you stop?",
    "opens_at": "",
    "post_by": "2026-12-01T22:00",
    "comment_by": "2026-12-08T22:00",
    "revise_by": "",
    "late": "marked",
    "anonymity": "named",
    "pairing": "assigned",
    "comments_wanted": "3",
    "post_first": "y",
    "floor_words": "8",
    "coach": "y",
}


@dataclass
class Class:
    """Everyone whom the pages tell apart."""

    course: Course
    first: Section
    second: Section
    instructor: Person
    assistant: Person
    other_assistant: Person
    student: Person
    classmate: Person
    observer: Person
    stranger: Person

    def person(self, who: str) -> Person:
        return getattr(self, who)


@pytest.fixture
def group(make, monday) -> Class:
    instructor = make.person("Adaeze Okafor")
    course = make.course(instructor)
    first, second = make.section(course, "A"), make.section(course, "B")
    return Class(
        course=course,
        first=first,
        second=second,
        instructor=instructor,
        assistant=make.member(course, Role.ASSISTANT, "Tom Brandt", first),
        other_assistant=make.member(course, Role.ASSISTANT, "Ines Roth", second),
        student=make.student(course, "Maya Adler", first),
        classmate=make.student(course, "Jonas Weber", second),
        observer=make.member(course, Role.OBSERVER, "Olga Peters"),
        stranger=make.person("Sam Stranger"),
    )


@pytest.fixture
def project(make, group) -> Project:
    return make.project(group.course, version=1)


@pytest.fixture
def typed() -> dict[str, Any]:
    return dict(TYPED)


def fresh(row: Any) -> Any:
    """The row as the database has it now."""
    db.session.refresh(row)
    return row
