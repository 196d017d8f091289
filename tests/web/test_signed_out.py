"""A session that ends while somebody writes: on every form, what they wrote is sent once they are back."""

import re
from html import unescape

import pytest
from markupsafe import escape

from classroom.accounts.commands import start_session
from classroom.comments.commands import Written, post_comment
from classroom.core.db import db

TEXT = "The menu is at the bottom, so on my phone I scrolled past three pictures before I found it."


@pytest.fixture
def places(make):
    """Forms of a student and of an instructor, with the field that holds what is written."""
    instructor = make.person("Adaeze Okafor")
    course = make.course(instructor)
    project = make.project(course, post_first=False)
    maya, jonas = make.student(course, "Maya Adler"), make.student(course, "Jonas Weber")
    post = make.post(project, maya)
    comment = post_comment(jonas.id, post, Written(TEXT))
    db.session.commit()
    return {
        "a comment": (jonas, f"/posts/{post.public_id}/comments", "body"),
        "a rewritten comment": (jonas, f"/comments/{comment.public_id}/edit", "body"),
        "a reply": (maya, f"/comments/{comment.public_id}/replies", "body"),
        "a post": (maya, f"/projects/{project.public_id}/post", "text"),
        "a report": (maya, f"/moderation/comment/{comment.public_id}/flag", "note"),
        "a celebration": (instructor, f"/comments/{comment.public_id}/highlight", "why"),
        "a project": (instructor, f"/courses/{course.public_id}/projects/new", "brief"),
        "a material": (instructor, f"/projects/{project.public_id}/materials/new", "body"),
        "an example": (instructor, f"/projects/{project.public_id}/examples", "new-situation"),
        "personal dates": (instructor, f"/projects/{project.public_id}/extensions", "reason"),
    }


@pytest.mark.parametrize(
    "what",
    [
        "a comment",
        "a rewritten comment",
        "a reply",
        "a post",
        "a report",
        "a celebration",
        "a project",
        "a material",
        "an example",
        "personal dates",
    ],
)
def test_what_was_written_comes_through_signing_in_again(places, visitor, what):
    person, url, field = places[what]
    written = TEXT + " <b>&amp;"
    page = visitor.post(url, data={field: written, "csrf_token": "old", "once": "k1"})
    assert page.status_code == 401
    assert 'href="/sign-in' in page.text
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    token = start_session(person, "a test")
    db.session.commit()
    with visitor.session_transaction() as cookie:
        cookie.clear()  # as signing in does
        cookie["_user_id"], cookie["_fresh"] = token, True
    back = visitor.post(url, data={name: unescape(value) for name, value in again.items()})
    assert back.status_code == 422
    assert escape(written) in back.text


def test_a_press_without_words_goes_to_the_door(visitor):
    answer = visitor.post("/news/seen", data={"csrf_token": "old" * 20})
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_a_password_is_never_shown_again(visitor):
    data = {"new_password": "correct horse battery staple", "note": TEXT}
    page = visitor.post("/settings/password", data=data)
    assert TEXT in page.text
    assert "correct horse" not in page.text
