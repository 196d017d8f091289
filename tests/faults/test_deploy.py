"""A new version, or a new key, while people have pages open: their forms still work, nobody is signed out."""

import re
import secrets

import pytest

from classroom.config import BadSettings, read_settings
from tests.faults.kills import GOOD


def test_a_form_that_was_open_is_taken_after_a_restart(served):
    """The server is killed and started again; the page of before still posts, and its styles are there."""
    cookie, page = served.cookie("kofi"), f"/posts/{served.ids['post']}"
    _status, headers, shown = served.get(page, cookie=cookie)
    cookie = headers["set-cookie"].split(";")[0]
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', shown)[1].decode()
    assets = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', shown.decode()))
    served.stop()
    served.start()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"csrf_token={token.replace('#', '%23')}&body={GOOD.replace(' ', '+')}&once=kept"
    status, headers, _body = served.request(
        "POST", f"{page}/comments", cookie=cookie, body=body, headers=kind
    )
    assert (status, "posted=" in headers["location"]) == (303, True)
    old = {re.sub(r"v=\w+", "v=0123456789", one) for one in assets}
    assert len(old) > 10
    assert {served.get(one)[0] for one in assets | old} == {200}, (
        "a page of the version before finds its files"
    )


@pytest.fixture
def key():
    return secrets.token_hex(32)


def answers(place, more, cookie):
    with place.app(**more) as app:
        client = app.test_client()
        name, value = cookie.split("=", 1)
        client.set_cookie(name, value, domain="127.0.0.1")
        return client.get("/settings", base_url="http://127.0.0.1").status_code


def test_a_new_key_signs_nobody_out_while_the_old_one_is_named(begun, key):
    cookie = begun.cookie("noor")
    old = (begun.folder / "secret_key").read_text()
    assert (
        answers(begun, {"SECRET_KEY": key, "SECRET_KEY_OLD": f"{secrets.token_hex(32)} {old}"}, cookie) == 200
    )
    assert answers(begun, {"SECRET_KEY": key}, cookie) == 302


def test_what_is_signed_now_is_signed_with_the_new_key(begun, key):
    """Else a key that leaked would go on opening doors for whoever was signed in once."""
    old = (begun.folder / "secret_key").read_text()
    with begun.app(SECRET_KEY=key, SECRET_KEY_OLD=old) as app:
        page = app.test_client().get("/sign-in", base_url="http://127.0.0.1")
    cookie = page.headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
    with begun.app(SECRET_KEY=key) as new:
        pass
    assert "csrf" in new.session_interface.get_signing_serializer(new).loads(cookie)


def test_an_old_key_that_is_none_refuses_to_start(tmp_path):
    with pytest.raises(BadSettings, match="SECRET_KEY_OLD"):
        read_settings({"CLASSROOM_INSTANCE": str(tmp_path), "SECRET_KEY_OLD": "short"})
