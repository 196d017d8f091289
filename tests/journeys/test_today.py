"""Today in a browser: one page and two presses remind just those who owe, and Today says what came of it."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.notices.models import Tending
from classroom.projects.models import Project
from tests.factories import Make
from tests.journeys.looking import faults
from tests.journeys.places import TEACHER
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
WORDS = "Come to me on Friday, and we begin it together."
WHO, PROJECT = "Wulandari", "Your first home page"


def posts(site: Site) -> None:
    """She posts after all."""

    def write() -> None:
        project = db.session.scalars(select(Project).where(Project.title == PROJECT)).one()
        Make().post(project, db.session.scalars(select(Person).where(Person.name == WHO)).one())
        db.session.commit()

    site.read(write)


def kept(site: Site) -> list[str]:
    """The words of those reminders that were sent in this journey."""
    asked = select(Tending.text).where(Tending.text == WORDS)
    return site.read(lambda: list(db.session.scalars(asked)))


@pytest.mark.parametrize("way", ["wide", "phone"])
def test_two_presses_remind_just_those_who_owe(lively: Site, walk: Any, phone: Any, way: str) -> None:
    teacher = walk(TEACHER, bypass_csp=True, **(phone if way == "phone" else {}))
    teacher.open("/")
    teacher.follow("Today in your course")
    expect(teacher.page.locator("main")).to_contain_text(f"22 of 24 have posted in “{PROJECT}”")
    assert faults(teacher.page) == []
    teacher.start()
    teacher.press("Remind 2…", leads=True)
    expect(teacher.page.locator("main")).to_contain_text(WHO)
    assert kept(lively) == []
    assert faults(teacher.page) == []
    teacher.fill("Your words to them", WORDS)
    teacher.press("Remind 2 students", leads=True)
    assert teacher.steps == (2, 2, 1)  # from Today: two presses, and the words that were changed
    expect(teacher.page.locator(".flashes")).to_contain_text("2 of 2 are reminded")
    assert kept(lively) == [WORDS, WORDS]
    came = teacher.page.locator("section", has=teacher.page.get_by_role("heading", name="What came of it"))
    expect(came).to_contain_text("Reminded today: 0 of 2 have gone on since")
    address = lively.read(lambda: db.session.scalars(select(Person.email).where(Person.name == WHO)).one())
    assert any(WORDS in letter for letter in lively.letters(address))
    posts(lively)
    teacher.open(teacher.page.url)
    expect(came).to_contain_text("Reminded today: 1 of 2 have gone on since")
    came.locator("summary").first.click()
    expect(came).to_contain_text(f"{WHO}: posted today")
    assert teacher.page.get_by_text(f"23 of 24 have posted in “{PROJECT}”").count() == 1
