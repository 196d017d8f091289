"""Long lists come in pages of fifty, as addresses that keep their filters; a page too far is the last one."""

import pytest

from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.models import Comment, Standing
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.paging import Page, number_within, page_of
from classroom.guidelines.commands import begin_draft, publish
from classroom.moderation.commands import open_case
from classroom.moderation.models import Reason
from classroom.posts.models import Revision
from classroom.posts.states import State
from classroom.projects.models import PairingPolicy
from tests.comments.conftest import build

MANY = 60


@pytest.mark.parametrize(
    ("number", "total", "found"), [(1, 0, 1), (0, 9, 1), (-3, 99, 1), (2, 50, 1), (2, 51, 2), (10**9, 101, 3)]
)
def test_the_page_that_is_meant(number, total, found):
    assert number_within(number, total) == found
    page = page_of(range(total), number)
    assert (page.number, len(page.rows)) == (found, min(50, max(0, total - 50 * (found - 1))))


def test_a_page_knows_its_neighbours():
    middle = Page([1], 2, 120)
    assert (middle.before, middle.next, middle.pages, middle.skipped) == (1, 3, 3, 50)
    assert (Page([], 1, 0).before, Page([], 1, 0).next) == (None, None)


@pytest.fixture
def group(make, monday):
    """Sixty students more, each with a post; sixty comments, all celebrated, half of them in the queue."""
    group = build(make, comments_wanted=1, pairing=PairingPolicy.OPEN)
    version = begin_draft(group.course, from_starter=True)
    db.session.expire_all()
    db.session.refresh(version, ["clauses", "examples"])
    publish(version, group.instructor.id, major=True)
    revision = db.session.query(Revision).filter_by(post_id=group.post.id).one()
    for number in range(MANY):
        student = make.student(group.course, f"Student {number:02}", group.section)
        make.post(group.project, student, title=f"Post {number:02}")
        comment = Comment(
            course_id=group.course.id,
            project_id=group.project.id,
            post_id=group.post.id,
            revision_id=revision.id,
            author_id=student.id,
            state=State.VISIBLE,
            standing=Standing.COUNTS,
            body=f"Words of {number:02}",
            body_html=f"<p>Words of {number:02}</p>",
            posted_at=now(),
        )
        db.session.add(comment)
        db.session.flush()
        answer(
            highlight(comment, group.instructor.id, why="It says where.", moves=["suggestion"]), Consent.NAME
        )
        if number:
            open_case(comment, Reason.FLAGGED if number % 2 else Reason.CLAIMED)
    return group


def addresses(group):
    course, project = group.course.public_id, group.project.public_id
    return {
        "people": (f"/courses/{course}/people", 'name="who"', MANY + 3),
        "who is where": (f"/projects/{project}/people", "<tr data-item", MANY + 3),
        "coverage": (f"/projects/{project}/coverage", "<tr data-item", MANY + 3),
        "who agreed": (f"/courses/{course}/guidelines/agreed", "<tr data-item", MANY + 3),
        "queue": (f"/courses/{course}/queue", 'class="card case"', MANY - 1),
        "wall": (f"/courses/{course}/great-comments", 'class="card great"', MANY),
    }


@pytest.mark.parametrize("name", ["people", "who is where", "coverage", "who agreed", "queue", "wall"])
def test_fifty_first_and_the_rest_on_the_next(group, client_of, name):
    path, row, total = addresses(group)[name]
    client = client_of(group.instructor)
    first = client.get(path).text
    second = client.get(f"{path}?page=2").text
    staff = 3 if name == "people" else 0  # they stand first and are not ticked
    assert (first.count(row), second.count(row)) == (50 - staff, total - 50 + staff)
    assert "page=2" in first
    assert "page=1" in second
    assert client.get(f"{path}?page=999").text.count(row) == second.count(row)
    assert client.get(f"{path}?page=x").text.count(row) == first.count(row)


def test_a_page_keeps_its_filters(group, client_of):
    client, course = client_of(group.instructor), group.course.public_id
    queue = client.get(f"/courses/{course}/queue?reason=flagged").text
    assert queue.count('class="card case"') == MANY // 2
    assert "page=2" not in queue
    assert "59 wait" in queue
    wall = client.get(f"/courses/{course}/great-comments?move=suggestion").text
    assert "move=suggestion&amp;page=2" in wall
    people = client.get(f"/projects/{group.project.public_id}/people?q=student&show=in_progress").text
    shown = client.get(f"/projects/{group.project.public_id}/people?q=student&show=done").text
    assert "q=student&amp;show=done&amp;page=2" in shown or "page=2" in shown
    assert people.count("<tr data-item") == 0


def test_a_student_who_chooses_finds_every_post(group, client_of, make):
    newcomer = make.student(group.course, "Ida Berg")
    make.post(group.project, newcomer)
    client, path = client_of(newcomer), f"/projects/{group.project.public_id}"
    seen = set()
    for number in range(1, 7):
        text = client.get(f"{path}?page={number}").text
        seen |= {title for title in (f"Post {n:02}" for n in range(MANY)) if title in text}
    assert len(seen) == MANY
