"""How a comment helped, in one press; the writer's own page and what they take along; two to talk with."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.posts.models import Post
from tests.journeys.looking import faults
from tests.journeys.places import TEACHER
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
JONAS, MAYA = "jonas.weber@example.edu", "maya.adler@example.edu"
TWO = "You said quietly: showed me where, gave me a next step"


def mayas(site: Site) -> str:
    """Her post in the project that is under way."""
    hers = select(Post.public_id).join(Person, Person.id == Post.author_id).where(Person.email == MAYA)
    return str(site.read(lambda: db.session.scalars(hers.order_by(Post.project_id)).all()[1]))


def course(site: Site) -> str:
    return str(site.read(lambda: db.session.scalars(select(Course.public_id)).one()))


@pytest.mark.parametrize("small", [False, True], ids=["wide", "phone"])
def test_a_reason_is_one_press_and_goes_back_with_one(
    lively: Site, walk: Any, phone: Any, small: bool
) -> None:
    maya = walk(MAYA, **(phone if small else {}))
    page = maya.open(f"/posts/{mayas(lively)}")
    key = page.locator("article.note", has_text=TWO).first.get_attribute("id")
    said = page.locator(f"#{key} details.reasons")
    said.locator("summary").click()
    said.get_by_role("button", name="told me why").click()
    expect(said.locator("summary")).to_have_text(TWO.replace("where,", "where, told me why,"))
    said.locator("summary").click()
    expect(said.get_by_role("button", name="made me think")).to_have_count(0)  # three say enough
    said.get_by_role("button", name="told me why").click()
    expect(said.locator("summary")).to_have_text(TWO)


@pytest.mark.parametrize("small", [False, True], ids=["wide", "phone"])
def test_from_my_comments_to_a_page_that_stands_alone(
    lively: Site, walk: Any, phone: Any, tmp_path: Path, small: bool
) -> None:
    jonas = walk(JONAS, **(phone if small else {}))
    page = jonas.open(f"/courses/{course(lively)}/my-comments")
    expect(page.get_by_text("showed me where")).to_be_visible()
    page.get_by_role("link", name="Acted on").click()
    expect(page.locator("article.note")).to_have_count(1)
    page.get_by_role("link", name="Make a portfolio").click()
    expect(page.get_by_role("button", name="Look at it")).to_be_visible()
    jonas.settled()  # else they are counted while the page still comes
    pieces = page.locator("article.piece")
    before = pieces.count()
    page.get_by_label("Your first home page: If two people press").uncheck()
    page.get_by_role("button", name="Look at it").click()
    expect(pieces).to_have_count(before - 1)
    assert faults(page) == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download as a page").click()
    kept = tmp_path / "portfolio.html"
    coming.value.save_as(kept)
    page.goto(kept.as_uri())
    expect(page.locator("article.piece")).to_have_count(before - 1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Comments I wrote in Writing for the Web")
    assert not any(name in kept.read_text() for name in ("Wulan", "Gio", "Omar", "Maya"))


def test_two_who_never_help_each_other_are_written_to_kindly(lively: Site, walk: Any) -> None:
    staff = walk(TEACHER)
    page = staff.open(f"/courses/{course(lively)}/between-two")
    expect(page.get_by_text("never each other’s", exact=True)).to_be_visible()
    page.get_by_role("button", name="Talk with them").click()
    expect(page.get_by_role("textbox", name="What it is about")).to_have_value("A word with you")
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Send it to 2 students").click()
    expect(page.get_by_text("Sent to 2 students.")).to_be_visible()
