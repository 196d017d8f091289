"""What staff do with a course as a whole: see it as a student, take everything out, end it, delete it."""

import re
import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from tests.journeys.conftest import TEACHER
from tests.journeys.looking import faults
from tests.journeys.site import MAYA, Site
from tests.journeys.test_journeys import mayas_post

pytestmark = pytest.mark.browser


def test_seen_as_a_student_and_stopped(begun: Site, walk: Any) -> None:
    one = walk(TEACHER, bypass_csp=True)
    maya = select(Membership.public_id).join(Membership.person).where(Person.email == MAYA)
    one.open(f"/members/{begun.read(lambda: db.session.scalars(maya).one())}")
    one.press(one.page.get_by_role("button", name=re.compile("^See what")), leads=True)
    banner = one.page.get_by_role("complementary", name="Seen as a student")
    expect(banner).to_contain_text("Nothing can be changed")
    for path in ("/", mayas_post(begun), "/help"):
        one.open(path)
        expect(banner).to_be_visible()
        assert faults(one.page) == []
    one.allowed = ("status of 403",)
    one.open("/settings")
    expect(one.page.get_by_text("This is theirs alone.")).to_be_visible()
    one.press("Stop", leads=True)
    expect(banner).to_have_count(0)
    expect(one.page.get_by_text("looked")).to_be_visible()


def test_taken_out_over_and_deleted(begun: Site, walk: Any) -> None:
    one = walk(TEACHER, bypass_csp=True)
    course = begun.read(lambda: db.session.scalars(select(Course.public_id)).one())
    title = begun.read(lambda: db.session.scalars(select(Course.title)).one())
    one.open(f"/courses/{course}/settings")
    with one.page.expect_download() as taken:
        one.page.get_by_role("link", name="Download everything").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert "tables/comments.csv" in archive.namelist()
    one.press("The course is over", leads=True)
    expect(one.page.get_by_role("complementary", name="The course is over")).to_be_visible()
    assert faults(one.page) == []
    one.follow("Delete the course…")
    one.fill("Its title", "Another one")
    one.allowed = ("status of 422",)
    one.press("Delete it for good", leads=True)
    expect(one.page.locator("#title-error")).to_contain_text(title)
    one.fill("Its title", title)
    one.press("Delete it for good", leads=True)
    expect(one.page.get_by_text("is deleted, with everything that was in it").first).to_be_visible()
    assert begun.read(lambda: db.session.scalars(select(Course.id)).all()) == []
