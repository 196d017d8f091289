"""Files of a post: taken in, cleaned, seen by whoever sees the post, and gone when nobody needs them."""

import io
import re
from dataclasses import replace

import pytest
from obstore.exceptions import BaseError
from PIL import Image

from classroom.access import Role
from classroom.comments.commands import Written, post_comment
from classroom.core import storage
from classroom.core.db import db
from classroom.core.errors import TooLarge
from classroom.core.events import tell_waiting
from classroom.posts import queries
from classroom.posts.commands import publish_post
from classroom.posts.commands_files import (
    Given,
    NoFilesWanted,
    TooManyFiles,
    add_file,
    drop_draft,
    remove_file,
)
from classroom.posts.models import Post, PostFile, Revision
from classroom.posts.rules import Typed
from classroom.projects.models import Anonymity, Wanted

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
    with pytest.raises(TooLarge):
        add_file(project, maya.id, Given("a.txt", b"x" * 2_000_001), max_bytes=2_000_000, max_files=10)
    add_file(project, maya.id, Given("a.txt", b"one"), max_bytes=100, max_files=1)
    with pytest.raises(TooManyFiles):
        add_file(project, maya.id, Given("b.txt", b"two"), max_bytes=100, max_files=1)


def test_a_file_that_no_revision_carries_goes_with_its_bytes_once_the_draft_is_published(project, maya):
    file = add_file(project, maya.id, Given("a.txt", b"one"), max_bytes=100, max_files=9)
    key = file.key
    remove_file(file)
    tell_waiting()
    assert storage.store().exists(key)
    publish_post(project, maya.id, Typed(text="Enough words to be a post."))
    tell_waiting()
    assert files() == []
    assert not storage.store().exists(key)


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
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text
    assert "half past three" in answer.text
    assert db.session.query(Post).one().draft_text.startswith("# A bakery")


class TestWithoutStorage:
    """The bucket does not answer: files wait, and everything that is text goes on."""

    @pytest.fixture
    def out(self, monkeypatch):
        """Call it, and no file can be put, read or looked for any more."""

        def down(*_anything):
            raise BaseError("no route to the bucket")

        def go():
            for name in ("put", "get", "head", "delete"):
                monkeypatch.setattr(f"classroom.core.storage.obstore.{name}", down)

        return go

    def test_reading_writing_and_publishing_go_on(self, client_of, send, make, course, project, maya, out):
        upload(send, client_of(maya), project, ("a.txt", b"one"), then="publish")
        (post,) = db.session.query(Post).all()
        version = post.draft_version
        jonas = client_of(make.student(course, "Jonas Weber"))
        project.post_first = False
        db.session.commit()
        out()
        page = f"/posts/{post.public_id}"
        assert jonas.get(page).status_code == 200
        words = "The bakery opens at half past three: could you say on which days?"
        assert send(jonas, page, f"{page}/comments", body=words).status_code == 303
        assert send(jonas, editor(project), text=TEXT, then="publish").status_code == 303
        again = send(client_of(maya), editor(project), text=f"{TEXT} Again.", then="publish", version=version)
        assert again.status_code == 303

    def test_a_file_says_when_to_come_back(self, client_of, send, project, maya, out):
        client = client_of(maya)
        upload(send, client, project, ("a.txt", b"one"), then="save")
        url = f"/files/{files()[0].public_id}"
        assert client.get(url).status_code == 200
        out()
        answer = client.get(url)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) <= 10
        assert "Files cannot be reached" in answer.text
        assert "Content-Disposition" not in answer.headers

    def test_what_was_typed_beside_a_material_is_kept(self, client_of, send, make, course, project, out):
        teacher = client_of(make.member(course, Role.INSTRUCTOR, "Ruth Aboagye"))
        out()
        page = f"/projects/{project.public_id}/materials/new"
        sent = {"title": "A map of the quarter", "who": "students", "file": (io.BytesIO(b"one"), "map.txt")}
        answer = send(teacher, page, **sent)
        assert answer.status_code in {422, 503}
        assert "Files cannot be reached" in answer.text
        assert "A map of the quarter" in answer.text

    def test_the_same_upload_is_taken_once_it_is_back(self, client_of, send, project, maya, out, monkeypatch):
        client = client_of(maya)
        with monkeypatch.context():
            out()
            assert upload(send, client, project, ("a.txt", b"one"), then="publish").status_code == 503
            monkeypatch.undo()
        assert upload(send, client, project, ("a.txt", b"one"), then="publish").status_code == 303
        assert [file.name for file in files()] == ["a.txt"]


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


