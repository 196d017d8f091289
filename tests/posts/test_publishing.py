"""Drafts, publishing, revising, taking back: what changes, what is told, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from classroom.core import clock
from classroom.core.db import db
from classroom.posts import commands, commands_files, queries, rules
from classroom.posts.events import PostMoved, PostPublished, PostWithdrawn
from classroom.posts.models import Post, Revision
from classroom.posts.rules import Typed
from classroom.posts.states import CannotMove, State
from classroom.projects.models import Extension, LatePolicy, Wanted
from tests.posts.conftest import TEXT


def count(kind):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_publishing_makes_a_revision_and_tells(group, heard):
    told = heard(PostPublished, PostMoved)
    done = group.publish(help_wanted="Is the menu easy to find?")
    assert done.new
    post, revision = done.post, done.revision
    assert (post.state, post.revision_number, post.late) == (State.VISIBLE, 1, False)
    assert post.posted_at is not None
    assert revision.text.startswith("A bakery before the buses\nThe bakery on Linden Street")
    assert revision.html.startswith("<p")
    assert revision.help_wanted == "Is the menu easy to find?"
    assert len(revision.digest) == 64
    moved, published = told
    assert (moved.before, moved.after, moved.actor_id) == (State.DRAFT, State.VISIBLE, group.maya.id)
    assert (published.post_id, published.revision, published.first) == (post.id, 1, True)


def test_a_double_click_makes_one_revision(group, heard):
    told = heard(PostPublished)
    first, second = group.publish(once="k1"), group.publish(text="Other words", once="k1")
    assert second.revision.id == first.revision.id
    assert not second.new
    assert count(Revision) == 1
    assert len(told) == 1


def test_publishing_what_has_not_changed_makes_no_revision(group, heard):
    group.publish(once="k1")
    told = heard(PostPublished)
    again = group.publish(once="k2")
    assert (again.new, again.post.revision_number, told) == (False, 1, [])


def test_a_change_makes_a_revision_and_keeps_the_one_before(group, heard):
    post = group.publish().post
    told = heard(PostPublished, PostMoved)
    group.publish(text="Another text entirely.")
    assert post.revision_number == 2
    assert queries.revision_of(post, 1).source == TEXT
    assert queries.revision_of(post).source == "Another text entirely."
    assert queries.revision_of(post, 3) is None
    assert [one.number for one in queries.editions_of(post.id)] == [2, 1]
    assert [(one.revision, one.first) for one in told] == [(2, False)]


def test_a_draft_is_kept_with_a_version(group):
    post = commands.save_draft(group.project, group.maya.id, Typed(text="One"), 0)
    assert (post.state, post.draft_version, post.draft_text) == (State.DRAFT, 1, "One")
    assert commands.save_draft(group.project, group.maya.id, Typed(text="Two"), 1).draft_version == 2


def test_saving_the_same_again_is_no_change(group):
    commands.save_draft(group.project, group.maya.id, Typed(text="One"), 0)
    assert commands.save_draft(group.project, group.maya.id, Typed(text="One"), 0).draft_version == 1


def test_the_slower_tab_is_told_and_nothing_is_overwritten(group):
    commands.save_draft(group.project, group.maya.id, Typed(text="One"), 0)
    commands.save_draft(group.project, group.maya.id, Typed(text="From the phone"), 1)
    with pytest.raises(rules.BothTexts) as lost:
        commands.save_draft(group.project, group.maya.id, Typed(text="From the laptop"), 1)
    assert lost.value.details["theirs"].text == "From the phone"
    assert lost.value.details["version"] == 2
    assert db.session.scalars(select(Post.draft_text)).one() == "From the phone"


def test_two_first_saves_make_one_post(group):
    commands.save_draft(group.project, group.maya.id, Typed(text="One"), 0)
    with pytest.raises(rules.BothTexts):
        commands.save_draft(group.project, group.maya.id, Typed(text="Two"), 0)
    assert count(Post) == 1


@pytest.mark.parametrize(
    "typed",
    [
        Typed(title="x" * 201),
        Typed(text="x" * 200_001),
        Typed(link="x" * 2001),
        Typed(help_wanted="x" * 1001),
    ],
)
def test_what_does_not_fit_is_refused_and_not_cut(group, typed):
    with pytest.raises(rules.TooLong):
        commands.save_draft(group.project, group.maya.id, typed)


def test_an_empty_post_is_refused_and_nothing_happens(group, heard):
    told = heard(PostPublished, PostMoved)
    with pytest.raises(rules.Incomplete):
        group.publish(text="  ")
    assert (count(Revision), told) == (0, [])


def test_a_bad_link_is_refused(group):
    group.project.wants_link = Wanted.OPTIONAL
    with pytest.raises(rules.BadLink):
        group.publish(link="javascript:alert(1)")
    assert count(Revision) == 0


def test_after_the_date_it_is_marked_or_closed(group, monday):
    group.project.post_by = monday
    with clock.at(monday + timedelta(hours=1)):
        assert group.publish().post.late
        group.project.late = LatePolicy.CLOSED
        with pytest.raises(rules.PostingClosed):
            group.publish(group.jonas)
        db.session.add(
            Extension(
                course_id=group.course.id,
                project_id=group.project.id,
                person_id=group.jonas.id,
                post_by=monday + timedelta(days=1),
                by_id=group.instructor.id,
            )
        )
        db.session.flush()
        assert not group.publish(group.jonas).post.late


def test_a_revision_after_its_date_is_marked_or_closed(group, monday):
    group.publish()
    group.project.post_by, group.project.revise_by = monday, monday + timedelta(days=2)
    with clock.at(monday + timedelta(days=1)):
        assert not group.publish(text="In time.").revision.late
    with clock.at(monday + timedelta(days=3)):
        done = group.publish(text="After it.")
        assert (done.revision.late, done.post.late) == (True, False)
        group.project.late = LatePolicy.CLOSED
        with pytest.raises(rules.RevisingClosed):
            group.publish(text="Much later.")


def test_the_hour_that_comes_twice_is_no_trap(group):
    """Clocks go back on 25 October 2026 at 01:00 UTC in Berlin: 02:30 comes twice; the date is one moment."""
    first, second = "2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"
    group.project.post_by = clock.datetime.fromisoformat(first)
    with clock.at(clock.datetime.fromisoformat(second)):
        assert group.publish().post.late


def test_a_project_that_is_not_open_takes_nothing(group, monday):
    group.project.opens_at = monday + timedelta(hours=1)
    with pytest.raises(rules.NotOpen):
        group.publish()


def test_taking_back_and_posting_again_changes_neither_time_nor_lateness(group, monday, heard):
    group.project.post_by = monday + timedelta(hours=1)
    post = group.publish().post
    posted_at = post.posted_at
    told = heard(PostWithdrawn, PostPublished)
    commands.withdraw_post(post, group.maya.id)
    assert post.state is State.WITHDRAWN
    with clock.at(monday + timedelta(days=1)):
        again = group.publish()
    assert (again.new, post.state, post.late, post.posted_at) == (False, State.VISIBLE, False, posted_at)
    assert [type(one) for one in told] == [PostWithdrawn, PostPublished]
    assert told[1].first


@pytest.mark.parametrize("state", [State.HELD, State.RETURNED])
def test_taking_back_does_not_free_what_waits_for_a_person(group, state):
    post = group.publish().post
    commands.move_post(post, state, actor_id=group.instructor.id, reason="leak")
    commands.withdraw_post(post, group.maya.id)
    group.publish(text="Posted again.")
    assert post.state is State.HELD


def test_a_held_post_stays_held_when_it_is_revised(group):
    post = group.publish().post
    commands.move_post(post, State.HELD, actor_id=None, reason="leak")
    group.publish(text="Without the answer.")
    assert (post.state, post.revision_number) == (State.HELD, 2)


def test_a_returned_post_comes_back_by_its_authors_revision(group, heard):
    post = group.publish().post
    commands.move_post(
        post, State.RETURNED, actor_id=group.instructor.id, reason="leak", note="Please shorten."
    )
    told = heard(PostMoved)
    group.publish(text="Shorter.")
    assert post.state is State.VISIBLE
    assert [(one.before, one.after, one.actor_id) for one in told] == [
        (State.RETURNED, State.VISIBLE, group.maya.id)
    ]


def test_a_removed_post_comes_back_by_staff_only(group):
    post = group.publish().post
    commands.move_post(post, State.REMOVED, actor_id=group.instructor.id, reason="attack")
    with pytest.raises(rules.WasRemoved):
        group.publish(text="Back again.")
    with pytest.raises(CannotMove):
        commands.withdraw_post(post, group.maya.id)
    commands.move_post(post, State.VISIBLE, actor_id=group.instructor.id, reason="restored")
    assert post.state is State.VISIBLE


def test_dropping_a_draft_goes_back_to_what_is_published(group):
    post = group.publish().post
    commands.save_draft(group.project, group.maya.id, Typed(text="A worse idea"))
    commands_files.drop_draft(post)
    assert commands.typed_in(post).text == TEXT
