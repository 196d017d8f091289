"""Letters: by SMTP when a server is named, else as files; one person, one letter, no header injected."""

import email
import smtplib
from email import policy

import pytest

from classroom.core.errors import Unavailable
from classroom.core.mail import Letter, Post


class Server:
    """Notes what it is told, as smtplib.SMTP would send it."""

    said: list = []
    fails = False

    def __init__(self, host, port, timeout):
        Server.said = [("connect", host, port, timeout)]

    def quit(self):
        Server.said.append(("quit",))

    def starttls(self):
        Server.said.append(("starttls",))

    def login(self, user, password):
        Server.said.append(("login", user, password))

    def send_message(self, message):
        if Server.fails:
            raise smtplib.SMTPRecipientsRefused({})
        Server.said.append(("send", message["To"], message["Subject"]))


@pytest.fixture
def post(tmp_path, monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "fails", False)
    return Post("Classroom <class@example.edu>", tmp_path, host="mail.example.edu", user="u", password="p")


def test_by_smtp(post):
    post.send(Letter("maya@example.edu", "Hello", "Text"))
    assert [one[0] for one in Server.said] == ["connect", "starttls", "login", "send", "quit"]
    assert Server.said[-2] == ("send", "maya@example.edu", "Hello")


def test_a_refusing_server_is_said_so(post, monkeypatch):
    monkeypatch.setattr(Server, "fails", True)
    with pytest.raises(Unavailable):
        post.send(Letter("maya@example.edu", "Hello", "Text"))


def test_as_a_file_in_any_script(tmp_path):
    Post("Classroom <class@example.edu>", tmp_path / "mail").send(
        Letter("yuki@example.edu", "「パン屋」に新しいコメント\nBcc: all@example.edu", "こんにちは")
    )
    (file,) = (tmp_path / "mail").glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "「パン屋」に新しいコメント Bcc: all@example.edu"
    assert letter["Bcc"] is None
    assert letter.get_content().strip() == "こんにちは"
    assert letter["Auto-Submitted"] == "auto-generated"
