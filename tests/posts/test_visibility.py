"""Who sees which post in which state, and no idea leaks before one has posted."""

from datetime import timedelta

import pytest

from classroom.core import clock
from classroom.core.db import db
from classroom.posts import queries
from classroom.posts.commands import publish_post, save_draft, withdraw_post
from classroom.posts.rules import Typed
from classroom.posts.states import State
from classroom.projects.models import Extension, ProjectState
from tests.posts.conftest import TEXT, actor_of, build

SEES = {
    State.VISIBLE: {"maya", "jonas", "instructor", "assistant", "observer"},
    State.HELD: {"maya", "instructor", "assistant"},
    State.RETURNED: {"maya", "instructor", "assistant"},
    State.REMOVED: {"maya", "instructor", "assistant"},
    State.WITHDRAWN: {"maya", "instructor", "assistant"},
}
PEOPLE = ("maya", "jonas", "instructor", "assistant", "other_assistant", "observer", "stranger")


def seen_by(group, post):
    return {name for name in PEOPLE if queries.post_for(actor_of(group.who(name)), post.public_id)}


@pytest.mark.parametrize("state", list(SEES))
def test_who_sees_a_post_depends_on_its_state(group, state):
    group.publish(group.jonas)
    post = group.publish().post
    post.state = state
    db.session.flush()
    assert seen_by(group, post) == SEES[state]


def test_a_draft_is_its_authors_alone(group):
    group.publish(group.jonas)
    post = save_draft(group.project, group.maya.id, Typed(text="Half a thought"))
    assert seen_by(group, post) == {"maya"}


def test_a_student_who_has_not_posted_sees_no_ideas(group):
    post = group.publish().post
    jonas = actor_of(group.jonas)
    assert queries.post_for(jonas, post.public_id) is None
    assert queries.posts_of_project(jonas, group.project.id) == []
    save_draft(group.project, group.jonas.id, Typed(text="Not posted yet"))
    assert queries.post_for(jonas, post.public_id) is None
    mine = group.publish(group.jonas).post
    assert queries.post_for(jonas, post.public_id) is not None
    withdraw_post(mine, group.jonas.id)
    assert queries.post_for(jonas, post.public_id) is None


def test_where_posting_first_is_not_asked_everybody_sees(group):
    group.project.post_first = False
    post = group.publish().post
    assert queries.post_for(actor_of(group.jonas), post.public_id) is not None


@pytest.mark.parametrize(
    ("base", "personal", "after", "sees"),
    [
        (0, None, 6, True),
        (0, None, 5, False),
        (0, 60, 6, False),
        (0, 60, 66, True),
        (0, -60, 4, False),
        (None, 60, 66, True),
        (None, None, 10_000, False),
    ],
)
def test_the_ideas_open_when_ones_own_date_is_over(group, monday, base, personal, after, sees):
    at = lambda minutes: None if minutes is None else monday + timedelta(minutes=minutes)  # noqa: E731
    post = group.publish().post
    group.project.post_by = at(base)
    if personal is not None:
        db.session.add(
            Extension(
                course_id=group.course.id,
                project_id=group.project.id,
                person_id=group.jonas.id,
                post_by=at(personal),
                by_id=group.instructor.id,
            )
        )
    db.session.flush()
    with clock.at(at(after)):
        assert (queries.post_for(actor_of(group.jonas), post.public_id) is not None) is sees


def test_a_hold_costs_its_author_nothing(group):
    post = group.publish().post
    held = group.publish(group.jonas).post
    held.state = State.HELD
    db.session.flush()
    assert queries.post_for(actor_of(group.jonas), post.public_id) is not None


@pytest.mark.parametrize("change", [{"state": ProjectState.DRAFT}, {"opens_at": timedelta(hours=1)}])
def test_a_project_that_is_not_open_shows_classmates_nothing(group, monday, change):
    group.publish(group.jonas)
    post = group.publish().post
    for name, value in change.items():
        setattr(group.project, name, monday + value if isinstance(value, timedelta) else value)
    db.session.flush()
    assert seen_by(group, post) == {"maya", "instructor", "assistant"}


def test_another_courses_people_see_nothing(make, group):
    post = group.publish().post
    other = build(make)
    other.publish(other.jonas)
    for name in PEOPLE:
        assert queries.post_for(actor_of(other.who(name)), post.public_id) is None


def test_who_left_the_course_sees_nothing_and_their_work_stays(make, group, monday):
    group.publish(group.jonas)
    post = group.publish().post
    make.seat(group.course, group.maya).left_at = monday
    db.session.flush()
    assert seen_by(group, post) == {"jonas", "instructor", "assistant", "observer"}


def test_the_list_leaves_out_drafts_and_what_was_taken_back(group, make):
    third = make.student(group.course, "Noor Haddad")
    kept, gone = group.publish().post, group.publish(group.jonas).post
    save_draft(group.project, third.id, Typed(text="Half a thought"))
    withdraw_post(gone, group.jonas.id)
    assert [post.id for post in queries.posts_of_project(actor_of(group.instructor), group.project.id)] == [
        kept.id
    ]


def test_a_desk_is_ones_own(group):
    group.publish()
    mine = queries.desk_for(actor_of(group.maya), group.project.public_id)
    theirs = queries.desk_for(actor_of(group.jonas), group.project.public_id)
    assert mine.post is not None
    assert theirs.post is None
    assert queries.desk_for(actor_of(group.stranger), group.project.public_id) is None


def test_a_project_of_the_future_has_no_desk_for_students(group, monday):
    group.project.opens_at = monday + timedelta(hours=1)
    db.session.flush()
    assert queries.desk_for(actor_of(group.maya), group.project.public_id) is None
    assert queries.desk_for(actor_of(group.instructor), group.project.public_id) is not None


def test_publishing_by_command_needs_no_page(group):
    done = publish_post(group.project, group.maya.id, Typed(text=TEXT))
    assert done.post.title == "A bakery before the buses"
