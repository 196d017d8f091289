"""Following and muting in a browser, and letters and the calendar as other programs show them."""

import email
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from classroom.cli.worker import run_due, send_due
from classroom.comments.commands import Written, post_comment
from classroom.core import clock, mail
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.models import Post
from classroom.projects.models import Project
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.test_journeys import agree_first, mayas_post

pytestmark = pytest.mark.browser
SAID = (
    "On my phone I scrolled past three pictures before I saw the menu at the bottom. "
    "Could you move the menu above the picture, so that people find the opening hours at once?"
)


class Inbox:
    """What a mail server that others wrote takes from us."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name for it
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.letters if one["To"] == address]


@pytest.fixture
def inbox(begun: Site) -> Iterator[Inbox]:
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:  # it asks for the number beforehand
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    mail.use(mail.Post("class@example.edu", begun.settings.instance, "127.0.0.1", port, starttls=False))
    yield handler
    server.stop()


def at(site: Site, ahead: timedelta, act: Any) -> None:
    """Something that happens on the server so much later."""
    with site.app.app_context(), site.app.test_request_context(), clock.at(now() + ahead):
        act()
        db.session.commit()
        db.session.remove()


def kofi_comments() -> None:
    post = db.session.query(Post).order_by(Post.id).first()
    author = db.session.query(Post).order_by(Post.id.desc()).first().author_id
    post_comment(author, post, Written(SAID))


@pytest.mark.parametrize("small", [False, True], ids=["wide", "phone"])
def test_muted_and_back_and_nobody_sees_a_trace(begun: Site, walk: Any, phone: Any, small: bool) -> None:
    one, other = walk(KOFI, **(phone if small else {})), walk(MAYA)
    path = mayas_post(begun)
    agree_first(begun, one, path)
    before = other.page.goto(begun.url + path) and other.page.locator("main").inner_text()
    one.open(path)
    one.page.get_by_text("Follow or mute").click()
    one.page.get_by_role("button", name="Mute for a week").first.click()
    expect(one.page.locator(".flash")).to_contain_text("Nobody is told")
    one.page.get_by_text("Muted", exact=True).click()
    one.page.get_by_role("link", name="What I follow").last.click()
    expect(one.page.get_by_role("heading", level=1)).to_have_text("What I follow")
    expect(one.page.get_by_text("until")).to_be_visible()
    assert faults(one.page) == []
    other.open(path)
    assert other.page.locator("main").inner_text() == before
    one.page.get_by_role("button", name="Unmute").click()
    expect(one.page.get_by_text("Nothing is muted.")).to_be_visible()


def test_letters_from_a_real_server_read_well_by_day_and_in_the_dark(
    begun: Site, inbox: Inbox, chromium: Browser
) -> None:
    def soon() -> None:
        project = db.session.query(Project).one()
        project.published_at, project.comment_by = now() - timedelta(days=3), now() + timedelta(hours=20)

    at(begun, timedelta(), soon)
    at(begun, timedelta(), kofi_comments)
    at(begun, timedelta(hours=17), run_due)
    at(begun, timedelta(days=2), send_due)
    daily = [one for one in inbox.to(MAYA) if "news for you" in one["Subject"]]
    reminders = [one for one in inbox.letters if "still yours to write" in one["Subject"]]
    assert len(daily) == 1
    assert {one["To"] for one in reminders} <= {MAYA}  # Kofi has done what he owed
    for letter in (*daily, *reminders):
        plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for scheme in ("light", "dark"):
            page = chromium.new_page(color_scheme=scheme, viewport={"width": 390, "height": 700})
            page.set_content(html.get_content())
            assert contrast(page) >= 4.5
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert page.get_by_role("heading", level=1).inner_text() == letter["Subject"]
            page.close()


def contrast(page: Any) -> float:
    """The least contrast of words on that page."""
    found = page.evaluate(
        """() => {
          const light = text => {
            const parts = text.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
              .map(n => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4)
            return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]
          }
          const ground = light(getComputedStyle(document.body).backgroundColor)
          return Math.min(...[...document.querySelectorAll('h1, h2, p, a, footer')].map(one => {
            const ink = light(getComputedStyle(one).color)
            return (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05)
          }))
        }"""
    )
    return float(found)


@pytest.mark.parametrize("small", [False, True], ids=["wide", "phone"])
def test_a_calendar_is_given_away_read_and_closed_again(
    begun: Site, walk: Any, phone: Any, small: bool
) -> None:
    def dated() -> None:
        db.session.query(Project).one().comment_by = now() + timedelta(days=2)

    at(begun, timedelta(), dated)
    one = walk(KOFI, **(phone if small else {}))
    one.open("/settings")
    one.follow("Your dates in your calendar")
    one.press("Make the address", leads=True)
    shown = one.page.get_by_label("The address of your calendar")
    address = shown.input_value()
    fetched = urllib.request.urlopen(address).read()  # as a calendar does: nobody is signed in
    (event,) = Calendar.from_ical(fetched).walk("VEVENT")
    due = begun.read(lambda: db.session.query(Project).one().comment_by)
    assert abs(event["DTSTART"].dt - due) < timedelta(minutes=1)
    assert str(event["SUMMARY"]).startswith("Comment: ")
    assert faults(one.page) == []
    one.press("Make another address", leads=True)
    assert shown.input_value() != address
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address)
