"""A project is set up, checked and published."""

import re

import pytest

from classroom.core.db import db
from classroom.projects.models import Project, ProjectState, Prompt
from classroom.projects.queries import prompts_of


def made(course):
    return db.session.query(Project).filter_by(course_id=course.id).order_by(Project.id.desc()).first()


def new_page(group):
    return f"/courses/{group.course.public_id}/projects/new"


def test_from_the_new_page_to_a_running_project_it_takes_two_presses(group, client_of, send):
    client = client_of(group.instructor)
    # What a person types is a title, a brief and a date: the rest is what the page comes with.
    page = client.get(new_page(group)).text
    values = prefilled(page) | {
        "title": "Your first page",
        "brief": "Make a page.",
        "post_by": "2026-12-01T22:00",
    }
    answer = client.post(new_page(group), data=values)
    project = made(group.course)
    assert answer.location == f"/projects/{project.public_id}/preflight"
    assert project.state is ProjectState.DRAFT
    assert send(client, answer.location, f"/projects/{project.public_id}/publication").status_code == 303
    assert db.session.get(Project, project.id).state is ProjectState.PUBLISHED
    assert client_of(group.student).get(f"/projects/{project.public_id}").status_code == 200


def prefilled(page):
    """What a browser sends for the form of this page, untouched."""
    values = {}
    form = page[page.index('class="form"') :]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if name and (kind is None or kind[1] not in {"radio", "checkbox"} or " checked" in tag):
            values[name[1]] = value[1] if value else "on"
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        values[name] = text
    return values


def test_the_times_typed_are_those_on_the_wall_of_the_course(group, client_of, send, typed):
    send(client_of(group.instructor), new_page(group), **typed)
    assert made(group.course).post_by.isoformat() == "2026-12-01T21:00:00+00:00"


def test_a_form_sent_twice_makes_one_project(group, client_of, send, typed):
    client = client_of(group.instructor)
    typed["once"] = "pressed-twice"
    first, second = send(client, new_page(group), **typed), send(client, new_page(group), **typed)
    assert first.location == second.location
    assert db.session.query(Project).count() == 1
    assert db.session.query(Prompt).count() == 2


BAD = [
    ("title", "", "Give the project a title."),
    ("title", "x" * 201, "At most 200 letters."),
    ("brief", "x" * 40_001, "At most 40,000 letters."),
    ("post_by", "next Friday", "Write the day and the time"),
    ("post_by", "0026-12-01T22:00", "Is the year right?"),
    ("comment_by", "2026-12-01T21:00", "This must come after “Post by”."),
    ("revise_by", "2026-12-02T21:00", "This must come after “Comment by”."),
    ("post_by", "2027-03-28T02:30", "The next one there is: 03:30."),
    ("comments_wanted", "many", "Write a whole number."),
    ("comments_wanted", "21", "Between 0 and 20."),
    ("comments_wanted", "9" * 30, "Between 0 and 20."),
    ("floor_words", "-1", "Between 0 and 200."),
    ("prompts", "", "Ask one to seven questions; there are 0."),
    ("prompts", "\n".join(f"Question {n}?" for n in range(8)), "Ask one to seven questions; there are 8."),
    ("prompts", "x" * 301, "A question has at most 300 letters."),
    ("wants_text", "no", "Ask for at least one of these"),
]


@pytest.mark.parametrize(("field", "value", "said"), BAD)
def test_a_bad_value_is_refused_beside_its_field_and_everything_typed_stays(
    group, client_of, send, typed, field, value, said
):
    typed |= {"wants_files": "no", "title": "A title to keep", field: value}
    typed["comment_by"] = (
        value if field == "comment_by" else "" if field == "post_by" else typed["comment_by"]
    )
    answer = send(client_of(group.instructor), new_page(group), **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert re.search(
        f'id="{field}[^"]*"[^>]*aria-invalid|id="{field}"[^>]*aria-describedby="{field}-error', answer.text
    )
    kept = prefilled(answer.text)
    for name, text in typed.items():
        if text:
            assert kept[name].replace("\r\n", "\n") == text, name
    assert made(group.course) is None


def test_a_time_that_comes_twice_is_taken_once_and_said(group, client_of, send, typed):
    client = client_of(group.instructor)
    typed |= {"post_by": "2027-10-31T02:30", "comment_by": ""}
    answer = send(client, new_page(group), **typed)
    assert made(group.course).post_by.isoformat() == "2027-10-31T00:30:00+00:00"
    assert "comes twice" in client.get(answer.location).text


def test_questions_lose_their_bullets_and_doubles(group, client_of, send, typed):
    typed["prompts"] = "- One?\n\n2. Two?\n* One?\n3) 4 eyes see more?"
    send(client_of(group.instructor), new_page(group), **typed)
    assert [p.text for p in prompts_of(made(group.course).id)] == ["One?", "Two?", "4 eyes see more?"]


def test_what_blocks_is_named_and_leads_to_its_field(group, client_of, send, make):
    project = make.project(
        group.course, state=ProjectState.DRAFT, published_at=None, wants_text="no", wants_files="no"
    )
    client = client_of(group.instructor)
    page = client.get(f"/projects/{project.public_id}/preflight").text
    assert f"/projects/{project.public_id}/edit#wants_text" in page
    assert "/publication" not in page
    answer = send(client, f"/projects/{project.public_id}", f"/projects/{project.public_id}/publication")
    assert answer.status_code == 422
    assert db.session.get(Project, project.id).state is ProjectState.DRAFT


def test_warnings_do_not_block(group, client_of, make):
    project = make.project(group.course, state=ProjectState.DRAFT, published_at=None)
    page = client_of(group.instructor).get(f"/projects/{project.public_id}/preflight").text
    assert "only 2 students" in page
    assert "guidelines are not published" in page
    assert "/publication" in page


def test_publishing_twice_is_no_harm(group, project, client_of, send):
    answer = send(client_of(group.instructor), new_page(group), f"/projects/{project.public_id}/publication")
    assert answer.status_code == 303


def test_a_draft_can_be_deleted_and_what_students_saw_cannot(group, project, client_of, send, make):
    client = client_of(group.instructor)
    draft = make.project(group.course, "A draft", state=ProjectState.DRAFT, published_at=None)
    answer = send(client, f"/projects/{draft.public_id}", f"/projects/{draft.public_id}/removal")
    assert answer.location.endswith("/projects")
    answer = send(client, new_page(group), f"/projects/{project.public_id}/removal")
    assert answer.status_code == 422
    assert [row.title for row in db.session.query(Project)] == [project.title]


@pytest.mark.parametrize("who", ["assistant", "student", "observer", "stranger"])
@pytest.mark.parametrize("act", ["publication", "removal", "edit", "duplicate", "materials/new"])
def test_only_instructors_change_a_project(group, project, client_of, send, who, act):
    client = client_of(group.person(who))
    answer = send(
        client, "/settings", f"/projects/{project.public_id}/{act}", title="Taken over", version="1"
    )
    assert answer.status_code == (404 if who == "stranger" else 403)
    db.session.refresh(project)
    assert project.title == "Your first home page"
