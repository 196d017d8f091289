"""Announcements: looked over with the count first, sent once, read by those whom they concern."""

import re
from html import unescape

import pytest

from classroom.access import Role
from classroom.core.db import db
from classroom.following.commands import choose
from classroom.following.models import Stance, Thing
from classroom.notices.models import Announcement, Notice, NoticeKind
from tests.notices.conftest import letters

__all__ = ["letters"]
WORDS = {"title": "No class on Friday", "body": "We meet on Monday instead.\n\nBring your maps."}


def hidden(text):
    return [
        (name, unescape(value))
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)
    ]


@pytest.fixture
def room(make, monday):
    class Room:
        course = make.course(make.person("Adaeze Okafor"))
        section = make.section(course, "A")
        staff = make.member(course, Role.INSTRUCTOR, "Ines Fonseca")
        assistant = make.member(course, Role.ASSISTANT, "Tomas Lind", section)
        maya, jonas = make.student(course, "Maya Adler", section), make.student(course, "Jonas Weber")
        project = make.project(course)

    db.session.commit()
    return Room()


@pytest.fixture
def place(room):
    return f"/courses/{room.course.public_id}/announcements"


def told():
    return {one.person_id for one in db.session.query(Notice).filter_by(kind=NoticeKind.ANNOUNCED)}


def confirm(client, answer, path):
    fields = {}
    for name, value in hidden(answer.text):
        fields.setdefault(name, []).append(value)
    return client.post(path, data=fields)


def test_looked_over_with_the_count_then_sent_once_and_read_in_the_letter(
    room, place, client_of, send, letters
):
    choose(room.course.id, room.maya.id, Thing.REST, "", Stance.MUTE)
    client = client_of(room.staff)
    shown = send(client, f"{place}/new", **WORDS)
    assert "Send it to 2 students" in shown.text
    assert "Maya Adler" in shown.text
    assert told() == set()
    for _press in range(2):
        assert confirm(client, shown, f"{place}/new").status_code == 303
    assert told() == {room.maya.id, room.jonas.id}
    assert db.session.query(Announcement).count() == 1
    mine = [one for one in letters() if one["To"] == room.maya.email]
    assert [one["Subject"] for one in mine] == ["No class on Friday"]
    assert "Bring your maps." in mine[0].get_content()
    page = client_of(room.maya).get(place).text
    assert "No class on Friday" in page
    path = re.search(r'href="(/announcements/\w+)"', page)[1]
    assert "Bring your maps." in client_of(room.maya).get(path).text


def test_what_some_are_told_the_others_do_not_read(room, place, client_of, send, make):
    client, people = client_of(room.staff), f"/projects/{room.project.public_id}/people"
    form = send(client, people, f"{people}/messages", who=make.seat(room.course, room.maya).public_id)
    assert "To 1 student." in form.text
    fields = dict(hidden(form.text)) | WORDS
    shown = client.post(f"{people}/messages", data=fields)
    assert "Send it to 1 student" in shown.text
    assert confirm(client, shown, f"{people}/messages").headers["Location"] == people
    assert told() == {room.maya.id}
    path = f"/announcements/{db.session.query(Announcement).one().public_id}"
    seen = {who.name: client_of(who).get(path).status_code for who in (room.maya, room.jonas, room.staff)}
    assert seen == {"Maya Adler": 200, "Jonas Weber": 404, "Ines Fonseca": 200}
    assert "No class on Friday" not in client_of(room.jonas).get(place).text


def test_an_assistant_writes_to_the_section_and_a_student_to_nobody(room, place, client_of, send, make):
    shown = send(client_of(room.assistant), f"{place}/new", **WORDS)
    assert "Send it to 1 student" in shown.text
    confirm(client_of(room.assistant), shown, f"{place}/new")
    assert client_of(room.maya).get(f"{place}/new").status_code == 403
    assert client_of(make.person()).get(place).status_code == 404


def test_who_joined_in_between_is_looked_at_again_and_nothing_typed_is_lost(
    room, place, client_of, send, make
):
    client = client_of(room.staff)
    shown = send(client, f"{place}/new", **WORDS)
    make.student(room.course, "Noor Haddad")
    db.session.commit()
    again = confirm(client, shown, f"{place}/new")
    assert again.status_code == 409
    assert "Send it to 3 students" in again.text
    assert told() == set()
    empty = send(client, f"{place}/new", title="", body=WORDS["body"])
    assert empty.status_code == 422
    assert "Bring your maps." in empty.text


def test_without_the_pages_token_nothing_is_sent(room, place, client_of):
    client = client_of(room.staff)
    assert client.post(f"{place}/new", data=WORDS).status_code in range(400, 500)
    assert client.post(f"{place}/new", data={}).status_code in range(400, 500)
    assert told() == set()
