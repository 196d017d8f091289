"""One comment in a pseudonymous project, with the people around it."""

import pytest

from classroom.accounts.models import Person
from classroom.comments.commands import Written, post_comment
from classroom.core.db import db
from classroom.courses.queries import members_of
from classroom.projects.models import Anonymity

FINE = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)


@pytest.fixture
def scene(make):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = db.session.get(Person, next(iter(members_of(course.id))))
        project = make.project(course, anonymity=Anonymity.PSEUDONYMOUS)
        aylin = make.student(course, "Aylin Kaya")
        jonas = make.student(course, "Jonas Weber")
        mina = make.student(course, "Mina Park")
        post = make.post(project, aylin)

        def say(self, name):
            """The comment of one more student."""
            return post_comment(make.student(self.course, name).id, self.post, Written(FINE))

    made = Scene()
    for person in (made.jonas, made.mina):
        make.post(made.project, person)
    made.comment = post_comment(made.jonas.id, made.post, Written(FINE))
    made.wall = f"/courses/{made.course.public_id}/great-comments"
    db.session.commit()
    return made
