"""A board in a browser: written on by five, invisible before, revealed at once, felt, answered."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.boards import commands
from classroom.boards.models import Board
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.courses.queries import seats_of
from tests.factories import Make
from tests.journeys.conftest import TEACHER
from tests.journeys.site import KOFI, MAYA, Site
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
IDA = "ida@example.edu"
NOTES = {
    MAYA: "I am afraid to say something wrong.",
    KOFI: "What if my tip is wrong and they lose points?",
    "noor@example.edu": "Does helping count as cheating?",
    "lena@example.edu": "No time, I work in the evenings.",
    IDA: "Everyone else knows more than I do.",
}
RUDE = "You are all idiots anyway."
QUESTION = "What holds you back from helping one another?"


def join(site: Site) -> str:
    """Three more students; the address of the course's boards."""

    def enrol() -> str:
        course = db.session.scalars(select(Course)).one()
        for email in list(NOTES)[2:]:
            person = Make().student(course, email.partition("@")[0].title())
            person.email = person.email_key = email
        db.session.commit()
        return f"/courses/{course.public_id}/boards"

    with site.app.test_request_context():
        return site.read(enrol)


def others_write(site: Site) -> None:
    """The three who are not looked over the shoulder."""

    def put() -> None:
        board = db.session.scalars(select(Board)).one()
        for email in set(NOTES) - {MAYA, IDA}:
            person = db.session.scalars(select(Person).where(Person.email == email)).one()
            eyes = Actor(person.id, person.name, "", seats=seats_of(person.id))
            commands.write(eyes, board, 1, NOTES[email], once=email, holds=False)
        db.session.commit()

    site.read(put)


def write(one: Walker, board: str, words: str) -> None:
    one.open(board)
    one.fill(one.page.locator("textarea"), words)
    one.press("Put it on the board", leads=True)


def open_board(teacher: Walker, boards: str) -> str:
    teacher.open(boards)
    teacher.follow("Open a board")
    teacher.page.get_by_role("link", name="Take this one").first.click()
    expect(teacher.page.get_by_label("Title")).to_have_value(QUESTION)
    teacher.press("Open the board", leads=True)
    expect(teacher.page.locator("main")).to_contain_text("0 of 5 have written")
    return teacher.page.url.removeprefix(teacher.url)


def sees_nothing(one: Walker, board: str) -> None:
    """Not in the page's source, nor by any address that takes the wall elsewhere."""
    one.allowed = ("404", "403")
    for end in ("", "/projector", "/wall.svg", "/notes.csv", "/groups"):
        told = one.context.request.get(one.url + board + end).text()
        assert not any(words in told for words in (*NOTES.values(), RUDE)), end


@pytest.mark.parametrize("on_phone", [False, True], ids=["wide", "phone"])
def test_a_board_from_its_question_to_its_answer(begun: Site, walk: Any, phone: Any, on_phone: bool) -> None:
    way = phone if on_phone else {}
    boards = join(begun)
    teacher = walk(TEACHER, **way)
    board = open_board(teacher, boards)
    others_write(begun)
    for email in (MAYA, IDA):
        one = walk(email, **way)
        write(one, board, NOTES[email])
        expect(one.page.locator(".board-note.mine")).to_have_text(f"{NOTES[email]} Change it")
    write(one, board, RUDE)
    expect(one.page.locator("mark.stings")).to_be_visible()
    one.press("Leave it to a person", leads=True)
    sees_nothing(teacher, board)
    teacher.open(board)
    expect(teacher.page.locator("main")).to_contain_text("5 of 5 have written")
    teacher.press("Open the wall now", leads=True)
    expect(teacher.page.locator(".wall-notes .board-note")).to_have_count(5)
    expect(teacher.page.locator("#waiting")).to_contain_text(RUDE)
    ida = one
    ida.open(board)
    expect(ida.page.locator(".wall-notes .board-note")).to_have_count(5)
    expect(ida.page.locator(".wall-notes")).not_to_contain_text(RUDE)
    ida.press(ida.page.locator(".board-note", has_text=NOTES[MAYA]).get_by_role("button"), leads=True)
    expect(ida.page.get_by_role("button", name="Me too, 1")).to_have_attribute("aria-pressed", "true")
    answer(teacher, board)
    ida.open(board)
    expect(ida.page.locator(".found-first")).to_have_text(
        "3 of 5 fear doing something wrong. You are not alone."
    )
    expect(ida.page.locator(".note.answer")).to_contain_text("I will be wrong first.")


def answer(teacher: Walker, board: str) -> None:
    """Leave the held note out, take the suggested group, name it, and say what will be done."""
    teacher.fill("Why it stays out", "It calls people names.")
    teacher.press("Leave it out", leads=True)
    teacher.open(f"{board}/groups")
    expect(teacher.page.locator(".grid .choice")).to_have_count(2)
    teacher.fill(teacher.page.locator(".grid input[name=title]"), "fear doing something wrong")
    teacher.press("Put them together", leads=True)
    expect(teacher.page.locator(".group-row")).to_contain_text("3 of 5 fear doing something wrong.")
    teacher.page.get_by_role("link", name="Answer: fear").click()
    teacher.fill("What I will do about it", "I will be wrong first.")
    teacher.press("Save the answer", leads=True)


def test_without_scripts_it_works_too(begun: Site, walk: Any) -> None:
    boards = join(begun)
    board = open_board(walk(TEACHER, java_script_enabled=False), boards)
    one = walk(MAYA, java_script_enabled=False)
    write(one, board, NOTES[MAYA])
    one.follow("Change it")
    one.press("Withdraw it", leads=True)
    expect(one.page.locator("main")).to_contain_text("0 of 5 have written")
