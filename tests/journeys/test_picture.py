"""From the people of a course to its picture, and from somebody without a line to the act that helps."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.core.db import db
from classroom.courses.models import Course
from classroom.projects.models import Project
from tests.journeys.looking import faults
from tests.journeys.places import TEACHER
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("small", [False, True], ids=["wide", "phone"])
def test_from_the_picture_to_whom_nobody_has_helped_yet(
    lively: Site, walk: Any, phone: Any, small: bool
) -> None:
    course = lively.read(lambda: db.session.scalars(select(Course.public_id).order_by(Course.id)).first())
    title = lively.read(lambda: db.session.scalars(select(Project.title).order_by(Project.id)).all()[1])
    one = walk(TEACHER, **(phone if small else {}), bypass_csp=True)
    one.open(f"/courses/{course}/people")
    one.follow("As a picture")
    expect(one.page.get_by_role("img", name="24 students")).to_be_visible()
    expect(one.page.locator(".network .dot")).to_have_count(24)
    one.follow(title)
    expect(one.page.locator(".network .dot.alone")).to_have_count(1)
    assert faults(one.page) == []
    without = one.page.locator(".isolated-name bdi").first.inner_text()
    one.follow(f"Nudge {without}")
    expect(one.page.get_by_role("rowheader")).to_have_count(1)
    expect(one.page.get_by_role("rowheader")).to_contain_text(without)
    one.page.go_back()
    one.follow(one.page.get_by_role("list", name="Section").get_by_role("link", name="A", exact=True))
    expect(one.page.locator(".network .dot")).to_have_count(12)
    assert re.search(r"project=\w+.*section=\w+|section=\w+.*project=\w+", one.page.url)
