"""Asking for help in a browser: the brief first, then a person; and a question for the answer waits."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.core.db import db
from classroom.help_requests.models import HelpRequest
from classroom.projects.models import Project
from tests.journeys.conftest import TEACHER
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.test_journeys import agree_first

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]
BRIEF = "Make a page about a place.\n\nPost it by Friday 12 March, noon. Use at least two sources."
DUE = "When is it due?"
MINE = "My picture covers the text on my phone. I made it 800 pixels wide."
HINT = "What does the page do when you make the window small, and which part moves last?"
ANSWER = "Can someone just give me the answer to question 3?"


def with_brief(site: Site) -> str:
    """The project's address, once its brief says when and how much."""

    def write() -> str:
        project = db.session.scalars(select(Project)).one()
        project.brief_text = BRIEF
        db.session.commit()
        return project.public_id

    return f"/projects/{site.read(write)}"


def stands(site: Site) -> list[tuple[str, bool]]:
    """What was asked, as (state, answered)."""
    asked = select(HelpRequest).order_by(HelpRequest.id)
    return site.read(
        lambda: [(one.state.value, one.answered_at is not None) for one in db.session.scalars(asked)]
    )


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_from_a_question_over_the_brief_to_a_hint_that_helped(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    scripts, path = way.get("java_script_enabled", True), with_brief(begun)
    options = {"bypass_csp": scripts, **(phone if "phone" in way else way)}
    kofi, maya = walk(KOFI, **options), walk(MAYA, **options)
    agree_first(begun, kofi, path)
    agree_first(begun, maya, path)
    kofi.open(path)
    kofi.follow("Ask something about this project")
    kofi.fill("What are you trying to do?", DUE)
    kofi.press("Ask", leads=True, exact=True)
    expect(kofi.page.locator(".passages mark").first).to_have_text("Post it by Friday 12 March, noon.")
    if scripts:
        assert faults(kofi.page) == []
    kofi.press("Change my question", leads=True)
    expect(kofi.page.get_by_role("textbox", name="What are you trying to do?")).to_have_value(DUE)
    kofi.fill("What are you trying to do?", MINE)
    kofi.press("Ask", leads=True, exact=True)
    expect(kofi.page.locator(".flashes")).to_contain_text("Sent.")
    assert stands(begun) == [("visible", False)]
    maya.open(f"{path}")
    if "phone" not in way:
        maya.follow("Help requests")
    else:
        maya.page.locator("summary").filter(has_text="Menu").tap()
        maya.follow("Help requests")
    maya.follow(MINE)
    maya.press("I’m on it", leads=True)
    maya.fill("Your answer", HINT)
    maya.press("Send", leads=True, exact=True)
    if scripts:
        assert faults(maya.page) == []
    kofi.open("/")
    kofi.follow("Somebody answers you")
    expect(kofi.page.locator("main")).to_contain_text(HINT)
    kofi.press("This helped", leads=True)
    kofi.press("Yes, they may", leads=True)
    assert stands(begun) == [("visible", True)]
    maya.open("/")
    expect(maya.page.locator("main")).to_contain_text("Your answer helped")


@pytest.mark.parametrize("way", [way for _, way in WAYS[:2]], ids=[name for name, _ in WAYS[:2]])
def test_a_question_for_the_answer_is_turned_or_waits(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    path, options = with_brief(begun), phone if "phone" in way else way
    kofi, teacher = walk(KOFI, bypass_csp=True, **options), walk(TEACHER)
    agree_first(begun, kofi, path)
    kofi.open(path)
    kofi.follow("Ask something about this project")
    kofi.fill("What are you trying to do?", ANSWER)
    kofi.press("Ask", leads=True, exact=True)
    expect(kofi.page.locator("main")).to_contain_text("I am working on question 3.")
    assert stands(begun) == []
    assert faults(kofi.page) == []
    kofi.press("Send it to my instructor", leads=True)
    expect(kofi.page.locator("main")).to_contain_text("A person reads it before anyone else does")
    assert stands(begun) == [("held", False)]
    teacher.open("/")
    teacher.follow("Open the queue")
    expect(teacher.page.locator(".case")).to_contain_text("Asks for the answer")
    teacher.press("Return it", leads=True)
    kofi.open("/")
    kofi.follow("A request came back to you")
    kofi.follow("Rewrite it")
    kofi.fill("What are you trying to do?", "I tried question 3 twice; is my first step sound?")
    kofi.press("Send it again", leads=True)
    assert stands(begun) == [("visible", False)]