PAGE = {"HX-Request": "true"}


def token(client, project):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(editor(project)).text)[1]


def add(project, maya, name="a.txt", data=b"one"):
    return add_file(project, maya.id, Given(name, data), max_bytes=10_000_000, max_files=10)


class TestWhileWriting:
    def test_a_chosen_file_goes_into_the_draft_and_says_what_was_taken_out(self, client_of, project, maya):
        client = client_of(maya)
        piece = client.post(
            f"{editor(project)}/files",
            data={"csrf_token": token(client, project), "files": [(io.BytesIO(picture()), "bread.jpg")]},
            headers=PAGE,
        )
        assert piece.status_code == 200
        assert "bread.jpg" in piece.text
        assert "Taken out:" in piece.text
        assert "<html" not in piece.text
        assert "bread.jpg" in client.get(editor(project)).text

    def test_a_refused_file_answers_a_piece_that_says_why(self, client_of, project, maya):
        client = client_of(maya)
        sent = [(io.BytesIO(b"one"), "fine.txt"), (io.BytesIO(b"MZ\0\0"), "run.exe")]
        data = {"csrf_token": token(client, project), "files": sent}
        piece = client.post(f"{editor(project)}/files", data=data, headers=PAGE)
        assert piece.status_code == 422
        assert "Programs cannot be posted" in piece.text
        assert [file.name for file in files()] == ["fine.txt"]

    def test_without_its_token_nothing_is_taken(self, client_of, project, maya):
        data = {"files": [(io.BytesIO(b"one"), "a.txt")]}
        answer = client_of(maya).post(f"{editor(project)}/files", data=data, headers=PAGE)
        assert answer.status_code == 422
        assert files() == []

    def test_taking_one_out_without_scripts_keeps_what_was_typed(self, client_of, send, project, maya):
        client = client_of(maya)
        upload(send, client, project, ("a.txt", b"one"), then="save")
        (file,) = files()
        answer = send(
            client, editor(project), text="Only typed, not saved", version="1", remove=file.public_id
        )
        assert answer.status_code == 303
        assert [file.in_draft for file in files()] == [False]
        assert "Only typed, not saved" in client.get(editor(project)).text

    def test_nobody_takes_out_anothers_file(self, make, client_of, send, course, project, maya):
        upload(send, client_of(maya), project, ("a.txt", b"one"), then="publish")
        (file,) = files()
        other = client_of(make.student(course))
        send(other, editor(project), text="Mine", remove=file.public_id)
        assert files()[0].in_draft

    def test_files_stay_when_the_text_meets_another_tabs(self, client_of, send, project, maya):
        client = client_of(maya)
        send(client, editor(project), text="From the phone", then="save")
        lost = upload(send, client, project, ("a.txt", b"one"), version="0", then="publish")
        assert lost.status_code == 409
        assert [file.name for file in files()] == ["a.txt"]
        assert "a.txt" in lost.text


def test_too_large_is_a_413_that_keeps_the_text(app, client_of, send, project, maya, settings, monkeypatch):
    small = replace(settings, max_file=1000)
    monkeypatch.setitem(app.extensions, "classroom.settings", small)
    answer = upload(send, client_of(maya), project, ("a.txt", b"x" * 1001), then="publish")
    assert answer.status_code == 413
    assert "is larger than" in answer.text
    assert "half past three" in answer.text


def test_a_project_that_takes_no_files_takes_none(project, maya):
    project.wants_files = Wanted.NO
    with pytest.raises(NoFilesWanted):
        add(project, maya)


def test_the_same_file_sent_twice_is_there_once(client_of, send, project, maya):
    assert add(project, maya).id == add(project, maya).id
    assert add(project, maya, "b.txt").id != add(project, maya).id
    client = client_of(maya)
    once = re.search(r'name="once"[^>]*value="([^"]+)"', client.get(editor(project)).text)[1]
    for _press in range(2):
        upload(send, client, project, ("c.txt", b"three"), then="publish", once=once)
    assert [file.name for file in files()] == ["a.txt", "b.txt", "c.txt"]
    assert db.session.query(Revision).count() == 1


