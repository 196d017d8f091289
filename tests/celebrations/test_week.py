"""The page of a week: consented only, each in turn, no ranks and no counts."""

from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.celebrations.rules_week import Candidate, choose
from classroom.comments.commands_threads import mark_acted_on, thank
from classroom.comments.models import ThanksKind
from classroom.core import clock
from classroom.core.db import db
from tests.conftest import MONDAY

WEEK = timedelta(days=7)


@pytest.fixture
def page(scene):
    return f"{scene.wall}/week"


def celebrate(scene, consent):
    made = highlight(scene.comment, scene.staff.id, why="It says where.", moves=["specific"])
    answer(made, consent)
    db.session.commit()
    return made


def shown(client, url):
    return "scrolled past three pictures" in client.get(url).text


def test_whoever_was_not_there_goes_first_and_each_once():
    known, new = 1, 2
    rows = [
        Candidate(10, known, fresh=False, before=True),
        Candidate(11, known, fresh=True, before=False),
        Candidate(12, new, fresh=True, before=False),
        Candidate(13, new, fresh=True, before=False),
    ]
    assert choose(rows) == [12, 11]
    assert choose(rows, most=1) == [12]


@pytest.mark.parametrize("consent", list(Consent))
def test_only_with_consent_and_under_the_chosen_name(scene, client_of, page, consent):
    with clock.at(MONDAY):
        celebrate(scene, consent)
        text = client_of(scene.mina).get(page).text
    assert ("scrolled past" in text) == (consent in {Consent.NAME, Consent.PSEUDONYM})
    assert ("Jonas" in text) == (consent is Consent.NAME)


@pytest.mark.parametrize("how", ["thanks", "acted on"])
def test_thanks_and_acted_on_bring_it_back_in_their_week(scene, client_of, page, how):
    mina = client_of(scene.mina)
    with clock.at(MONDAY):
        celebrate(scene, Consent.PSEUDONYM)
        assert shown(mina, page)
    with clock.at(MONDAY + WEEK):
        mina = client_of(scene.mina)
        assert not shown(mina, page)
        assert shown(mina, f"{page}?of={MONDAY.date()}")
        if how == "thanks":
            thank(scene.comment, scene.aylin.id, ThanksKind.USEFUL)
        else:
            mark_acted_on(scene.comment, scene.post.revision_number)
        db.session.commit()
        assert shown(mina, page)


def test_consent_taken_back_takes_it_from_the_page_at_once(scene, client_of, page):
    with clock.at(MONDAY):
        made = celebrate(scene, Consent.NAME)
        answer(made, Consent.DECLINED)
        db.session.commit()
        assert not shown(client_of(scene.mina), page)


def test_who_may_and_odd_addresses(scene, make, client_of, page):
    people = [scene.staff, scene.jonas, scene.aylin, make.member(scene.course, Role.OBSERVER), make.person()]
    assert [client_of(one).get(page).status_code for one in people] == [200, 200, 200, 200, 404]
    for odd in ("soon", "9999-12-31", "0001-01-01", "2999-01-01", "2026-02-31"):
        assert client_of(scene.mina).get(f"{page}?of={odd}").status_code == 200
