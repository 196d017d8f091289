"""Materials: who sees what; the answer key is behind every door."""

import base64
from io import BytesIO

import pytest

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.storage import store
from classroom.courses.queries import seats_of
from classroom.projects import commands_materials as commands
from classroom.projects.commands import duplicate_project
from classroom.projects.models import Material
from classroom.projects.queries import answer_keys_of, material_for, materials_for
from classroom.projects.setup import Setup
from tests.projects.conftest import fresh

SECRET = "grid-template-areas is the whole answer"
NOT_STAFF = ["student", "classmate", "observer"]


@pytest.fixture
def key(project):
    return commands.add_material(project, "One way to do it", SECRET, answer_key=True)


@pytest.fixture
def handout(project):
    return commands.add_material(
        project, "Questions that open a door", "What did you do *today*?", visible=True
    )


@pytest.mark.parametrize("who", [*NOT_STAFF, "stranger"])
def test_no_student_sees_the_answer_key_through_any_door(group, project, key, client_of, who):
    client = client_of(group.person(who))
    course, name = group.course.public_id, project.public_id
    doors = [
        f"/courses/{course}/projects",
        f"/projects/{name}",
        f"/projects/{name}/edit",
        f"/projects/{name}/preflight",
        f"/projects/{name}/duplicate",
        f"/projects/{name}/materials/new",
        f"/materials/{key.public_id}/edit",
        f"/materials/{key.public_id}/file",
    ]
    for door in doors:
        text = client.get(door).text
        assert SECRET not in text, door
        assert "One way to do it" not in text, door
        assert key.public_id not in text.replace(door, ""), door
    for door in doors[-2:]:
        assert client.get(door).status_code == 404


def test_a_hidden_material_and_one_that_does_not_exist_answer_alike(group, key, client_of):
    client = client_of(group.student)
    hidden = client.get(f"/materials/{key.public_id}/edit")
    absent = client.get("/materials/bcdfghjkmnpq/edit")
    assert (hidden.status_code, hidden.text.count("<")) == (absent.status_code, absent.text.count("<"))


def test_the_database_refuses_an_answer_key_that_is_shown(project, key):
    with pytest.raises(commands.KeyStaysHidden):
        commands.edit_material(key, key.title, SECRET, visible=True, answer_key=True)
    nested = db.session.begin_nested()
    key.visible = True
    with pytest.raises(Exception, match="answer_key_hidden"):
        db.session.flush()
    nested.rollback()


@pytest.mark.parametrize("who", NOT_STAFF)
def test_what_is_handed_out_is_seen_and_what_staff_keep_is_not(group, project, handout, client_of, who):
    commands.add_material(project, "Plan of the lesson", "Minutes 0 to 10")
    text = client_of(group.person(who)).get(f"/projects/{project.public_id}").text
    assert "What did you do <em>today</em>?" in text
    assert "Plan of the lesson" not in text


@pytest.mark.parametrize("who", ["instructor", "assistant", "other_assistant"])
def test_staff_see_all_and_which_is_the_key(group, project, key, handout, client_of, who):
    text = client_of(group.person(who)).get(f"/projects/{project.public_id}").text
    assert SECRET in text
    assert "Answer key: staff only" in text


def test_a_material_is_added_changed_taken_away_and_put_back(group, project, client_of, send):
    client, page = client_of(group.instructor), f"/projects/{project.public_id}/materials/new"
    send(client, page, title="Sheet", body="Words", who="students", once="one")
    send(client, page, title="Sheet", body="Words", who="students", once="one")
    sheet = db.session.query(Material).one()
    edit = f"/materials/{sheet.public_id}/edit"
    assert send(client, edit, title="Sheet 2", body="Words", who="key").status_code == 303
    assert (fresh(sheet).visible, sheet.is_answer_key) == (False, True)
    send(client, edit, f"/materials/{sheet.public_id}/removal")
    assert materials_for(actor_of(group.instructor), project) == []
    assert answer_keys_of(project.id) == []
    send(client, edit, f"/materials/{sheet.public_id}/return")
    assert answer_keys_of(project.id) == ["Words"]


def actor_of(person):
    return Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def upload(data=b"Ask, then wait.", name="../Fragen für die Tür.txt"):
    return BytesIO(data), name


def test_a_file_is_handed_out_as_a_download_only(group, project, client_of, send):
    client, page = client_of(group.instructor), f"/projects/{project.public_id}/materials/new"
    answer = send(client, page, title="Sheet", body="", who="students", file=upload())
    assert answer.status_code == 303
    sheet = db.session.query(Material).one()
    given = client_of(group.student).get(f"/materials/{sheet.public_id}/file")
    assert given.data == b"Ask, then wait."
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert "Fragen%20f%C3%BCr%20die%20T%C3%BCr.txt" in given.headers["Content-Disposition"]
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert sheet.public_id in client_of(group.student).get(f"/projects/{project.public_id}").text


