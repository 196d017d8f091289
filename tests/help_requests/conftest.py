"""A class with a project, a post that its author asks about, and somebody who helps."""

import pytest

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.queries import members_of
from classroom.help_requests.commands import ask
from classroom.help_requests.placing import Asked, Place
from classroom.posts.models import Revision
from classroom.projects.commands_materials import add_material
from classroom.projects.models import Anonymity

BRIEF = (
    "Make a page about a place. Work alone.\n\nPost it by Friday 12 March, noon. "
    "Use at least two sources, and name them at the end of the page."
)


class World:
    """`ask(…)` asks as its author, about the post unless another `place` is given."""

    def __init__(self, make, anonymity=Anonymity.NAMED):
        self.course = make.course(make.person("Adaeze Okafor"))
        self.staff = db.session.get(Person, next(iter(members_of(self.course.id))))
        self.project = make.project(self.course, anonymity=anonymity, brief_text=BRIEF, post_first=False)
        self.aylin = make.student(self.course, "Aylin Kaya")
        self.jonas = make.student(self.course, "Jonas Weber")
        self.mina = make.student(self.course, "Mina Park")
        self.observer = make.member(self.course, Role.OBSERVER, "Olga Tamm")
        self.stranger = make.person("Ruth Aboagye")
        self.post = make.post(self.project, self.aylin)
        self.revision = db.session.query(Revision).filter_by(post_id=self.post.id).one()
        db.session.commit()

    @property
    def on_post(self):
        return Place(self.course, self.project, self.post, self.revision)

    @property
    def on_project(self):
        return Place(self.course, self.project)

    @property
    def on_course(self):
        return Place(self.course)

    def ask(self, words="I want the menu to be found on a phone.", place=None, by=None, once=None, **values):
        row = ask((by or self.aylin).id, place or self.on_post, Asked(words, **values), once=once)
        db.session.commit()
        return row

    def key(self, words):
        add_material(self.project, "The answers", words, answer_key=True)
        db.session.commit()


@pytest.fixture
def world(make):
    return World(make)


@pytest.fixture
def blind(make):
    from_peers = Anonymity.PSEUDONYMOUS
    return World(make, from_peers)
