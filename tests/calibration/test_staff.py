"""Staff write samples and their own comments on them, see them as students do, and take them along."""

import pytest
from sqlalchemy import select

from classroom.calibration.commands import add_sample
from classroom.calibration.models import Answer, Calibration, ModelComment, Sample, Use
from classroom.calibration.queries import models_of, samples_of, use_of
from classroom.calibration.rules import without_names
from classroom.core.db import db
from classroom.projects.models import Project, ProjectState
from tests.calibration.conftest import MINE, MODEL, QUOTE, REASONS, WORK
from tests.comments.conftest import build


@pytest.fixture
def group(make, monday):
    return build(make)


def home(group):
    return f"/projects/{group.project.public_id}/calibration"


def test_from_nothing_to_what_students_see(group, client_of, send):
    client = client_of(group.instructor)
    assert "No sample yet" in client.get(home(group)).text
    made = send(client, f"{home(group)}/samples/new", title="The ferry", body=WORK)
    assert made.status_code == 303
    (sample,) = samples_of(group.project.id)
    assert use_of(group.project.id) is Use.OPTIONAL
    assert client_of(group.writer).get(f"/samples/{sample.public_id}").status_code == 404
    place = made.headers["Location"]
    reasons = {f"reason_{code}": text for code, text in REASONS.items()}
    saved = send(client, place, body=MODEL, quote=QUOTE, own_words="Short is fine.", **reasons)
    assert saved.status_code == 303
    preview = client.get(saved.headers["Location"]).text
    assert "Nothing was saved." in preview
    assert REASONS["point"] in preview
    (model,) = models_of(sample.id)
    assert model.quote_start > 50
    assert client_of(group.writer).get(f"/samples/{sample.public_id}").status_code == 200


def test_a_form_sent_twice_makes_one(group, client_of, send):
    client = client_of(group.instructor)
    for _press in range(2):
        made = send(client, f"{home(group)}/samples/new", title="The ferry", body=WORK, once="k1")
    for _press in range(2):
        send(client, made.headers["Location"], body=MODEL, reason_point="It says it.", once="k2")
    (sample,) = samples_of(group.project.id)
    assert len(models_of(sample.id)) == 1


def test_a_comment_without_any_reason_is_kept_on_the_page(group, client_of, send):
    sample = add_sample(group.project, title="The ferry", body=WORK)
    answer = send(client_of(group.instructor), f"/samples/{sample.public_id}/comments", body=MODEL)
    assert answer.status_code == 422
    assert "Give the reason for at least one criterion" in answer.text
    assert "soup in the first line" in answer.text
    assert models_of(sample.id) == []


def test_the_coach_looks_at_the_instructors_comment_too(group, client_of, send):
    sample = add_sample(group.project, title="The ferry", body=WORK)
    place = f"/samples/{sample.public_id}/comments"
    answer = send(client_of(group.instructor), place, body="Great job!", then="check")
    assert answer.status_code == 200
    assert "data-step" in answer.text


def test_two_that_are_ready_are_taken_once(group, client_of, send):
    client = client_of(group.instructor)
    for _press in range(2):
        assert send(client, home(group), f"{home(group)}/starter").status_code == 303
    both = samples_of(group.project.id)
    assert [one.title for one in both] == ["Keep the last bus", "A sign for the repair café"]
    said = [one for sample in both for one in models_of(sample.id)]
    assert len(said) == 3
    for one in said:
        assert one.quote_start >= 0, one.quote
        assert one.verdict["counts"], one.body
        assert not one.verdict["missed"], one.body


def test_a_sample_from_an_earlier_post_bears_no_name_and_needs_consent(group, make, client_of, send):
    earlier = make.project(group.course, "The round before")
    post = make.post(earlier, group.author, text="I am Maya and this is my ferry.", title="Maya’s ferry")
    client = client_of(group.instructor)
    listed = client.get(f"{home(group)}/posts").text
    assert f"post={post.public_id}" in listed
    page = f"{home(group)}/samples/new?post={post.public_id}"
    shown = client.get(page).text
    assert "I am [name] and this is my ferry." in shown
    assert "Maya" not in shown
    told = {"title": "A ferry", "body": "My ferry.", "copied": post.public_id}
    new = f"{home(group)}/samples/new"
    refused = send(client, page, new, **told)
    assert refused.status_code == 422
    assert "Ask them first" in refused.text
    assert samples_of(group.project.id) == []
    assert send(client, page, new, **told, consent="Said yes on Monday.").status_code == 303
    assert [one.consent for one in samples_of(group.project.id)] == ["Said yes on Monday."]


def test_posts_of_others_are_not_copied(group, make, client_of):
    other = make.course(make.person("Ruth Aboagye"), "Statistics for Bees")
    post = make.post(make.project(other), make.student(other))
    new = f"{home(group)}/samples/new?post={post.public_id}"
    assert client_of(group.instructor).get(new).status_code == 404
    assert client_of(group.assistant).get(f"{home(group)}/posts").status_code == 403


def test_three_samples_are_enough(group, client_of, send):
    for number in range(3):
        add_sample(group.project, title=f"Sample {number}", body=WORK)
    answer = send(client_of(group.instructor), f"{home(group)}/samples/new", title="One more", body=WORK)
    assert answer.status_code == 422
    assert len(samples_of(group.project.id)) == 3


def test_what_staff_try_is_saved_nowhere(practice, client_of, send):
    for who in ("instructor", "assistant", "other_assistant"):
        client = client_of(practice.group.who(who))
        place = f"/samples/{practice.sample.public_id}/preview"
        answer = send(client, place, body=MINE)
        assert answer.status_code == 200
        assert "the landing is nowhere on it" in answer.text
        assert REASONS["point"] in answer.text
    assert db.session.scalars(select(Answer)).all() == []


