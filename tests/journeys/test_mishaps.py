"""What goes wrong while one writes: another tab, a double click, a lost session, no network."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from classroom.accounts.models import Session
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.states import State
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import agree_first, mayas_post
from tests.journeys.test_steps import GOOD

pytestmark = pytest.mark.browser
FIRST, SECOND = "The first tab found the menu too late.", "The second tab liked the loaves."


@pytest.fixture
def kofi(begun: Site, walk: Any) -> Any:
    """A student with an empty pen beside a post."""
    one = walk(KOFI)
    agree_first(begun, one, mayas_post(begun))
    return one


def test_of_two_tabs_the_later_one_keeps_both_texts(kofi: Any) -> None:
    kofi.allowed = ("status of 409",)
    other = kofi.tab()
    other.goto(kofi.page.url)
    kofi.page.locator("#body").fill(FIRST)
    expect(kofi.page.locator("[data-saved]")).to_contain_text("Saved")
    other.locator("#body").fill(SECOND)
    expect(other.locator(".both-text")).to_contain_text(FIRST)
    expect(other.locator("#body")).to_have_value(SECOND)


def test_a_double_click_posts_once(begun: Site, kofi: Any) -> None:
    kofi.page.locator("#body").fill(GOOD)
    kofi.page.get_by_role("button", name="Post comment").dblclick()
    expect(kofi.page.locator("#receipt")).to_contain_text("Your comment is posted")
    made = select(func.count()).select_from(Comment).where(Comment.state != State.DRAFT)
    assert begun.read(lambda: db.session.scalar(made)) == 1


def test_a_lost_session_keeps_the_text(begun: Site, kofi: Any) -> None:
    kofi.allowed = ("status of 401", "Error Code 401")
    path = mayas_post(begun)
    with begun.app.app_context():
        db.session.execute(update(Session).values(ended_at=now()))
        db.session.commit()
    kofi.page.locator("#body").fill(FIRST)
    line = kofi.page.locator("[data-saved]")
    expect(line).to_have_class("saved bad")
    expect(line.get_by_role("link")).to_have_attribute("href", f"/sign-in?next={path.replace('/', '%2F')}")
    kofi.context.add_cookies([begun.cookie_of(KOFI)])
    kofi.open(path)
    kofi.page.locator(".kept button").first.click()
    expect(kofi.page.locator("#body")).to_have_value(FIRST)


def test_without_a_network_it_never_says_saved(kofi: Any) -> None:
    kofi.allowed = ("ERR_INTERNET_DISCONNECTED", "htmx:")
    kofi.context.set_offline(True)
    kofi.page.locator("#body").fill(FIRST)
    line = kofi.page.locator("[data-saved]")
    expect(line).to_have_class("saved bad")
    expect(line).not_to_contain_text("Saved")
    kofi.context.set_offline(False)
    expect(line).to_contain_text("Saved")
