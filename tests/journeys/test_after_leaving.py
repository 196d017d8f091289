"""What a browser still shows after one has left, and what it would report: nothing."""

import time
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.moderation.models import LogEntry
from classroom.posts.models import Post, Revision
from classroom.projects.models import Project
from tests.journeys.conftest import TEACHER
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.test_journeys import KINDER, SNARK, agree_first, mayas_post
from tests.security.test_stored_text import ATTACK, poison_rows

pytestmark = pytest.mark.browser


def test_going_back_after_signing_out_shows_nothing(begun: Site, walk: Any) -> None:
    """Neither from the browser's memory of the page nor from the server."""
    kofi = walk(KOFI)
    kofi.open("/")
    kofi.open(mayas_post(begun))
    expect(kofi.page.locator(".work").first).to_be_visible()
    kofi.open("/settings")
    kofi.press(kofi.page.get_by_role("button", name="Sign out").first, leads=True)
    for _ in range(3):
        kofi.page.go_back()
        kofi.page.wait_for_load_state("load")
        expect(kofi.page.get_by_role("heading", name="Welcome back")).to_be_visible()
        assert "bakery" not in kofi.page.content()
        assert "Kofi" not in kofi.page.content()


LISTEN = """addEventListener('securitypolicyviolation', event => {
    (window.reported ??= []).push(event.violatedDirective + ' ' + event.blockedURI);
});"""


def test_no_page_with_attacks_in_every_field_breaks_the_policy(lively: Site, walk: Any) -> None:
    """The browser's own judge: nothing ran, nothing was loaded, nothing had to be refused."""
    with lively.app.app_context(), lively.app.test_request_context():
        poison_rows(ATTACK)
        db.session.remove()
    course = lively.read(lambda: db.session.scalars(select(Course.public_id)).one())
    project = lively.read(lambda: db.session.scalars(select(Project.public_id).order_by(Project.id)).all()[1])
    post = lively.read(lambda: db.session.scalars(select(Post.public_id).join(Comment)).first())
    comment = lively.read(lambda: db.session.scalars(
        select(Comment.public_id).join(LogEntry, LogEntry.subject_id == Comment.id)).first())  # fmt: skip
    own = lively.read(lambda: db.session.scalars(select(Post.public_id).join(Revision)).first())
    one = walk("a.okafor@example.edu")
    one.context.add_init_script(LISTEN)
    ran: list[str] = []
    one.page.on("dialog", lambda box: (ran.append(box.message), box.dismiss()))
    for path in (
        "/", "/news", "/settings", f"/courses/{course}/projects", f"/projects/{project}", f"/posts/{post}",
        f"/posts/{own}/changes?from=1&to=1", f"/courses/{course}/queue", f"/courses/{course}/people",
        f"/courses/{course}/great-comments", f"/courses/{course}/guidelines",
        f"/moderation/comment/{comment}", f"/projects/{project}/coverage", f"/projects/{project}/edit",
    ):  # fmt: skip
        one.open(path)
        assert one.page.evaluate("window.reported ?? []") == [], path
    assert ran == []


def arrived(site: Site, to: str, path: str) -> str:
    """The link in somebody's newest letter; letters leave after the commit, by a worker."""
    until = time.monotonic() + 10
    while not any(path in text for text in site.letters(to)) and time.monotonic() < until:
        time.sleep(0.1)
    return site.link_in_mail(to, path)


def test_from_the_letters_own_link_to_a_comment_that_is_approved(begun: Site, walk: Any, phone: Any) -> None:
    """On a phone: held, returned; from its letter signed in by another letter, rewritten, approved, seen."""
    kofi, teacher = walk(KOFI, **phone), walk(TEACHER, **phone)
    path = mayas_post(begun)
    agree_first(begun, kofi, path)
    kofi.page.get_by_role("link", name="Comment…").tap()
    kofi.fill(kofi.page.locator("#body"), SNARK)
    kofi.press("Post comment", leads=True)
    kofi.press("Leave it to a person", leads=True)
    teacher.open("/")
    teacher.follow("Open the queue")
    case = teacher.page.locator("article.case").first
    teacher.fill(case.get_by_label("note"), "There is a true point in it. Say that one about the work.")
    teacher.press(case.get_by_role("button", name="Return it"), leads=True)

    elsewhere = walk(**phone)
    elsewhere.open(arrived(begun, KOFI, "/comments/"))
    expect(elsewhere.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    elsewhere.fill("E-mail", KOFI)
    elsewhere.press("Mail me a link instead", leads=True)
    elsewhere.open(arrived(begun, KOFI, "/sign-in/link/"))
    elsewhere.press(elsewhere.page.get_by_role("button", name="Sign in as"), leads=True)
    assert path in elsewhere.page.url, "one stands where the first letter led"
    elsewhere.page.locator("#main").get_by_role("link", name="Rewrite").first.click()
    elsewhere.page.wait_for_url("**/edit*")
    elsewhere.fill(elsewhere.page.locator("#body"), f"{SNARK} {KINDER}")
    elsewhere.press("Post it again", leads=True)
    elsewhere.press("Leave it to a person", leads=True)
    expect(elsewhere.page.locator("#main")).to_contain_text("Your comment waits for a person")

    teacher.open("/")
    teacher.follow("Open the queue")
    case = teacher.page.locator("article.case").first
    expect(case).to_contain_text("I found the opening hours last")
    teacher.press(case.get_by_role("button", name="Approve"), leads=True)
    maya = walk(MAYA, **phone)
    maya.open(path)
    expect(maya.page.locator("#comments")).to_contain_text("I found the opening hours last")


@pytest.mark.parametrize(
    "way", [{"phone": True}, {"java_script_enabled": False}], ids=["phone", "no scripts"]
)
def test_a_celebration_waits_for_the_writers_word(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    """Celebrated by the instructor, and on the wall only once its writer said yes; then taken back."""
    options = phone if way.get("phone") else way
    kofi, maya, teacher = walk(KOFI, **options), walk(MAYA, **options), walk(TEACHER, **options)
    path = mayas_post(begun)
    agree_first(begun, kofi, path)
    if way.get("phone"):
        kofi.page.get_by_role("link", name="Comment…").tap()
    elif kofi.page.locator("#pen").is_hidden():
        kofi.page.get_by_role("link", name="Comment…").click()
    kofi.fill(
        kofi.page.locator("#body"),
        "The menu stands at the bottom of the page, so on my phone I had to scroll past every photo. "
        "Could you move it to the top? Then people who come for one thing find it at once.",
    )
    kofi.press("Post comment", leads=True)
    teacher.open(path)
    teacher.follow("Celebrate")
    box = teacher.page.get_by_role("checkbox").first
    box.check()
    teacher.fill("Why", "It says what a reader could not find, and where it would be found.")
    teacher.press("Celebrate it", leads=True)
    course = begun.read(lambda: db.session.scalars(select(Course.public_id)).one())
    wall = f"/courses/{course}/great-comments"
    maya.open(wall)
    expect(maya.page.locator("article.great")).to_have_count(0)
    kofi.open("/")
    kofi.follow("Say if it may be shown")
    kofi.page.get_by_role("radio").first.check()
    kofi.press("Save", leads=True)
    maya.open(wall)
    expect(maya.page.locator("article.great")).to_contain_text("scroll past every photo")
    kofi.page.get_by_role("radio").last.check()
    kofi.press("Save", leads=True)
    maya.open(wall)
    expect(maya.page.locator("article.great")).to_have_count(0)
