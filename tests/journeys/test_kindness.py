"""One look before words that may hurt are sent: back to them in one press, or left to a person."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.comments.models import Comment
from classroom.core.db import db
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import KINDER, SNARK, agree_first, mayas_post

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]


def stands(site: Site) -> list[tuple[str, str]]:
    """What lies there, as (state, body)."""
    asked = select(Comment.state, Comment.body).order_by(Comment.id)
    return site.read(lambda: [(state.value, body) for state, body in db.session.execute(asked)])


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_one_press_leads_back_to_the_words_and_kinder_ones_are_posted(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    scripts = way.get("java_script_enabled", True)
    one = walk(KOFI, bypass_csp=scripts, **(phone if "phone" in way else way))
    path = mayas_post(begun)
    agree_first(begun, one, path)
    if "phone" in way:
        one.page.get_by_role("link", name="Comment…").tap()
    body = one.page.locator("#body")
    one.fill(body, SNARK)
    one.press("Post comment", leads=True)
    expect(one.page.get_by_role("heading", level=1)).to_have_text("One look before it is sent")
    expect(one.page.locator("mark.stings").first).to_contain_text("did you even")
    expect(one.page.get_by_role("button", name="Rewrite it")).to_be_in_viewport()
    if scripts:
        assert faults(one.page) == []
    assert stands(begun) == [("draft", SNARK)]
    one.press("Rewrite it", leads=True)
    expect(body).to_have_value(SNARK)
    expect(body).to_be_in_viewport(ratio=1)
    expect(body).to_be_focused()
    if scripts:
        chosen = body.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        assert "did you even" in chosen.lower()
    one.fill(body, KINDER)
    one.press("Post comment", leads=True)
    expect(one.page.locator("#receipt")).to_contain_text("it counts")
    assert stands(begun) == [("visible", KINDER)]


def test_pressed_twice_and_left_twice_it_waits_once(begun: Site, walk: Any) -> None:
    one = walk(KOFI)
    agree_first(begun, one, mayas_post(begun))
    one.fill(one.page.locator("#body"), SNARK)
    one.page.get_by_role("button", name="Post comment").dblclick()
    leave = one.page.get_by_role("button", name="Leave it to a person")
    expect(leave).to_be_visible()
    leave.dblclick()
    expect(one.page.locator("#receipt")).to_contain_text("A person will look at it")
    assert stands(begun) == [("held", SNARK)]


def test_leaving_the_step_by_a_link_loses_nothing(begun: Site, walk: Any) -> None:
    one = walk(KOFI)
    path = mayas_post(begun)
    agree_first(begun, one, path)
    one.fill(one.page.locator("#body"), SNARK)
    one.press("Post comment", leads=True)
    one.open(path)
    expect(one.page.locator("#body")).to_have_value(SNARK)
