"""Editing: effects are said first, the loser of two keeps both, questions keep what was answered."""

import re
from datetime import timedelta
from html import unescape

import pytest

from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.models import Revision
from classroom.posts.states import State
from classroom.projects import commands
from classroom.projects.models import Anonymity, Project, ProjectState, Prompt
from classroom.projects.queries import prompts_of
from classroom.projects.setup import Setup, setup_of
from tests.projects.conftest import fresh


@pytest.fixture
def at_work(make, group, project, monday):
    project.post_by = monday + timedelta(days=2)
    make.post(project, group.student)
    return project


@pytest.fixture
def values(at_work, typed):
    """What the page of the project at work sends, with another date."""
    db.session.flush()
    same = {"title": at_work.title, "brief": at_work.brief, "prompts": "What works, and why?"}
    return typed | same | {"comment_by": "", "version": str(at_work.version)}


def page(project):
    return f"/projects/{project.public_id}/edit"


def hidden(text):
    """What the confirming page sends along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


def test_a_draft_is_saved_at_once(group, project, client_of, send, values):
    project.state, project.published_at = ProjectState.DRAFT, None
    db.session.flush()
    values["version"] = str(project.version)
    answer = send(client_of(group.instructor), page(project), **values)
    assert answer.location == f"/projects/{project.public_id}/preflight"
    assert fresh(project).post_by.isoformat() == "2026-12-01T21:00:00+00:00"


def test_effects_on_students_at_work_are_said_before_saving(group, at_work, client_of, send, values):
    client = client_of(group.instructor)
    before = at_work.post_by
    said = send(client, page(at_work), **values)
    assert said.status_code == 200
    assert "later than it was, for 2 students. 1 has posted already." in said.text
    assert fresh(at_work).post_by == before
    answer = client.post(page(at_work), data=hidden(said.text))
    assert answer.location == f"/projects/{at_work.public_id}"
    assert fresh(at_work).post_by.isoformat() == "2026-12-01T21:00:00+00:00"


def test_going_back_to_edit_keeps_everything_typed(group, at_work, client_of, send, values):
    client = client_of(group.instructor)
    said = send(client, page(at_work), **values | {"brief": "A brief typed\nin two lines"})
    again = client.post(page(at_work), data=hidden(said.text) | {"then": "edit"})
    assert again.status_code == 200
    assert "A brief typed\nin two lines" in again.text.replace("\r\n", "\n")
    assert 'value="2026-12-01T22:00"' in again.text


def test_other_effects_than_those_confirmed_are_said_anew(group, at_work, client_of, send, values):
    client = client_of(group.instructor)
    sent = hidden(send(client, page(at_work), **values).text)
    said = client.post(page(at_work), data=sent | {"comments_wanted": "5"})
    assert said.status_code == 200
    assert "More comments are due" in said.text
    assert fresh(at_work).comments_wanted == 3


def test_showing_names_needs_a_yes_of_its_own(group, at_work, client_of, send, values, make):
    at_work.anonymity = Anonymity.PSEUDONYMOUS
    db.session.flush()
    values["version"] = str(at_work.version)
    client = client_of(group.instructor)
    sent = hidden(send(client, page(at_work), **values).text)
    refused = client.post(page(at_work), data=sent)
    assert refused.status_code == 422
    assert fresh(at_work).anonymity is Anonymity.PSEUDONYMOUS
    assert client.post(page(at_work), data=sent | {"yes": "y"}).status_code == 303
    assert fresh(at_work).anonymity is Anonymity.NAMED


def test_the_loser_of_two_keeps_both_versions(group, project, client_of, send, values):
    client = client_of(group.instructor)
    shown = client.get(page(project))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    commands.edit_project(
        project, Setup(title="Their title", prompts=("Their question?",)), version=project.version
    )
    db.session.commit()
    lost = client.post(page(project), data=values | {"title": "My title", "csrf_token": token})
    assert lost.status_code == 409
    assert "Their title" in lost.text
    assert 'value="My title"' in lost.text
    assert fresh(project).title == "Their title"
    version = re.search(r'name="version" value="(\d+)"', lost.text)[1]
    kept = values | {"title": "My title", "csrf_token": token, "version": version}
    answer = client.post(page(project), data=kept)
    if answer.status_code == 200:
        answer = client.post(page(project), data=hidden(answer.text))
    assert answer.status_code == 303
    assert fresh(project).title == "My title"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 40, "²"])
def test_a_version_that_is_none_is_a_conflict_and_no_error(group, project, client_of, send, values, version):
    answer = send(client_of(group.instructor), page(project), **values | {"version": version})
    assert answer.status_code == 409


def test_every_save_moves_the_version_on(make, group, project):
    prompts = (*[prompt.text for prompt in prompts_of(project.id)], "And what next?")
    before = project.version
    what = commands.edit_project(
        project,
        Setup(**vars(setup_of(project, prompts_of(project.id))) | {"prompts": prompts}),
        version=before,
    )
    assert what == {"prompts"}
    assert fresh(project).version > before


def test_nothing_changed_is_nothing_saved(group, project):
    before = project.version
    assert commands.edit_project(project, setup_of(project, prompts_of(project.id)), version=before) == set()
    assert fresh(project).version == before


def test_a_comment_keeps_the_question_it_answered(make, group, project):
    post = make.post(project, group.student)
    revision = db.session.query(Revision).filter_by(post_id=post.id).one()
    old = prompts_of(project.id)[0]
    comment = Comment(
        course_id=project.course_id,
        project_id=project.id,
        post_id=post.id,
        revision_id=revision.id,
        author_id=group.classmate.id,
        prompt_id=old.id,
        state=State.VISIBLE,
        body="Because of the bus.",
    )
    db.session.add(comment)
    db.session.flush()
    commands.set_prompts(project, ["What would you try?", "Where did you stop?"])
    assert [prompt.text for prompt in prompts_of(project.id)] == [
        "What would you try?",
        "Where did you stop?",
    ]
    assert db.session.get(Prompt, comment.prompt_id).text == "What works, and why?"
    commands.set_prompts(project, ["Where did you stop?", "What works, and why?"])
    assert [prompt.id for prompt in prompts_of(project.id)][1] == old.id


@pytest.mark.parametrize("count", [0, 8])
def test_one_to_seven_questions(project, count):
    with pytest.raises(commands.WrongNumberOfPrompts):
        commands.set_prompts(project, [f"Question {n}?" for n in range(count)])


def test_a_stale_row_is_a_conflict_and_no_overwriting(group, project):
    with pytest.raises(commands.EditedMeanwhile):
        commands.edit_project(project, Setup(title="Mine"), version=project.version + 1)
    assert db.session.get(Project, project.id).title == "Your first home page"


def test_a_browsers_line_ends_and_missing_seconds_are_no_change(
    group, at_work, client_of, send, values, monday
):
    at_work.brief, at_work.post_by = "One line.\nAnother line.\n", monday + timedelta(days=2, seconds=33)
    db.session.flush()
    values |= {
        "brief": "One line.\r\nAnother line.",
        "post_by": "2026-11-25T10:00",
        "version": str(at_work.version),
    }
    client = client_of(group.instructor)
    answer = send(client, page(at_work), **values)
    assert answer.status_code == 303
    assert "Nothing was changed." in client.get(answer.location).text
