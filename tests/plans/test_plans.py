"""From comments to a plan, from the plan to the revision, and back to those who commented."""

from itertools import product

import pytest

from classroom.access import Role
from classroom.comments.commands import move as move_state
from classroom.comments.commands import withdraw
from classroom.comments.commands_threads import mark_acted_on, unmark_acted_on
from classroom.comments.rules import BothTexts
from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind
from classroom.notices.wording import words_of
from classroom.plans import commands, rules
from classroom.plans.models import Choice, PlanItem
from classroom.posts.commands import move_post, withdraw_post
from classroom.posts.states import State
from tests.plans.conftest import NEXT

WHY = "The map is from the city, and I may not draw on it."


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id, kind=NoticeKind.ADVICE_ANSWERED)
    return [words_of(one) for one in rows]


@pytest.fixture
def planned(scene):
    """Will do (done), a part (done), not this time, and one of one's own (not done)."""
    first, second, third, _fourth = scene.comments
    for item in (
        commands.decide(first, Choice.WILL, ""),
        commands.decide(second, Choice.PARTLY, "I do not know who buys them."),
    ):
        commands.set_done(item, done=True)
    commands.decide(third, Choice.NOT, WHY)
    commands.add_own(scene.post, "A shorter title.", "own")
    db.session.commit()
    return scene


def test_each_commenter_learns_what_became_of_their_own_comment(planned, client_of):
    jonas, mina, leo, ida = planned.writers
    assert [told(one) for one in planned.writers] == [[], [], [], []]
    assert "map is from the city" not in client_of(leo).get(planned.page).text
    planned.revise()
    db.session.commit()
    assert "taken up" in told(jonas)[0].title
    assert told(mina)[0].line == "Partly, because: I do not know who buys them."
    assert told(leo)[0].line == f"Not this time, because: {WHY}"
    assert told(ida) == []
    expected = {jonas: "Taken up", mina: "Partly", leo: "Not this time"}
    for person, words in expected.items():
        page = client_of(person).get(planned.page).text
        assert [words in page for words in expected.values()] == [one == words for one in expected.values()]
    assert not any(words in client_of(planned.reader).get(planned.page).text for words in expected.values())


def test_will_do_that_is_done_is_the_mark_acted_on_and_no_other(planned, client_of):
    first, _second, third, fourth = planned.comments
    mark_acted_on(third, 1)
    commands.decide(fourth, Choice.WILL, "In the title.")
    planned.revise()
    assert [one.acted_revision for one in planned.comments] == [2, None, None, None]
    assert db.session.query(PlanItem).filter_by(comment_id=fourth.id).one().revision is None
    unmark_acted_on(first)
    mark_acted_on(third, 2)
    db.session.commit()
    assert "Taken up" not in client_of(planned.writers[0]).get(planned.page).text
    assert "Taken up" in client_of(planned.writers[2]).get(planned.page).text


def test_what_is_left_waits_for_the_next_revision(planned):
    planned.revise()
    left = db.session.query(PlanItem).filter_by(revision=None).one()
    assert left.words == "A shorter title."
    commands.set_done(left, done=True)
    withdraw_post(planned.post, planned.aylin.id)
    planned.revise()  # unchanged: the same revision stands again, and settles nothing new
    assert left.revision is None
    planned.revise(f"{NEXT} And a new title.")
    assert (left.revision, planned.post.revision_number) == (3, 3)


def test_a_revision_that_waits_for_a_person_tells_nobody_before_it_is_shown(planned):
    move_post(planned.post, State.HELD, actor_id=planned.staff.id, reason="flagged")
    planned.revise()
    assert told(planned.writers[0]) == []
    move_post(planned.post, State.VISIBLE, actor_id=planned.staff.id, reason="approved")
    move_post(planned.post, State.HELD, actor_id=planned.staff.id, reason="flagged")
    move_post(planned.post, State.VISIBLE, actor_id=planned.staff.id, reason="approved")
    assert len(told(planned.writers[0])) == 1


