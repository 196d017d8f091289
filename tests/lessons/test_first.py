"""The lesson before the first comment: asked kindly, with the words kept, and of nobody who has commented."""

import pytest

from classroom.comments.commands import Written, post_comment
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.guidelines import commands as guidelines
from classroom.insights.home import home_of
from classroom.lessons import commands_edit
from classroom.posts.states import State
from tests.lessons.conftest import KEYS

WORDS = "The map on the second page opens far below the picture, so I scrolled twice to find it."
KEPT = "Your comment is kept as a draft. First, the lesson: ten minutes, no grade."


@pytest.fixture
def post(make, scene):
    made = make.post(make.project(scene.course, post_first=False), scene.classmate)
    commands_edit.require(scene.course.id, first=True)
    db.session.commit()
    return made


@pytest.fixture
def comment(client_of, send, post):
    def say(person, body=WORDS):
        client = client_of(person)
        return client, send(
            client, f"/posts/{post.public_id}", f"/posts/{post.public_id}/comments", body=body
        )

    return say


def state_of(person):
    return [one.state for one in db.session.query(Comment).filter_by(author_id=person.id)]


def test_the_words_are_kept_and_lie_in_the_pen_afterwards(scene, post, comment, take):
    client, answer = comment(scene.student)
    assert answer.status_code == 303
    assert answer.location == f"{scene.url}?next=/posts/{post.public_id}"
    assert KEPT in client.get(answer.location).text
    assert state_of(scene.student) == [State.DRAFT]
    assert (
        "In this course the lesson comes before your first comment"
        in client.get(f"/posts/{post.public_id}").text
    )
    take(scene.student)
    page = client.get(f"/posts/{post.public_id}").text
    assert WORDS in page
    assert "the lesson comes before" not in page
    _client, answer = comment(scene.student)
    assert "posted=" in answer.location


def test_one_comes_straight_back(scene, post, at, take, client_of, send):
    back = f"/posts/{post.public_id}"
    client = take(scene.student, *KEYS[:-1])
    answer = send(client, at(KEYS[-1]), f"{at(KEYS[-1])}/done", next=back)
    assert answer.location == f"{scene.url}?next={back}"
    assert f'href="{back}"' in client.get(answer.location).text


def test_kept_comments_wait_too(scene, post, client_of, send):
    client, page = client_of(scene.student), f"/posts/{post.public_id}"
    send(client, page, f"{page}/comments", body=WORDS, then="another")
    answer = send(client, page, f"{page}/kept/posting")
    assert answer.location.startswith(scene.url)
    assert state_of(scene.student) == [State.DRAFT]


def test_whoever_has_commented_is_not_asked(scene, post, comment, actor_of):
    post_comment(scene.student.id, post, Written(WORDS))
    db.session.commit()
    assert [item.kind for item in home_of(actor_of(scene.student)).todo if "lesson" in item.kind] == []
    _client, answer = comment(scene.student, f"{WORDS} And the menu is far away.")
    assert "posted=" in answer.location


def test_staff_are_not_asked(scene, comment):
    assert "posted=" in comment(scene.teacher)[1].location


def test_the_guidelines_come_before_it(scene, post, comment):
    guidelines.publish(guidelines.begin_draft(scene.course, from_starter=True), scene.teacher.id, major=True)
    db.session.commit()
    client, answer = comment(scene.student)
    assert "/guidelines/acknowledgement" in answer.location
    page = client.get(f"/posts/{post.public_id}").text
    assert "you agree to the guidelines" in page
    assert "the lesson comes before" not in page


def test_home_has_it_first_while_it_is_asked(scene, post, take, actor_of, client_of):
    todo = home_of(actor_of(scene.student)).todo
    assert todo[0].kind == "lesson_first"
    assert "The lesson comes before your first comment" in client_of(scene.student).get("/").text
    take(scene.student)
    assert not [item for item in home_of(actor_of(scene.student)).todo if "lesson" in item.kind]


def test_home_leads_on_where_one_stopped(scene, take, actor_of):
    assert not [item for item in home_of(actor_of(scene.student)).todo if "lesson" in item.kind]
    take(scene.student, KEYS[0])
    assert [item.kind for item in home_of(actor_of(scene.student)).todo if "lesson" in item.kind] == [
        "lesson"
    ]


def test_turned_on_later_it_says_whom_it_concerns(make, scene, client_of, send):
    project = make.project(scene.course, post_first=False)
    made = make.post(project, scene.classmate)
    post_comment(scene.student.id, made, Written(WORDS))
    send(
        client_of(scene.third),
        f"/posts/{made.public_id}",
        f"/posts/{made.public_id}/draft",
        body=WORDS,
        version="0",
    )
    page = client_of(scene.teacher).get(f"{scene.url}/edit").text
    assert "1 student has commented already and is not asked." in page
    assert "1 more has a draft that nobody has seen" in page


def test_the_certificate_stands_quietly_on_the_profile(scene, make, take, client_of):
    client = client_of(scene.student)
    assert "finished" not in client.get("/settings").text
    take(scene.student)
    assert "The art of meaningful comments, finished" in client.get("/settings").text
    member = f"/members/{make.seat(scene.course, scene.student).public_id}"
    assert "Lesson finished" in client_of(scene.teacher).get(member).text
    other = f"/members/{make.seat(scene.course, scene.classmate).public_id}"
    assert "Lesson finished" not in client_of(scene.teacher).get(other).text


def test_the_coach_s_tip_links_to_the_step(scene, make, client_of, send):
    project = make.project(scene.course, post_first=False)
    page = f"/posts/{make.post(project, scene.classmate).public_id}"
    answer = send(client_of(scene.student), page, f"{page}/coaching", body="Great, I like it a lot!")
    assert f'href="{scene.url}/about/why"' in answer.text
    met = send(client_of(scene.student), page, f"{page}/coaching", body=f"{WORDS} Could you move it up?")
    assert "/lesson/about/" not in met.text
