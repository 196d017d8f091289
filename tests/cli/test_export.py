"""`classroom export`: the ZIP of one course on the command line, and what it says when it cannot."""

import json
import stat
import zipfile

import pytest
from click.testing import CliRunner

from classroom.app import create_app
from classroom.cli import main
from classroom.cli.demo.build import build
from classroom.config import read_settings
from classroom.core import links, mail, storage
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.posts.models import Post
from tests.conftest import MONDAY


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The demo's class: the environment to run in, the course's id, and how many posts were published."""
    folder = tmp_path_factory.mktemp("installation")
    environment = {"CLASSROOM_INSTANCE": str(folder), "DATABASE_URL": "", "CLASSROOM_FILES": ""}
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((storage, "_current"), (mail, "_current"), (links, "_base")):
            patch.setattr(module, name, getattr(module, name))
        assert CliRunner().invoke(main, ["db", "upgrade"], env=environment).exit_code == 0
        app = create_app(read_settings(environment))
        with app.app_context(), app.test_request_context():
            build(MONDAY)
            db.session.commit()
            course = db.session.query(Course).first().public_id
            posts = db.session.query(Post).filter(Post.revision_number > 0).count()
            db.session.remove()
            db.engine.dispose()
    return environment, course, posts


@pytest.fixture(autouse=True)
def the_other_apps_keep_their_own(monkeypatch):
    for module, name in ((storage, "_current"), (mail, "_current"), (links, "_base")):
        monkeypatch.setattr(module, name, getattr(module, name))


def run(place, *arguments):
    return CliRunner().invoke(main, ["export", *(str(one) for one in arguments)], env=place[0])


def test_it_writes_what_it_says(place, tmp_path):
    file = tmp_path / "course.zip"
    told = run(place, place[1], file, "--json")
    assert told.exit_code == 0, told.output
    said = json.loads(told.output)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        posts = json.loads(archive.read("json/posts.json"))
    assert said["bytes"] == file.stat().st_size
    assert said["tables"] == len([name for name in names if name.startswith("tables/")])
    assert len(posts) == place[2]
    assert said["missing"] == []
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["course.zip"]


def test_it_never_overwrites(place, tmp_path):
    file = tmp_path / "course.zip"
    file.write_text("grades of last year")
    told = run(place, place[1], file)
    assert told.exit_code == 1
    assert "is left as it is" in told.output
    assert file.read_text() == "grades of last year"


def test_a_course_that_is_not_there(place, tmp_path):
    told = run(place, "nowhere", tmp_path / "course.zip")
    assert told.exit_code == 1
    assert "There is no course nowhere" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(place, tmp_path):
    told = run(place, place[1], tmp_path / "away" / "course.zip")
    assert told.exit_code == 1
    assert "cannot be written" in told.output