def test_two_files_never_share_a_neutral_name(project, maya):
    first, _second = add(project, maya, "a.txt", b"one"), add(project, maya, "b.txt", b"two")
    remove_file(first)
    add(project, maya, "c.txt", b"three")
    assert [file.neutral_name for file in files() if file.in_draft] == ["post-file-2.txt", "post-file-3.txt"]


def test_a_project_that_hides_its_names_later_hides_them_in_old_files_too(
    make, client_of, send, course, project, maya
):
    project.anonymity = Anonymity.NAMED
    upload(send, client_of(maya), project, ("Maya Adler.jpg", picture()), then="publish")
    (file,) = files()
    assert b"Maya" in storage.store().get(file.key)
    classmate = make.student(course)
    make.post(project, classmate)
    url = f"/files/{file.public_id}"
    assert b"Maya" in client_of(classmate).get(url).data
    project.anonymity = Anonymity.ANONYMOUS
    seen = client_of(classmate).get(url)
    assert seen.status_code == 200
    assert b"Maya" not in seen.data
    assert "Maya" not in str(seen.headers)
    assert b"Maya" in client_of(maya).get(url).data


def test_dropping_the_changes_brings_the_files_back_too(client_of, send, project, maya):
    client = client_of(maya)
    upload(send, client, project, ("a.txt", b"one"), then="publish")
    (kept,) = files()
    remove_file(kept)
    add(project, maya, "b.txt", b"two")
    drop_draft(db.session.query(Post).one())
    assert [(file.name, file.in_draft) for file in files()] == [("a.txt", True), ("b.txt", False)]


def test_a_change_of_files_alone_is_a_revision_and_is_seen_as_a_change(client_of, send, project, maya):
    client = client_of(maya)
    upload(send, client, project, ("a.txt", b"one"), then="publish")
    assert "changes that the class does not see" not in client.get(editor(project)).text
    upload(send, client, project, ("b.txt", b"two"), version="1", then="save")
    assert "changes that the class does not see" in client.get(editor(project)).text
    send(client, editor(project), text=TEXT, version="1", then="publish")
    (post,) = db.session.query(Post).all()
    assert post.revision_number == 2
    carried = [[file.name for file in queries.files_of(queries.revision_of(post, n).id)] for n in (1, 2)]
    assert carried == [["a.txt"], ["a.txt", "b.txt"]]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>.txt", '"><img src=x onerror=alert(1)>.txt', "تقرير.txt"]
)
def test_a_name_is_only_ever_text(client_of, send, project, maya, name):
    client = client_of(maya)
    add(project, maya, name)
    answer = send(client, editor(project), text=TEXT, then="publish")
    for page in (client.get(answer.location), client.get(editor(project))):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert client.get(f"/files/{files()[0].public_id}").status_code == 200


def test_peers_pages_never_carry_a_files_own_name(make, client_of, send, course, project, maya):
    upload(send, client_of(maya), project, ("Maya Adler homework.txt", b"one"), then="publish")
    upload(send, client_of(maya), project, ("by Maya Adler.txt", b"two"), version="1", then="publish")
    (post,) = db.session.query(Post).all()
    classmate, teacher = make.student(course), make.member(course, Role.INSTRUCTOR)
    make.post(project, classmate)
    for url in (f"/posts/{post.public_id}", f"/posts/{post.public_id}/changes"):
        seen = client_of(classmate).get(url)
        assert seen.status_code == 200
        assert "Maya" not in seen.text
        assert "Maya" in client_of(teacher).get(url).text


def test_an_assistant_opens_the_files_of_what_their_students_comment_on(
    make, client_of, send, course, project, maya
):
    here = make.section(course, "B")
    assistant = make.member(course, Role.ASSISTANT, section=here)
    classmate = make.student(course, "Jonas Weber", section=here)
    make.post(project, classmate)
    upload(send, client_of(maya), project, ("a.txt", b"one"), then="publish")
    (post,), (file,) = db.session.query(Post).filter_by(author_id=maya.id).all(), files()
    urls = [
        f"/posts/{post.public_id}",
        f"/posts/{post.public_id}/changes?from=1&to=1",
        f"/files/{file.public_id}",
    ]
    client = client_of(assistant)
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    post_comment(
        classmate.id, post, Written("The bakery opens at half past three: could you say on which days?")
    )
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]
