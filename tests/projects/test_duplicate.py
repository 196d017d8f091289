"""A copy: dates shifted and shown, materials by choice, and nothing of any student."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from classroom.comments.models import Pairing
from classroom.core.db import Base, db
from classroom.guidelines.commands import add_example
from classroom.guidelines.models import Ruling
from classroom.guidelines.queries import project_examples
from classroom.projects.commands_extensions import give_extension
from classroom.projects.commands_materials import add_material
from classroom.projects.models import Extension, Material, Project, ProjectState
from classroom.projects.queries import prompts_of
from classroom.projects.rules import Phase


@pytest.fixture
def full(make, group, project, monday):
    """A project with dates, materials, a post, a pairing and more time for someone."""
    project.post_by = monday - timedelta(days=20)
    project.comment_by = monday - timedelta(days=13)
    post = make.post(project, group.student)
    add_material(project, "Handout", "For all", visible=True)
    add_material(project, "Key", "The answer", answer_key=True)
    give_extension(project, group.student.id, {Phase.POST: monday}, by_id=group.instructor.id)
    asked = db.session.query(Pairing).filter_by(project_id=project.id, post_id=post.id).one()
    assert asked.commenter_id == group.classmate.id
    return project


def page(project):
    return f"/projects/{project.public_id}/duplicate"


NAMES = {"opens_at", "post_by", "comment_by", "revise_by", "starts_on"}


def values_of(text):
    """The dates that the page comes filled in with."""
    tags = re.findall(r"<input[^>]*>", text)
    return {tag_name(tag): unescape(tag_value(tag)) for tag in tags if tag_name(tag) in NAMES}


def tag_name(tag):
    found = re.search(r'name="([^"]*)"', tag)
    return found[1] if found else ""


def tag_value(tag):
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def last(course):
    return db.session.query(Project).filter_by(course_id=course.id).order_by(Project.id.desc()).first()


def filled(client, project, group, **changes):
    shown = values_of(client.get(page(project)).text)
    copy = ["brief", "prompts", "handouts", "kept"]
    return shown | {"into": group.course.public_id, "title": project.title, "copy": copy} | changes


def test_the_page_comes_with_every_date_some_whole_weeks_later(group, full, client_of):
    """3 November 10:00 becomes the first such weekday that is ahead of Monday 23 November."""
    shown = values_of(client_of(group.instructor).get(page(full)).text)
    assert shown == {
        "starts_on": "2026-11-24",
        "opens_at": "",
        "post_by": "2026-11-24T10:00",
        "comment_by": "2026-12-01T10:00",
        "revise_by": "",
    }


def test_another_start_shifts_every_date_on_the_wall(group, full, client_of, send):
    client = client_of(group.instructor)
    values = filled(client, full, group, starts_on="2027-03-27", then="shift", title="Kept title")
    answer = send(client, page(full), **values)
    assert answer.status_code == 200
    assert values_of(answer.text)["post_by"] == "2027-03-27T10:00"
    assert values_of(answer.text)["comment_by"] == "2027-04-03T10:00"  # summer time has begun; still ten
    assert 'value="Kept title"' in answer.text
    assert db.session.query(Project).count() == 1


def test_a_time_that_the_clocks_jump_over_is_moved_and_said(group, full, client_of, send, monday):
    full.post_by, full.comment_by = monday.replace(hour=1, minute=30) - timedelta(days=20), None
    db.session.flush()
    client = client_of(group.instructor)
    values = filled(client, full, group, starts_on="2027-03-28", then="shift")
    answer = send(client, page(full), **values)
    assert values_of(answer.text)["post_by"] == "2027-03-28T03:30"
    assert "Another time of day than before" in answer.text


def test_nothing_of_any_student_comes_along(group, full, client_of, send):
    client = client_of(group.instructor)
    before = counts()
    answer = send(client, page(full), **filled(client, full, group))
    copy = last(group.course)
    assert answer.location == f"/projects/{copy.public_id}/preflight"
    grown = {name for name, count in counts().items() if count != before[name]}
    assert grown == {"projects", "prompts", "materials"}
    assert copy.state is ProjectState.DRAFT
    assert copy.published_at is None
    assert copy.secret != full.secret
    assert db.session.query(Extension).filter_by(project_id=copy.id).count() == 0


def counts():
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def test_the_copy_is_what_the_original_is(group, full, client_of, send):
    client = client_of(group.instructor)
    send(client, page(full), **filled(client, full, group))
    copy = last(group.course)
    assert copy.brief_html == full.brief_html or copy.brief == full.brief
    assert [prompt.text for prompt in prompts_of(copy.id)] == [prompt.text for prompt in prompts_of(full.id)]
    kept = db.session.query(Material).filter_by(project_id=copy.id).order_by(Material.id).all()
    assert [(one.title, one.visible, one.is_answer_key) for one in kept] == [
        ("Handout", True, False),
        ("Key", False, True),
    ]
    assert copy.post_by.isoformat() == "2026-11-24T09:00:00+00:00"


def test_a_project_without_a_coach_is_copied_without_one(group, full, client_of, send):
    full.coach = False
    db.session.commit()
    client = client_of(group.instructor)
    send(client, page(full), **filled(client, full, group))
    assert (last(group.course).id != full.id, last(group.course).coach) == (True, False)


def test_one_chooses_what_comes_along(group, full, client_of, send):
    client = client_of(group.instructor)
    send(client, page(full), **filled(client, full, group, copy=["handouts"]))
    copy = last(group.course)
    assert copy.brief == ""
    assert [one.title for one in db.session.query(Material).filter_by(project_id=copy.id)] == ["Handout"]
    assert len(prompts_of(copy.id)) == 3


def test_into_a_course_elsewhere_the_wall_there_counts(make, group, full, client_of, send):
    other = make.course(group.instructor, "Writing, New York", zone="America/New_York")
    client = client_of(group.instructor)
    send(client, page(full), **filled(client, full, group, into=other.public_id))
    assert last(other).post_by.isoformat() == "2026-11-24T15:00:00+00:00"
    assert last(group.course).id == full.id


def test_only_into_a_course_that_one_leads(make, group, full, client_of, send):
    foreign = make.course(make.person("Someone else"), "Elsewhere")
    client = client_of(group.instructor)
    answer = send(client, page(full), **filled(client, full, group, into=foreign.public_id))
    assert answer.status_code == 422
    assert last(foreign) is None
    assert "Elsewhere" not in client.get(page(full)).text


def test_pressed_twice_it_is_one_copy(group, full, client_of, send):
    client = client_of(group.instructor)
    values = filled(client, full, group, once="pressed-twice")
    first, second = send(client, page(full), **values), send(client, page(full), **values)
    assert first.location == second.location
    assert db.session.query(Project).count() == 2
    assert db.session.query(Material).count() == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "Give the project a title."),
        ({"post_by": "soon"}, "Write the day and the time"),
        ({"comment_by": "2026-11-20T10:00"}, "This must come after “Post by”."),
        ({"starts_on": "tomorrow"}, "Write the day, such as"),
    ],
)
def test_bad_values_are_refused_and_kept(group, full, client_of, send, change, said):
    client = client_of(group.instructor)
    answer = send(client, page(full), **filled(client, full, group) | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(value in answer.text for value in change.values())
    assert db.session.query(Project).count() == 1


def test_its_own_examples_come_along_and_are_deleted_with_a_draft(make, group, full, client_of, send):
    add_example(
        full.course_id,
        project_id=full.id,
        situation="You show your menu.",
        ruling=Ruling.FINE,
        why="It is a hint.",
    )
    client = client_of(group.instructor)
    values = filled(client, full, group, copy=["examples"], once="pressed-twice")
    send(client, page(full), **values)
    send(client, page(full), **values)
    copy = last(group.course)
    assert [one.situation for one in project_examples(copy.course_id, copy.id)] == ["You show your menu."]
    assert "You show your menu." in client.get(f"/projects/{copy.public_id}").text
    send(client, f"/projects/{copy.public_id}", f"/projects/{copy.public_id}/removal")
    assert last(group.course).id == full.id
    assert len(project_examples(full.course_id, full.id)) == 1
