"""Celebrating with a reason, the writer's consent, and a wall without ranks."""

import pytest

from classroom.access import Role
from classroom.celebrations import commands, queries, rules
from classroom.celebrations.models import Consent, Highlight
from classroom.comments.commands import Written, move, post_comment
from classroom.core.db import db
from classroom.courses.queries import members_of
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.states import State
from tests.celebrations.conftest import FINE

WHY = "It names the place, says what happened, and offers one thing to try."


def celebrate(scene):
    return commands.highlight(scene.comment, scene.staff.id, why=WHY, moves=["specific", "suggestion"])


def test_both_are_told_why(scene):
    celebrate(scene)
    told = {one.person_id: one for one in db.session.query(Notice) if one.kind.value.startswith("highlight")}
    assert told[scene.jonas.id].kind is NoticeKind.HIGHLIGHT_WRITER
    assert told[scene.jonas.id].details["why"] == WHY
    assert told[scene.aylin.id].kind is NoticeKind.HIGHLIGHT_RECEIVER


def test_a_second_press_changes_the_reason_and_tells_nobody_again(scene):
    first = celebrate(scene)
    count = db.session.query(Notice).count()
    again = commands.highlight(scene.comment, scene.staff.id, why="Better words.", moves=["reason"])
    assert (again.id, again.why) == (first.id, "Better words.")
    assert db.session.query(Notice).count() == count


@pytest.mark.parametrize(
    ("why", "moves", "error"),
    [("  ", ["reason"], rules.WhyMissing), (WHY, [], rules.MoveMissing), (WHY, ["shine"], rules.MoveMissing)],
)
def test_a_reason_is_needed(scene, why, moves, error):
    with pytest.raises(error):
        commands.highlight(scene.comment, scene.staff.id, why=why, moves=moves)


def test_what_is_not_visible_is_not_celebrated(scene):
    move(scene.comment, State.REMOVED, actor_id=scene.staff.id, reason="removed")
    with pytest.raises(rules.NotVisible):
        celebrate(scene)


@pytest.mark.parametrize("consent", list(Consent))
def test_the_wall_shows_only_what_its_writer_consented_to(scene, client_of, consent):
    made = celebrate(scene)
    commands.answer(made, consent)
    page = client_of(scene.mina).get(scene.wall).text
    assert ("scrolled past three pictures" in page) == (consent in rules.ON_WALL)
    assert ("Jonas Weber" in page) == (consent is Consent.NAME)


def test_the_name_on_the_wall_cannot_be_linked_with_the_one_in_the_project(scene, client_of):
    commands.answer(celebrate(scene), Consent.PSEUDONYM)
    member = members_of(scene.course.id)[scene.jonas.id]
    peer_name = queries.pseudonym(scene.project.secret, member.number)
    page = client_of(scene.mina).get(scene.wall).text
    assert queries.wall_name(scene.project, member.number) in page
    assert peer_name not in page
    assert scene.comment.public_id not in page


def test_consent_can_be_taken_back(scene, client_of, send):
    made = celebrate(scene)
    client = client_of(scene.jonas)
    url = f"/highlights/{made.public_id}"
    assert send(client, url, consent="name").status_code == 303
    assert "Jonas Weber" in client_of(scene.mina).get(scene.wall).text
    assert send(client, url, consent="declined").status_code == 303
    assert "Jonas Weber" not in client_of(scene.mina).get(scene.wall).text
    assert send(client, url, consent="everyone").status_code == 422


def test_what_is_removed_later_leaves_the_wall(scene, client_of):
    commands.answer(celebrate(scene), Consent.NAME)
    move(scene.comment, State.REMOVED, actor_id=scene.staff.id, reason="removed")
    assert "scrolled past" not in client_of(scene.mina).get(scene.wall).text


def test_filters_are_addresses(scene, client_of):
    commands.answer(celebrate(scene), Consent.NAME)
    client = client_of(scene.mina)
    assert "scrolled past" in client.get(f"{scene.wall}?move=suggestion").text
    assert "scrolled past" not in client.get(f"{scene.wall}?move=praise").text
    assert "scrolled past" in client.get(f"{scene.wall}?project={scene.project.public_id}").text


def test_an_empty_wall_says_why(scene, client_of):
    assert "The wall is empty" in client_of(scene.mina).get(scene.wall).text
    assert "press “Celebrate”" in client_of(scene.staff).get(scene.wall).text


def test_celebrating_from_the_page(scene, client_of, send):
    url = f"/comments/{scene.comment.public_id}/highlight"
    client = client_of(scene.staff)
    assert send(client, url, moves=["specific"], why="").status_code == 422
    assert send(client, url, moves=["specific"], why=WHY).status_code == 303
    assert db.session.query(Highlight).one().why == WHY


def test_who_may(scene, make, client_of, visitor):
    made = celebrate(scene)
    people = {
        "staff": scene.staff,
        "author": scene.jonas,
        "receiver": scene.aylin,
        "classmate": scene.mina,
        "observer": make.member(scene.course, Role.OBSERVER),
        "stranger": make.person(),
    }
    expected = {
        scene.wall: [200, 200, 200, 200, 200, 404],
        f"/comments/{scene.comment.public_id}/highlight": [200, 403, 403, 403, 403, 404],
        f"/highlights/{made.public_id}": [403, 200, 404, 404, 404, 404],
    }
    for url, statuses in expected.items():
        assert [client_of(person).get(url).status_code for person in people.values()] == statuses, url
        assert visitor.get(url).status_code == 302


@pytest.mark.parametrize("n", [1, 6])
def test_the_wall_costs_the_same_whatever_it_holds(scene, make, client_of, count_queries, n):
    for _ in range(n):
        comment = post_comment(make.student(scene.course).id, scene.post, Written(FINE))
        commands.answer(commands.highlight(comment, scene.staff.id, why=WHY, moves=["reason"]), Consent.NAME)
    client = client_of(scene.mina)
    with count_queries() as seen:
        assert client.get(scene.wall).status_code == 200
    assert len(seen) <= 8, seen
