"""A class walks through: set up, joined, written, coached, held, returned, rewritten, celebrated."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.accounts.commands import make_link
from classroom.accounts.models import LinkPurpose
from classroom.cli.serve import FIRST_LINK_LIFE
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.posts.models import Post
from classroom.projects.models import Project
from tests.journeys.conftest import TEACHER
from tests.journeys.looking import faults
from tests.journeys.places import rows_of_the_demo
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.test_steps import GOOD, agree

pytestmark = pytest.mark.browser
ROSTER = """Name;E-mail;Number
Maya Adler;maya.adler@example.edu;0071
王小明;xiaoming@example.edu;0072
José Núñez;jose@example.edu;0073
"""
SNARK = "Wow, did you even read the brief? The menu at the bottom is a joke."
ALSO = (
    "The sentence about the forty loaves works because it shows the hour without naming it. "
    "What does Mr Aydin do once the bus has come?"
)
KINDER = "The menu stands at the bottom, so I found the opening hours last. Could you move it to the top?"


def first_link(site: Site) -> str:
    token = make_link(LinkPurpose.FIRST_INSTRUCTOR, life=FIRST_LINK_LIFE)
    db.session.commit()
    return f"/first/{token}"


def test_an_instructor_begins_a_class(bare: Site, walk: Any) -> None:
    one = walk(bypass_csp=True)
    one.open(bare.read(lambda: first_link(bare)))
    assert faults(one.page) == []
    one.fill("Name", "Adaeze Okafor")
    one.fill("E-mail", TEACHER)
    one.fill("Password", "rain on the lake at six")
    one.press("Begin", leads=True)
    one.open("/courses/new")
    one.fill("What is it called?", "Writing for the Web")
    one.press("Create the course", leads=True)
    course = bare.read(lambda: db.session.scalars(select(Course.public_id)).one())

    one.open(f"/courses/{course}/people/import")
    one.fill("Or paste it", ROSTER)
    one.press("Look it over", leads=True)
    expect(one.page.get_by_text("Nothing is written yet.")).to_be_visible()
    expect(one.page.get_by_text("3 people are added.")).to_be_visible()
    one.press("Write it", leads=True)
    expect(one.page.get_by_role("heading", name="The roster is in")).to_be_visible()
    assert faults(one.page) == []

    one.open(f"/courses/{course}/guidelines")
    one.press("Take over the starter set", leads=True)
    one.press("Publish version 1", leads=True)

    one.open(f"/courses/{course}/projects")
    one.follow("New project")
    one.fill("Title", "Your first home page")
    one.fill("Brief", "Make one page about a place you know. A stranger should want to go there.")
    one.press("Save and check", leads=True)
    one.press("Publish", leads=True)
    expect(one.page.locator(".flashes")).to_contain_text("Published. Students see it now.")


def mayas_post(site: Site) -> str:
    return f"/posts/{site.read(lambda: db.session.scalars(select(Post.public_id).order_by(Post.id)).first())}"


def select_words(one: Any) -> None:
    """Over the first words of the work, with the mouse held down."""
    box = one.page.locator(".work p").first.bounding_box()
    one.page.mouse.move(box["x"] + 2, box["y"] + 12)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + 220, box["y"] + 12, steps=6)
    one.page.mouse.up()
    one.press("Comment on this")


def choose_by_keys(one: Any) -> None:
    one.press("Choose a passage")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")


def joins_and_posts(site: Site, one: Any) -> None:
    one.open(f"/join/{site.read(lambda: db.session.scalars(select(Course.join_code)).one())}")
    one.fill("Name", "Noor Haddad")
    one.fill("E-mail", "noor@example.edu")
    one.press("Join the course", leads=True)
    agree(one)
    one.fill("Your text", "# A walk to the lake\n\nThe path begins behind the school, where nobody looks.")
    one.press("Post your work", leads=True)
    expect(one.page.get_by_role("heading", name="Your post is in the class")).to_be_visible()


def anchored_and_coached(one: Any, phone: bool, scripts: bool, words: str) -> None:
    body = one.page.locator("#body")
    if phone:
        one.page.get_by_role("link", name="Comment…").tap()
    if not scripts:
        one.page.locator("summary", has_text="About one passage?").click()
        one.fill("Paste the words you mean", "The menu is at the bottom")
        one.fill(body, "Nice work.")
        one.press("Check before posting", leads=True)
    else:
        (choose_by_keys if phone else select_words)(one)
        expect(one.page.locator("#pen blockquote")).not_to_be_empty()
        one.write(body, "Nice work.")
    expect(one.page.locator("#coach .coach")).to_be_visible()
    one.fill(body, words)
    one.press("Post comment", leads=True)
    expect(one.page.locator("#receipt")).to_contain_text("Your comment is posted, and it counts.")


WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_a_student_joins_posts_is_coached_and_done(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    small, scripts = way.get("phone", False), way.get("java_script_enabled", True)
    one = walk(**(phone if small else way))
    joins_and_posts(begun, one)
    for words in (GOOD, ALSO):
        one.open(f"/projects/{begun.read(lambda: db.session.scalars(select(Project.public_id)).one())}/next")
        anchored_and_coached(one, small, scripts, words)
    expect(one.page.locator("#receipt")).to_contain_text("That is all you were asked for.")
    made = begun.read(lambda: db.session.scalars(select(Comment)).all())
    assert all(comment.quote for comment in made)


@pytest.mark.parametrize("way", [way for _, way in WAYS], ids=[name for name, _ in WAYS])
def test_snark_is_held_returned_rewritten_and_then_seen(
    begun: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    small = way.get("phone", False)
    options = phone if small else way
    kofi, maya, teacher = walk(KOFI, **options), walk(MAYA, **options), walk(TEACHER, **options)
    path = mayas_post(begun)
    kofi.open(path)
    agree_first(begun, kofi, path)
    if small:
        kofi.page.get_by_role("link", name="Comment…").tap()
    kofi.fill(kofi.page.locator("#body"), SNARK)
    kofi.press("Post comment", leads=True)
    expect(kofi.page.get_by_role("heading", level=1)).to_have_text("One look before it is sent")
    kofi.press("Leave it to a person", leads=True)
    expect(kofi.page.locator("#receipt")).to_contain_text("A person will look at it")
    maya.open(path)
    expect(maya.page.get_by_text("did you even read")).to_have_count(0)

    teacher.open("/")
    teacher.follow("Open the queue")
    case = teacher.page.locator("article.case").first
    teacher.fill(case.get_by_label("note"), "There is a true point in it. Say that one about the work.")
    teacher.press(case.get_by_role("button", name="Return it"), leads=True)

    kofi.open("/")
    kofi.follow("Rewrite it")
    kofi.page.locator("#main").get_by_role("link", name="Rewrite").first.click()
    kofi.page.wait_for_url(re.compile("/edit"))
    expect(kofi.page.get_by_text("Say that one about the work.")).to_be_visible()
    kofi.fill(kofi.page.locator("#body"), KINDER)
    kofi.press("Post it again", leads=True)
    expect(kofi.page.locator("#receipt")).to_contain_text("it counts")
    maya.open(path)
    expect(maya.page.locator("#comments")).to_contain_text("I found the opening hours last")


def agree_first(site: Site, one: Any, path: str) -> None:
    course = site.read(lambda: db.session.scalars(select(Course.public_id)).one())
    one.open(f"/courses/{course}/guidelines/acknowledgement?next={path}")
    agree(one)


def test_a_great_comment_reaches_the_wall(begun: Site, walk: Any) -> None:
    kofi, maya, teacher = walk(KOFI), walk(MAYA), walk(TEACHER)
    path = mayas_post(begun)
    agree_first(begun, kofi, path)
    kofi.fill(kofi.page.locator("#body"), GOOD)
    kofi.press("Post comment", leads=True)
    maya.open(path)
    maya.press(maya.page.locator("#comments").get_by_role("button", name="useful"), leads=True)
    maya.press("I acted on this", leads=True)
    expect(maya.page.locator("#comments")).to_contain_text("acted on in revision 1")

    teacher.open(path)
    teacher.follow("Celebrate")
    teacher.page.get_by_role("checkbox").first.check()
    teacher.fill("Why", "It says what a reader could not find, and where it would be found.")
    teacher.press("Celebrate it", leads=True)
    course = begun.read(lambda: db.session.scalars(select(Course.public_id)).one())
    maya.open(f"/courses/{course}/great-comments")
    expect(maya.page.locator("article.great")).to_have_count(0)
    kofi.open("/")
    kofi.follow("Say if it may be shown")
    kofi.page.get_by_role("radio").first.check()
    kofi.press("Save", leads=True)
    maya.open(f"/courses/{course}/great-comments")
    expect(maya.page.locator("article.great")).to_contain_text("scroll past every photo")


def test_feedback_on_ones_own_work_stands_beside_its_passages(still: Site, walk: Any) -> None:
    ids, people = still.read(rows_of_the_demo)
    one = walk(people["author"])
    one.open(f"/posts/{ids['post']}")
    notes = one.page.locator(".note.beside")
    expect(notes).not_to_have_count(0)
    work, free = one.page.locator(".work").bounding_box(), 0.0
    for note in notes.all():
        box = note.bounding_box()
        passage = one.page.locator(f"#passage-{note.get_attribute('id')[2:]}").bounding_box()
        assert box["x"] > work["x"] + work["width"]  # beside it,
        assert box["y"] >= passage["y"] - 1  # never above its passage,
        assert box["y"] >= free  # and none over another
        free = box["y"] + box["height"]
    one.page.set_viewport_size({"width": 390, "height": 844})
    expect(notes).to_have_count(0)
