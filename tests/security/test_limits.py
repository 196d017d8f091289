"""What is too large, too many or too plain: refused by a number, within bounds, and never told to the log."""

import logging
import time
import tracemalloc

import pytest

from classroom.config import BadSettings, read_settings
from classroom.core.db import db

PARTS = 100_000


MEGABYTE = 1024 * 1024


@pytest.fixture
def maya(make, client_of):
    """A student's browser, and the page that takes her files."""
    course = make.course()
    client = client_of(make.student(course, "Maya Ramanathan"))
    client.editor = f"/projects/{make.project(course).public_id}/post"
    return client


def test_nobody_in_particular_sends_little(visitor):
    answer = visitor.post("/sign-in", data={"email": "x" * 300_000})
    assert answer.status_code == 413
    assert "256 kB at most" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


PLAIN = "application/x-www-form-urlencoded", b"name=Maya&called="
IN_PARTS = "multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'


@pytest.mark.parametrize(("kind", "start"), [PLAIN, IN_PARTS])
def test_a_form_of_text_is_a_few_megabytes(maya, kind, start):
    answer = maya.post("/settings", data=start + b"x" * (6 * MEGABYTE), content_type=kind)
    assert answer.status_code == 413
    assert "5 MB at most" in answer.text


def test_text_to_a_page_that_takes_files_is_no_longer(maya):
    answer = maya.post(maya.editor, data=PLAIN[1] + b"x" * (6 * MEGABYTE), content_type=PLAIN[0])
    assert answer.status_code == 413
    assert "5 MB at most" in answer.text


def test_every_page_that_takes_files_says_so(app):
    """And no other: whatever is added takes text until somebody marks it."""
    marked = {name for name, view in app.view_functions.items() if "takes_files" in view.__dict__}
    assert marked == {
        "posts.write",
        "posts.add_files",
        "courses.import_roster",
        "projects.add_material",
        "projects.edit_material",
    }


@pytest.mark.parametrize("address", ["/sign-in", "/nowhere", "/settings"])
def test_a_length_that_is_only_claimed_is_refused_unread(visitor, address):
    answer = visitor.post(address, data={"email": "x"}, environ_overrides={"CONTENT_LENGTH": "1000000000000"})
    assert answer.status_code in {413, 404, 302}


def test_a_hundred_thousand_parts_are_not_collected(maya):
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    body = part * PARTS + b"--b--\r\n"
    tracemalloc.start()
    answer = maya.post(maya.editor, data=body, content_type="multipart/form-data; boundary=b")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 413
    assert most < 20 * len(body)


def test_one_endless_field_is_not_collected(maya):
    body = IN_PARTS[1] + b"x" * 6_000_000 + b"\r\n--b--\r\n"
    answer = maya.post(maya.editor, data=body, content_type=IN_PARTS[0])
    assert answer.status_code == 413


def test_a_hundred_thousand_fields_of_a_plain_form(maya):
    answer = maya.post("/settings", data=b"a=1&" * PARTS, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


@pytest.mark.parametrize("key", ["dev", "secret", "x" * 64, "abc" * 20, "change-me"])
def test_a_plain_secret_key_refuses_to_start(tmp_path, key):
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        read_settings({"CLASSROOM_INSTANCE": str(tmp_path), "SECRET_KEY": key})


def test_a_cut_key_file_refuses_to_start(tmp_path):
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(BadSettings, match="secret_key"):
        read_settings({"CLASSROOM_INSTANCE": str(tmp_path)})


def test_settings_do_not_show_their_secrets(tmp_path):
    given = {"SMTP_HOST": "mail", "MAIL_FROM": "a@b.edu", "SMTP_PASSWORD": "tulip-field-9"}
    shown = repr(read_settings({"CLASSROOM_INSTANCE": str(tmp_path), "SECRET_KEY": "k1j2h3g4" * 8} | given))
    assert "k1j2h3g4" not in shown
    assert "tulip-field-9" not in shown


class TestTheLog:
    LINE = "fine\nERROR:root:forged line\r\n\x1b[31mred"

    def test_a_forged_line_is_no_line_of_ours(self, visitor, caplog):
        caplog.set_level(logging.DEBUG)
        visitor.get("/nowhere", headers={"User-Agent": "x\x1b[31m"}, query_string={"q": self.LINE})
        visitor.post("/sign-in", data={"email": self.LINE, "password": self.LINE})
        assert "forged line" not in caplog.text
        assert "\x1b" not in caplog.text

    def test_what_people_wrote_is_not_in_it_when_we_fail(self, app, visitor, caplog, monkeypatch):
        """Neither the words, nor the password, nor the token: the database's own error carries them all."""

        words = "four loaves before dawn"  # beside the call, since a trace shows the line that failed

        def fail():
            db.session.execute(db.text("select :word from nowhere"), {"word": words})

        monkeypatch.setitem(app.view_functions, "web.help_page", fail)
        answer = visitor.get("/help")
        assert answer.status_code in {500, 503}
        assert caplog.text
        assert words not in caplog.text + answer.text
