"""Passkeys: added and used by a device that really signs, and refused for every lie it could tell."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from webauthn.authentication import verify_authentication_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from classroom.accounts import commands, passkeys, throttle
from classroom.accounts.models import Passkey, Session, SpentChallenge
from classroom.accounts.rules import FRESH, counts_on, device_name, passkey_name
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.web import challenges
from tests.accounts.authenticator import PRESENT, VERIFIED, Device

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
REFUSED = "This passkey did not sign you in."


@pytest.fixture
def maya(make):
    person = make.person("Maya Adler")
    commands.set_password(person, "four loaves before dawn")
    db.session.commit()
    return person


@pytest.fixture
def add(send):
    """Add a passkey to whoever's browser it is; the answer, and the device that has it."""

    def with_device(client, device=None, **lies):
        device = device or Device()
        sent = device.make(client.get("/settings/passkeys/question").json, **lies)
        return send(client, "/settings/passkeys", credential=sent), device

    return with_device


@pytest.fixture
def device(client_of, add, maya):
    """One that Maya has added."""
    return add(client_of(maya))[1]


@pytest.fixture
def use(send):
    """Sign in with a device; `lies` are what it says that is not so."""

    def with_device(client, device, *, going="", **lies):
        asked = client.get("/sign-in/passkey").json
        sent = device.use(asked, **lies)
        return send(client, "/sign-in?again=1", "/sign-in/passkey", credential=sent, next=going)

    return with_device


def only():
    return db.session.query(Passkey).one()


def is_in(client):
    return client.get("/settings").status_code == 200


class TestAdding:
    def test_it_is_there_with_a_name_and_its_owner_is_told(self, client_of, send, maya, mailbox):
        client = client_of(maya)
        client.environ_base["HTTP_USER_AGENT"] = IPHONE
        asked = client.get("/settings/passkeys/question").json
        answer = send(client, "/settings/passkeys", credential=Device().make(asked))
        assert (answer.status_code, answer.location) == (303, "/settings/passkeys")
        assert (only().person_id, only().name, only().transports) == (
            maya.id,
            "Safari on iPhone",
            ["internal"],
        )
        page = client.get("/settings/passkeys").text
        assert "Safari on iPhone" in page
        assert "not used yet" in page
        assert "Safari on iPhone" in client.get("/settings").text
        (letter,) = mailbox.glob("*.eml")
        assert "A passkey was added" in letter.read_text()

    def test_the_question_names_this_installation_and_what_is_there_already(self, client_of, device, maya):
        asked = client_of(maya).get("/settings/passkeys/question").json
        assert asked["rp"] == {"id": "localhost", "name": "Classroom"}
        assert [one["id"] for one in asked["excludeCredentials"]] == [only().credential_id]
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        assert asked["authenticatorSelection"]["userVerification"] == "preferred"
        assert base64url_to_bytes(asked["user"]["id"]).decode() == maya.public_id

    @pytest.mark.parametrize(
        "lies",
        [{"origin": "https://localhost.evil.example"}, {"origin": "http://localhost:81"}, {"rp_id": "evil"}],
    )
    def test_an_answer_for_elsewhere_adds_nothing(self, client_of, add, maya, lies):
        assert add(client_of(maya), **lies)[0].status_code == 422
        assert db.session.query(Passkey).count() == 0

    def test_an_answer_works_once(self, client_of, send, maya):
        client, device = client_of(maya), Device()
        asked = client.get("/settings/passkeys/question").json
        assert send(client, "/settings/passkeys", credential=device.make(asked)).status_code == 303
        assert send(client, "/settings/passkeys", credential=Device().make(asked)).status_code == 422
        assert db.session.query(Passkey).count() == 1

    def test_nobody_adds_the_key_of_another(self, client_of, add, make, device):
        answer, _ = add(client_of(make.person()), device)
        assert answer.status_code == 422
        assert "is here already" in answer.text
        assert db.session.query(Passkey).count() == 1

    def test_the_challenge_of_another_browser_adds_nothing(self, client_of, send, maya):
        asked = client_of(maya).get("/settings/passkeys/question").json
        answer = send(client_of(maya), "/settings/passkeys", credential=Device().make(asked))
        assert answer.status_code == 422
        assert db.session.query(Passkey).count() == 0

    def test_a_challenge_for_signing_in_adds_nothing(self, client_of, send, maya):
        client = client_of(maya)
        asked = client.get("/settings/passkeys/question").json
        asked["challenge"] = client.get("/sign-in/passkey").json["challenge"]
        assert send(client, "/settings/passkeys", credential=Device().make(asked)).status_code == 422
        assert db.session.query(Passkey).count() == 0

    def test_it_asks_for_a_fresh_sign_in(self, client_of, send, maya, visitor):
        client = client_of(maya)
        sent = Device().make(client.get("/settings/passkeys/question").json)
        for session in db.session.query(Session):
            session.created_at = now() - FRESH
        assert client.get("/settings/passkeys/question").status_code == 403
        again = "/sign-in?again=1&next=/settings/passkeys"
        assert "Sign in once more" in client.get("/settings/passkeys").text
        assert send(client, "/settings", "/settings/passkeys", credential=sent).location == again
        assert db.session.query(Passkey).count() == 0
        assert maya.email in client.get(again).text
        answer = send(
            client,
            again,
            "/sign-in",
            email=maya.email,
            password="four loaves before dawn",
            next="/settings/passkeys",
        )
        assert answer.location == "/settings/passkeys"
        assert client.get("/settings/passkeys/question").status_code == 200

    def test_there_is_an_end(self, client_of, add, maya, monkeypatch):
        monkeypatch.setattr("classroom.accounts.commands_passkeys.MOST", 2)
        client = client_of(maya)
        assert [add(client)[0].status_code for _ in range(3)] == [303, 303, 422]


