"""The actor: who acts, and which role they have in which course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a course."""

    INSTRUCTOR = "instructor"
    ASSISTANT = "assistant"
    STUDENT = "student"
    OBSERVER = "observer"


STAFF = frozenset({Role.INSTRUCTOR, Role.ASSISTANT})


@dataclass(frozen=True)
class Seat:
    """One membership of the actor. `sections` is None for the whole course, else an assistant's sections.

    `over`: the course is archived, and everything in it is there to be read.
    """

    course_id: int
    membership_id: int
    number: int
    role: Role
    sections: frozenset[int] | None = None
    section_id: int | None = None
    over: bool = False


@dataclass(frozen=True)
class Actor:
    """A signed-in person with their seats, by course id; built once per request, asks nothing.

    `borrowed`: staff look through this person's eyes. Nothing can be changed then, and what is the person's
    alone (drafts, settings) is not shown. `unseen`: how many news the person has not seen.
    """

    person_id: int
    name: str
    called: str
    zone: str = "UTC"
    may_teach: bool = False
    seats: Mapping[int, Seat] = field(default_factory=dict)
    borrowed: bool = False
    unseen: int = 0

    def role_in(self, course_id: int) -> Role | None:
        seat = self.seats.get(course_id)
        return seat.role if seat else None

    def belongs(self, course_id: int) -> bool:
        return course_id in self.seats

    def teaches(self, course_id: int) -> bool:
        """Instructor or assistant of the course (an assistant perhaps of some sections only)."""
        return self.role_in(course_id) in STAFF

    def leads(self, course_id: int) -> bool:
        return self.role_in(course_id) is Role.INSTRUCTOR

    def studies(self, course_id: int) -> bool:
        return self.role_in(course_id) is Role.STUDENT

    def tends(self, course_id: int, section_id: int | None) -> bool:
        """Staff for a student of that section: everyone's instructor, the section's assistant."""
        seat = self.seats.get(course_id)
        if seat is None or seat.role not in STAFF:
            return False
        return seat.sections is None or section_id in seat.sections

    def is_over(self, course_id: int) -> bool:
        seat = self.seats.get(course_id)
        return seat is not None and seat.over

    def courses_taught(self) -> list[int]:
        return [seat.course_id for seat in self.seats.values() if seat.role in STAFF]

    def courses_taught_whole(self) -> list[int]:
        """Courses in which the actor is staff for every section."""
        return [s.course_id for s in self.seats.values() if s.role in STAFF and s.sections is None]

    def courses(self) -> list[int]:
        return list(self.seats)

    @property
    def initials(self) -> str:
        words = (self.called or self.name).split()
        return "".join(word[0] for word in (words if len(words) < 3 else (words[0], words[-1]))).upper()
