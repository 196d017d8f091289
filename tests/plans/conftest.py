"""A post with four comments, and the people around it."""

import pytest

from classroom.accounts.models import Person
from classroom.comments.commands import Written, post_comment
from classroom.core.db import db
from classroom.courses.queries import members_of
from classroom.posts.commands import publish_post
from classroom.posts.rules import Typed
from classroom.projects.models import Anonymity

SAYS = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?",
    "Forty loaves before the first bus made me hungry, because I could see the hour. Who buys them, though?",
    "The map on the second page has no scale, so I could not tell how far the walk is. Could you add one?",
    "The opening hours are missing on the first page; I looked for them twice. Could they be in the title?",
)
NEXT = "The menu stands above the picture now, and the opening hours are in the first line of the page."


@pytest.fixture
def scene(make):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = db.session.get(Person, next(iter(members_of(course.id))))
        section = make.section(course, "A")
        other = make.section(course, "B")
        project = make.project(course, anonymity=Anonymity.PSEUDONYMOUS, post_first=False)
        aylin = make.student(course, "Aylin Kaya", section)
        reader = make.student(course, "Noor Haddad")
        post = make.post(project, aylin)

        def revise(self, text=NEXT):
            """The next revision of the post."""
            return publish_post(self.project, self.aylin.id, Typed("A bakery", text, "", ""))

    made = Scene()
    names = ("Jonas Weber", "Mina Park", "Leo Marsh", "Ida Lund")
    made.writers = [make.student(made.course, name) for name in names]
    made.comments = [
        post_comment(writer.id, made.post, Written(words))
        for writer, words in zip(made.writers, SAYS, strict=True)
    ]
    made.url = f"/posts/{made.post.public_id}/plan"
    made.page = f"/posts/{made.post.public_id}"
    db.session.commit()
    return made