def test_whoever_changes_a_sample_is_told_who_commented_on_it(practice, client_of, send):
    client = client_of(practice.group.instructor)
    edit = f"/samples/{practice.sample.public_id}/edit"
    assert "commented on these words" not in client.get(edit).text
    writer, place = client_of(practice.group.writer), f"/samples/{practice.sample.public_id}"
    send(writer, place, f"{place}/answer", body=MINE, quote=QUOTE)
    assert "1 student has commented on these words" in client.get(edit).text
    assert send(client, edit, title="The ferry", body=f"New above.\n\n{WORK}").status_code == 303
    assert 'id="passage-mine"' in writer.get(place).text
    send(client, edit, title="The ferry", body="Quite another text.")
    after = writer.get(place)
    assert after.status_code == 200
    assert 'id="passage-mine"' not in after.text


@pytest.mark.parametrize("who", ["assistant", "writer", "observer"])
def test_only_instructors_write_them(practice, client_of, send, who):
    client = client_of(practice.group.who(who))
    home_ = f"/projects/{practice.group.project.public_id}/calibration"
    assert client.get(f"{home_}/samples/new").status_code == 403
    assert send(client, "/settings", f"{home_}/use", use="off").status_code == 403
    assert use_of(practice.group.project.id) is Use.OPTIONAL


@pytest.mark.parametrize("what", ["sample", "model"])
def test_taking_away_is_undone(practice, client_of, send, what):
    client = client_of(practice.group.instructor)
    edit = f"/samples/{practice.sample.public_id}/edit"
    row = practice.sample if what == "sample" else practice.model
    act = f"/{'samples' if what == 'sample' else 'model-comments'}/{row.public_id}/removal"
    after = client.get(send(client, edit, act).headers["Location"]).text
    assert client_of(practice.group.writer).get(f"/samples/{practice.sample.public_id}").status_code == 404
    token = after.split('action="/undos/')[1].split('"')[0] if "/undos/" in after else ""
    undo = after.split("data-undo")[1].split('action="')[1].split('"')[0]
    assert token or undo
    csrf = after.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post(undo, data={"csrf_token": csrf}).status_code == 303
    assert client_of(practice.group.writer).get(f"/samples/{practice.sample.public_id}").status_code == 200


def test_a_copy_of_the_project_takes_them_along(practice, client_of, send):
    client, project = client_of(practice.group.instructor), practice.group.project
    page = f"/projects/{project.public_id}/duplicate"
    copied = send(
        client,
        page,
        title="Again",
        into=practice.group.course.public_id,
        copy=["brief", "prompts", "samples"],
        once="twice",
    )
    assert copied.status_code == 303, copied.text
    made = db.session.scalars(select(Project).where(Project.title == "Again")).one()
    (sample,) = samples_of(made.id)
    (model,) = models_of(sample.id)
    assert (sample.body, model.body, model.reasons) == (WORK, MODEL, REASONS)
    assert use_of(made.id) is Use.OPTIONAL
    assert db.session.scalars(select(Answer)).all() == []


def test_a_draft_goes_and_comes_back_with_its_samples(practice, client_of, send):
    project = practice.group.project
    draft = Project(course_id=project.course_id, title="Later", created_by_id=practice.group.instructor.id)
    draft.state = ProjectState.DRAFT
    db.session.add(draft)
    db.session.flush()
    gone_id = add_sample(draft, title="The ferry", body=WORK).public_id
    db.session.commit()
    client = client_of(practice.group.instructor)
    gone = send(client, f"/projects/{draft.public_id}", f"/projects/{draft.public_id}/removal")
    assert gone.status_code == 303
    assert db.session.scalars(select(Sample).where(Sample.public_id == gone_id)).all() == []
    after = client.get(gone.headers["Location"]).text
    undo = after.split("data-undo")[1].split('action="')[1].split('"')[0]
    csrf = after.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post(undo, data={"csrf_token": csrf}).status_code == 303
    back = db.session.scalars(select(Project).where(Project.title == "Later")).one()
    assert [one.title for one in samples_of(back.id)] == ["The ferry"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("I, Maya Ramanathan, made this.", "I, [name], made this."),
        ("Maya’s map, MAYA's page", "[name]’s map, [name]'s page"),
        ("The mayas and Mayapur stay.", "The mayas and Mayapur stay."),
    ],
)
def test_names_are_taken_out(text, after):
    assert without_names(text, ["Maya Ramanathan", "Maya"], "[name]") == after


def test_everything_goes_with_the_course(practice, client_of, send):
    course = practice.group.course
    page = f"/courses/{course.public_id}/deletion"
    assert send(client_of(practice.group.instructor), page, title=course.title).status_code == 303
    for kind in (Calibration, Sample, ModelComment, Answer):
        assert db.session.scalars(select(kind)).all() == []


@pytest.mark.parametrize("page", ["", "?both=1", "home", "edit", "model"])
def test_pages_of_staff_cost_a_few_statements(practice, client_of, count_queries, page):
    client = client_of(practice.group.instructor)
    url = {
        "home": f"/projects/{practice.group.project.public_id}/calibration",
        "edit": f"/samples/{practice.sample.public_id}/edit",
        "model": f"/model-comments/{practice.model.public_id}",
    }.get(page, f"/samples/{practice.sample.public_id}/preview{page}")
    client.get(url)
    with count_queries() as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= 12, "\n\n".join(seen)
