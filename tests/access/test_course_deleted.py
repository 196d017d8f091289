"""Deleting a course: every row and every byte of it, nothing of any other, and only with its title typed."""

import itertools

import pytest
from sqlalchemy import func, select

from classroom.cli.backup_rows import FILE_COLUMNS
from classroom.comments.commands import Written, post_comment
from classroom.core import storage
from classroom.core.db import STORED, db
from classroom.courses.commands_delete import delete_course
from classroom.courses.commands_viewing import begin_viewing
from classroom.courses.models import Course
from classroom.posts.models import PostFile
from classroom.projects.models import Material
from tests.access import scene as scenes
from tests.access.scene import GOOD

# Tables of the installation, and of people, who outlive any course.
OF_NO_COURSE = {"people", "sessions", "one_time_links", "sign_in_tries", "courses"}


@pytest.fixture
def course(scene):
    return db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()


def counts(course_id=None):
    """Rows by table: of one course, of all."""
    found = {}
    for table in db.metadata.sorted_tables:
        asked = select(func.count()).select_from(table)
        if course_id is not None:
            column = table.c.id if table.name == "courses" else table.c.get("course_id")
            if column is None:
                continue
            asked = asked.where(column == course_id)
        found[table.name] = db.session.scalar(asked)
    return found


def test_every_table_knows_its_course_or_belongs_to_none():
    """Else its rows would outlive the course, or hold it."""
    of_a_course = {one.name for one in db.metadata.sorted_tables if "course_id" in one.columns}
    others = [one for one in db.metadata.sorted_tables if one.name not in of_a_course | {"courses"}]
    for table in others:
        for key in table.foreign_keys:
            assert key.column.table.name not in of_a_course | {"courses"}, f"{table.name}.{key.parent.name}"
    assert {one.name for one in others} >= OF_NO_COURSE - {"courses"}


def test_every_column_that_names_bytes_says_so():
    marked = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.info.get(STORED)
    }
    assert marked == {f"{table}.{column}" for table, column in FILE_COLUMNS.items()}


def test_rows_and_bytes_go_and_nothing_else(make, client_of, send, scene, course):
    make.project(course)
    begin_viewing(make.seat(course, scene.people["classmate"]), scene.people["instructor"].id)
    second = scenes.build(make)
    other = db.session.query(Course).filter_by(public_id=second.values["course_id"]).one()
    files = {one.key: one.course_id for one in db.session.query(PostFile)}
    files |= {one.file_key: one.course_id for one in db.session.query(Material) if one.file_key}
    course_id, other_id, before, theirs = course.id, other.id, counts(), counts(other.id)
    ours, people = counts(course.id), before["people"]
    assert sum(ours.values()) > 50
    page = f"/courses/{course.public_id}/deletion"
    answer = send(client_of(scene.people["instructor"]), page, title="  writing for  the web ")
    assert answer.status_code == 303
    assert sum(counts(course_id).values()) == 0
    assert counts(other_id) == theirs
    after = counts()
    changed = {name for name in before if before[name] - ours.get(name, 0) != after[name]}
    assert changed <= {"sessions"}
    assert after["people"] == people
    assert {key: storage.store().exists(key) for key in files} == {
        key: owner != course_id for key, owner in files.items()
    }
    assert any(owner == course_id for owner in files.values())
    home = client_of(scene.people["instructor"]).get("/")
    assert "Writing for the Web" not in home.text


@pytest.mark.parametrize("title", ["", "Writing", "Writing for the Web!", "yes"])
def test_another_title_deletes_nothing(client_of, send, scene, course, title):
    before = counts()
    page = f"/courses/{course.public_id}/deletion"
    answer = send(client_of(scene.people["instructor"]), page, title=title)
    assert answer.status_code == 422
    assert f'value="{title}"' in answer.text
    assert {name: n for name, n in counts().items() if name != "sessions"} == {
        name: n for name, n in before.items() if name != "sessions"
    }


def test_it_says_what_goes_and_offers_to_take_it_out_first(client_of, scene, course):
    page = client_of(scene.people["instructor"]).get(f"/courses/{course.public_id}/deletion").text
    assert "2 projects, 2 posts, 3 comments" in page
    assert f'href="/courses/{course.public_id}/export.zip"' in page


@pytest.mark.parametrize(
    ("who", "status"), [("assistant of all", 403), ("classmate", 403), ("elsewhere's instructor", 404)]
)
def test_only_instructors(client_of, scene, course, who, status):
    client = client_of(scene.people[who])
    page = f"/courses/{course.public_id}/deletion"
    assert client.get(page).status_code == status
    assert client.post(page, data={"title": course.title}).status_code == status
    assert db.session.get(Course, course.id) is not None


def test_an_archived_course_can_be_deleted_and_one_of_thousands_of_rows_quickly(make, count_queries):
    """A statement for each table, however many rows."""
    course = make.course()
    project = make.project(course)
    posts = [make.post(project, make.student(course)) for _n in range(12)]
    for post, author in itertools.pairwise(posts):
        post_comment(author.author_id, post, Written(GOOD))
    with count_queries() as seen:
        delete_course(course, by_id=1)
    assert len(seen) <= len(db.metadata.sorted_tables) + 6
