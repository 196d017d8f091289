"""What is too large, too many or too plain: refused by a number, within bounds, and never told to the log."""

import logging
import tracemalloc
from dataclasses import replace

import pytest

from classroom.app import create_app
from classroom.config import BadSettings, read_settings
from classroom.core.db import db

PARTS = 100_000


@pytest.fixture(scope="module")
def small(settings, tmp_path_factory):
    """The product with a limit of 2 MB in all."""
    folder = tmp_path_factory.mktemp("small")
    made = create_app(
        replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'x.sqlite3'}"),
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
    )
    yield made
    with made.app_context():
        db.engine.dispose()


def test_more_than_the_limit_is_refused_with_the_limit(small):
    answer = small.test_client().post("/sign-in", data={"email": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "2 MB" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_length_that_is_only_claimed_is_refused_unread(small):
    answer = small.test_client().post(
        "/sign-in", data={"email": "x"}, environ_overrides={"CONTENT_LENGTH": "1000000000000"}
    )
    assert answer.status_code == 413


def test_a_hundred_thousand_parts_are_not_collected(visitor):
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    body = part * PARTS + b"--b--\r\n"
    tracemalloc.start()
    answer = visitor.post("/sign-in", data=body, content_type="multipart/form-data; boundary=b")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 413
    assert most < 20 * len(body)


def test_one_endless_field_is_not_collected(visitor):
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 6_000_000 + b"\r\n--b--\r\n"
    answer = visitor.post("/sign-in", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


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
