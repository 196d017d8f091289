"""What people choose to get by mail: on the page, and from a letter without signing in."""

import re

import pytest

from classroom.core import signed
from classroom.core.db import db
from classroom.notices import queries
from classroom.notices.commands import choose, tell
from classroom.notices.letters import DAILY, STOP
from classroom.notices.models import Group, MailChoice, Notice, NoticeKind, Way
from classroom.notices.rules import DEFAULT

DETAILS = {"post": "p", "comment": "c", "title": "A bakery", "project_title": "Home page"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def address(person, about="came_back"):
    return f"/mail/stop/{signed.sign(STOP, person.public_id, about)}"


def everything(form_of, **other):
    return {**{group.value: way.value for group, way in form_of.items()}, **other}


def test_the_page_shows_the_defaults_and_keeps_what_is_chosen(scene, client_of, send):
    client = client_of(scene.jonas)
    page = client.get("/settings/mail").text
    assert len(re.findall(r'type="radio"[^>]* checked', page)) == len(Group)
    assert scene.jonas.email in page
    sent = send(client, "/settings/mail", **everything(DEFAULT, talk="now", receipts="here"))
    assert sent.status_code == 303
    ways = queries.ways_of(scene.jonas.id)
    assert (ways[Group.TALK], ways[Group.RECEIPTS], ways[Group.ASKED]) == (Way.NOW, Way.HERE, Way.NOW)
    assert queries.ways_of(scene.aylin.id) == DEFAULT
    send(client, "/settings/mail", **everything(DEFAULT))
    assert db.session.query(MailChoice).count() == 0


def test_a_choice_that_there_is_not_is_refused_and_the_others_kept(scene, client_of, send):
    answer = send(
        client_of(scene.jonas), "/settings/mail", **everything(DEFAULT, talk="hourly", asked="here")
    )
    assert answer.status_code == 422
    assert re.search(r'name="asked" value="here" checked', answer.text)
    assert db.session.query(MailChoice).count() == 0


@pytest.mark.parametrize("n", [1, 10, 40])
def test_telling_many_costs_what_telling_one_does(scene, make, count_queries, n):
    people = [make.student(scene.course).id for _ in range(n)]
    db.session.flush()
    with count_queries() as seen:
        tell(scene.course.id, people, NoticeKind.PROJECT_OPENED, "open:9", **DETAILS)
    assert len([one for one in seen if not one.startswith("INSERT")]) == 2


def test_a_letter_says_why_and_carries_the_way_out(scene, letters, mailbox):
    tell(scene.course.id, [scene.jonas.id], NoticeKind.RETURNED, "r", note="Once more.", **DETAILS)
    (letter,) = letters()
    text = letter.get_content()
    assert "What came back to you, or was removed" in text
    assert "http://localhost/settings/mail" in text
    url = letter["List-Unsubscribe"].strip("<>")
    assert url in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url == "http://localhost" + address(scene.jonas)
    (file,) = mailbox.glob("*.eml")
    assert f"List-Unsubscribe: <{url}>\n".encode() in file.read_bytes()  # no program decodes it


@pytest.mark.parametrize("who", ["author", "classmate", "staff", "stranger", "visitor"])
def test_whoever_holds_the_letter_may_look_and_learns_nobodys_name(scene, make, client_of, visitor, who):
    people = {"author": scene.jonas, "classmate": scene.aylin, "staff": scene.staff}
    client = visitor if who == "visitor" else client_of(people.get(who) or make.person("Rahel Getachew"))
    answer = client.get(address(scene.jonas))
    assert answer.status_code == 200
    assert "What came back to you" in answer.text
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert "Jonas" not in main
    assert scene.jonas.email not in main
    assert queries.ways_of(scene.jonas.id) == DEFAULT  # looking changes nothing


@pytest.mark.parametrize("data", [ONE_CLICK, {}], ids=["the mail program", "the button"])
def test_one_press_stops_that_kind_for_that_person_and_nothing_else(scene, visitor, data):
    for _ in range(2):
        answer = visitor.post(address(scene.jonas), data=data)
        assert answer.status_code == 200
        assert "No more of these letters" in answer.text
    assert queries.ways_of(scene.jonas.id) == {**DEFAULT, Group.CAME_BACK: Way.HERE}
    assert queries.ways_of(scene.aylin.id) == DEFAULT


def test_a_daily_letters_way_out_stops_what_comes_daily(scene, visitor):
    choose(scene.jonas.id, {Group.RECEIPTS: Way.DAILY})
    db.session.commit()
    assert visitor.post(address(scene.jonas, DAILY), data=ONE_CLICK).status_code == 200
    left = {group for group, way in queries.ways_of(scene.jonas.id).items() if way is not Way.HERE}
    assert left == {Group.ASKED, Group.SOON, Group.CAME_BACK, Group.HELP, Group.SAID}


def test_stopping_also_stops_what_waits(scene, visitor, letters):
    tell(scene.course.id, [scene.jonas.id], NoticeKind.RETURNED, "r", note="Once more.", **DETAILS)
    tell(scene.course.id, [scene.aylin.id], NoticeKind.RETURNED, "r", note="Once more.", **DETAILS)
    db.session.commit()
    visitor.post(address(scene.jonas), data=ONE_CLICK)
    assert [letter["To"] for letter in letters()] == [scene.aylin.email]
    assert db.session.query(Notice).filter_by(person_id=scene.jonas.id).one().seen_at is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_we_did_not_sign_for_this_is_not_there(scene, visitor, method):
    values = (scene.jonas.public_id, "came_back")
    good = signed.sign(STOP, *values)
    said, signature = good.rsplit(".", 1)
    forged = [
        "x",
        f"{said}.{'a' if signature[0] != 'a' else 'b'}{signature[1:]}",
        good.replace(".", "", 1),
        signed.sign("another-purpose", *values),
        signed.sign(STOP, "zzzzzzzzzzzz", "came_back"),
        signed.sign(STOP, scene.jonas.public_id, "no such group"),
    ]
    for token in forged:
        answer = getattr(visitor, method)(f"/mail/stop/{token}")
        assert answer.status_code == 404, token
    assert queries.ways_of(scene.jonas.id) == DEFAULT


def test_a_new_key_lets_the_ways_out_of_old_letters_stand(scene, visitor, settings):
    old = address(scene.jonas)
    try:
        signed.use("another secret, and long enough to be one", [settings.secret_key])
        assert visitor.get(old).status_code == 200
        assert visitor.get(address(scene.jonas)).status_code == 200
        signed.use("another secret, and long enough to be one")
        assert visitor.get(old).status_code == 404
    finally:
        signed.use(settings.secret_key)
