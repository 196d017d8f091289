"""The small scripts in a real browser, and what stays when there are none."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _hurts(page: Page) -> list[tuple[str, str]]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]


@pytest.mark.parametrize("path", ["/style", "/help", "/sign-in", "/nothing-here", "/desk"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    look: Any, path: str, width: int, scheme: Any
) -> None:
    page = look(path, width=width, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page.wait_for_load_state("networkidle")
    assert _hurts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_work_and_pen_are_both_in_view(look: Any) -> None:
    page = look("/desk")
    expect(page.locator(".work")).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("button", name="Post comment")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_pen_opens_under_the_passage(look: Any) -> None:
    page = look("/desk", width=390, height=844)
    expect(page.locator("#pen")).to_be_hidden()
    page.get_by_role("link", name="Comment…").click()
    expect(page.locator("#body")).to_be_focused()
    box = page.locator("#pen").bounding_box()
    assert box["y"] > 844 * 0.4
    expect(page.locator(".work p").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#pen")).to_be_hidden()


def test_without_scripts_the_pen_opens_and_closes_by_links(look: Any) -> None:
    page = look("/desk", width=390, height=844, java_script_enabled=False)
    page.get_by_role("link", name="Comment…").click()
    expect(page.locator("#pen")).to_be_visible()
    expect(page.get_by_text("About one passage?")).to_be_visible()
    page.locator("[data-pen-close]").click()
    expect(page.locator("#pen")).to_be_hidden()


def _select(page: Page, words: str) -> None:
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('.work'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return;
            }
            throw new Error('not there: ' + words);
        }""",
        words,
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_a_selected_passage_goes_into_the_pen(look: Any, width: int) -> None:
    page = look("/desk", width=width)
    _select(page, "he menu is at the botto")
    page.get_by_role("button", name="Comment on this").click()
    expect(page.locator("#pen blockquote")).to_have_text("The menu is at the bottom")
    expect(page.locator("#body")).to_be_focused()
    start = int(page.locator("#quote_start").input_value())
    text = page.locator(".work").evaluate("work => work.textContent")
    assert text[start:].startswith("The menu is at the bottom.")
    assert text[:start].endswith(page.locator("#quote_before").input_value())
    page.get_by_role("button", name="Comment on the whole instead").click()
    expect(page.locator("#quote_start")).to_have_value("")


def test_a_passage_is_chosen_by_keyboard_alone(look: Any) -> None:
    page = look("/desk")
    page.locator("[data-quote-pick]").focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    quoted = "I wanted the page to feel like that hour. The menu is at the bottom."
    expect(page.locator("#pen blockquote")).to_have_text(quoted)
    expect(page.locator("#body")).to_be_focused()


def test_a_refused_form_takes_the_reader_to_its_summary(look: Any, site: Any) -> None:
    page = look("/desk")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("[data-problems]")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Write something first.").click()
    expect(page.locator("#body")).to_be_focused()


def test_a_double_click_sends_once(look: Any, site: Any) -> None:
    page = look("/desk")
    page.locator("#title").fill("A name")
    page.get_by_role("button", name="Post comment").dblclick()
    expect(page.locator("[data-problems]")).to_be_visible()
    assert len(site.posts) == 1


def test_control_and_enter_sends(look: Any, site: Any) -> None:
    page = look("/desk")
    page.locator("#body").fill("The hours are easy to miss.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problems]")).to_be_visible()
    assert site.posts[0]["body"] == "The hours are easy to miss."


