"""A passkey in a real browser, with a device of Chromium's own making: added, used, renamed, removed."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from classroom.accounts.commands import create_person
from classroom.core.db import db
from classroom.core.ids import public_id
from tests.journeys.looking import faults
from tests.journeys.site import Site, served
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product under a name, since a passkey cannot belong to a number."""
    with served(tmp_path_factory.mktemp("passkeys"), "localhost") as site:
        yield site


@pytest.fixture
def maya(named: Site) -> dict[str, Any]:
    """Somebody without a passkey, each time another: the cookie of her browser."""
    address = f"maya-{public_id()}@example.edu"
    with named.app.app_context():
        create_person("Maya Adler", address)
        db.session.commit()
        db.session.remove()
    return named.cookie_of(address)


@pytest.fixture
def walk_named(chromium: Browser, named: Site) -> Iterator[Any]:
    """Somebody's browser with a device in it; what it complains about fails the test."""
    opened: list[Walker] = []

    def begin(width: int, **options: Any) -> Walker:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, reduced_motion="reduce", bypass_csp=True, **options
        )
        opened.append(Walker(context, named.url))
        return opened[-1]

    yield begin
    for one in opened:
        one.context.close()
    assert [
        said for one in opened for said in one.complaints if not any(a in said for a in one.allowed)
    ] == []


def device_in(one: Walker) -> Any:
    """Chromium's virtual device, in the page that is open."""
    cdp = one.context.new_cdp_session(one.page)
    cdp.send("WebAuthn.enable")
    return cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_passkey_is_added_and_signs_in(named: Site, walk_named: Any, maya: Any, width: int) -> None:
    one = walk_named(width)
    one.context.add_cookies([maya])
    cdp, device = device_in(one)
    one.open("/settings")
    one.follow("Set one up")
    assert faults(one.page) == []
    one.press("Add a passkey", leads=True)
    expect(one.page.locator(".flashes")).to_contain_text("From now on it signs you in.")
    expect(one.page.get_by_text("not used yet")).to_be_visible()
    assert faults(one.page) == []
    assert len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    one.press("Add a passkey")
    expect(one.page.get_by_role("status").last).to_have_text("This device has a passkey for you already.")

    one.follow("Change Chrome on Linux")
    assert faults(one.page) == []
    one.fill("Name", "My first telephone")
    one.press("Save the name", leads=True)
    expect(one.page.get_by_text("My first telephone", exact=True)).to_be_visible()

    one.context.clear_cookies()
    cdp.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": False})
    one.open("/sign-in?next=/settings/passkeys")
    expect(one.page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert faults(one.page) == []
    cdp.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": True})
    one.press("Use a passkey", leads=True)
    assert one.page.url == named.url + "/settings/passkeys"
    expect(one.page.get_by_text("last used")).to_be_visible()

    one.follow("Change My first telephone")
    one.press("Remove this passkey", leads=True)
    expect(one.page.get_by_text("No passkey yet")).to_be_visible()


def test_a_passkey_is_offered_where_the_address_is_typed(named: Site, walk_named: Any, maya: Any) -> None:
    """Chromium's own device chooses at once what a person would choose from the list at the field."""
    one = walk_named(1280)
    one.context.add_cookies([maya])
    device_in(one)
    one.open("/settings/passkeys")
    one.press("Add a passkey", leads=True)
    one.context.clear_cookies()
    one.page.goto(named.url + "/sign-in?next=/settings")
    one.page.wait_for_url("**/settings")


def test_whoever_has_none_is_told_and_signs_in_as_before(walk_named: Any) -> None:
    one = walk_named(1280)
    device_in(one)
    one.open("/sign-in")
    one.press("Use a passkey")
    expect(one.page.locator("[data-passkey-line]")).to_have_text("No passkey was used. Nothing has happened.")
    expect(one.page.get_by_role("button", name="Use a passkey")).to_be_focused()
    expect(one.page.get_by_role("button", name="Sign in", exact=True)).to_be_enabled()


def test_without_scripts_the_pages_are_as_calm_as_before(named: Site, walk_named: Any, maya: Any) -> None:
    one = walk_named(390, java_script_enabled=False)
    one.page.goto(named.url + "/sign-in")
    expect(one.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    one.context.add_cookies([maya])
    one.page.goto(named.url + "/settings/passkeys")
    expect(one.page.get_by_role("button", name="Add a passkey")).to_have_count(0)
    expect(one.page.get_by_text("needs a browser that knows passkeys and runs scripts")).to_be_visible()
