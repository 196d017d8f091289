"""Several comments kept and sent in one press, and words that are saved by leaving."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.states import State
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import agree_first, mayas_post
from tests.journeys.test_steps import GOOD

pytestmark = pytest.mark.browser
MORE = "The map has no legend, so I could not tell which line is the tram. Could you name it beside the line?"


@pytest.fixture
def kofi(begun: Site, walk: Any) -> Any:
    """A student with an empty pen beside a post."""
    one = walk(KOFI)
    agree_first(begun, one, mayas_post(begun))
    return one


def test_two_are_kept_and_a_double_click_posts_each_once(begun: Site, kofi: Any) -> None:
    for body in (GOOD, MORE):
        kofi.fill(kofi.page.locator("#body"), body)
        kofi.press("Keep it and write another", leads=True)
        expect(kofi.page.locator("#body")).to_have_value("")
    expect(kofi.page.locator(".note.draft")).to_have_count(2)
    kofi.page.get_by_role("button", name="Post all 2").dblclick()
    expect(kofi.page.locator(".note.draft")).to_have_count(0)
    made = select(func.count()).select_from(Comment).where(Comment.state != State.DRAFT)
    assert begun.read(lambda: db.session.scalar(made)) == 2


def test_leaving_at_once_saves_what_was_typed(kofi: Any) -> None:
    here = kofi.page.url
    kofi.page.locator("#body").fill(MORE)
    kofi.follow("Guidelines", exact=True)
    kofi.open(here)
    expect(kofi.page.locator("#body")).to_have_value(MORE)
