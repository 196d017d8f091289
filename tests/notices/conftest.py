"""A course with one project and two students, a mail server, and letters as people get them."""

import email

import pytest

from classroom.accounts.models import Person
from classroom.cli.worker import send_due
from classroom.core.db import db
from classroom.courses.queries import members_of
from tests.notices.server import WORDS, running


@pytest.fixture
def scene(make, monday):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = db.session.get(Person, next(iter(members_of(course.id))))
        project = make.project(course)
        aylin = make.student(course, "Aylin Kaya")
        jonas = make.student(course, "Jonas Weber")
        post = make.post(project, aylin)

    made = Scene()
    make.post(made.project, made.jonas)
    db.session.commit()
    return made


@pytest.fixture
def letters(mailbox):
    """Send what is due, and answer everything that was sent, the oldest first."""

    def fetch():
        db.session.commit()
        send_due()
        return [
            email.message_from_bytes(path.read_bytes(), policy=WORDS)
            for path in sorted(mailbox.glob("*.eml"))
        ]

    return fetch


@pytest.fixture
def server(connection, tmp_path):
    with running(tmp_path) as started:
        yield started