class TestSigningIn:
    def test_it_leads_where_one_was_going(self, visitor, use, device):
        answer = use(visitor, device, going="/settings/passkeys")
        assert (answer.status_code, answer.location) == (303, "/settings/passkeys")
        assert "last used" in visitor.get("/settings/passkeys").text
        assert (only().sign_count, only().used_at is not None) == (1, True)

    def test_nobody_is_led_elsewhere(self, visitor, use, device):
        assert use(visitor, device, going="https://evil.example/").location == "/"

    def test_the_session_is_new_and_the_one_before_is_dead(self, visitor, use, device):
        visitor.get("/sign-in")
        with visitor.session_transaction() as cookie:
            cookie["planted"] = "by someone else"
        use(visitor, device)
        with visitor.session_transaction() as cookie:
            assert "planted" not in cookie
            first = dict(cookie)
        asked = visitor.get("/sign-in/passkey").json
        page = visitor.get("/sign-in?again=1").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        sent = device.use(asked)
        assert (
            visitor.post("/sign-in/passkey", data={"csrf_token": token, "credential": sent}).status_code
            == 303
        )
        assert is_in(visitor)
        with visitor.session_transaction() as cookie:
            assert cookie["_user_id"] != first["_user_id"]
            cookie.update(first)
        assert not is_in(visitor)

    @pytest.mark.parametrize(
        "lies",
        [
            {"origin": "https://localhost.evil.example"},
            {"origin": "http://localhost:81"},
            {"origin": "https://localhost"},
            {"origin": "framed http://localhost"},
            {"rp_id": "evil.example"},
            {"flags": VERIFIED},
            {"kind": "webauthn.create"},
        ],
        ids=[
            "other origin",
            "other port",
            "other scheme",
            "framed",
            "other name",
            "nobody there",
            "other act",
        ],
    )
    def test_what_was_signed_for_elsewhere_is_refused(self, visitor, use, device, lies):
        answer = use(visitor, device, **lies)
        assert (answer.status_code, REFUSED in answer.text) == (422, True)
        assert not is_in(visitor)

    def test_verification_is_preferred_and_not_demanded(self, visitor, use, device):
        assert use(visitor, device, flags=PRESENT).status_code == 303

    def test_a_challenge_of_ones_own_making_is_refused(self, visitor, send, device):
        asked = visitor.get("/sign-in/passkey").json
        for challenge in (bytes_to_base64url(b"x" * 40), asked["challenge"][:-2], ""):
            sent = device.use(asked | {"challenge": challenge})
            assert send(visitor, "/sign-in", "/sign-in/passkey", credential=sent).status_code == 422

    def test_a_challenge_is_answered_once(self, app, visitor, send, device):
        """Neither by the same browser nor by one that has its cookie."""
        asked = visitor.get("/sign-in/passkey").json
        with visitor.session_transaction() as cookie:
            kept = dict(cookie)
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=device.use(asked)).status_code == 303
        thief = app.test_client()
        with thief.session_transaction() as cookie:
            cookie.update(kept)
        assert send(thief, "/sign-in", "/sign-in/passkey", credential=device.use(asked)).status_code == 422
        assert not is_in(thief)

    def test_a_wrong_answer_spends_the_challenge_too(self, visitor, send, device):
        asked = visitor.get("/sign-in/passkey").json
        wrong = device.use(asked, origin="https://evil.example")
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=wrong).status_code == 422
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=device.use(asked)).status_code == 422

    def test_a_challenge_gets_old_and_what_was_spent_is_forgotten(self, visitor, send, use, device):
        asked = visitor.get("/sign-in/passkey").json
        with clock.at(now() + challenges.LIFE + timedelta(seconds=2)):
            sent = device.use(asked)
            assert send(visitor, "/sign-in", "/sign-in/passkey", credential=sent).status_code == 422
        with clock.at(now() + timedelta(hours=1)):
            assert use(visitor, device).status_code == 303
            assert db.session.query(SpentChallenge).count() == 1

    def test_a_challenge_outlives_the_question_and_not_what_is_remembered_of_it(self):
        assert passkeys.WAIT < challenges.LIFE < 2 * passkeys.WAIT

    def test_the_challenge_of_another_browser_is_refused(self, app, visitor, send, device):
        asked = app.test_client().get("/sign-in/passkey").json
        sent = device.use(asked)
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=sent).status_code == 422

    def test_two_tabs_do_each_other_no_harm(self, visitor, send, device):
        first = visitor.get("/sign-in/passkey").json
        visitor.get("/sign-in/passkey")
        sent = device.use(first)
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=sent).status_code == 303

    def test_a_counter_that_goes_back_is_refused_and_noted(
        self, app, visitor, use, client_of, device, maya, caplog
    ):
        copy = replace(device)
        use(visitor, device)
        use(visitor, device)
        thief = app.test_client()
        assert use(thief, copy).status_code == 422
        assert not is_in(thief)
        assert only().doubted_at is not None
        assert only().public_id in caplog.text
        assert "an older copy of it was used" in client_of(maya).get("/settings/passkeys").text
        assert use(app.test_client(), device).status_code == 303

    def test_whoever_only_knows_the_name_of_a_key_casts_no_doubt_on_it(self, visitor, use, device):
        use(visitor, device)
        assert use(visitor, Device(credential_id=device.credential_id, owner=device.owner)).status_code == 422
        assert only().doubted_at is None

    def test_one_that_never_counts_goes_on_working(self, app, client_of, add, use, maya):
        _, device = add(client_of(maya), Device(step=0))
        assert [use(app.test_client(), device).status_code for _ in range(2)] == [303, 303]

    def test_another_persons_name_on_it_is_refused(self, visitor, use, make, device):
        device.owner = bytes_to_base64url(make.person().public_id.encode())
        assert use(visitor, device).status_code == 422

    def test_unknown_wrong_and_disabled_read_the_same_and_cost_the_same(
        self, app, use, device, maya, monkeypatch
    ):
        compared = []
        verify = verify_authentication_response.verify_signature
        monkeypatch.setattr(
            verify_authentication_response,
            "verify_signature",
            lambda **given: compared.append(1) or verify(**given),
        )

        def tried(with_device):
            page = use(app.test_client(), with_device)
            return page.status_code, re.sub(r'value="[^"]*"', "", page.text)

        unknown = tried(Device(owner=device.owner))
        wrong = tried(Device(credential_id=device.credential_id, owner=device.owner))
        maya.disabled_at = now()
        assert unknown == wrong == tried(device)
        assert unknown[0] == 422
        assert len(compared) == 3

    @pytest.mark.parametrize(
        "junk",
        [
            "",
            "{}",
            "[]",
            "null",
            "0",
            "[" * 15_000,
            "x" * 30_000,
            '{"response": {"clientDataJSON": 5}}',
        ],
    )
    def test_anything_may_be_sent(self, visitor, send, junk):
        assert send(visitor, "/sign-in", "/sign-in/passkey", credential=junk).status_code == 422

    def test_every_part_cut_or_swapped_is_refused(self, app, send, device):
        def tried(change):
            visitor = app.test_client()
            told = json.loads(device.use(visitor.get("/sign-in/passkey").json))
            change(told)
            return send(visitor, "/sign-in", "/sign-in/passkey", credential=json.dumps(told)).status_code

        for part in ("authenticatorData", "signature", "clientDataJSON"):
            for to in ("", "AAAA", None, 7, [], "ü"):
                assert tried(lambda told, p=part, t=to: told["response"].update({p: t})) == 422
                db.session.query(throttle.SignInTry).delete()
        assert tried(lambda told: told.update(type="password")) == 422
        assert tried(lambda told: told.update(id="AAAA")) == 422

    def test_guesses_are_slowed_like_passwords(self, app, use, device):
        for _ in range(throttle.PAIR):
            assert use(app.test_client(), Device(credential_id=device.credential_id)).status_code == 422
        answer = use(app.test_client(), device)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0

    def test_a_form_without_its_token_signs_nobody_in(self, visitor, device):
        sent = device.use(visitor.get("/sign-in/passkey").json)
        assert visitor.post("/sign-in/passkey", data={"credential": sent}).status_code == 422
        assert not is_in(visitor)

    def test_what_was_typed_is_kept(self, visitor, send):
        answer = send(visitor, "/sign-in", "/sign-in/passkey", credential="{}", email="maya@example.edu")
        assert "maya@example.edu" in answer.text


