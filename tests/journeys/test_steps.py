"""Few steps: how many pages one stands on after the start, presses, and fields until a thing is done.

The page that says that it is done is not one of them. The three answers before a first post are asked for
by the guidelines; they are counted as neither presses nor fields.
"""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.queries_duties import next_for
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import seats_of
from classroom.projects.models import Project
from tests.journeys.places import TEACHER, rows_of_the_demo
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
GOOD = (
    "The menu stands at the bottom of the page, so on my phone I had to scroll past every photo to find it. "
    "Could you move it to the top? Then people who come for one thing find it at once."
)


def one_who_owes() -> tuple[str, str]:
    """A student who is asked to comment, and the post."""
    project = db.session.scalars(select(Project).order_by(Project.id)).all()[1]
    people = db.session.scalars(
        select(Person).join(Membership).where(Membership.role == Role.STUDENT).order_by(Person.id)
    )
    for person in people:
        actor = Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))
        if found := next_for(actor, project):
            return person.email, f"/posts/{found.public_id}"
    raise AssertionError("everyone in the demo is done")


def test_from_a_mails_link_to_a_posted_comment(lively: Site, walk: Any) -> None:
    email, path = lively.read(one_who_owes)
    one = walk(email)
    one.open(path)
    expect(one.page.locator(".work").first).to_be_in_viewport(ratio=0.3)
    expect(one.page.get_by_role("button", name="Post comment")).to_be_in_viewport(ratio=1)
    one.presses = 1  # the link itself
    one.fill(one.page.locator("#body"), GOOD)
    steps = (one.pages, one.presses + 1, one.fields)
    assert all(mine <= most for mine, most in zip(steps, (1, 2, 1), strict=True)), steps
    one.press("Post comment", leads=True)
    expect(one.page.locator("#receipt")).to_contain_text("Your comment is posted")


def test_passage_and_pen_are_both_in_view_on_a_phone(lively: Site, walk: Any, phone: Any) -> None:
    email, path = lively.read(one_who_owes)
    one = walk(email, **phone)
    one.open(path)
    passage = one.page.locator(".work p").first
    one.page.get_by_role("link", name="Comment…").tap()
    expect(one.page.locator("#body")).to_be_in_viewport(ratio=1)
    expect(one.page.get_by_role("button", name="Post comment")).to_be_in_viewport(ratio=1)
    expect(passage).to_be_in_viewport()


def test_from_an_empty_course_to_a_running_project(fresh: Site, walk: Any) -> None:
    one = walk("adaeze.okafor@example.edu")
    one.open("/courses/new")
    one.fill("What is it called?", "Writing for the Web")
    one.press("Create the course", leads=True)
    one.open("/")
    one.follow("Writing for the Web", exact=True)
    one.start()
    one.follow("Set it up")
    one.fill("Title", "Your first home page")
    one.fill("Brief", "Make one page about a place you know. A stranger should want to go there.")
    one.press("Save and check", leads=True)
    steps = (one.pages, one.presses + 1, one.fields)
    one.press("Publish", leads=True)
    expect(one.page.locator(".flashes").get_by_text("Published. Students see it now.")).to_be_visible()
    assert all(mine <= most for mine, most in zip(steps, (3, 6, 6), strict=True)), steps


def test_to_find_an_offending_comment_and_return_it(lively: Site, walk: Any) -> None:
    one = walk(TEACHER)
    one.open("/")
    one.start()
    one.follow("Open the queue")
    case = one.page.locator("article.case").first
    one.fill(case.get_by_label("note"), "There is a true point in it. Say that one about the work.")
    steps = (one.pages, one.presses + 1, one.fields)
    one.press(case.get_by_role("button", name="Return it"), leads=True)
    expect(one.page.locator(".flashes").get_by_text("Returned with your note.")).to_be_visible()
    assert all(mine <= most for mine, most in zip(steps, (1, 2, 1), strict=True)), steps


def test_to_the_feedback_on_ones_own_work(lively: Site, walk: Any) -> None:
    ids, people = lively.read(rows_of_the_demo)
    one = walk(people["author"])
    one.open("/")
    one.start()
    one.follow(one.page.locator(f"main a[href*='/posts/{ids['post']}']").first)
    assert one.pages <= 2
    assert (one.presses, one.fields) == (1, 0)
    expect(one.page.locator("#comments .note").first).to_be_visible()


def test_to_join_and_post_for_the_first_time(begun: Site, walk: Any) -> None:
    one = walk()
    one.open(f"/join/{begun.read(lambda: db.session.scalars(select(Course.join_code)).one())}")
    one.start()
    one.fill("Name", "Noor Haddad")
    one.fill("E-mail", "noor.haddad@example.edu")
    one.press("Join the course", leads=True)
    agree(one)
    one.fill("Your text", "# A walk to the lake\n\nThe path begins behind the school, where nobody looks.")
    steps = (one.pages, one.presses + 1, one.fields)
    one.press("Post your work", leads=True)
    expect(one.page.get_by_role("heading", name="Your post is in the class")).to_be_visible()
    assert all(mine <= most for mine, most in zip(steps, (3, 4, 3), strict=True)), steps


def agree(one: Any) -> None:
    """Three situations, their explanations, and one's word."""
    for scenario in one.page.locator("fieldset").all():
        scenario.locator("input").nth(1).check()
    one.press("Show me what holds here", leads=True)
    one.press("I have read them, and I will keep to them", leads=True)
