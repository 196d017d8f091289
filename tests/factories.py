"""Rows for tests, made as the product makes them wherever a command exists."""

from itertools import count
from typing import Any

from classroom.access import Role
from classroom.accounts.commands import create_person
from classroom.accounts.models import Person
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.commands import create_course, enrol
from classroom.courses.models import AssistantSection, Course, Membership, Section
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import Project, ProjectState, Prompt

_numbers = count(1)
WORK = (
    "The bakery on Linden Street opens at half past three. By the time the first bus comes, "
    "Mr Aydin has already sold forty loaves to people who were never asleep.\n\n"
    "The menu is at the bottom because I did not want it to disturb the picture. "
    "On the second page there is a map."
)


class Make:
    """`make.person()`, `make.course()`, `make.student(course)`…: each adds and flushes."""

    def person(self, name: str = "", **values: Any) -> Person:
        number = next(_numbers)
        person = create_person(name or f"Person {number}", f"person{number}@example.edu")
        for key, value in values.items():
            setattr(person, key, value)
        db.session.flush()
        return person

    def course(
        self, instructor: Person | None = None, title: str = "Writing for the Web", **values: Any
    ) -> Course:
        course = create_course(
            title, instructor or self.person("Adaeze Okafor"), zone=values.pop("zone", "Europe/Berlin")
        )
        for key, value in values.items():
            setattr(course, key, value)
        db.session.flush()
        return course

    def section(self, course: Course, name: str = "A") -> Section:
        section = Section(course_id=course.id, name=name)
        db.session.add(section)
        db.session.flush()
        return section

    def member(
        self, course: Course, role: Role = Role.STUDENT, name: str = "", section: Section | None = None
    ) -> Person:
        person = self.person(name)
        seat = enrol(
            course, person, role, section_id=section.id if section and role is Role.STUDENT else None
        )
        if section and role is Role.ASSISTANT:
            db.session.add(
                AssistantSection(course_id=course.id, membership_id=seat.id, section_id=section.id)
            )
            db.session.flush()
        return person

    def student(self, course: Course, name: str = "", section: Section | None = None) -> Person:
        return self.member(course, Role.STUDENT, name, section)

    def seat(self, course: Course, person: Person) -> Membership:
        return db.session.query(Membership).filter_by(course_id=course.id, person_id=person.id).one()

    def project(self, course: Course, title: str = "Your first home page", **values: Any) -> Project:
        """A published project, open since now."""
        leader = db.session.query(Membership).filter_by(course_id=course.id, role=Role.INSTRUCTOR).first()
        project = Project(
            course_id=course.id,
            title=title,
            brief="Make a page about a place.",
            brief_html="<p>Make a page about a place.</p>",
            brief_text="Make a page about a place.",
            state=ProjectState.PUBLISHED,
            published_at=now(),
            created_by_id=leader.person_id if leader else 0,
        )
        for key, value in values.items():
            setattr(project, key, value)
        db.session.add(project)
        db.session.flush()
        db.session.add(
            Prompt(course_id=course.id, project_id=project.id, position=1, text="What works, and why?")
        )
        db.session.flush()
        return project

    def post(
        self, project: Project, author: Person, text: str = WORK, title: str = "A bakery before the buses"
    ) -> Post:
        """A visible post with one revision."""
        post = Post(
            course_id=project.course_id,
            project_id=project.id,
            author_id=author.id,
            state=State.VISIBLE,
            title=title,
            revision_number=1,
            posted_at=now(),
        )
        db.session.add(post)
        db.session.flush()
        paragraphs = "".join(f"<p>{part}</p>\n" for part in text.split("\n\n"))
        revision = Revision(
            course_id=project.course_id,
            post_id=post.id,
            number=1,
            title=title,
            source=text,
            html=paragraphs,
            text="\n".join(text.split("\n\n")),
            digest="0" * 64,
        )
        db.session.add(revision)
        db.session.flush()
        return post
