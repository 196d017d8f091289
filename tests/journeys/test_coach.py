"""The coach beside somebody who writes: quiet, never in the way, no older answer over a newer one."""

import time
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from classroom.core.db import db
from classroom.projects.models import Project
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import agree_first, mayas_post

pytestmark = pytest.mark.browser
THIN = "Great job, I really like it!"
GOOD = (
    "The menu stands at the bottom, so I had to scroll past every photo to find it. "
    "Could you move it to the top? Then people who come for one thing find it at once."
)
# Whether a point of the field is covered by something else, tried at its corners and in its middle.
COVERED = """field => {
  const box = field.getBoundingClientRect();
  const points = [[4, 4], [box.width - 20, 4], [box.width / 2, box.height / 2], [4, box.height - 4]];
  return points.filter(([x, y]) => document.elementFromPoint(box.left + x, box.top + y) !== field).length;
}"""


@pytest.fixture
def kofi(begun: Site, walk: Any) -> Any:
    def begin(**options: Any) -> Any:
        one = walk(KOFI, **options)
        agree_first(begun, one, mayas_post(begun))
        return one

    return begin


def test_one_step_in_ones_own_words_an_example_and_then_a_quiet_line(kofi: Any) -> None:
    one = kofi(bypass_csp=True)
    body, coach = one.page.locator("#body"), one.page.locator("#coach")
    body.focus()
    one.page.keyboard.type(THIN)
    step = coach.locator("[data-step]")
    expect(step).to_contain_text("What makes it work for you?")
    expect(step).to_have_count(1)
    expect(one.page.locator("#announcements")).to_contain_text("What makes it work for you?")
    said = step.text_content()
    one.page.keyboard.type(" It is")
    one.page.wait_for_timeout(1200)
    assert step.text_content() == said
    assert faults(one.page) == []
    one.page.keyboard.press("Tab")
    expect(coach.locator("summary")).to_be_focused()
    one.page.keyboard.press("Enter")
    expect(coach.locator("details")).to_contain_text("On a")
    one.fill(body, GOOD)
    expect(coach.locator(".done")).to_contain_text("That helps. You can post it.")
    expect(coach.locator("details")).to_have_count(0)
    assert faults(one.page) == []


def test_who_listens_hears_each_step_once(kofi: Any) -> None:
    one = kofi()
    one.page.evaluate(
        """() => { window.heard = [];
        new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node =>
          node.nodeType === 3 && window.heard.push(node.data))))
        .observe(document.body, {subtree: true, childList: true}); }"""
    )
    assert one.page.locator("#coach").get_attribute("aria-live") is None
    body = one.page.locator("#body")
    body.focus()
    for words in (THIN, " Really", " nice", " work"):
        one.page.keyboard.type(words)
        one.page.wait_for_timeout(800)
    one.page.wait_for_timeout(1600)
    heard = [said for said in one.page.evaluate("window.heard") if "What makes it work" in said]
    assert len(heard) == 1 + heard.count(one.page.locator("[data-step]").text_content()) - 1
    assert len([said for said in heard if said]) <= 2  # shown once, announced once


def test_a_late_answer_never_replaces_a_newer_one_and_an_error_changes_nothing(kofi: Any) -> None:
    one = kofi()
    one.allowed = ("503", "net::ERR", "htmx:")
    waits = [2.0, 0.0]

    def slow(route: Route) -> None:
        wait = waits.pop(0) if waits else 0
        answer = route.fetch()
        time.sleep(wait)
        try:
            route.fulfill(response=answer)
        except Exception:
            return

    one.page.route("**/coaching*", slow)
    body, coach = one.page.locator("#body"), one.page.locator("#coach")
    with one.page.expect_request("**/coaching*"):
        body.fill(THIN)
    body.fill(GOOD)
    expect(coach.locator(".done")).to_be_visible()
    one.page.wait_for_timeout(2500)
    expect(coach.locator(".done")).to_be_visible()
    last = coach.inner_html()
    one.page.unroute("**/coaching*")
    one.page.route("**/coaching*", lambda route: route.fulfill(status=503, body="<h1>Sorry</h1>"))
    with one.page.expect_response("**/coaching*"):
        body.fill(THIN)
    one.page.unroute("**/coaching*")
    one.page.route("**/coaching*", lambda route: route.abort())
    with one.page.expect_request("**/coaching*"):
        body.fill(THIN + " So good")
    one.page.wait_for_timeout(300)
    assert coach.inner_html() == last
    one.page.unroute("**/coaching*")


@pytest.mark.parametrize("height", [844, 500], ids=["whole", "above a keyboard"])
@pytest.mark.parametrize("quoted", [False, True], ids=["on the whole", "on a passage"])
def test_on_a_phone_it_never_covers_what_is_written(kofi: Any, phone: Any, height: int, quoted: bool) -> None:
    one = kofi(**phone | {"height": height})
    one.page.get_by_role("link", name="Comment…").tap()
    if quoted:
        one.press("Choose a passage")
        one.page.keyboard.press("ArrowDown")
        one.page.keyboard.press("Enter")
    body, coach = one.page.locator("#body"), one.page.locator("#coach")
    body.focus()
    for words in (THIN, " The menu at the bottom is hard to find. " * 8):
        one.page.keyboard.type(words)
        expect(coach.locator("[data-step]")).to_be_visible()
        one.page.wait_for_timeout(900)
        expect(body).to_be_focused()
        field, says = body.bounding_box(), coach.bounding_box()
        assert says["y"] >= field["y"] + field["height"] - 1
        assert field["y"] >= 0
        assert body.evaluate(COVERED) == 0
        assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(one.page.get_by_role("button", name="Post comment")).to_be_in_viewport(ratio=1)


def test_a_project_without_a_coach_makes_no_request(begun: Site, kofi: Any) -> None:
    def silence() -> None:
        db.session.scalars(select(Project)).one().coach = False
        db.session.commit()

    begun.read(silence)
    one = kofi()
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    one.page.locator("#body").press_sequentially(THIN)
    one.page.wait_for_timeout(1500)
    assert not [url for url in asked if "coaching" in url]
    expect(one.page.locator("#coach, [data-coach], [data-step]")).to_have_count(0)
    one.press("Post comment", leads=True)
    expect(one.page.locator("#receipt")).to_contain_text("does not count yet")
