"""The outbox against a real mail server: it refuses, is slow, is away; and no letter goes twice."""

import logging
import socket
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from classroom.accounts.models import Person
from classroom.app import create_app
from classroom.cli.worker import send_due
from classroom.core import clock, mail
from classroom.core.clock import now
from classroom.core.db import db, writing
from classroom.core.mail import Letter, Post
from classroom.notices import outbox, queries
from classroom.notices.commands import tell
from classroom.notices.models import Notice, NoticeKind
from classroom.notices.rules import STALE, WAITS
from tests.factories import Make
from tests.faults.installation import a_database, others_kept
from tests.notices.server import running

DETAILS = {"post": "p", "comment": "c", "title": "A bakery", "project": "x", "project_title": "Home page"}


def return_to(scene, person, key="returned:1"):
    tell(scene.course.id, [person.id], NoticeKind.RETURNED, key, note="Say it about the page.", **DETAILS)
    db.session.commit()


def row(person):
    return db.session.query(Notice).filter_by(person_id=person.id).one()


def test_a_letter_leaves_once_and_is_then_known_to_have_gone(scene, server):
    return_to(scene, scene.jonas)
    assert row(scene.jonas).sent_at is None
    assert send_due()
    assert send_due()
    (letter,) = server.letters
    assert letter["To"] == scene.jonas.email
    sent = row(scene.jonas)
    assert (sent.sent_at is not None, sent.try_at, sent.attempts) == (True, None, 1)


@pytest.mark.parametrize("answer", ["450 busy", "451 greylisted, come back", "550 5.7.1 not from here"])
def test_a_refused_letter_is_tried_again_under_the_same_name(scene, server, monday, answer):
    return_to(scene, scene.jonas)
    server.refuses = [answer]
    assert send_due()
    failed = row(scene.jonas)
    assert (failed.sent_at, failed.try_at, failed.attempts) == (None, monday + WAITS[0], 1)
    assert send_due()
    assert server.letters == []
    with clock.at(monday + WAITS[0]):
        assert send_due()
    assert len(server.letters) == 1
    assert row(scene.jonas).sent_at is not None


def test_the_name_of_a_letter_stays_the_same(scene, server, monday):
    return_to(scene, scene.jonas)
    names = []
    for minutes in (0, 10):
        with clock.at(monday + timedelta(minutes=minutes)):
            names.append(outbox.letter_of(outbox.claim(now()), now()).message_id)
    assert names[0] == names[1]
    assert names[0].endswith("@localhost>")


@pytest.mark.parametrize(("kind", "hours"), [(NoticeKind.RETURNED, 9.5), (NoticeKind.POSTED, 1)])
def test_what_failed_in_the_evening_wakes_nobody_but_who_waits_for_a_receipt(
    scene, server, monday, kind, hours
):
    """Refused for the fourth time at half past nine in Berlin: an hour later it is night."""
    tell(scene.course.id, [scene.jonas.id], kind, "evening", **DETAILS)
    db.session.query(Notice).update({"attempts": 3})
    db.session.commit()
    evening = monday + timedelta(hours=11.5)
    server.refuses = ["450 busy"]
    with clock.at(evening):
        assert send_due()
    assert row(scene.jonas).try_at == evening + timedelta(hours=hours)


def test_after_a_day_of_refusals_it_is_given_up_and_can_be_put_back(scene, server, monday):
    return_to(scene, scene.jonas)
    moment = monday
    for wait in (*WAITS, timedelta()):
        server.refuses = ["450 busy"]
        with clock.at(moment):
            send_due()
        moment += wait
    dead = row(scene.jonas)
    assert (dead.try_at, dead.sent_at, dead.attempts) == (None, None, len(WAITS) + 1)
    assert timedelta(hours=22) < dead.failed_at - monday < timedelta(hours=25)
    assert db.session.get(Person, scene.jonas.id).mail_failed_at == dead.failed_at
    assert queries.mail_state().dead == 1
    with clock.at(moment + 5 * STALE):
        assert outbox.put_back(now()) == 1
        db.session.commit()
        send_due()
    assert len(server.letters) == 1
    assert db.session.get(Person, scene.jonas.id).mail_failed_at is None


def test_an_address_that_is_not_there_is_given_up_at_once_and_holds_up_nobody(scene, server):
    return_to(scene, scene.aylin)
    return_to(scene, scene.jonas)
    server.refuses = ["550 5.1.1 no such user"]
    assert send_due()
    assert row(scene.aylin).failed_at is not None
    assert [letter["To"] for letter in server.letters] == [scene.jonas.email]


def test_an_address_that_breaks_a_header_is_given_up(scene, server):
    scene.jonas.email = "jonas@example.edu\nBcc: all@example.edu"
    return_to(scene, scene.jonas)
    assert send_due()
    assert row(scene.jonas).failed_at is not None
    assert server.letters == []


