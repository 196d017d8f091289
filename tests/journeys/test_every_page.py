"""Every page, as everyone who sees it differently: axe, sideways scroll, complaints on the console."""

from typing import Any

import pytest

from tests.journeys.looking import faults
from tests.journeys.places import all_places, rows_of_the_demo
from tests.journeys.site import Site

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
def known(still: Site, rows: Any) -> dict[str, dict[str, Any]]:
    """Signed-in browsers, one cookie for each kind of person."""
    return {who: still.cookie_of(email) for who, email in rows[1].items() if email}


@pytest.mark.parametrize(("who", "path"), all_places())
def test_nothing_is_wrong_with_the_page(walk: Any, rows: Any, known: Any, who: str, path: str) -> None:
    one = walk(bypass_csp=True)
    if who in known:
        one.context.add_cookies([known[who]])
    status = 404 if path in MISSING else 403 if (who, path) in FORBIDDEN else 200
    if status != 200:
        one.allowed = (f"status of {status}",)
    answer = one.page.goto(one.url + path.format(**rows[0]))
    one.settled()
    assert answer.status == status
    assert faults(one.page) == []