def test_keys_move_and_never_type(look: Any) -> None:
    page = look("/desk")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-item]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-item]").first).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.locator("#body")).to_have_value("jk?")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.mouse.click(5, 5)
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_key_of_a_row_acts_on_the_row_one_is_in(look: Any) -> None:
    page = look("/desk")
    page.keyboard.press("r")
    expect(page.locator("#note")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("r")
    expect(page.locator("#note")).to_be_focused()


def test_keys_can_be_switched_off(look: Any) -> None:
    page = look("/desk")
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_draft_says_when_it_was_saved(look: Any, site: Any) -> None:
    page = look("/desk")
    page.locator("#body").fill("The hours")  # at once: on a busy machine half of it would be saved first
    expect(page.locator("[data-saved]")).to_have_text("Saved 14:02", timeout=8000)
    assert site.drafts[-1]["body"] == "The hours"
    expect(page.locator("[name=version]")).to_have_value("2")
    assert page.evaluate("localStorage.length") == 0


def test_offline_it_never_claims_to_be_saved_and_saves_when_it_can(look: Any, site: Any) -> None:
    page = look("/desk")
    page.context.set_offline(True)
    page.locator("#body").press_sequentially("Kept here", delay=5)
    expect(page.locator("[data-saved]")).to_contain_text("Not saved: you are offline", timeout=8000)
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text("Saved 14:02", timeout=8000)


def test_a_kept_text_is_offered_on_the_next_visit(look: Any, site: Any) -> None:
    page = look("/desk")
    site.draft = "out"
    page.locator("#secret").fill("a short sentence is fine")
    page.locator("#body").press_sequentially("Kept here", delay=5)
    line = page.locator("[data-saved]")
    expect(line).to_contain_text("You were signed out; your text is kept", timeout=8000)
    expect(line.get_by_role("link")).to_have_attribute("target", "_blank")
    assert "sentence" not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    page.get_by_role("button", name="Use that text").click()
    expect(page.locator("#body")).to_have_value("Kept here")


def test_a_text_that_was_sent_is_not_offered_again(look: Any, site: Any) -> None:
    page = look("/desk")
    page.locator("#title").fill("A name")
    page.locator("#body").fill("Sent before it was saved")
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**/help")
    page.wait_for_selector("html[data-awake]")
    page.goto(site.url + "/desk")
    page.wait_for_selector("html[data-awake]")
    expect(page.get_by_role("button", name="Use that text")).to_have_count(0)


def test_a_text_whose_sending_failed_is_offered(look: Any, site: Any) -> None:
    page = look("/desk")
    page.locator("#title").fill("A name")
    page.locator("#body").fill("Lost on the way")
    page.context.set_offline(True)
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(site.url + "/desk")
    page.get_by_role("button", name="Use that text").click()
    expect(page.locator("#body")).to_have_value("Lost on the way")


def test_two_texts_are_both_shown(look: Any, site: Any) -> None:
    page = look("/desk")
    site.draft = "both"
    page.locator("#body").press_sequentially("Mine", delay=5)
    expect(page.get_by_text("Both texts", exact=True)).to_be_visible(timeout=8000)
    expect(page.locator("#body")).to_have_value("Mine")


def test_the_light_can_be_chosen_with_and_without_scripts(look: Any) -> None:
    page = look("/help")
    page.get_by_role("button", name="Lamplight").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    bare = look("/help", java_script_enabled=False)
    bare.get_by_role("button", name="Lamplight").click()
    expect(bare.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_password_can_be_looked_at(look: Any) -> None:
    page = look("/desk")
    page.locator("#secret").fill("a short sentence is fine")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#secret")).to_have_attribute("type", "text")


def test_nothing_moves_for_whom_motion_is_too_much(look: Any) -> None:
    page = look("/style", width=390, height=844, reduced_motion="reduce")
    page.get_by_role("link", name="Comment…").click()
    lengths = page.evaluate("document.getAnimations().map(one => one.effect.getComputedTiming().endTime)")
    assert max(lengths, default=0) == 0


def test_when_a_script_does_not_arrive_the_others_work(look: Any) -> None:
    page = look("/help")
    page.context.route("**/js/busy.js*", lambda route: route.abort())
    page.reload()
    page.wait_for_selector("html[data-awake]")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_focus_is_never_under_the_open_pen(look: Any) -> None:
    page = look("/style", width=390, height=844)
    page.get_by_role("link", name="Comment…").click()
    top = page.locator("#pen").bounding_box()["y"]
    page.evaluate("scrollTo(0, 0)")
    page.locator(".mark").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const e = document.activeElement; if (e.closest('#pen')) return null;"
            " const r = e.getBoundingClientRect(); return [r.top, r.bottom]; })()"
        )
        if box is not None:
            assert box[0] < top