class TestKeepingOnesOwn:
    @pytest.mark.parametrize("who", ["owner", "classmate", "staff", "stranger"])
    def test_everyone_sees_and_changes_their_own_only(self, client_of, send, make, maya, device, who):
        teacher = make.person("Adaeze Okafor", may_teach=True)
        course = make.course(teacher)
        people = {
            "owner": maya,
            "classmate": make.student(course),
            "staff": teacher,
            "stranger": make.person(),
        }
        client, own = client_of(people[who]), f"/settings/passkeys/{only().public_id}"
        mine = who == "owner"
        assert (only().name in client.get("/settings/passkeys").text) == mine
        assert client.get(own).status_code == (200 if mine else 404)
        assert send(client, "/settings", own, name="Mäxchens Telefon").status_code == (303 if mine else 404)
        assert (only().name == "Mäxchens Telefon") == mine
        assert send(client, "/settings", own + "/removal").status_code == (303 if mine else 404)
        assert db.session.query(Passkey).count() == (0 if mine else 1)

    def test_a_removed_one_signs_nobody_in(self, client_of, visitor, send, use, device, maya):
        send(client_of(maya), "/settings", f"/settings/passkeys/{only().public_id}/removal")
        assert use(visitor, device).status_code == 422

    def test_a_name_is_asked_for_and_kept_when_it_is_too_long(self, client_of, send, device, maya):
        own = f"/settings/passkeys/{only().public_id}"
        assert send(client_of(maya), own, name=" ").status_code == 422
        refused = send(client_of(maya), own, name="x" * 101)
        assert (refused.status_code, "x" * 101 in refused.text) == (422, True)

    def test_the_list_costs_the_same_however_long_it_is(self, client_of, add, maya, count_queries):
        client, seen = client_of(maya), []
        for _ in range(3):
            add(client)
            with count_queries() as sent:
                client.get("/settings/passkeys")
            seen.append(len(sent))
        assert len(set(seen)) == 1
        assert seen[0] <= 8

    def test_whoever_never_proved_the_address_loses_the_passkey_with_the_password(self, maya, device):
        maya.confirmed_at = None
        commands.prove_address([maya.id])
        assert db.session.query(Passkey).count() == 0


