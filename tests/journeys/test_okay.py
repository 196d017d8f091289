"""A question without a name in a browser: asked, answered, published as an example, and thanked for."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.core.db import db
from classroom.courses.models import Course
from classroom.guidelines.models import Situation
from tests.journeys.conftest import TEACHER
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, Site

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]
QUESTION = "let my aunt read my page aloud and tell me what sounds odd, although she is a teacher?"
EXAMPLE = "let a relative who teaches tell me what sounds odd"


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_asked_answered_and_published_without_a_name(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    scripts = way.get("java_script_enabled", True)
    options = {"bypass_csp": scripts, **(phone if "phone" in way else way)}
    kofi = walk(KOFI, **options)
    course = begun.read(lambda: db.session.scalar(select(Course.public_id)))
    kofi.open(f"/courses/{course}/guidelines")
    kofi.follow("Ask without your name: would this be okay?")
    kofi.fill(kofi.page.locator("#text"), QUESTION)
    kofi.press("Ask without my name", leads=True)
    expect(kofi.page.locator("main")).to_contain_text("Is it like one of these?")
    expect(kofi.page.locator("#text")).to_have_value(QUESTION)
    if scripts:
        assert faults(kofi.page) == []
    kofi.press("Send my question", leads=True)
    expect(kofi.page.locator("main")).to_contain_text("Keep this address")
    expect(kofi.page.locator("body")).not_to_contain_text("Kofi")
    address = kofi.page.locator("#address").input_value()

    teacher = walk(TEACHER, **options)
    teacher.open(f"/courses/{course}/queue")
    teacher.follow("Would this be okay? 1")
    expect(teacher.page.locator("body")).not_to_contain_text("Kofi")
    teacher.follow("Answer", exact=True)
    teacher.page.get_by_label("Fine, although it looks like cheating").check()
    teacher.fill(teacher.page.locator("#why"), "Every writer has a first reader. You choose the new words.")
    teacher.press("Answer", leads=True, exact=True)
    teacher.follow("Make it an example")
    teacher.fill(teacher.page.locator("#situation"), EXAMPLE)
    teacher.page.get_by_label("nobody can be recognised").check()
    if scripts:
        assert faults(teacher.page) == []
    teacher.press("Publish it now", leads=True)
    expect(teacher.page.locator("main")).to_contain_text(EXAMPLE)

    nobody = walk(None, **options)
    nobody.open(address)
    expect(nobody.page.locator("main")).to_contain_text("Every writer has a first reader.")
    nobody.press("Thank you, that helps", leads=True)
    expect(nobody.page.locator("main")).to_contain_text("You said thank you.")
    if scripts:
        assert faults(nobody.page) == []
    assert begun.read(lambda: db.session.scalars(select(Situation)).one().thanked)


def test_an_example_answers_it_and_nothing_is_sent(begun: Site, walk: Any) -> None:
    kofi = walk(KOFI)
    course = begun.read(lambda: db.session.scalar(select(Course.public_id)))
    kofi.open(f"/courses/{course}/okay")
    kofi.fill(kofi.page.locator("#text"), QUESTION)
    kofi.press("Ask without my name", leads=True)
    kofi.press(kofi.page.get_by_role("button", name="Yes, that answers it").first, leads=True)
    expect(kofi.page.locator(".flashes")).to_contain_text("Your question was not sent")
    assert begun.read(lambda: db.session.scalars(select(Situation)).all()) == []
