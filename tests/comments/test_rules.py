"""Rules of comments, without a database."""

from datetime import timedelta
from itertools import product

import pytest

from classroom.comments import rules
from classroom.comments.models import COUNTING, Standing
from classroom.posts.states import State
from classroom.projects.models import Extension, LatePolicy, Project, ProjectState
from tests.conftest import MONDAY


@pytest.mark.parametrize(("state", "standing"), list(product(State, Standing)))
def test_what_counts(state, standing):
    counted = rules.counts(state, standing)
    if state is State.HELD:
        assert counted, "a hold never costs the writer"
    elif state is State.VISIBLE:
        assert counted == (standing in {Standing.COUNTS, Standing.CLAIMED, Standing.ACCEPTED})
    else:
        assert not counted


@pytest.mark.parametrize("state", list(State))
def test_what_may_be_rewritten(state):
    assert rules.may_rewrite(state) == (state in {State.VISIBLE, State.HELD, State.RETURNED})


@pytest.mark.parametrize(("state", "standing"), list(product(State, Standing)))
def test_only_a_visible_comment_that_does_not_count_yet_can_be_claimed(state, standing):
    assert rules.may_claim(state, standing) == (state is State.VISIBLE and standing is Standing.NOT_YET)


@pytest.mark.parametrize(
    ("before", "meets", "after"),
    [
        (Standing.COUNTS, False, Standing.NOT_YET),
        (Standing.NOT_YET, False, Standing.NOT_YET),
        (Standing.CLAIMED, False, Standing.CLAIMED),
        (Standing.DECLINED, False, Standing.DECLINED),
        (Standing.ACCEPTED, False, Standing.NOT_YET),
        *((standing, True, Standing.COUNTS) for standing in Standing),
    ],
)
def test_a_rewritten_comment_is_judged_anew(before, meets, after):
    assert rules.standing_after_edit(before, meets=meets) is after


@pytest.mark.parametrize("body", ["", "   ", "\n\t"])
def test_nothing_is_no_comment(body):
    with pytest.raises(rules.NothingWritten):
        rules.check_text(body)


def test_a_comment_has_an_end():
    rules.check_text("a" * rules.MOST_CHARACTERS)
    with pytest.raises(rules.TooLong):
        rules.check_text("a" * (rules.MOST_CHARACTERS + 1))


def project(**values):
    return Project(
        **{"state": ProjectState.PUBLISHED, "late": LatePolicy.MARKED, "comment_by": MONDAY, **values}
    )


def test_late_is_marked_where_the_project_says_so():
    assert rules.check_time(project(), MONDAY, None) is False
    assert rules.check_time(project(), MONDAY + timedelta(minutes=5), None) is False
    assert rules.check_time(project(), MONDAY + timedelta(minutes=6), None) is True


def test_a_closed_project_takes_nothing_more():
    closed = project(late=LatePolicy.CLOSED)
    with pytest.raises(rules.CommentingClosed):
        rules.check_time(closed, MONDAY + timedelta(hours=1), None)
    more = Extension(comment_by=MONDAY + timedelta(days=2))
    assert rules.check_time(closed, MONDAY + timedelta(hours=1), more) is False


def test_nothing_is_taken_before_the_opening_or_while_it_is_a_draft():
    with pytest.raises(rules.NotOpenYet):
        rules.check_time(project(opens_at=MONDAY + timedelta(hours=1)), MONDAY, None)
    with pytest.raises(rules.NotOpenYet):
        rules.check_time(project(state=ProjectState.DRAFT), MONDAY, None)


def test_the_counting_standings_are_three():
    assert {Standing.COUNTS, Standing.CLAIMED, Standing.ACCEPTED} == COUNTING
