"""Signing in by password and by link; sessions that can be ended; guesses slowed down."""

import re
from datetime import timedelta

import pytest

from classroom.accounts import commands, passwords, throttle
from classroom.accounts.models import OneTimeLink, Session
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db

SECRET = "four loaves before dawn"


@pytest.fixture
def maya(make):
    person = make.person("Maya Adler")
    commands.set_password(person, SECRET)
    db.session.commit()
    return person


def test_the_right_password_leads_where_one_was_going(visitor, send, maya):
    answer = send(
        visitor,
        "/sign-in?next=/settings",
        "/sign-in",
        email=f" {maya.email.upper()} ",
        password=SECRET,
        next="/settings",
    )
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert "Maya Adler" in visitor.get("/settings").text


@pytest.mark.parametrize(
    "next_", ["https://evil.example/x", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(visitor, send, maya, next_):
    answer = send(visitor, "/sign-in", email=maya.email, password=SECRET, next=next_)
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(visitor, send, maya):
    wrong = send(visitor, "/sign-in", email=maya.email, password="five loaves before dawn")
    unknown = send(visitor, "/sign-in", email="nobody@example.edu", password="five loaves before dawn")
    assert wrong.status_code == unknown.status_code == 422
    strip = lambda page: re.sub(r'value="[^"]*"', "", page.text)  # noqa: E731
    assert strip(wrong) == strip(unknown)
    assert maya.email in wrong.text
    assert "five loaves" not in wrong.text


def test_the_session_is_new_at_sign_in(visitor, send, maya):
    visitor.get("/sign-in")
    with visitor.session_transaction() as before:
        before["planted"] = "by someone else"
    send(visitor, "/sign-in", email=maya.email, password=SECRET)
    with visitor.session_transaction() as after:
        assert "planted" not in after
        assert "_user_id" in after


def test_signing_in_again_ends_the_session_before(visitor, send, maya):
    send(visitor, "/sign-in", email=maya.email, password=SECRET)
    with visitor.session_transaction() as cookie:
        before = dict(cookie)
    assert send(visitor, "/sign-in?again=1", "/sign-in", email=maya.email, password=SECRET).status_code == 303
    assert visitor.get("/settings").status_code == 200
    with visitor.session_transaction() as cookie:
        cookie.update(before)
    assert visitor.get("/settings").status_code == 302


def test_a_hundred_guesses_from_one_network_are_slowed_whatever_the_addresses(visitor, send, maya):
    """A header that claims another network changes nothing: no proxy was named."""
    visitor.get("/sign-in")
    for number in range(throttle.NETWORK):
        visitor.environ_base["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}"
        guess = send(visitor, "/sign-in", email=f"p{number}@example.edu", password="guess after guess")
        assert guess.status_code == 422
    assert send(visitor, "/sign-in", email=maya.email, password=SECRET).status_code == 429
    assert commands.sign_in(maya.email, SECRET, network="10.0.0.2")


def test_an_unknown_address_costs_as_much_as_a_wrong_password(visitor, send, make, maya, monkeypatch):
    """Also one that has no password, and one that is disabled: one comparison each."""
    compared, verify = [], passwords._hasher.verify
    monkeypatch.setattr(
        passwords,
        "_hasher",
        type("Counting", (), {"verify": lambda _, *given: compared.append(1) or verify(*given)})(),
    )
    gone = make.person("Sven Holm")
    gone.disabled_at = now()
    for email in (maya.email, "nobody@example.edu", make.person("Noor Haddad").email, gone.email):
        assert send(visitor, "/sign-in", email=email, password="five loaves before dawn").status_code == 422
    assert len(compared) == 4


def test_every_field_says_to_password_managers_what_it_is(visitor, client_of, make, maya):
    """And nothing keeps anyone from pasting, or cuts off what was pasted."""
    course = make.course(maya)
    first = commands.make_link(commands.LinkPurpose.FIRST_INSTRUCTOR)
    pages = {
        path: visitor.get(path).text for path in ("/sign-in", f"/join/{course.join_code}", f"/first/{first}")
    }
    pages |= {path: client_of(maya).get(path).text for path in ("/settings", "/sign-in?again=1")}
    fields = {
        (path, kind): re.search(r'autocomplete="([^"]+)"', tag)[1]
        for path, page in pages.items()
        for tag, kind in re.findall(r'(<input[^>]*type="(email|password)"[^>]*>)', page)
    }
    assert list(fields.values()) == [
        *("username webauthn", "current-password"),
        *("email", "new-password"),
        *("email", "new-password"),
        *("username", "new-password"),
        *("username webauthn", "current-password"),
    ]
    assert "paste" not in "".join(pages.values())
    assert not re.search(r'type="password"[^>]*maxlength', "".join(pages.values()))


def test_a_password_manager_finds_where_to_change_it(visitor):
    assert visitor.get("/.well-known/change-password").location == "/settings#password"


def test_guesses_are_slowed_and_the_owner_is_not_locked_out(visitor, send, maya, mailbox):
    for _ in range(throttle.PAIR):
        assert send(visitor, "/sign-in", email=maya.email, password="guess after guess").status_code == 422
    refused = send(visitor, "/sign-in", email=maya.email, password=SECRET)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert send(visitor, "/sign-in", "/sign-in/link", email=maya.email).status_code == 200
    assert len(list(mailbox.glob("*.eml"))) == 1
    with clock.at(now() + throttle.WINDOW + timedelta(seconds=1)):
        assert commands.sign_in(maya.email, SECRET, network="127.0.0.1")[0] is not None


def test_from_elsewhere_the_owner_still_signs_in(maya):
    for _ in range(throttle.PAIR):
        with pytest.raises(commands.WrongPassword):
            commands.sign_in(maya.email, "guess after guess", network="10.0.0.1")
    assert commands.sign_in(maya.email, SECRET, network="10.0.0.2")


def test_a_link_works_once_and_only_when_the_button_is_pressed(visitor, send, maya, mailbox):
    send(visitor, "/sign-in", "/sign-in/link", email=maya.email, next="/settings")
    letter = next(mailbox.glob("*.eml")).read_text()
    path = re.search(r"http://localhost(/sign-in/link/\w+)", letter.replace("=\n", ""))[1]
    assert "Hello, Maya Adler" in visitor.get(path).text
    assert visitor.get("/settings").status_code == 302
    assert send(visitor, path).location == "/settings"
    assert visitor.get("/settings").status_code == 200
    assert visitor.get(path).status_code == 404


def test_asking_for_a_link_tells_nobody_who_is_here(visitor, send, maya, mailbox):
    known = send(visitor, "/sign-in", "/sign-in/link", email=maya.email)
    unknown = send(visitor, "/sign-in", "/sign-in/link", email="nobody@example.edu")
    # A token holds the second in which it was made; nothing else may differ.
    token = r'(name="csrf_token"[^>]*) value="[^"]*"'
    plain = [re.sub(token, r"\1", page.text) for page in (known, unknown)]
    assert plain[0].replace(maya.email, "") == plain[1].replace("nobody@example.edu", "")
    assert known.status_code == unknown.status_code == 200


def test_only_a_few_letters_go_to_one_address(maya, mailbox):
    for _ in range(throttle.LINKS + 3):
        commands.request_link(maya.email, network="10.0.0.1")
    assert db.session.query(OneTimeLink).count() == throttle.LINKS


def test_old_links_do_not_work(maya):
    commands.request_link(maya.email, network="10.0.0.1")
    token = commands.make_link(commands.LinkPurpose.SIGN_IN, person=maya)
    with clock.at(now() + timedelta(minutes=31)), pytest.raises(commands.LinkUsed):
        commands.sign_in_by_link(token)


def test_signing_out_ends_the_session_for_good(client_of, send, maya):
    client = client_of(maya)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert send(client, "/settings", "/sign-out").status_code == 303
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/settings").status_code == 302


def test_another_browser_can_be_signed_out_and_a_stranger_cannot_do_it(client_of, send, make, maya):
    here, there, stranger = client_of(maya), client_of(maya), client_of(make.person())
    theirs = (
        db.session.query(Session).filter_by(person_id=maya.id).order_by(Session.id.desc()).first().public_id
    )
    send(stranger, "/settings", f"/settings/sessions/{theirs}/ending")
    assert there.get("/settings").status_code == 200
    send(here, "/settings", f"/settings/sessions/{theirs}/ending")
    assert there.get("/settings").status_code == 302
    assert here.get("/settings").status_code == 200


def test_a_new_password_signs_other_browsers_out(client_of, send, maya):
    here, there = client_of(maya), client_of(maya)
    assert (
        send(here, "/settings", "/settings/password", new_password="a lamp and two chairs").status_code == 303
    )
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 302


def test_a_disabled_person_is_out_at_once(client_of, maya):
    client = client_of(maya)
    maya.disabled_at = now()
    assert client.get("/settings").status_code == 302


def test_settings_keep_what_was_typed(client_of, send, maya):
    refused = send(
        client_of(maya), "/settings", name="", called="Mäxchen", pronouns="they/them", zone="Mars/North"
    )
    assert refused.status_code == 422
    assert "Mäxchen" in refused.text
    assert "they/them" in refused.text
    assert "Choose a zone" in refused.text


def test_a_form_without_its_token_changes_nothing(client_of, maya):
    answer = client_of(maya).post("/settings", data={"name": "Someone Else", "zone": "UTC"})
    assert answer.status_code == 422
    assert db.session.get(type(maya), maya.id).name == "Maya Adler"


def test_a_forged_host_is_refused(visitor):
    assert visitor.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_the_first_instructor_begins_with_the_printed_link(context, visitor, send):
    token = commands.make_link(commands.LinkPurpose.FIRST_INSTRUCTOR)
    db.session.commit()
    weak = send(
        visitor, f"/first/{token}", name="Adaeze Okafor", email="okafor@example.edu", password="password123"
    )
    assert weak.status_code == 422
    assert "Adaeze Okafor" in weak.text
    answer = send(
        visitor, f"/first/{token}", name="Adaeze Okafor", email="okafor@example.edu", password=SECRET
    )
    assert answer.status_code == 303
    assert visitor.get(f"/first/{token}").status_code == 422


@pytest.mark.parametrize(
    "name", ["Σωκράτης", "李小龍", "محمد", "Ng", "Wolfeschlegelsteinhausenbergerdorff Müller-Lüdenscheidt"]
)
def test_names_in_any_script(make, client_of, name):
    assert name in client_of(make.person(name)).get("/settings").text
