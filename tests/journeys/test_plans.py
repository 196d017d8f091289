"""From a comment over the plan to the revision, and back to whoever commented."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import faults
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.test_following import at, kofi_comments
from tests.journeys.test_journeys import agree_first, mayas_post

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]
WHY = "The picture is the reason why people come, so it stays on top."


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_a_comment_is_planned_for_and_its_writer_learns_what_became_of_it(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    scripts, path = way.get("java_script_enabled", True), mayas_post(begun)
    options = {"bypass_csp": scripts, **(phone if "phone" in way else way)}
    maya, kofi = walk(MAYA, **options), walk(KOFI, **options)
    at(begun, timedelta(), kofi_comments)
    agree_first(begun, maya, path)
    maya.open(path)
    maya.follow("Plan your revision")
    maya.follow("Not this time…")
    maya.fill("How, or why not", WHY)
    maya.press("Put it in the plan", leads=True)
    maya.fill("An idea of your own", "Say the street.")
    maya.press("Put it in the plan", leads=True)
    maya.press("Number 2 up", leads=True)
    expect(maya.page.locator(".plan-item").first).to_contain_text("Say the street.")
    if scripts:
        assert faults(maya.page) == []
    agree_first(begun, kofi, path)
    kofi.open(path)
    assert WHY not in kofi.page.content()
    maya.follow("Revise your post")
    maya.fill("Your text", "The bakery on Linden Street opens at half past three, and I was there.")
    maya.page.get_by_label("Say the street.").check()
    if scripts:
        assert faults(maya.page) == []
    maya.press("Post this revision", leads=True)
    kofi.open(path)
    expect(kofi.page.locator(".advice")).to_have_text(f"Not this time because: {WHY}")
    maya.open(f"{path}/plan")
    expect(maya.page.get_by_role("heading", name="With revision 2")).to_be_visible()
    expect(maya.page.locator(".plan.told > li")).to_have_count(2)
