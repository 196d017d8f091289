"""Files of a post: taken in, cleaned, seen by whoever sees the post, and gone when nobody needs them."""

import io

import pytest
from PIL import Image

from classroom.access import Role
from classroom.core import storage
from classroom.core.db import db
from classroom.core.events import tell_waiting
from classroom.posts.commands_files import Given, TooManyFiles, add_file, remove_file
from classroom.posts.models import Post, PostFile
from classroom.projects.models import Anonymity

TEXT = "# A bakery before the buses\n\nThe bakery on Linden Street opens at half past three."


def picture():
    tags, out = Image.Exif(), io.BytesIO()
    tags[0x013B] = "Maya Adler"
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=tags)
    return out.getvalue()


@pytest.fixture
def course(make):
    return make.course(make.person("Adaeze Okafor"))


@pytest.fixture
def project(make, course):
    return make.project(course, anonymity=Anonymity.PSEUDONYMOUS)


@pytest.fixture
def maya(make, course):
    return make.student(course, "Maya Adler")


def editor(project):
    return f"/projects/{project.public_id}/post"


def upload(send, client, project, *files, **values):
    sent = [(io.BytesIO(data), name) for name, data in files]
    return send(client, editor(project), text=TEXT, files=sent, **values)


def files():
    return db.session.query(PostFile).order_by(PostFile.id).all()


def test_a_picture_is_taken_in_cleaned_and_shown_to_the_class_under_a_neutral_name(
    make, client_of, send, course, project, maya
):
    answer = upload(send, client_of(maya), project, ("Maya Adler.jpg", picture()), then="publish")
    assert answer.status_code == 303
    (file,) = files()
    assert file.scrubbed == ["exif"]
    assert b"Maya" not in storage.store().get(file.key)
    classmate = make.student(course)
    make.post(project, classmate)
    seen = client_of(classmate).get(f"/files/{file.public_id}")
    assert seen.status_code == 200
    assert "Maya" not in str(seen.headers)
    assert "post-file-1.jpg" in seen.headers["Content-Disposition"]
    assert "sandbox" in seen.headers["Content-Security-Policy"]
    assert "ETag" not in seen.headers
    own = client_of(maya).get(f"/files/{file.public_id}")
    assert "Maya%20Adler.jpg" in own.headers["Content-Disposition"]


def test_what_is_refused_is_said_beside_the_field_and_the_rest_is_kept(client_of, send, project, maya):
    refused = upload(
        send,
        client_of(maya),
        project,
        ("fine.txt", b"Half past three"),
        ("run.exe", b"MZ\0\0"),
        then="publish",
    )
    assert refused.status_code == 422
    assert "run.exe" in refused.text
    assert "Programs cannot be posted" in refused.text
    assert "half past three" in refused.text
    assert [file.name for file in files()] == ["fine.txt"]
    assert db.session.query(Post).one().draft_text.startswith("# A bakery")


def test_limits_are_named(project, maya):
    with pytest.raises(Exception, match="TooLarge"):
        add_file(project, maya.id, Given("a.txt", b"x" * 2_000_001), max_bytes=2_000_000, max_files=10)
    add_file(project, maya.id, Given("a.txt", b"one"), max_bytes=100, max_files=1)
    with pytest.raises(TooManyFiles):
        add_file(project, maya.id, Given("b.txt", b"two"), max_bytes=100, max_files=1)


def test_a_file_that_no_revision_carries_goes_with_its_bytes(project, maya):
    file = add_file(project, maya.id, Given("a.txt", b"one"), max_bytes=100, max_files=9)
    assert storage.store().exists(file.key)
    remove_file(file)
    tell_waiting()
    assert files() == []
    assert not storage.store().exists(file.key)


def test_a_published_file_stays_with_its_revision(client_of, send, project, maya):
    client = client_of(maya)
    upload(send, client, project, ("a.txt", b"one"), then="publish")
    (file,) = files()
    assert send(client, editor(project), f"/files/{file.public_id}/removal").status_code == 303
    assert files()[0].in_draft is False
    assert client.get(f"/files/{file.public_id}").status_code == 200


def test_who_may_have_a_file(make, client_of, visitor, send, course, project, maya):
    upload(send, client_of(maya), project, ("a.txt", b"one"), then="save")
    (file,) = files()
    section = make.section(course, "B")
    classmate = make.student(course)
    make.post(project, classmate)
    people = {
        "author": maya,
        "classmate": classmate,
        "staff": make.member(course, Role.INSTRUCTOR),
        "other assistant": make.member(course, Role.ASSISTANT, section=section),
        "stranger": make.person(),
    }
    url = f"/files/{file.public_id}"

    def statuses():
        return [client_of(person).get(url).status_code for person in people.values()]

    assert statuses() == [200, 404, 404, 404, 404]
    send(client_of(maya), editor(project), text=TEXT, version="1", then="publish")
    assert statuses() == [200, 200, 200, 404, 404]
    assert visitor.get(url).status_code == 302
    assert send(client_of(classmate), "/settings", f"{url}/removal").status_code == 403


def test_a_page_as_a_file_is_only_ever_a_download(client_of, send, project, maya):
    client = client_of(maya)
    upload(send, client, project, ("page.html", b"<script>alert(1)</script>"), then="save")
    answer = client.get(f"/files/{files()[0].public_id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_storage_the_text_is_kept(client_of, send, project, maya, monkeypatch):
    def down(_self, _data):
        raise storage.StorageDown

    monkeypatch.setattr(storage.Storage, "put", down)
    answer = upload(send, client_of(maya), project, ("a.txt", b"one"), then="publish")
    assert answer.status_code == 422
    assert "cannot be reached" in answer.text
    assert db.session.query(Post).one().draft_text.startswith("# A bakery")


def test_more_than_a_request_may_carry_names_the_limit(app, client_of, send, project, maya, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 2 * 1024 * 1024)
    client = client_of(maya)
    client.get(editor(project))
    answer = client.post(
        editor(project),
        data=b"--x",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "3000000"},
    )
    assert answer.status_code == 413
    assert "2 MB" in answer.text