@pytest.mark.parametrize("gone", ["held", "removed", "withdrawn"])
def test_what_is_not_shown_leaves_the_plan_quietly(planned, client_of, gone):
    third, leo = planned.comments[2], planned.writers[2]
    if gone == "withdrawn":
        withdraw(third, leo.id)
    else:
        move_state(third, State(gone), actor_id=planned.staff.id, reason="flagged")
    db.session.commit()
    for person in (planned.aylin, planned.staff):
        assert WHY not in client_of(person).get(planned.url).text
    planned.revise()
    assert told(leo) == []
    if gone == "held":
        move_state(third, State.VISIBLE, actor_id=planned.staff.id, reason="approved")
        db.session.commit()
        assert WHY in client_of(planned.aylin).get(planned.url).text


def test_whoever_says_no_says_why(scene, client_of, send):
    url = f"/comments/{scene.comments[0].public_id}/plan"
    aylin = client_of(scene.aylin)
    for choice in ("partly", "not"):
        assert "Say why" in send(aylin, url, choice=choice, version="0", words="").text
    assert db.session.query(PlanItem).count() == 0
    assert send(aylin, url, choice="will", version="0", words="").status_code == 303


def test_words_that_may_hurt_stay_with_the_author_and_staff_until_they_are_changed(scene, client_of, send):
    hurts, url = "You are an idiot.", f"/comments/{scene.comments[0].public_id}/plan"
    aylin, jonas = client_of(scene.aylin), scene.writers[0]
    send(aylin, url, choice="not", version="0", words=hurts)
    for person in (scene.aylin, scene.staff):
        assert hurts in client_of(person).get(scene.url).text
    other = commands.decide(scene.comments[1], Choice.NOT, hurts)
    commands.decide(scene.comments[1], Choice.NOT, WHY, other.version)
    scene.revise()
    db.session.commit()
    assert told(jonas)[0].line == "Not this time."
    assert "Not this time" in client_of(jonas).get(scene.page).text
    assert "idiot" not in client_of(jonas).get(scene.page).text
    assert WHY in told(scene.writers[1])[0].line


def test_two_tabs_keep_both_texts_and_a_double_press_does_no_harm(scene, client_of, send):
    url, aylin = f"/comments/{scene.comments[0].public_id}/plan", client_of(scene.aylin)
    for _press in range(2):
        assert send(aylin, url, choice="not", version="0", words=WHY).status_code == 303
    lost = send(aylin, url, choice="partly", version="0", words="Only the title.")
    assert lost.status_code == 409
    assert WHY in lost.text
    assert "Only the title." in lost.text
    for _press in range(2):
        send(aylin, scene.url, f"{scene.url}/ideas", words="A shorter title.", once="one")
    assert db.session.query(PlanItem).count() == 2
    item = db.session.query(PlanItem).filter_by(comment_id=scene.comments[0].id).one()
    with pytest.raises(BothTexts):
        commands.decide(scene.comments[0], Choice.WILL, "", item.version - 1)
    scene.revise()
    with pytest.raises(rules.Told):
        commands.decide(scene.comments[0], Choice.WILL, "", item.version)


def test_the_order_is_the_authors_and_a_second_press_keeps_it(planned, client_of, send):
    items = db.session.query(PlanItem).order_by(PlanItem.position).all()
    move_state(planned.comments[1], State.HELD, actor_id=planned.staff.id, reason="flagged")
    aylin = client_of(planned.aylin)
    for _press in range(2):
        send(aylin, planned.url, f"/plan-items/{items[3].public_id}/place", to=0)
    page = aylin.get(planned.url).text
    ids = [one.public_id for one in items]
    assert sorted((ids[3], ids[0], ids[2]), key=page.index) == [ids[3], ids[0], ids[2]]
    move_state(planned.comments[1], State.VISIBLE, actor_id=planned.staff.id, reason="approved")
    db.session.commit()
    assert ids[1] in aylin.get(planned.url).text


def test_taken_out_and_back(planned, client_of, send):
    item = db.session.query(PlanItem).filter_by(comment_id=planned.comments[2].id).one()
    aylin, public_id = client_of(planned.aylin), item.public_id
    send(aylin, planned.url, f"/plan-items/{public_id}/removal")
    page = aylin.get(planned.url).text
    assert WHY not in page
    token = page.split("/undo/")[1].split('"')[0] if "/undo/" in page else None
    assert token
    send(aylin, planned.url, f"/undo/{token}")
    assert db.session.query(PlanItem).filter_by(public_id=public_id).one().words == WHY


