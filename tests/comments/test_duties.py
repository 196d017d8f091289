"""What is owed, what comes next, and why nothing does: rules on values."""

from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.comments.duties import duty_from
from classroom.comments.tallies import Peer
from classroom.courses.queries import Member
from classroom.posts.states import State
from classroom.projects.models import LatePolicy, PairingPolicy, Project, ProjectState
from tests.conftest import MONDAY

ME = 99


def project(**values):
    return Project(
        **{
            "state": ProjectState.PUBLISHED,
            "late": LatePolicy.MARKED,
            "comments_wanted": 2,
            "pairing": PairingPolicy.ASSIGNED,
            "secret": "s",
            **values,
        }
    )


def peer(number, **values):
    member = Member(number, f"m{number}", f"P {number}", None, None, number, Role.STUDENT, None, False)
    posted = values.pop("posted_at", MONDAY + timedelta(minutes=number))
    base = {"state": State.VISIBLE, "left": False, "posted_at": posted}
    return Peer(number, f"p{number}", 1, f"Post {number}", number, member=member, **{**base, **values})


def duty(peers, shut_out=False, at=MONDAY, **values):
    return duty_from(project(**values), peers, me=ME, at=at, shut_out=shut_out)


def test_what_one_was_asked_for_comes_first_and_what_one_began_before_it():
    assert duty([peer(1), peer(2, paired=True)]).next_post.post_id == 2
    assert duty([peer(1), peer(2, paired=True), peer(3, drafting=True)]).next_post.post_id == 3


def test_open_choice_offers_what_has_least_counting_those_being_written():
    peers = [peer(1, received=1), peer(2, writing=1), peer(3), peer(4)]
    assert duty(peers, pairing=PairingPolicy.OPEN).next_post.post_id == 3


def test_a_post_is_commented_on_once_and_counted_once():
    found = duty([peer(1, sent=True, done=True), peer(2, paired=True)])
    assert (found.done, found.wanted, found.next_post.post_id) == (1, 2, 2)


def test_held_counts_and_is_named():
    found = duty([peer(1, sent=True, done=True, held=True), peer(2, sent=True, done=True)])
    assert (found.done, found.held, found.is_done) == (2, 1, True)


def test_credit_stays_when_the_post_goes():
    found = duty([peer(1, sent=True, done=True, state=State.WITHDRAWN), peer(2, left=True)])
    assert (found.done, found.next_post, found.waiting_reason) == (1, None, "no_posts")


def test_everyone_means_every_other_post():
    found = duty([peer(n) for n in range(1, 6)], pairing=PairingPolicy.EVERYONE)
    assert (found.wanted, found.next_post.post_id) == (5, 1)


def test_after_posting_nobody_owes_more_than_there_is_to_read():
    over = {"post_by": MONDAY - timedelta(days=1), "comments_wanted": 3}
    assert duty([peer(1), peer(2)], **over).wanted == 2
    assert duty([peer(1), peer(2)], comments_wanted=3).wanted == 3


def test_while_posts_arrive_the_first_does_not_swallow_the_class():
    full = [peer(1, received=1, asked=1)]
    found = duty(full)
    assert (found.next_post, found.waiting_reason) == (None, "more_posts")
    assert duty(full, post_by=MONDAY - timedelta(days=1)).next_post.post_id == 1


@pytest.mark.parametrize(
    ("values", "shut_out", "reason"),
    [
        ({"opens_at": MONDAY + timedelta(days=1)}, False, "not_open"),
        ({"state": ProjectState.DRAFT}, False, "not_open"),
        ({"comment_by": MONDAY - timedelta(hours=1), "late": LatePolicy.CLOSED}, False, "closed"),
        ({"comment_by": MONDAY - timedelta(hours=1)}, False, None),
        ({}, True, "post_first"),
        ({}, False, None),
    ],
)
def test_why_there_is_nothing_to_do(values, shut_out, reason):
    found = duty([peer(1)], shut_out=shut_out, **values)
    assert found.waiting_reason == reason
    assert (found.next_post is None) == (reason is not None)


def test_the_last_one_is_done():
    found = duty([peer(1, sent=True, done=True), peer(2, sent=True, done=True)])
    assert (found.is_done, found.waiting_reason, found.next_post) == (True, "done", None)


def test_own_comments_that_need_a_second_hand():
    found = duty(
        [
            peer(1, sent=True, returned="c1"),
            peer(2, sent=True, thin="c2"),
            peer(3, sent=True, thin="c3", done=True),
        ]
    )
    assert (found.came_back, found.to_improve) == ("c1", "c2")


def test_no_comments_wanted_is_no_duty():
    found = duty([peer(1)], comments_wanted=0, pairing=PairingPolicy.OPEN)
    assert (found.wanted, found.is_done, found.next_post.post_id) == (0, True, 1)
