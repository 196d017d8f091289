"""Every page of a project for everyone whom it tells apart, and what it costs."""

from datetime import timedelta

import pytest

from classroom.core.db import db
from classroom.projects.commands_materials import add_material
from classroom.projects.models import Project, ProjectState

INSTRUCTORS = {
    "instructor": 200,
    "assistant": 403,
    "other_assistant": 403,
    "student": 403,
    "observer": 403,
    "stranger": 404,
}
STAFF = {**INSTRUCTORS, "assistant": 200, "other_assistant": 200}
EVERYONE = {
    "instructor": 200,
    "assistant": 200,
    "other_assistant": 200,
    "student": 200,
    "observer": 200,
    "stranger": 404,
}
PAGES = [
    ("/courses/{course}/projects", EVERYONE),
    ("/courses/{course}/projects/new", INSTRUCTORS),
    ("/projects/{project}", EVERYONE),
    ("/projects/{project}/edit", INSTRUCTORS),
    ("/projects/{project}/preflight", INSTRUCTORS),
    ("/projects/{project}/duplicate", INSTRUCTORS),
    ("/projects/{project}/materials/new", INSTRUCTORS),
    ("/projects/{project}/extensions", STAFF),
]
CASES = [(page, who, status) for page, people in PAGES for who, status in people.items()]


def url(page, group, project):
    return page.format(course=group.course.public_id, project=project.public_id)


@pytest.mark.parametrize(("page", "who", "status"), CASES)
def test_a_page_is_for_those_whom_the_table_names(group, project, client_of, page, who, status):
    assert client_of(group.person(who)).get(url(page, group, project)).status_code == status


@pytest.mark.parametrize(("page", "_people"), PAGES)
def test_nobody_signed_in_is_led_to_the_door(group, project, visitor, page, _people):
    answer = visitor.get(url(page, group, project))
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("who", ["student", "observer"])
@pytest.mark.parametrize("hidden", ["draft", "not open"])
def test_what_is_not_open_does_not_exist_for_students(group, project, client_of, monday, who, hidden):
    if hidden == "draft":
        project.state, project.published_at = ProjectState.DRAFT, None
    else:
        project.opens_at = monday + timedelta(hours=1)
    client = client_of(group.person(who))
    assert client.get(url("/projects/{project}", group, project)).status_code == 404
    assert client.get(url("/projects/{project}/edit", group, project)).status_code == 404
    assert project.title not in client.get(url("/courses/{course}/projects", group, project)).text
    assert client_of(group.assistant).get(url("/projects/{project}", group, project)).status_code == 200


def test_a_project_opens_by_itself(group, project, client_of, monday):
    project.opens_at = monday
    assert client_of(group.student).get(url("/projects/{project}", group, project)).status_code == 200


@pytest.mark.parametrize(
    ("page", "who", "most"),
    [
        ("/courses/{course}/projects", "student", 8),
        ("/courses/{course}/projects", "instructor", 12),
        ("/projects/{project}", "student", 8),
        ("/projects/{project}", "observer", 8),
        ("/projects/{project}", "instructor", 12),
        ("/projects/{project}/preflight", "instructor", 12),
        ("/projects/{project}/edit", "instructor", 12),
        ("/projects/{project}/extensions", "assistant", 12),
    ],
)
def test_a_page_costs_the_same_in_a_large_class(
    make, group, project, client_of, count_queries, page, who, most
):
    client, seen = client_of(group.person(who)), []
    for rows in (1, 10):
        for number in range(rows):
            student = make.student(group.course, section=group.first)
            make.post(project, student)
            make.project(group.course, f"Project {rows} {number}")
            add_material(project, f"Sheet {rows} {number}", "Words", visible=True)
        with count_queries() as statements:
            assert client.get(url(page, group, project)).status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1]
    assert seen[0] <= most, statements


def test_an_empty_course_says_what_to_do(group, client_of):
    page = url("/courses/{course}/projects", group, Project(public_id="x"))
    assert "New project" in client_of(group.instructor).get(page).text
    assert "An instructor sets up the first one" in client_of(group.assistant).get(page).text
    assert "Your instructor has not opened one" in client_of(group.student).get(page).text


def test_the_project_page_shows_brief_dates_and_questions(group, project, client_of, monday):
    project.post_by = monday + timedelta(days=4)
    text = client_of(group.student).get(url("/projects/{project}", group, project)).text
    assert "Make a page about a place." in text
    assert "What works, and why?" in text
    assert "Friday 27 November" in text
    assert "Berlin" in text


def test_what_staff_wrote_as_a_brief_is_inert(group, project, client_of, send, typed):
    client = client_of(group.instructor)
    typed["brief"] = "<script>alert(1)</script> [x](javascript:alert(2)) ![y](http://evil.example/y.png)"
    typed["title"] = "<img src=x onerror=alert(3)>"
    send(client, url("/courses/{course}/projects/new", group, project), **typed)
    made = db.session.query(Project).order_by(Project.id.desc()).first()
    text = client.get(f"/projects/{made.public_id}").text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert "<img src" not in text
