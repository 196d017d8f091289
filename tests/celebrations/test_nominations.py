"""Two nominations a week, with the reason; staff see by whom, and nobody hears of what is set aside."""

from datetime import timedelta

import pytest

from classroom.celebrations import commands, rules, rules_nominations
from classroom.celebrations.commands_nominations import nominate, set_aside, withdraw
from classroom.celebrations.models import Highlight, Nomination
from classroom.comments.commands import Written, move, post_comment
from classroom.core import clock
from classroom.core.db import db
from classroom.notices.models import Notice
from classroom.posts.states import State
from tests.celebrations.conftest import FINE
from tests.conftest import MONDAY

WHY = "It says where it got lost."


@pytest.fixture
def listing(scene):
    return f"/courses/{scene.course.public_id}/nominations"


def test_two_a_week_and_two_more_on_monday(scene):
    with clock.at(MONDAY):
        others = [scene.say(name) for name in ("Noor Haddad", "Leo Marsh", "Ida Lund")]
        first = nominate(scene.comment, scene.mina.id, WHY)
        nominate(others[0], scene.mina.id, WHY)
        with pytest.raises(rules_nominations.NoneLeft):
            nominate(others[1], scene.mina.id, WHY)
        withdraw(first)
        nominate(others[1], scene.mina.id, WHY)
    with clock.at(MONDAY + timedelta(days=6)), pytest.raises(rules_nominations.NoneLeft):
        nominate(scene.comment, scene.mina.id, WHY)
    with clock.at(MONDAY + timedelta(days=7)):
        assert nominate(scene.comment, scene.mina.id, "Once more.").id == first.id
        nominate(others[2], scene.mina.id, WHY)


def test_a_second_press_changes_the_reason_and_takes_none(scene):
    first = nominate(scene.comment, scene.mina.id, WHY)
    again = nominate(scene.comment, scene.mina.id, "Better words.")
    assert (again.id, again.why) == (first.id, "Better words.")
    assert db.session.query(Nomination).count() == 1


def test_staffs_comments_are_not_nominated_and_nothing_without_a_reason(scene):
    theirs = post_comment(scene.staff.id, scene.post, Written(FINE))
    with pytest.raises(rules_nominations.NotByAStudent):
        nominate(theirs, scene.mina.id, WHY)
    with pytest.raises(rules.WhyMissing):
        nominate(scene.comment, scene.mina.id, " ")


def test_from_the_page_to_the_staffs_one_press(scene, client_of, send, listing):
    url = f"/comments/{scene.comment.public_id}/nomination"
    mina, staff = client_of(scene.mina), client_of(scene.staff)
    assert send(mina, url, why="").status_code == 422
    assert send(mina, url, why=WHY).status_code == 303
    assert WHY in mina.get(listing).text
    assert "Jonas" not in mina.get(listing).text
    assert "1 comment nominated" in staff.get(scene.wall).text
    page = staff.get(listing).text
    assert "Mina" in page
    made = db.session.query(Nomination).one()
    form = f"/comments/{scene.comment.public_id}/highlight?nomination={made.public_id}"
    assert WHY in staff.get(form).text
    notices = db.session.query(Notice).count()
    for _press in range(2):
        assert send(staff, listing, f"/nominations/{made.public_id}/celebration").status_code == 303
        assert db.session.query(Highlight).one().why == WHY
    told = [one.details for one in db.session.query(Notice)][notices:]
    assert len(told) == 2
    assert "Mina" not in str(told)
    assert "Mina" not in client_of(scene.jonas).get(f"/posts/{scene.post.public_id}").text
    assert "Nothing waits" in staff.get(listing).text


def test_what_is_set_aside_stays_with_the_student_who_hears_nothing(scene, client_of, send, listing):
    made = nominate(scene.comment, scene.mina.id, WHY)
    db.session.commit()
    before = client_of(scene.mina).get(listing).text.count(WHY)
    notices = db.session.query(Notice).count()
    send(client_of(scene.staff), listing, f"/nominations/{made.public_id}/setting-aside")
    assert WHY not in client_of(scene.staff).get(listing).text
    assert client_of(scene.mina).get(listing).text.count(WHY) == before
    assert db.session.query(Notice).count() == notices


def test_withdrawn_it_goes_from_everyone(scene, client_of, send, listing):
    made = nominate(scene.comment, scene.mina.id, WHY)
    db.session.commit()
    mina = client_of(scene.mina)
    assert send(mina, listing, f"/nominations/{made.public_id}/withdrawal").status_code == 303
    for person in (scene.mina, scene.staff):
        assert WHY not in client_of(person).get(listing).text
    set_aside(made)
    assert WHY not in client_of(scene.staff).get(f"/comments/{scene.comment.public_id}/highlight").text


def test_what_is_not_visible_any_more_is_not_shown(scene, client_of, listing):
    nominate(scene.comment, scene.mina.id, WHY)
    move(scene.comment, State.REMOVED, actor_id=scene.staff.id, reason="removed")
    for person in (scene.mina, scene.staff):
        assert "scrolled past" not in client_of(person).get(listing).text


def test_what_is_celebrated_keeps_the_staffs_reason(scene, client_of, send, listing):
    made = nominate(scene.comment, scene.mina.id, WHY)
    commands.highlight(scene.comment, scene.staff.id, why="Mine.", moves=["reason"])
    db.session.commit()
    send(client_of(scene.staff), listing, f"/nominations/{made.public_id}/celebration")
    assert db.session.query(Highlight).one().why == "Mine."


def test_who_may(scene, make, client_of, listing):
    made = nominate(scene.comment, scene.mina.id, WHY)
    db.session.commit()
    people = [scene.staff, scene.jonas, scene.aylin, scene.mina, make.person()]
    expected = {
        f"/comments/{scene.comment.public_id}/nomination": [403, 403, 200, 200, 404],
        listing: [200, 200, 200, 200, 404],
    }
    for url, statuses in expected.items():
        assert [client_of(one).get(url).status_code for one in people] == statuses, url
    for one in (scene.jonas, scene.aylin):
        assert WHY not in client_of(one).get(listing).text
        for act in ("celebration", "withdrawal", "setting-aside"):
            assert client_of(one).post(f"/nominations/{made.public_id}/{act}").status_code == 404


@pytest.mark.parametrize("n", [1, 6])
def test_the_list_costs_the_same_whatever_it_holds(scene, make, client_of, count_queries, listing, n):
    for _ in range(n):
        nominate(scene.comment, make.student(scene.course).id, WHY)
    client = client_of(scene.staff)
    with count_queries() as seen:
        assert client.get(listing).text.count(WHY) == n
    assert len(seen) <= 8, seen


def test_weeks_begin_on_the_courses_monday():
    start, end = rules_nominations.week_of(MONDAY + timedelta(days=3), MONDAY.tzinfo)
    assert (start.date(), end - start) == (MONDAY.date(), timedelta(days=7))