def test_a_server_that_is_away_is_left_alone_and_costs_one_letter_one_try(scene, monday, tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        mail.use(Post("c@example.edu", tmp_path, "127.0.0.1", nobody.getsockname()[1], starttls=False))
        return_to(scene, scene.aylin)
        return_to(scene, scene.jonas)
        assert not send_due()
    assert [row(one).attempts for one in (scene.aylin, scene.jonas)] == [1, 0]


def test_a_server_that_does_not_answer_in_time_counts_as_away(scene, server, monday, monkeypatch):
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    server.slow = 1.0
    return_to(scene, scene.jonas)
    assert not send_due()  # with patience it would have gone
    assert row(scene.jonas).try_at == monday + WAITS[0]


def test_a_slow_server_holds_up_no_request(scene, server, client_of):
    """The letter is written down with what it tells; the request does not speak to the server at all."""
    server.slow = 5.0
    return_to(scene, scene.jonas)
    assert client_of(scene.jonas).get("/news").status_code == 200
    assert server.letters == []


def test_one_letter_that_cannot_be_written_keeps_back_no_other(scene, server, monday, caplog):
    tell(scene.course.id, [scene.jonas.id], NoticeKind.RETURNED, "without its details")
    return_to(scene, scene.aylin)
    assert send_due()
    assert [letter["To"] for letter in server.letters] == [scene.aylin.email]
    assert row(scene.jonas).try_at == monday + WAITS[0]
    assert "a letter could not be written: KeyError" in caplog.text


def test_a_worker_that_died_in_the_middle_is_forgotten_after_its_lease(scene, server, monday):
    return_to(scene, scene.jonas)
    assert outbox.claim(now()).notice_ids == (row(scene.jonas).id,)
    db.session.commit()
    send_due()
    assert server.letters == []
    with clock.at(monday + outbox.LEASE):
        send_due()
    assert len(server.letters) == 1


def test_one_line_carries_a_whole_class(scene, make, server):
    people = [make.student(scene.course) for _ in range(12)]
    db.session.commit()
    send_due()  # those who joined brought pairings with them
    server.taken.clear()
    tell(scene.course.id, [one.id for one in people], NoticeKind.PROJECT_OPENED, "open:1", **DETAILS)
    db.session.commit()
    assert send_due()
    assert sorted(letter["To"] for letter in server.letters) == sorted(one.email for one in people)
    for letter in server.letters:
        own = letter["To"]
        assert not [one.email for one in people if one.email != own and one.email in letter.get_content()]


def test_who_left_or_is_closed_out_gets_nothing_and_nothing_waits_for_them(scene, make, server):
    return_to(scene, scene.aylin)
    return_to(scene, scene.jonas)
    make.seat(scene.course, scene.aylin).left_at = now()
    scene.jonas.disabled_at = now()
    db.session.commit()
    assert send_due()
    assert server.letters == []
    assert queries.mail_state().waiting == queries.mail_state().retrying == 0


def test_what_is_days_too_late_is_not_mailed_any_more(scene, server, monday):
    return_to(scene, scene.jonas)
    with clock.at(monday + STALE + timedelta(minutes=1)):
        send_due()
        assert not outbox.anything_due(now())
    assert server.letters == []
    assert row(scene.jonas).by_mail is False


def test_what_waits_is_counted_and_its_age_told(scene, monday, visitor):
    return_to(scene, scene.jonas)
    tell(scene.course.id, [scene.aylin.id], NoticeKind.REPLIED, "reply:1", **DETAILS)
    db.session.commit()
    with clock.at(monday + timedelta(minutes=9)):
        state = queries.mail_state()
        assert (state.waiting, state.for_morning, state.retrying, state.dead) == (1, 1, 0, 0)
        assert state.oldest_seconds == 540
        assert queries.oldest_waiting_seconds() == 540


def test_a_link_to_sign_in_is_tried_again_in_memory_and_stored_nowhere(app, server, monkeypatch, caplog):
    monkeypatch.setattr(mail, "AGAIN", (0.05, 0.05))
    server.refuses = ["450 busy", "450 busy"]
    mail.send(Letter("maya@example.edu", "Your link", "secret"))
    _wait_for(lambda: server.letters)
    assert server.letters[0]["To"] == "maya@example.edu"
    server.refuses = ["450 busy"] * 3
    with caplog.at_level(logging.WARNING, "classroom"):
        mail.send(Letter("maya@example.edu", "Your link", "secret"))
        _wait_for(lambda: caplog.records)
    assert "maya" not in caplog.text
    assert len(server.letters) == 1


def _wait_for(condition):
    until = time.monotonic() + 5
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    assert condition()


@pytest.fixture
def place(settings, tmp_path):
    """An installation with a database of its own, of the kind the run is about: rows are really committed."""
    with a_database(tmp_path) as url, others_kept():
        own = replace(settings, database_url=url or f"sqlite:///{tmp_path / 'outbox.sqlite3'}")
        made = create_app(own, TESTING=True)
        with made.app_context(), writing():
            db.create_all()
        yield made
        with made.app_context():
            db.session.remove()
            db.engine.dispose()


def test_two_workers_at_once_send_every_letter_once(place, tmp_path):
    with place.app_context(), writing():
        make = Make()
        course = make.course(make.person("Adaeze Okafor"))
        people = [make.student(course) for _ in range(15)]
        ids = [one.id for one in people]
        tell(course.id, ids, NoticeKind.PROJECT_OPENED, "open:1", **DETAILS)
        for number in range(3):
            tell(course.id, ids, NoticeKind.REPLIED, f"reply:{number}", **DETAILS)
        addresses = sorted(one.email for one in people)
        db.session.commit()
        db.session.remove()
    with running(tmp_path) as server:
        _three_workers(place, now() + timedelta(days=1))
        taken = sorted(letter["To"] for letter in server.letters)
    assert taken == sorted(addresses * 2)  # one at once, and one daily letter with all three replies
    with place.app_context():
        assert db.session.query(Notice).filter(Notice.sent_at.is_(None)).count() == 0


def _three_workers(place, moment):
    gate = threading.Barrier(3)

    def work():
        with place.app_context(), clock.at(moment):
            gate.wait()
            send_due()
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
