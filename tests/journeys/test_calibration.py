"""Practising on a sample, at a desk, with a thumb and without scripts; and the instructor who writes one."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.accounts.models import Person
from classroom.calibration.commands import use_samples
from classroom.calibration.models import Answer, Sample, Use
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.states import State
from classroom.projects.models import Project
from tests.journeys.conftest import TEACHER
from tests.journeys.site import KOFI, Site
from tests.journeys.test_journeys import agree_first, mayas_post
from tests.journeys.test_steps import GOOD

pytestmark = pytest.mark.browser
WAYS = [("wide", {}), ("phone", {"phone": True}), ("without scripts", {"java_script_enabled": False})]
MINE = "The three counts convinced me. I would move them to the top, before the sentence about the money."


def project_of(site: Site) -> str:
    return str(site.read(lambda: db.session.scalars(select(Project.public_id)).first()))


def first_sample(site: Site) -> str:
    return str(site.read(lambda: db.session.scalars(select(Sample.public_id).order_by(Sample.id)).first()))


@pytest.fixture
def asked_first(begun: Site, walk: Any) -> Site:
    """The instructor takes the two that are ready, and has everyone practise before the first comment."""
    teacher = walk(TEACHER)
    teacher.open(f"/projects/{project_of(begun)}")
    teacher.follow("Samples to practise on, with your own comments")
    teacher.press("Take two that are ready", leads=True)
    teacher.press(teacher.page.get_by_text("Before the first comment in this project"))
    teacher.press("Save", leads=True)
    expect(teacher.page.get_by_role("radio", name="Before the first comment in this project")).to_be_checked()
    return begun


def browser(site: Site, walk: Any, phone: Any, way: dict[str, Any]) -> Any:
    options = {key: value for key, value in way.items() if key != "phone"} | (
        phone if way.get("phone") else {}
    )
    return walk(KOFI, **options)


@pytest.mark.parametrize("way", [way for _name, way in WAYS], ids=[name for name, _way in WAYS])
def test_words_are_kept_one_practises_and_comes_back(
    asked_first: Site, walk: Any, phone: Any, way: dict[str, Any]
) -> None:
    kofi = browser(asked_first, walk, phone, way)
    path = mayas_post(asked_first)
    agree_first(asked_first, kofi, path)
    if way.get("phone"):
        kofi.page.locator("[data-pen-open]").click()
    kofi.fill(kofi.page.locator("#body"), GOOD)
    kofi.press("Post comment", leads=True)
    expect(kofi.page.locator("main").get_by_text("Your comment is kept as a draft.")).to_be_visible()
    if way.get("phone"):
        kofi.page.locator("[data-pen-open]").click()
    kofi.fill(kofi.page.locator("#body"), MINE)
    kofi.press("Done: show me both", leads=True)
    expect(kofi.page.get_by_role("heading", name="Why, one thing at a time")).to_be_visible()
    expect(kofi.page.get_by_text("Found in these words:").first).to_be_visible()
    _see_it_otherwise(kofi)
    kofi.follow("Back to your comment")
    if way.get("phone"):
        kofi.page.locator("[data-pen-open]").click()
    expect(kofi.page.locator("#body")).to_have_value(GOOD)
    kofi.press("Post comment", leads=True)
    sent = select(Comment.body).where(Comment.state == State.VISIBLE)
    assert asked_first.read(lambda: db.session.scalars(sent).all()) == [GOOD]


def _see_it_otherwise(kofi: Any) -> None:
    point = kofi.page.locator("#on-point")
    kofi.press(point.get_by_text("I see it otherwise").first)
    kofi.fill(point.get_by_role("textbox").first, "I think that the ending carries it.")
    kofi.press(point.get_by_role("button", name="Tell my instructor").first, leads=True)
    expect(kofi.page.get_by_text("You see it otherwise:")).to_be_visible()
    expect(kofi.page.get_by_text("has not answered yet")).to_be_visible()


def test_the_instructor_answers_and_the_student_is_told(asked_first: Site, walk: Any) -> None:
    kofi, teacher = walk(KOFI), walk(TEACHER)
    kofi.open(f"/samples/{first_sample(asked_first)}")
    kofi.fill(kofi.page.locator("#body"), MINE)
    kofi.press("Done: show me both", leads=True)
    _see_it_otherwise(kofi)
    teacher.open(f"/projects/{project_of(asked_first)}/calibration")
    expect(teacher.page.get_by_text("I think that the ending carries it.")).to_be_visible()
    teacher.press("You are right", leads=True)
    kofi.open("/news")
    kofi.follow("Your instructor answered what you said")
    expect(kofi.page.get_by_text("Your instructor says: you are right.")).to_be_visible()
    kofi.follow("Try another sample")
    expect(kofi.page.get_by_role("heading", name="A sign for the repair café")).to_be_visible()


def test_a_draft_and_a_passage_are_kept_and_a_double_click_sends_once(asked_first: Site, walk: Any) -> None:
    kofi = walk(KOFI)
    here = f"/samples/{first_sample(asked_first)}"
    kofi.open(here)
    kofi.page.evaluate("""() => {
        const text = document.querySelector(".work p:nth-of-type(2)").firstChild;
        getSelection().setBaseAndExtent(text, 0, text, 40);
    }""")
    kofi.press(kofi.page.locator(".quote-here"))
    kofi.write(kofi.page.locator("#body"), MINE)
    expect(kofi.page.locator(".coach-box .met").first).to_be_visible()
    expect(kofi.page.locator("[data-saved]")).to_contain_text("Saved")
    kofi.open(here)
    expect(kofi.page.locator("#body")).to_have_value(MINE)
    kofi.page.get_by_role("button", name="Done: show me both").dblclick()
    expect(kofi.page.get_by_role("heading", name="The work again")).to_be_visible()
    expect(kofi.page.locator("#passage-mine")).to_be_visible()
    assert asked_first.read(lambda: len(db.session.scalars(select(Answer)).all())) == 1


def test_an_instructor_writes_a_sample_of_their_own(begun: Site, walk: Any) -> None:
    teacher = walk(TEACHER)
    teacher.allowed = ("422",)
    teacher.open(f"/projects/{project_of(begun)}/calibration")
    teacher.follow("Write a sample")
    teacher.fill("Title", "The ferry")
    teacher.fill("The work", "The ferry leaves when the ferryman has finished his soup. The map is large.")
    teacher.press("Save, and write your comment", leads=True)
    teacher.fill("Your comment", "The soup made me laugh, because it tells me that the time is no promise.")
    teacher.press("Save, and see it as a student", leads=True)
    expect(teacher.page.get_by_text("Give the reason for at least one criterion").first).to_be_visible()
    teacher.fill("Makes a point", "It says what the sentence did to me.")
    teacher.press("Save, and see it as a student", leads=True)
    expect(teacher.page.get_by_text("It says what the sentence did to me.")).to_be_visible()
    expect(teacher.page.get_by_text("Nothing was saved.")).to_be_visible()


def test_whoever_commented_before_is_not_held_up(lively: Site, walk: Any) -> None:
    def writer() -> str:
        row = db.session.scalars(
            select(Person.email)
            .join(Comment, Comment.author_id == Person.id)
            .join(Sample, Sample.project_id == Comment.project_id)
            .where(Comment.state == State.VISIBLE)
            .where(Person.id.not_in(select(Answer.author_id)))
        ).first()
        sample = db.session.scalars(select(Sample)).first()
        use_samples(db.session.get_one(Project, sample.project_id), Use.FIRST)
        db.session.commit()
        return str(row)

    one = walk(lively.read(writer))
    project = str(
        lively.read(
            lambda: db.session.scalars(
                select(Project.public_id).join(Sample, Sample.project_id == Project.id)
            ).first()
        )
    )
    one.open(f"/projects/{project}/next")
    expect(one.page.get_by_text("you practise once on a sample")).to_have_count(0)