class TestWhereTheyAreNotOffered:
    @pytest.mark.parametrize(
        ("url", "to"),
        [
            ("https://class.example.edu", ("class.example.edu", "https://class.example.edu")),
            ("https://Class.Example.edu:443/at", ("class.example.edu", "https://class.example.edu")),
            ("https://class.example.edu:8443", ("class.example.edu", "https://class.example.edu:8443")),
            ("https://schüle.example", ("xn--schle-mva.example", "https://xn--schle-mva.example")),
            ("http://localhost:8000", ("localhost", "http://localhost:8000")),
            ("http://127.0.0.1:8000", None),
            ("https://10.0.0.7", None),
            ("https://[::1]:8000", None),
            ("http://class.example.edu", None),
        ],
    )
    def test_the_name_comes_from_the_settings(self, url, to):
        found = passkeys.party(url)
        assert (found and (found.id, found.origin)) == to
        assert (passkeys.why_none(url) is None) == (to is not None)

    def test_under_a_number_the_pages_say_why_and_the_routes_are_not_there(
        self, app, client_of, send, maya, monkeypatch
    ):
        at_number = replace(app.extensions["classroom.settings"], base_url="http://127.0.0.1:8000")
        monkeypatch.setitem(app.extensions, "classroom.settings", at_number)
        client = client_of(maya)
        assert "opened by a number (127.0.0.1)" in client.get("/settings").text
        assert "opened by a number (127.0.0.1)" in client.get("/settings/passkeys").text
        assert client.get("/settings/passkeys/question").status_code == 404
        assert client.get("/sign-in/passkey").status_code == 404
        assert send(client, "/settings", "/settings/passkeys").status_code == 404
        assert send(client, "/settings", "/sign-in/passkey").status_code == 404
        page = app.test_client().get("/sign-in").text
        assert "webauthn" not in page
        assert "data-passkey" not in page

    def test_a_forged_host_does_not_reach_the_question(self, visitor):
        assert visitor.get("/sign-in/passkey", headers={"Host": "evil.example"}).status_code == 400
        assert visitor.get("/sign-in/passkey", headers={"Host": "127.0.0.1"}).json["rpId"] == "localhost"


@pytest.mark.parametrize(
    ("before", "count", "fine"),
    [(0, 0, True), (0, 1, True), (5, 6, True), (5, 5, False), (5, 4, False), (5, 0, False)],
)
def test_counters(before, count, fine):
    assert counts_on(before, count) == fine


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8", ""),
    ],
)
def test_devices_are_named_as_people_name_them(context, agent, name):
    assert device_name(agent) == name


@pytest.mark.parametrize(
    ("transports", "name"),
    [
        (["internal", "hybrid"], "Edge on Windows"),
        (["usb", "nfc"], "A security key"),
        (["hybrid"], "A phone or tablet"),
        ([], "Edge on Windows"),
    ],
)
def test_a_passkey_is_named_by_where_it_is_kept(context, transports, name):
    assert passkey_name(transports, EDGE) == name
