"""What a change does to students at work: pure, every kind of change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.projects.effects import Progress, effects
from classroom.projects.models import Anonymity, LatePolicy, PairingPolicy, Wanted
from classroom.projects.sentences import DATES_MOVED, WORK, effect_says
from classroom.projects.setup import Setup

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = Setup(
    title="A page", brief="Make one.", prompts=("Why?",), post_by=AT + 3 * DAY, comment_by=AT + 7 * DAY
)
AT_WORK = Progress(students=22, posted=14, commenting=6, counted=(3, 3, 4, 2, 1, 0) + (0,) * 16)
CHANGES = [
    ({"post_by": AT + 5 * DAY}, {"date_later"}),
    ({"post_by": AT + DAY}, {"date_earlier"}),
    ({"post_by": AT - DAY}, {"date_earlier", "late_at_once"}),
    ({"post_by": AT - DAY, "late": LatePolicy.CLOSED}, {"date_earlier", "over_at_once", "closed_now"}),
    ({"post_by": None}, {"date_removed"}),
    ({"revise_by": AT + 9 * DAY}, {"date_added"}),
    ({"opens_at": AT + DAY}, {"hidden_again"}),
    ({"opens_at": AT - DAY}, set()),
    ({"comments_wanted": 4}, {"more_comments"}),
    ({"comments_wanted": 2}, {"fewer_comments"}),
    ({"pairing": PairingPolicy.OPEN}, {"pairing"}),
    ({"anonymity": Anonymity.ANONYMOUS}, {"names_were_seen"}),
    ({"floor_words": 12}, {"standard"}),
    ({"needs": ("reason",)}, {"standard"}),
    ({"wants_link": Wanted.REQUIRED}, {"part_required"}),
    ({"wants_text": Wanted.NO}, {"part_dropped"}),
    ({"wants_text": Wanted.OPTIONAL}, set()),
    ({"brief": "Make two."}, {"brief"}),
    ({"prompts": ("Why?", "How?")}, {"prompts"}),
    ({"title": "Another title"}, set()),
    ({}, set()),
]


def codes(before, after, progress=AT_WORK):
    return {effect.code for effect in effects(before, after, progress, AT)}


@pytest.mark.parametrize(("change", "wanted"), CHANGES)
def test_a_change_has_its_effects_and_no_others(change, wanted):
    assert codes(NOW, replace(NOW, **change)) == wanted


@pytest.mark.parametrize(("change", "_wanted"), CHANGES)
def test_nothing_is_said_where_nobody_is_at_work(change, _wanted):
    assert codes(NOW, replace(NOW, **change), Progress()) == set()


@pytest.mark.parametrize("hidden", [Anonymity.PSEUDONYMOUS, Anonymity.ANONYMOUS])
def test_un_blinding_is_loud_and_comes_first(hidden):
    before = replace(NOW, anonymity=hidden)
    found = effects(before, replace(before, anonymity=Anonymity.NAMED, post_by=AT + 9 * DAY), AT_WORK, AT)
    assert [(found[0].code, found[0].loud, found[0].count)] == [("unblind", True, 14)]


@pytest.mark.parametrize("hidden", [Anonymity.PSEUDONYMOUS, Anonymity.ANONYMOUS])
@pytest.mark.parametrize("name", ["opens_at", "post_by", "comment_by", "revise_by"])
@pytest.mark.parametrize("moved", [None, AT - 9 * DAY, AT, AT + 9 * DAY])
def test_moving_a_date_does_not_un_blind(hidden, name, moved):
    before = replace(NOW, anonymity=hidden)
    after = replace(before, **{name: moved})
    assert after.anonymity is hidden
    assert "unblind" not in codes(before, after)


def test_from_one_hidden_name_to_another_is_said():
    before = replace(NOW, anonymity=Anonymity.PSEUDONYMOUS)
    assert codes(before, replace(before, anonymity=Anonymity.ANONYMOUS)) == {"other_names"}


def test_the_numbers_are_those_of_the_class(app):
    moved = effects(NOW, replace(NOW, post_by=AT + 5 * DAY), AT_WORK, AT)[0]
    raised = effects(NOW, replace(NOW, comments_wanted=4), AT_WORK, AT)[0]
    lowered = effects(NOW, replace(NOW, comments_wanted=2), AT_WORK, AT)[0]
    with app.test_request_context():
        assert (
            effect_says(moved) == "“Post by” is later than it was, for 22 students. 14 have posted already."
        )
    assert (raised.count, lowered.count) == (2, 4)


def test_every_effect_has_its_sentence(app):
    blind = replace(NOW, anonymity=Anonymity.ANONYMOUS)
    pairs = [(NOW, replace(NOW, **change)) for change, _wanted in CHANGES]
    pairs += [(blind, NOW), (blind, replace(NOW, anonymity=Anonymity.PSEUDONYMOUS))]
    found = [effect for before, after in pairs for effect in effects(before, after, AT_WORK, AT)]
    with app.test_request_context():
        said = {effect.code: effect_says(effect) for effect in found}
    assert set(said) == set(DATES_MOVED) | set(WORK)
    assert all(sentence and "%(" not in sentence for sentence in said.values())
