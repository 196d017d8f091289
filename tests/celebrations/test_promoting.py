"""From the wall into the lesson and the guidelines, until the writer takes consent back."""

import pytest

from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import move
from classroom.core.db import db
from classroom.guidelines.commands import begin_draft, publish
from classroom.guidelines.models import Example
from classroom.guidelines.queries import current_version, draft_version
from classroom.posts.states import State

WORDS = "scrolled past three pictures"


@pytest.fixture
def made(scene):
    one = highlight(scene.comment, scene.staff.id, why="It says where.", moves=["specific"])
    answer(one, Consent.PSEUDONYM)
    db.session.commit()
    return one


def promote(scene, made, client_of, send):
    return send(client_of(scene.staff), scene.wall, f"/highlights/{made.public_id}/guideline-example")


def in_force(scene):
    return [one for one in current_version(scene.course.id).examples if WORDS in one.situation]


def published(scene, made, client_of, send):
    draft = draft_version(scene.course.id) or begin_draft(scene.course, from_starter=True)
    db.session.commit()
    for _press in range(2):
        assert promote(scene, made, client_of, send).status_code == 303
    publish(draft_version(scene.course.id), scene.staff.id, major=True)
    db.session.commit()
    return draft


def test_one_press_from_the_wall_and_two_make_one(scene, made, client_of, send):
    published(scene, made, client_of, send)
    (one,) = in_force(scene)
    assert one.why == "It says where."
    page = client_of(scene.mina).get(f"/courses/{scene.course.public_id}/guidelines").text
    assert WORDS in page
    assert "Jonas" not in page


@pytest.mark.parametrize("how", ["declined", "removed"])
def test_withdrawn_it_goes_from_what_is_in_force_and_from_new_drafts(scene, made, client_of, send, how):
    published(scene, made, client_of, send)
    if how == "declined":
        answer(made, Consent.DECLINED)
    else:
        move(scene.comment, State.REMOVED, actor_id=scene.staff.id, reason="removed")
    begin_draft(scene.course)
    db.session.commit()
    assert in_force(scene) == []
    assert all(WORDS not in one.situation for one in draft_version(scene.course.id).examples)
    for person in (scene.mina, scene.staff):
        assert WORDS not in client_of(person).get(f"/courses/{scene.course.public_id}/guidelines").text
    if how == "declined":
        answer(made, Consent.NAME)
        db.session.commit()
        assert len(in_force(scene)) == 1


def test_a_copy_in_the_next_draft_goes_with_it(scene, made, client_of, send):
    published(scene, made, client_of, send)
    begin_draft(scene.course)
    answer(made, Consent.DECLINED)
    db.session.commit()
    assert all(WORDS not in one.situation for one in draft_version(scene.course.id).examples)


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.DECLINED])
def test_without_consent_nothing_is_made(scene, made, client_of, send, consent):
    answer(made, consent)
    db.session.commit()
    assert promote(scene, made, client_of, send).status_code == 422
    assert db.session.query(Example).filter_by(highlight_id=made.id).count() == 0


def test_only_instructors(scene, made, client_of, make):
    wall = client_of(scene.staff).get(scene.wall).text
    assert "Put it into the lesson" in wall
    assert "Put it into the lesson" not in client_of(scene.mina).get(scene.wall).text
    url = f"/highlights/{made.public_id}/guideline-example"
    people = [scene.jonas, scene.aylin, scene.mina, make.person()]
    assert [client_of(one).post(url).status_code for one in people] == [403, 404, 404, 404]
