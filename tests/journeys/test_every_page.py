"""Every page, as everyone who sees it differently: axe, sideways scroll, complaints on the console."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import faults
from tests.journeys.places import all_places, refused_places, rows_of_the_demo
from tests.journeys.site import Site
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
MISSING = {"/nothing-here", "/no-such-page", "/join/nowhere-at-all", "/sign-in/link/used"}
FORBIDDEN = {
    ("student", "/courses/{course}/queue"),
    ("author", "/comments/{good}/highlight"),
    ("author", "/moderation/comment/{good}"),
}


@pytest.fixture(scope="module")
def rows(still: Site) -> Any:
    return still.read(rows_of_the_demo)


@pytest.fixture(scope="module")
def known(chromium: Browser, still: Site, rows: Any) -> Iterator[Callable[[str], Walker]]:
    """`known("teacher")` is their browser: one for each kind of person, opened once."""
    walkers: dict[str, Walker] = {}

    def browser_of(who: str) -> Walker:
        if who not in walkers:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 800}, reduced_motion="reduce", bypass_csp=True
            )
            if email := rows[1].get(who):
                context.add_cookies([still.cookie_of(email)])  # type: ignore[list-item]
            walkers[who] = Walker(context, still.url)
        walkers[who].complaints.clear()
        return walkers[who]

    yield browser_of
    for one in walkers.values():
        one.context.close()


def complaints(one: Walker, status: int) -> list[str]:
    """What the console said, but for the status that was to come."""
    return [said for said in one.complaints if status == 200 or f"status of {status}" not in said]


@pytest.mark.parametrize(("who", "path"), all_places())
def test_nothing_is_wrong_with_the_page(known: Any, rows: Any, who: str, path: str) -> None:
    one = known(who)
    status = 404 if path in MISSING else 403 if (who, path) in FORBIDDEN else 200
    answer = one.page.goto(one.url + path.format(**rows[0]))
    one.settled()
    assert answer.status == status
    assert faults(one.page) == []
    assert complaints(one, status) == []


@pytest.mark.parametrize(("who", "path", "form"), refused_places())
def test_nothing_is_wrong_with_a_form_that_was_refused(
    known: Any, rows: Any, who: str, path: str, form: str
) -> None:
    """All fields emptied and sent: 422, the words beside the fields and on top, the focus on them."""
    one = known(who)
    one.page.goto(one.url + path.format(**rows[0]))
    one.settled()
    with one.page.expect_navigation() as sent:
        one.page.evaluate(EMPTIED, form.format(**rows[0]))
    one.settled()
    assert sent.value.status == 422, one.page.url
    assert one.page.title().startswith("Error:")
    assert one.page.locator("[aria-invalid=true], [data-problems]").count() > 0
    assert faults(one.page) == []
    assert complaints(one, 422) == []


# As a person would who clears all that is written, and whose browser checks nothing.
EMPTIED = """action => {
    const form = [...document.forms].find(one => new URL(one.action, location).pathname === action
        && one.method === 'post');
    if (!form) throw new Error('no form goes to ' + action + ' but: '
        + [...document.forms].map(one => one.action).join(' '));
    for (const field of form.elements) {
        if (['text', 'email', 'password', 'textarea', 'date', 'number', 'datetime-local', 'url', 'search']
            .includes(field.type)) field.value = '';
        if (['radio', 'checkbox'].includes(field.type)) field.checked = false;
    }
    form.noValidate = true;
    HTMLFormElement.prototype.submit.call(form);
}"""
