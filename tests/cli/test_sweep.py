"""Left-over bytes go; what a row names, and what an upload may still claim, stays."""

from datetime import timedelta

from classroom.cli.sweep import sweep_files
from classroom.core import clock, storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.commands_files import Given, add_file, remove_file
from classroom.projects.commands import delete_draft
from classroom.projects.commands_materials import Kept, add_material
from classroom.projects.models import Material, ProjectState
from classroom.projects.views_undoing import whole_draft
from classroom.undo.commands import offer


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


def test_the_files_of_a_deleted_draft_stay_while_it_can_come_back(make):
    course = make.course()
    draft = make.project(course, state=ProjectState.DRAFT, published_at=None)
    key = storage.store().put(b"a map")
    add_material(draft, "A map", file=Kept(key, "map.txt", "text/plain", 5))
    with clock.at(now() + timedelta(hours=25)):
        offer(draft.created_by_id, "projects.remove", course.public_id, back="/", **whole_draft(draft))
        delete_draft(draft)
        sweep_files(24)
        assert storage.store().exists(key)
        with clock.at(now() + timedelta(minutes=3)):
            sweep_files(24)
        assert not storage.store().exists(key)


def test_a_file_that_was_taken_out_of_a_draft_goes_after_a_day(make):
    course = make.course()
    project = make.project(course)
    file = add_file(project, make.student(course).id, Given("a.txt", b"one"), max_bytes=99, max_files=9)
    key = file.key
    remove_file(file)
    sweep_files(24)
    assert storage.store().exists(key)
    with clock.at(now() + timedelta(hours=25)):
        sweep_files(24)
    assert not storage.store().exists(key)
