"""Where a request stands, from which state it may go on, and the words that are made for it."""

from datetime import timedelta
from itertools import product

import pytest

from classroom.help_requests import rules
from classroom.help_requests.models import Audience, HelpKind, HelpRequest
from classroom.help_requests.rules import NEXT, CannotMove, HelpState, as_hint, standing, subject_of, turned
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project


@pytest.mark.parametrize(("now", "wanted"), list(product(HelpState, repeat=2)))
def test_every_pair_of_states_is_allowed_or_refused(now, wanted):
    if wanted in NEXT[now]:
        rules.check_next(now, wanted)
    else:
        with pytest.raises(CannotMove):
            rules.check_next(now, wanted)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, HelpState.OPEN),
        ({"taken_at": timedelta(minutes=29)}, HelpState.TAKEN),
        ({"taken_at": timedelta(minutes=30)}, HelpState.OPEN),
        ({"taken_at": timedelta(minutes=31), "reopened_at": timedelta(hours=1)}, HelpState.REOPENED),
        ({"reopened_at": timedelta(hours=1)}, HelpState.REOPENED),
        ({"answered_at": timedelta(0), "taken_at": timedelta(0)}, HelpState.ANSWERED),
        ({"state": State.WITHDRAWN, "answered_at": timedelta(0)}, HelpState.WITHDRAWN),
    ],
)
def test_it_stands_where_its_moments_say(monday, values, state):
    row = HelpRequest(state=State.VISIBLE)
    for name, value in values.items():
        setattr(row, name, monday - value if isinstance(value, timedelta) else value)
    assert standing(row, monday) is state


@pytest.mark.parametrize(
    ("anonymity", "on_post", "first", "named"),
    [
        (Anonymity.NAMED, True, Audience.NAME, True),
        (Anonymity.NAMED, False, Audience.NAME, True),
        (Anonymity.PSEUDONYMOUS, True, Audience.PEER_NAME, False),
        (Anonymity.PSEUDONYMOUS, False, Audience.PEER_NAME, True),
        (Anonymity.ANONYMOUS, True, Audience.PEER_NAME, False),
    ],
)
def test_nobody_tells_by_a_name_whose_post_it_is(anonymity, on_post, first, named):
    offered = rules.audiences(Project(anonymity=anonymity), on_post=on_post)
    assert (offered[0], offered[-1], Audience.NAME in offered) == (first, Audience.STAFF, named)
    assert rules.audiences(None, on_post=False) == (Audience.NAME, Audience.STAFF)


@pytest.mark.parametrize(
    ("question", "wanting", "subject"),
    [
        (
            "Can someone just give me the answer to question 3 please?",
            "Can someone just give me the answer",
            "question 3",
        ),
        ("what did you all get for number 3?", "what did you all get", "number 3"),
        ("can someone send me their solution please", "can someone send me their", "“Loops”"),
        ("please write the introduction for me, it's due", "please write", "the introduction"),
        ("just tell me the code for the loop", "just tell", "the code for the loop"),
        ("give me the answer", "give me the answer", "“Loops”"),
        ("nothing of it stands here", "elsewhere", "“Loops”"),
    ],
)
def test_another_way_to_ask_is_made_of_the_askers_own_words(question, wanting, subject):
    assert subject_of(question, wanting, "Loops") == subject
    for kind in HelpKind:
        assert subject in turned(subject, kind)
        assert "%" not in turned(subject, kind)


def test_a_hint_is_the_answer_without_the_sentence_that_gives_it_away():
    text = "Nice start. The answer is 42 loaves. Count again from Monday."
    hint = as_hint(text, "is 42 loaves")
    assert "42" not in hint
    assert hint.startswith("Nice start. Count again from Monday.")
    assert hint.endswith("?")
    assert as_hint(text, "not there") == text


def test_what_was_celebrated_says_what_one_can_give():
    assert rules.kinds_by({"suggestion", "shine"}) == {HelpKind.HINT, HelpKind.BETTER}
    assert rules.kinds_by(()) == frozenset()
