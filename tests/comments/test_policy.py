"""Who reads which posts, sees which comments, and may do what."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.access import may
from classroom.comments import queries
from classroom.comments.commands import Written, move, save_draft, withdraw
from classroom.comments.commands_threads import reply
from classroom.comments.models import Comment
from classroom.comments.policy import visible_to
from classroom.core import clock
from classroom.core.db import db
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Extension, ProjectState
from classroom.projects.queries import project_for
from tests.comments.conftest import RUDE

PEOPLE = (
    "author",
    "writer",
    "classmate",
    "instructor",
    "assistant",
    "other_assistant",
    "observer",
    "stranger",
)
ALL = set(PEOPLE)
CLASS = {"author", "writer", "classmate", "instructor", "assistant", "observer"}


def who_reads(group, actor):
    return {n for n in PEOPLE if queries.reading_for(actor(group.who(n)), group.post.public_id)}


def who_sees(group, actor, comment):
    return {n for n in PEOPLE if queries.comment_for(actor(group.who(n)), comment.public_id)}


def test_the_class_reads_a_visible_post(group, actor):
    assert who_reads(group, actor) == CLASS


@pytest.mark.parametrize("state", [State.HELD, State.RETURNED, State.REMOVED, State.WITHDRAWN])
def test_a_hidden_post_is_read_by_its_author_and_staff(group, actor, state):
    group.post.state = state
    assert who_reads(group, actor) == {"author", "instructor", "assistant"}


def test_a_draft_is_no_post_to_read(group, actor):
    group.post.state, group.post.revision_number = State.DRAFT, 0
    assert who_reads(group, actor) == set()


def test_ideas_do_not_leak_before_one_has_posted(group, actor, make, monday):
    late = make.student(group.course, "Teo Alves")
    reads = lambda: queries.reading_for(actor(late), group.post.public_id) is not None  # noqa: E731
    assert not reads()
    own = make.post(group.project, late)
    assert reads()
    own.state = State.WITHDRAWN
    assert not reads()
    own.state = State.HELD
    assert reads()
    db.session.delete(db.session.scalar(select(queries.Revision).where(queries.Revision.post_id == own.id)))
    db.session.flush()
    db.session.delete(own)
    db.session.flush()
    assert not reads()
    group.project.post_first = False
    assert reads()
    group.project.post_first, group.project.post_by = True, monday + timedelta(hours=1)
    assert not reads()
    with clock.at(monday + timedelta(hours=2)):
        assert reads()
        db.session.add(
            Extension(
                course_id=group.course.id,
                project_id=group.project.id,
                person_id=late.id,
                post_by=monday + timedelta(days=1),
                by_id=group.instructor.id,
            )
        )
        db.session.flush()
        assert not reads(), "their own date is not over"
    with clock.at(monday + timedelta(days=2)):
        assert reads()


def test_posts_of_a_draft_project_are_for_staff(group, actor):
    group.project.state = ProjectState.DRAFT
    assert who_reads(group, actor) == {"author", "instructor", "assistant"}


def test_someone_who_left_reads_nothing(group, actor, make, monday):
    make.seat(group.course, group.classmate).left_at = monday
    db.session.flush()
    assert "classmate" not in who_reads(group, actor)


def test_an_assistant_reads_posts_that_their_students_comment_on(group, actor, make):
    other = actor(group.other_assistant)
    from_b = make.student(group.course, "Teo Alves")
    make.seat(group.course, from_b).section_id = min(other.seats[group.course.id].sections)
    make.post(group.project, from_b)
    theirs, others = group.say(RUDE, by=from_b), group.say(RUDE)
    assert "other_assistant" in who_reads(group, actor)
    assert "other_assistant" in who_sees(group, actor, theirs)
    assert "other_assistant" not in who_sees(group, actor, others)


def test_a_visible_comment_is_seen_by_the_class(group, actor):
    assert who_sees(group, actor, group.say()) == CLASS


@pytest.mark.parametrize("state", [State.HELD, State.RETURNED, State.REMOVED])
def test_a_hidden_comment_is_seen_by_its_writer_and_staff(group, actor, state):
    comment = group.say(RUDE)
    if state is not State.HELD:
        move(comment, state, actor_id=group.instructor.id, reason="decided")
    assert who_sees(group, actor, comment) == {"writer", "instructor", "assistant"}


def test_a_withdrawn_comment_is_in_the_record_of_staff_only(group, actor):
    comment = group.say()
    withdraw(comment, group.writer.id)
    assert who_sees(group, actor, comment) == {"writer", "instructor", "assistant"}


def test_a_draft_is_its_writers_alone(group, actor):
    save_draft(group.writer.id, group.post, Written("On my phone"))
    seen = {
        name
        for name in PEOPLE
        if db.session.scalar(select(Comment.id).where(visible_to(actor(group.who(name)))))
    }
    assert seen == {"writer"}


def test_a_held_reply_is_seen_by_its_writer_and_staff(group, actor):
    row = reply(group.say(), group.post, group.author.id, RUDE)
    seen = {n for n in PEOPLE if queries.reply_for(actor(group.who(n)), row.public_id)}
    assert seen == {"author", "instructor", "assistant"}


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("comment:write", {"writer", "classmate", "instructor", "assistant", "other_assistant"}),
        ("comment:edit", {"writer"}),
        ("comment:withdraw", {"writer"}),
        ("comment:claim", {"writer"}),
        ("comment:reply", CLASS - {"observer"} | {"other_assistant"}),
        ("comment:thank", {"author"}),
        ("comment:act_on", {"author"}),
        ("coverage:see", {"instructor", "assistant", "other_assistant"}),
        ("comment:next", CLASS | {"other_assistant"}),
    ],
)
def test_who_may_what(group, actor, action, who):
    comment = group.say()
    kind = action.partition(":")[2]
    row = {
        "write": queries.reading_for(actor(group.instructor), group.post.public_id),
        "see": group.project,
        "next": group.project,
    }.get(kind, queries.comment_for(actor(group.instructor), comment.public_id))
    assert {name for name in PEOPLE if may(actor(group.who(name)), action, row)} == who


def test_another_course_is_another_world(group, make, actor):
    elsewhere = make.course(title="Elsewhere")
    teacher = make.member(elsewhere, name="Rui Costa")
    comment = group.say()
    assert queries.comment_for(actor(teacher), comment.public_id) is None
    assert queries.reading_for(actor(teacher), group.post.public_id) is None
    assert project_for(actor(teacher), group.project.public_id) is None
    assert db.session.scalar(select(Post.id).where(Post.id == group.post.id)) is not None
