"""A course that is over: read by everyone as before, changed by nobody, brought back by a press."""

import pytest

from classroom.access import RULES
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course
from classroom.projects.models import Project
from classroom.undo.models import Undo
from tests.access.walk import LABELS, UNSAFE, may

SENTENCE = "This course is over. Everything in it stays to be read"
# About oneself, or for whoever is not in the course yet.
NOT_OF_A_COURSE = {"session_id", "passkey_id", "undo_id", "code", "token"}


@pytest.fixture
def course(scene):
    course = db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()
    course.archived_at = now()
    db.session.commit()
    return course


def label_for(step, scene):
    return next(one for one in LABELS if may(step, scene.is_what(one, dict(step.filled))))


@pytest.mark.usefixtures("course")
def test_nothing_is_written_in_it(walker, road, scene):
    before, wrong, tried = walker.rows(), [], 0
    for step in (step for step in road if step.method in UNSAFE and dict(step.filled)):
        if step.action == "everyone" or NOT_OF_A_COURSE & {*dict(step.filled)}:
            continue
        if RULES[step.action].lasting:
            continue
        tried += 1
        label = label_for(step, scene)
        with walker.undone():
            answer = walker.go(step, label)
            if answer.status_code != 403 or SENTENCE not in answer.text or walker.has_changed(before):
                wrong.append(f"{step} as {label}: {answer.status_code}")
    assert wrong == []
    assert tried > 40


@pytest.mark.usefixtures("course")
def test_everything_in_it_is_read_as_before(walker, road, scene):
    for step in (step for step in road if step.method == "GET" and "code" not in dict(step.filled)):
        if step.action == "everyone":
            continue
        label = label_for(step, scene)
        with walker.undone():
            answer = walker.go(step, label)
        assert answer.status_code < 400, f"{step} as {label}: {answer.status_code}"


def test_what_stays_possible():
    """Consent can be taken back for ever, data be asked for, and a page be marked as read."""
    assert {one.action for one in RULES.values() if one.lasting} == {
        "course:end",
        "following:own",
        "highlight:consent",
        "member:view_as",
        "post:see",
    }


def test_who_had_it_on_their_home_finds_it_under_those_that_are_over(client_of, scene, course):
    project = db.session.query(Project).filter_by(public_id=scene.values["project_id"]).one()
    for who in ("classmate", "poster", "instructor", "assistant"):
        page = client_of(scene.people[who]).get("/").text
        assert ">Over</h2>" in page, who
        assert f'href="/courses/{course.public_id}"' in page
        assert project.title not in page
    shown = client_of(scene.people["classmate"]).get(f"/projects/{project.public_id}").text
    assert '<aside class="over"' in shown


def test_nobody_comes_in(client_of, visitor, scene, course):
    for client in (visitor, client_of(scene.people["elsewhere's student"])):
        assert client.get(f"/join/{course.join_code}").status_code == 404


def test_over_and_back_again(client_of, scene, send, make):
    course = db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()
    client, page = client_of(scene.people["instructor"]), f"/courses/{course.public_id}/settings"
    answer = send(client, page, f"/courses/{course.public_id}/archiving", past="1")
    assert answer.headers["Location"] == f"{page}#over"
    assert course.archived_at is not None
    settings = client.get(page).text
    assert "Over since" in settings
    assert 'name="zone"' not in settings
    send(client, page, f"/courses/{course.public_id}/archiving")
    assert course.archived_at is None
    student = client_of(scene.people["classmate"])
    assert student.get(f"/projects/{scene.values['project_id']}/post").status_code == 200
    assert '<aside class="over"' not in student.get("/").text


def test_a_new_instructor_with_only_old_courses_is_not_led_to_a_new_one(client_of, scene, course):
    scene.people["instructor"].may_teach = True
    assert course.archived_at
    page = client_of(scene.people["instructor"]).get("/")
    assert page.status_code == 200
    assert "No course is going on" in page.text
    assert "Begin another course" in page.text


def test_its_pages_offer_nothing_that_would_be_refused(client_of, scene):
    """The pen is gone, and the project leads to no next comment."""
    client = client_of(scene.people["classmate"])
    post, project = (f"/posts/{scene.values['post_id']}", f"/projects/{scene.values['project_id']}")
    assert 'id="pen"' in client.get(post).text
    assert "Write your post" in client.get(project).text
    db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one().archived_at = now()
    db.session.commit()
    page = client.get(post).text
    assert scene.values["comment_id"] in page
    assert 'id="pen"' not in page
    assert "Reply" not in page
    shown = client.get(project).text
    assert "Write your post" not in shown
    assert "Posting is over here" in shown


def test_what_was_done_just_before_is_not_taken_back_any_more(client_of, scene, send):
    """Two minutes are given for that; a course that is over is not changed even then."""
    client, place = client_of(scene.people["instructor"]), f"/courses/{scene.values['course_id']}"
    send(client, f"{place}/settings", f"{place}/join-link/reset")
    undo = db.session.query(Undo).order_by(Undo.id.desc()).first()
    assert undo.act == "courses.reset_join_link"
    course = db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()
    course.archived_at, code = now(), course.join_code
    db.session.commit()
    answer = send(client, "/settings", f"/undo/{undo.public_id}")
    assert answer.status_code == 403
    assert SENTENCE in answer.text
    assert course.join_code == code
