"""Who is asked, what happens when something changes, and which posts still wait."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.comments.commands import Written, move, post_comment, save_draft, withdraw
from classroom.comments.coverage import coverage_for
from classroom.comments.events import PairingMade
from classroom.comments.models import Comment, Pairing
from classroom.comments.pairing_work import repair
from classroom.comments.queries_duties import duties_for, next_for
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.commands import enrol, remove_member
from classroom.courses.models import Membership
from classroom.pairing import Step
from classroom.posts.commands import move_post
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import LatePolicy, PairingPolicy
from tests.comments.conftest import GOOD, THIN, build


@dataclass
class Room:
    group: object
    students: list
    posts: dict


def asked():
    return {
        (row.commenter_id, row.post_id)
        for row in db.session.scalars(select(Pairing).where(Pairing.released_at.is_(None)))
    }


@pytest.fixture
def room(make, monday):
    """Eight students who have posted, two comments each."""
    group = build(make, comments_wanted=2)
    students = [group.author, group.writer, group.classmate]
    students += [make.student(group.course, section=group.section) for _ in range(5)]
    posts = {post.author_id: post for post in db.session.scalars(select(Post))}
    for student in students:
        posts.setdefault(student.id, None)
        if posts[student.id] is None:
            posts[student.id] = make.post(group.project, student)
    repair(group.project.id)
    return Room(group, students, posts)


WORDS = (
    GOOD,
    "The map on the second page is what I needed, because without it I would not have found Linden Street.",
    "Why do the first bus and the loaves stand in one sentence? I read it twice to see who waits.",
)


def test_everyone_gives_and_receives_what_was_asked_and_nobody_themselves(room):
    pairs = asked()
    assert len(pairs) == 16
    for student in room.students:
        assert len([1 for who, _post in pairs if who == student.id]) == 2
        assert len([1 for _who, post in pairs if post == room.posts[student.id].id]) == 2
        assert (student.id, room.posts[student.id].id) not in pairs


def test_asking_again_changes_nothing(room, heard):
    told = heard(PairingMade)
    before = asked()
    assert repair(room.group.project.id) == 0
    assert (asked(), told) == (before, [])


def test_a_late_post_is_given_commenters(room, make, heard):
    told = heard(PairingMade)
    late = make.student(room.group.course)
    post = make.post(room.group.project, late)
    post.state = State.HELD
    move_post(post, State.VISIBLE, actor_id=room.group.instructor.id, reason="approved")
    assert len([1 for who, _post in asked() if who == late.id]) == 2
    assert {event.commenter_id for event in told} >= {late.id}
    assert all(event.project_id == room.group.project.id for event in told)


def test_a_post_that_goes_is_released_and_its_commenters_get_another(room):
    gone = room.posts[room.group.author.id]
    move_post(gone, State.REMOVED, actor_id=room.group.instructor.id, reason="removed")
    pairs = asked()
    assert gone.id not in {post for _who, post in pairs}
    # Nobody is still to post, so everyone gives two although there are fewer posts than students.
    for student in room.students:
        assert len([1 for who, _post in pairs if who == student.id]) == 2


def test_work_that_was_begun_is_never_taken_away(room):
    who, post_id = sorted(asked())[0]
    post = db.session.get(Post, post_id)
    save_draft(who, post, Written("I began to write about the map"))
    for _ in range(3):
        repair(room.group.project.id)
    assert (who, post_id) in asked()


def test_a_student_who_leaves_is_asked_no_more_and_posts_stay_covered(room, monday):
    left = room.students[-1]
    leave(room, left)
    pairs = asked()
    assert left.id not in {who for who, _post in pairs}
    assert room.posts[left.id].id not in {post for _who, post in pairs}
    per_post = [len([1 for _w, p in pairs if p == room.posts[s.id].id]) for s in room.students[:-1]]
    assert max(per_post) - min(per_post) <= 1


def leave(room, person):
    seat = db.session.scalar(
        select(Membership).where(
            Membership.course_id == room.group.course.id, Membership.person_id == person.id
        )
    )
    remove_member(seat)


def test_one_who_comes_back_is_asked_again(room):
    person = room.students[-1]
    leave(room, person)
    enrol(room.group.course, person, Role.STUDENT)
    assert len([1 for who, _post in asked() if who == person.id]) == 2


def test_who_has_not_posted_is_not_asked_before_posting_is_over(room, make, monday):
    late = make.student(room.group.course)
    repair(room.group.project.id)
    assert late.id not in {who for who, _post in asked()}
    room.group.project.post_by = monday + timedelta(days=1)
    with clock.at(monday + timedelta(days=2)):
        repair(room.group.project.id)
        assert late.id in {who for who, _post in asked()}


def test_another_policy_releases_what_was_not_begun(room):
    room.group.project.pairing = PairingPolicy.OPEN
    assert repair(room.group.project.id) == 16
    assert asked() == set()
    room.group.project.pairing = PairingPolicy.ASSIGNED
    repair(room.group.project.id)
    assert len(asked()) == 16


def test_a_removed_comment_leaves_the_post_to_someone_else(room):
    who, post_id = sorted(asked())[0]
    comment = post_comment(who, db.session.get(Post, post_id), Written(GOOD))
    move(comment, State.REMOVED, actor_id=room.group.instructor.id, reason="removed")
    assert (who, post_id) not in asked()
    assert len([1 for _who, post in asked() if post == post_id]) == 2


def test_a_comment_taken_back_can_be_asked_for_again(room):
    who, post_id = sorted(asked())[0]
    comment = post_comment(who, db.session.get(Post, post_id), Written(GOOD))
    withdraw(comment, who)
    assert len([1 for one, _post in asked() if one == who]) == 2


def test_one_is_led_to_what_one_was_asked_for(room, actor):
    for student in room.students:
        found = next_for(actor(student), room.group.project)
        assert (student.id, found.post_id) in asked()


def test_the_duty_goes_from_none_to_done(room, actor):
    me = room.students[3]
    for n in range(2):
        (duty,) = duties_for(actor(me))
        assert (duty.done, duty.wanted, duty.is_done) == (n, 2, False)
        post = db.session.get(Post, duty.next_post.post_id)
        post_comment(me.id, post, Written(WORDS[n]))
    (duty,) = duties_for(actor(me))
    assert (duty.done, duty.is_done) == (2, True)


def test_two_comments_on_one_post_are_one_for_the_duty(room, actor):
    me = room.students[3]
    post = db.session.get(Post, duties_for(actor(me))[0].next_post.post_id)
    for n in range(2):
        post_comment(me.id, post, Written(WORDS[n]))
    assert duties_for(actor(me))[0].done == 1


@pytest.mark.parametrize("courses", [1, 4])
def test_all_duties_cost_two_statements(make, monday, actor, count_queries, courses):
    me = make.person("Jonas Weiszfeld")
    for _ in range(courses):
        group = build(make)
        enrol(group.course, me, Role.STUDENT)
        make.post(group.project, me)
    who = actor(me)
    with count_queries() as seen:
        assert len(duties_for(who)) == courses
    assert len(seen) == 2


def test_staff_owe_nothing(room, actor):
    assert duties_for(actor(room.group.instructor)) == []
    assert next_for(actor(room.group.instructor), room.group.project) is None


def test_next_leads_to_the_post_or_back_to_the_project(room, client_of, actor):
    me, group = room.students[3], room.group
    url = f"/projects/{group.project.public_id}/next"
    there = next_for(actor(me), group.project)
    assert client_of(me).get(url).headers["Location"] == f"/posts/{there.public_id}"
    assert client_of(group.instructor).get(url).headers["Location"] == f"/projects/{group.project.public_id}"
    assert client_of(group.stranger).get(url).status_code == 404


def test_coverage_counts_and_says_what_happens(room, actor):
    group = room.group
    found = coverage_for(actor(group.instructor), group.project)
    assert (found.wanted, len(found.rows), found.covered, found.on_the_way) == (2, 8, 0, 8)
    who, post_id = sorted(asked())[0]
    post_comment(who, db.session.get(Post, post_id), Written(GOOD))
    row = next(r for r in coverage_for(actor(group.instructor), group.project).rows if r.received)
    assert (row.received, row.on_the_way, row.step) == (1, 1, Step.ON_THE_WAY)


def test_a_thin_comment_covers_nothing(room, actor):
    who, post_id = sorted(asked())[0]
    post_comment(who, db.session.get(Post, post_id), Written(THIN))
    assert {row.received for row in coverage_for(actor(room.group.instructor), room.group.project).rows} == {
        0
    }


def test_after_the_date_it_is_for_the_staff(room, actor, monday):
    room.group.project.comment_by, room.group.project.late = monday, LatePolicy.CLOSED
    with clock.at(monday + timedelta(hours=1)):
        found = coverage_for(actor(room.group.instructor), room.group.project)
    assert {row.step for row in found.rows} == {Step.STAFF}
    assert found.short == 8


def test_open_choice_promises_what_is_owed_and_no_more(room, actor):
    room.group.project.pairing = PairingPolicy.OPEN
    repair(room.group.project.id)
    found = coverage_for(actor(room.group.instructor), room.group.project)
    assert {row.step for row in found.rows} == {Step.WILL_BE_OFFERED}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("instructor", 200),
        ("assistant", 200),
        ("other_assistant", 200),
        ("author", 403),
        ("writer", 403),
        ("observer", 403),
        ("stranger", 404),
    ],
)
def test_who_sees_the_coverage_page(room, client_of, who, status):
    url = f"/projects/{room.group.project.public_id}/coverage"
    answer = client_of(room.group.who(who)).get(url)
    assert answer.status_code == status
    if status == 200:
        assert ("A bakery before the buses" in answer.text) == (who != "other_assistant")


@pytest.mark.parametrize("n", [1, 10, 40])
def test_coverage_costs_no_more_with_more_posts(make, monday, client_of, count_queries, n):
    group = build(make)
    for _ in range(n):
        make.post(group.project, make.student(group.course))
    client, url = client_of(group.instructor), f"/projects/{group.project.public_id}/coverage"
    with count_queries() as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= 8, seen


@pytest.mark.parametrize("show", ["", "short", "on_the_way", "covered", "nonsense"])
def test_every_filter_of_coverage_is_an_address(room, client_of, show):
    client = client_of(room.group.instructor)
    answer = client.get(f"/projects/{room.group.project.public_id}/coverage?show={show}")
    assert answer.status_code == 200
    assert (answer.text.count("<tr data-item") > 1) == (show in {"", "on_the_way"})
    assert "pairings" not in answer.text
    assert db.session.scalar(select(Comment.id)) is None
