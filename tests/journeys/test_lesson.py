"""The lesson in a browser: from its first step to its certificate, and back to the comment that waited."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.lessons.commands_edit import lesson_row
from classroom.lessons.models import LessonProgress, LessonText
from tests.journeys.conftest import TEACHER
from tests.journeys.looking import faults
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import KINDER, agree_first, mayas_post

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]
VAGUE = "I like the report, it is really interesting."
MINE = (
    "Both groups have the same colour in the diagram, so I could not tell them apart. Could you change one?"
)
OWN = "Which studies do you mean in “Studies show that this is better”? I looked for them and found none."


def lesson_of(site: Site) -> str:
    return f"/courses/{site.read(lambda: db.session.scalar(select(Course.public_id)))}/lesson"


def ask_for_it(site: Site) -> None:
    """As an instructor's press does."""

    def press() -> None:
        lesson_row(db.session.scalars(select(Course.id)).one()).required_at = now()
        db.session.commit()

    site.read(press)


def finished(site: Site) -> int:
    asked = select(LessonProgress).where(LessonProgress.finished_at.is_not(None))
    return site.read(lambda: len(db.session.scalars(asked).all()))


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_from_a_comment_that_waits_to_the_certificate_and_back(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    scripts = way.get("java_script_enabled", True)
    one = walk(KOFI, bypass_csp=scripts, **(phone if "phone" in way else way))
    path = mayas_post(begun)
    agree_first(begun, one, path)
    ask_for_it(begun)
    one.open(path)
    if "phone" in way:
        one.page.get_by_role("link", name="Comment…").tap()
    one.fill(one.page.locator("#body"), KINDER)
    one.press("Post comment", leads=True)
    expect(one.page.locator(".flashes")).to_contain_text("Your comment is kept as a draft.")
    one.follow("Begin", exact=True)
    for _step in range(6):
        one.press("Go on", leads=True, exact=True)
    judge_all(one, scripts)
    improve(one, scripts)
    one.fill(one.page.locator("#body"), OWN)
    one.press("I am content with it", leads=True)
    one.follow("Next: One that helped")
    expect(one.page.locator(".note.great")).to_contain_text("convinced me more than any study")
    if scripts:
        assert faults(one.page) == []
    one.press("Finish the lesson", leads=True)
    expect(one.page.locator("main")).to_contain_text("You have finished the lesson.")
    assert finished(begun) == 1
    one.follow("Back to your comment")
    expect(one.page.locator("#body")).to_have_value(KINDER)
    if "phone" in way:
        one.page.get_by_role("link", name="Comment…").tap()
    one.press("Post comment", leads=True)
    expect(one.page.locator("#receipt")).to_contain_text("it counts")


def judge_all(one: Any, scripts: bool) -> None:
    for number in range(6):
        card = one.page.locator(".judged").nth(number)
        press = card.get_by_role("button", name="Not yet" if number % 2 else "It counts")
        if scripts:
            press.click()
            expect(card.locator(".verdict")).to_be_visible()
        else:
            one.press(press, leads=True)
            expect(card).to_be_in_viewport()
    expect(one.page.locator(".verdict")).to_have_count(6)
    if scripts:
        assert faults(one.page) == []
    one.follow("Next: Improve this weak comment")


def improve(one: Any, scripts: bool) -> None:
    body = one.page.locator("#body")
    expect(body).to_have_value(
        "Nice experiment! Some parts are a bit confusing, though, and you could improve the diagram."
    )
    one.fill(body, VAGUE)
    if not scripts:
        one.press("Ask the coach", leads=True)
    expect(one.page.locator("#coach .coach")).to_be_visible()
    expect(body).to_have_value(VAGUE)
    one.fill(body, MINE)
    if scripts:
        expect(one.page.locator("[data-saved]")).to_contain_text("Saved")
        assert faults(one.page) == []
    one.press("I am content with it", leads=True)
    expect(one.page.locator("#said")).to_contain_text("This would count.")
    one.follow("Next: Now one of your own")


def test_one_stops_in_the_middle_of_a_sentence_and_goes_on_another_day(
    begun: Site, walk: Any, phone: Any
) -> None:
    one = walk(KOFI)
    one.open(f"{lesson_of(begun)}/steps/write-your-own")
    one.write(one.page.locator("#body"), "The clapping at the end")
    expect(one.page.locator("[data-saved]")).to_contain_text("Saved")
    again = walk(KOFI, **phone)
    again.open("/")
    again.follow("Go on")
    again.open(f"{lesson_of(begun)}/steps/write-your-own")
    expect(again.page.locator("#body")).to_have_value("The clapping at the end")


def test_pressed_twice_it_is_said_once(begun: Site, walk: Any) -> None:
    one = walk(KOFI)
    one.open(f"{lesson_of(begun)}/steps/write-your-own")
    one.fill(one.page.locator("#body"), OWN)
    one.page.get_by_role("button", name="I am content with it").dblclick()
    expect(one.page.locator("#said")).to_contain_text("“Studies show")
    assert begun.read(lambda: [row.sent for row in db.session.scalars(select(LessonText))]) == [OWN]


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_an_instructor_moves_changes_and_takes_out_a_step_and_undoes_it(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    one = walk(TEACHER, **(phone if "phone" in way else way))
    one.open(lesson_of(begun))
    one.follow("Edit the lesson")
    one.press("Move “Say why” up", leads=True)
    titles = one.page.locator(".edit-row strong")
    expect(titles.nth(1)).to_have_text("Say why")
    one.follow("Edit Say why")
    one.fill("Title", "Say why it matters")
    one.press("Save the step", leads=True)
    expect(titles.nth(1)).to_have_text("Say why it matters")
    one.follow("Edit Ask what you wonder")
    one.press("Take this step out", leads=True)
    expect(titles).to_have_count(9)
    one.press("Undo", leads=True)
    expect(titles).to_have_count(10)
    one.press("Back to the starter", leads=True)
    expect(titles.nth(1)).to_have_text("Name the place")
    one.press("Let it come before the first comment", leads=True)
    expect(one.page.locator("#first + p")).to_contain_text("It comes before a student's first comment")
