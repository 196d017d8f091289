"""Staff look over everybody, find who is late, see what a student did, remind, and take tables out."""

import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.core.db import db
from classroom.courses.models import Course
from classroom.notices.models import Notice, NoticeKind
from tests.journeys.places import TEACHER
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def people(lively: Site) -> str:
    return f"/courses/{lively.read(lambda: db.session.scalars(select(Course.public_id)).one())}/people"


def test_from_the_matrix_to_a_reminder_and_a_workbook(lively: Site, walk: Any, people: str) -> None:
    one = walk(TEACHER)
    one.open(people)
    one.follow("Participation")
    rows, box = (
        one.page.locator("tr[data-item]"),
        one.page.get_by_role("region", name="Students and projects"),
    )
    expect(rows).to_have_count(24)
    head = box.get_by_role("columnheader", name="Student")
    box.evaluate("it => it.scrollTop = 900")
    stands = "it => it.getBoundingClientRect().top - it.closest('.table-box').getBoundingClientRect().top"
    assert abs(head.evaluate(stands)) < 2
    expect(rows.nth(0)).not_to_be_in_viewport()
    one.follow("Still owed")
    expect(box.get_by_role("columnheader", name="Still owed")).to_have_attribute("aria-sort", "descending")
    one.start()
    one.follow(one.page.locator(".filters a", has_text="Late"))
    name = rows.nth(0).get_by_role("rowheader").get_by_role("link")
    late = name.inner_text()
    one.follow(name)
    expect(one.page.get_by_role("heading", level=1)).to_have_text(late)
    one.press("Remind about Your first home page", leads=True)
    one.press("Remind 1 student", leads=True)
    expect(one.page.locator("#main").get_by_text("1 of 1 is reminded")).to_be_visible()
    assert one.steps == (4, 4, 0)
    told = select(Notice).where(Notice.kind == NoticeKind.REMINDED)
    assert len(lively.read(lambda: db.session.scalars(told.order_by(Notice.id)).all())) >= 1
    one.follow("All projects side by side")
    one.follow("Take it out…")
    with one.page.expect_download() as taken:
        one.page.get_by_role("link", name="All as one workbook").click()
    with zipfile.ZipFile(taken.value.path()) as book:
        assert len([part for part in book.namelist() if part.startswith("xl/worksheets/sheet")]) == 5


def test_on_a_phone_each_student_is_a_card(walk: Any, phone: dict[str, Any], people: str) -> None:
    one = walk(TEACHER, **phone)
    one.open(people)
    one.follow("Participation")
    card = one.page.locator("tr[data-item]").first
    cells = card.get_by_role("cell").all()
    tops = [cell.bounding_box()["y"] for cell in cells]
    assert tops == sorted(set(tops))  # one under the other
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    one.follow("what is owed", exact=True)
    one.follow(card.get_by_role("rowheader").get_by_role("link"))
    one.page.get_by_text("The same as a table").click()
    expect(one.page.get_by_role("columnheader", name="Week from")).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_every_row_is_there(walk: Any, people: str) -> None:
    one = walk(TEACHER)
    one.open(people.replace("/people", "/participation"))
    one.page.emulate_media(media="print")
    box = one.page.locator(".grid-box")
    assert box.evaluate("it => it.scrollHeight <= it.clientHeight + 1")
    expect(one.page.get_by_role("link", name="Take it out…")).to_be_hidden()