@pytest.mark.parametrize("who", [*NOT_STAFF, "stranger"])
def test_the_file_of_an_answer_key_is_not_there_for_students(group, project, client_of, send, who):
    page = f"/projects/{project.public_id}/materials/new"
    send(client_of(group.instructor), page, title="Key", body="", who="key", file=upload())
    key = db.session.query(Material).one()
    assert client_of(group.person(who)).get(f"/materials/{key.public_id}/file").status_code == 404
    assert client_of(group.assistant).get(f"/materials/{key.public_id}/file").status_code == 200


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "empty.txt", "This file is empty."),
        (PNG, "picture.pdf", "is not what its name says"),
        (b"MZ\x90\x00" + b"\0" * 60, "tool.exe", "Programs cannot be posted"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_and_the_text_kept(
    group, project, client_of, send, data, name, said
):
    page = f"/projects/{project.public_id}/materials/new"
    answer = send(
        client_of(group.instructor),
        page,
        title="Kept title",
        body="Kept words",
        who="staff",
        file=upload(data, name),
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept title" in answer.text
    assert "Kept words" in answer.text
    assert db.session.query(Material).count() == 0


def test_a_file_that_is_too_large_is_refused_with_the_limit(app):
    with app.test_request_context(), pytest.raises(commands.TooLarge) as refused:
        commands.keep_file("long.txt", b"x" * (1024 * 1024 + 1), max_bytes=1024 * 1024)
    assert "larger than 1 MB" in str(refused.value.message)


def test_another_file_takes_its_place_and_can_be_taken_away(group, project, client_of, send):
    client, page = client_of(group.instructor), f"/projects/{project.public_id}/materials/new"
    send(client, page, title="Sheet", body="Words", who="students", file=upload())
    sheet = db.session.query(Material).one()
    first, edit = sheet.file_key, f"/materials/{sheet.public_id}/edit"
    send(client, edit, title="Sheet", body="Words", who="students", file=upload(b"Wait longer.", "b.txt"))
    second = fresh(sheet).file_key
    assert (store().exists(first), store().exists(second)) == (False, True)
    send(client, edit, title="Sheet", body="Words", who="students", drop_file="y")
    assert fresh(sheet).file_key is None
    assert not store().exists(second)
    assert client.get(f"/materials/{sheet.public_id}/file").status_code == 404


def test_a_copy_has_a_file_of_its_own(group, project, client_of, send):
    page = f"/projects/{project.public_id}/materials/new"
    send(client_of(group.instructor), page, title="Sheet", body="", who="students", file=upload())
    sheet = db.session.query(Material).one()
    copy = duplicate_project(
        group.course, Setup("Copy", prompts=("Why?",)), by_id=group.instructor.id, materials=[sheet]
    )
    copied = db.session.query(Material).filter_by(project_id=copy.id).one()
    assert copied.file_key != sheet.file_key
    assert store().get(copied.file_key) == b"Ask, then wait."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": "", "body": "Words kept"}, "Give it a title."),
        ({"title": "x" * 201, "body": "Words kept"}, "At most 200 letters."),
        ({"title": "Sheet kept", "body": ""}, "Write something, or choose a file."),
        ({"title": "Sheet kept", "body": "x" * 40_001}, "At most 40,000 letters."),
    ],
)
def test_a_bad_material_is_refused_and_keeps_what_was_typed(group, project, client_of, send, values, said):
    page = f"/projects/{project.public_id}/materials/new"
    answer = send(client_of(group.instructor), page, who="staff", **values)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(value in answer.text for value in values.values())
    assert db.session.query(Material).count() == 0


@pytest.mark.parametrize(("who", "status"), [("assistant", 403), ("student", 403), ("stranger", 404)])
@pytest.mark.parametrize("act", ["edit", "removal", "return"])
def test_only_instructors_change_materials(group, handout, client_of, send, who, status, act):
    answer = send(
        client_of(group.person(who)), "/settings", f"/materials/{handout.public_id}/{act}", title="Mine"
    )
    assert answer.status_code == status
    assert fresh(handout).title == "Questions that open a door"


def test_a_material_of_a_project_that_is_not_open_is_not_there(group, project, handout, monday):
    project.opens_at = monday.replace(year=2027)
    db.session.flush()
    assert material_for(actor_of(group.student), handout.public_id) is None
    assert material_for(actor_of(group.assistant), handout.public_id) is not None
