"""Home: to do, waiting, done; nobody is reminded of what is done."""

from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, move, post_comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.queries import members_of
from classroom.insights.home import home_of
from classroom.posts.states import State
from classroom.projects.models import PairingPolicy, ProjectState

FINE = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)
SNARK = "Did you even try the menu on a phone before posting? The hours are unreadable at the bottom."


@pytest.fixture
def scene(make):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = db.session.get(Person, next(iter(members_of(course.id))))
        project = make.project(
            course, comments_wanted=1, pairing=PairingPolicy.OPEN, post_by=now() + timedelta(days=2)
        )
        aylin = make.student(course, "Aylin Kaya")
        jonas = make.student(course, "Jonas Weber")

    return Scene()


def kinds(items):
    return [item.kind for item in items]


def test_the_story_of_a_student(scene, make, actor_of):
    home = home_of(actor_of(scene.jonas))
    assert (kinds(home.todo), kinds(home.done)) == (["write"], [])
    make.post(scene.project, scene.jonas)
    home = home_of(actor_of(scene.jonas))
    assert (kinds(home.todo), kinds(home.waiting)) == ([], ["comments", "posts"])
    post = make.post(scene.project, scene.aylin)
    home = home_of(actor_of(scene.jonas))
    assert kinds(home.todo) == ["comment"]
    assert home.todo[0].path == f"/posts/{post.public_id}"
    comment = post_comment(scene.jonas.id, post, Written(FINE))
    home = home_of(actor_of(scene.jonas))
    assert (kinds(home.todo), kinds(home.done)) == ([], ["finished"])
    highlight(comment, scene.staff.id, why="It names the place.", moves=["specific"])
    assert kinds(home_of(actor_of(scene.jonas)).todo) == ["consent"]


def test_where_no_post_is_left_a_comment_that_does_not_count_is_to_do(scene, make, actor_of, client_of):
    make.post(scene.project, scene.jonas)
    post = make.post(scene.project, scene.aylin)
    comment = post_comment(scene.jonas.id, post, Written("Nice work."))
    (item,) = home_of(actor_of(scene.jonas)).todo
    assert (item.kind, item.path) == ("improve", f"/comments/{comment.public_id}/edit")
    client = client_of(scene.jonas)
    assert f'href="{item.path}"' in client.get("/").text
    assert client.get(item.path).status_code == 200


def test_what_came_back_stands_first_with_its_note(scene, make, actor_of, client_of):
    make.post(scene.project, scene.jonas)
    comment = post_comment(scene.jonas.id, make.post(scene.project, scene.aylin), Written(SNARK))
    move(comment, State.RETURNED, actor_id=scene.staff.id, reason="sarcasm", note="Say it about the page.")
    other = make.project(scene.course, "About me", post_by=now() + timedelta(hours=1))
    home = home_of(actor_of(scene.jonas))
    assert home.todo[0].kind == "returned"
    assert home.todo[0].line == "Say it about the page."
    assert other.title in [item.title for item in home.todo]
    assert "Say it about the page." in client_of(scene.jonas).get("/").text


def test_staff_see_what_waits_and_what_runs(scene, make, actor_of):
    make.post(scene.project, scene.jonas)
    post_comment(scene.jonas.id, make.post(scene.project, scene.aylin), Written(SNARK))
    make.project(scene.course, "Later", state=ProjectState.DRAFT)
    home = home_of(actor_of(scene.staff))
    assert sorted(kinds(home.todo)) == ["publish", "queue"]
    assert kinds(home.waiting) == ["running"]
    assert home.waiting[0].count == 2


def test_a_course_without_students_or_project_says_what_is_left(make, actor_of, client_of):
    teacher = make.person("Adaeze Okafor")
    course = make.course(teacher)
    assert kinds(home_of(actor_of(teacher)).todo) == ["begin"]
    assert f'href="/courses/{course.public_id}"' in client_of(teacher).get("/").text
    make.student(course, "Aylin Kaya")
    assert kinds(home_of(actor_of(teacher)).todo) == ["begin"]
    make.project(course)
    assert kinds(home_of(actor_of(teacher)).todo) == []


def test_an_assistant_of_another_section_has_nothing_waiting(scene, make, actor_of):
    section = make.section(scene.course, "B")
    other = make.member(scene.course, Role.ASSISTANT, section=section)
    make.post(scene.project, scene.jonas)
    post_comment(scene.jonas.id, make.post(scene.project, scene.aylin), Written(SNARK))
    assert "queue" not in kinds(home_of(actor_of(other)).todo)


def test_a_project_that_has_not_opened_is_not_to_do(scene, actor_of):
    scene.project.opens_at = now() + timedelta(days=1)
    assert home_of(actor_of(scene.jonas)).todo == []


def test_nobody_in_a_course_is_told_how_to_join(make, client_of):
    assert "You are in no course yet" in client_of(make.person("Maya")).get("/").text


def test_a_teacher_without_a_course_begins_with_one(make, client_of):
    assert client_of(make.person("Adaeze", may_teach=True)).get("/").location == "/courses/new"


@pytest.mark.parametrize("n", [1, 5])
def test_home_costs_the_same_whatever_is_to_do(scene, make, client_of, count_queries, n):
    for number in range(n):
        project = make.project(scene.course, f"Project {number}")
        make.post(project, scene.aylin)
        make.post(project, scene.jonas)
    for person, most in ((scene.jonas, 8), (scene.staff, 12)):
        client = client_of(person)
        with count_queries() as seen:
            assert client.get("/").status_code == 200
        assert len(seen) <= most, "\n".join(seen)
