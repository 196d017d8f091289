"""Left-over bytes go; what a row names, and what an upload may still claim, stays."""

from datetime import timedelta

from classroom.cli.sweep import sweep_files
from classroom.core import clock, storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.commands_files import Given, add_file
from classroom.projects.models import Material


def test_only_what_nothing_names_is_swept(make):
    course = make.course()
    project = make.project(course)
    kept = add_file(project, make.student(course).id, Given("a.txt", b"one"), max_bytes=99, max_files=9)
    handed_out, lost = storage.store().put(b"two"), storage.store().put(b"three")
    db.session.add(Material(course_id=course.id, project_id=project.id, title="A map", file_key=handed_out))
    db.session.flush()
    assert sweep_files(24) == 0
    with clock.at(now() + timedelta(hours=25)):
        sweep_files(24)
        assert sweep_files(24) == 0
    assert [storage.store().exists(key) for key in (kept.key, handed_out, lost)] == [True, True, False]