def test_beside_the_editor_and_posted_with_its_ticks(planned, client_of, send):
    aylin, url = client_of(planned.aylin), f"/projects/{planned.project.public_id}/post"
    page = aylin.get(url).text
    assert "Your plan" in page
    assert "A shorter title." in page
    own = db.session.query(PlanItem).filter_by(once="own").one()
    fields = {"title": "A bakery", "text": NEXT, "version": "0", "plan": "1", "done": own.public_id}
    assert send(aylin, url, then="publish", **fields).status_code in {302, 303}
    assert db.session.query(PlanItem).filter_by(once="own").one().revision == 2
    assert planned.comments[0].acted_revision is None  # its tick was taken away
    assert told(planned.writers[0]) == []
    assert len(told(planned.writers[2])) == 1


def test_staff_read_it_before_the_rewrite_and_answer(planned, client_of, send):
    staff, aylin = client_of(planned.staff), client_of(planned.aylin)
    assert WHY in staff.get(planned.url).text
    assert "Jonas Weber" in staff.get(planned.url).text
    assert "Jonas" not in aylin.get(planned.url).text
    for _press in range(2):
        sent = send(staff, planned.url, f"{planned.url}/replies", body="Start with the menu.", once="one")
        assert sent.status_code == 303
    assert aylin.get(planned.url).text.count("Start with the menu.") == 1
    notices = db.session.query(Notice).filter_by(person_id=planned.aylin.id, kind=NoticeKind.PLAN_REPLIED)
    assert notices.count() == 1
    page = staff.get(planned.url).text
    assert send(staff, planned.url, f"/undo/{page.split('/undo/')[1].split(chr(34))[0]}").status_code == 303
    assert "Start with the menu." not in aylin.get(planned.url).text
    assert notices.count() == 0


def test_who_sees_it(planned, make, client_of):
    course, item = planned.course, db.session.query(PlanItem).filter_by(once="own").one().public_id
    mates = [make.member(course, Role.ASSISTANT, section=one) for one in (planned.section, planned.other)]
    db.session.commit()
    people = [planned.aylin, planned.staff, *mates, planned.writers[0], planned.reader, make.person()]
    expected = {
        planned.url: [200, 200, 200, 404, 403, 403, 404],
        f"/comments/{planned.comments[0].public_id}/plan": [200, 403, 403, 404, 403, 403, 404],
        f"/plan-items/{item}": [200, 403, 403, 404, 404, 404, 404],
    }
    for url, statuses in expected.items():
        assert [client_of(one).get(url).status_code for one in people] == statuses, url


@pytest.mark.parametrize("n", [1, 4])
def test_a_plan_costs_the_same_whatever_it_holds(scene, client_of, count_queries, n):
    for comment in scene.comments[:n]:
        commands.decide(comment, Choice.NOT, WHY)
    for url, person in product([scene.url, scene.page], [scene.aylin, scene.staff]):
        client = client_of(person)
        with count_queries() as seen:
            assert client.get(url).text.count(WHY) == (n if url == scene.url else 0)
        assert len(seen) <= (8 if person is scene.aylin else 12), (url, len(seen), seen)
    client = client_of(scene.aylin)
    with count_queries() as seen:
        client.get(f"/projects/{scene.project.public_id}/post")
    assert len(seen) <= 8, seen


@pytest.mark.parametrize(("choice", "acted"), list(product(Choice, [False, True])))
def test_what_becomes_of_advice(choice, acted):
    expected = {
        (Choice.WILL, False): None,
        (Choice.WILL, True): rules.Outcome.TAKEN_UP,
        (Choice.PARTLY, False): rules.Outcome.PARTLY,
        (Choice.PARTLY, True): rules.Outcome.PARTLY,
        (Choice.NOT, False): rules.Outcome.NOT_THIS_TIME,
        (Choice.NOT, True): rules.Outcome.TAKEN_UP,
    }
    assert rules.outcome_of(choice, acted=acted) is expected[choice, acted]
