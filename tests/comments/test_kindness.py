"""The kindness step: what somebody sees before words that may hurt are sent, and what becomes of them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.comments.commands import Written
from classroom.comments.commands_kept import keep_comment
from classroom.comments.judging import judge_comment
from classroom.comments.kindness import ATTACK, SNARK, WHY, look_at, marked, why
from classroom.comments.models import Comment, Reply
from classroom.comments.queries import draft_of, kept_by
from classroom.core.clock import at
from classroom.core.db import db
from classroom.moderation.commands import approve
from classroom.moderation.models import Case
from classroom.posts.states import State
from classroom.projects.models import LatePolicy
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN

SNARKY = "Wow, did you even read the brief? The menu at the bottom is a joke."
STEP = "One look before it is sent"


@pytest.fixture
def page(group):
    return f"/posts/{group.post.public_id}"


@pytest.fixture
def client(group, client_of):
    return client_of(group.writer)


def rows():
    return db.session.scalars(select(Comment).order_by(Comment.id)).all()


def carried(text):
    """What the step's form would send."""
    form = re.search(r'<form class="form kindness".*?</form>', text, re.DOTALL)[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value.replace("&#39;", "'") for name, value in fields}


@pytest.mark.parametrize("body", [RUDE, SNARKY])
def test_the_step_comes_before_anything_is_sent_and_the_words_are_kept(group, client, send, page, body):
    answer = send(client, page, f"{page}/comments", body=body, quote=QUOTE)
    assert answer.status_code == 200
    assert STEP in answer.text
    assert QUOTE in answer.text
    assert '<mark class="stings">' in answer.text
    assert "Why they may hurt" in answer.text
    assert "usually within a day" in answer.text
    assert "Until then it counts" in answer.text
    (draft,) = rows()
    assert (draft.state, draft.body, draft.quote) == (State.DRAFT, body, QUOTE)
    assert db.session.scalar(select(Case)) is None


def test_one_press_leads_back_to_the_words_in_the_pen(group, client, send, page):
    sent = carried(send(client, page, f"{page}/comments", body=SNARKY, quote=QUOTE).text)
    back = client.post(f"{page}/comments", data={**sent, "then": "rewrite"})
    pen = back.text.partition('id="pen-form"')[2]
    assert SNARKY in pen
    assert QUOTE in pen
    assert "data-stings" in pen
    assert "autofocus" in pen
    assert "These words may hurt" in pen
    kind = client.post(f"{page}/comments", data={**carried_pen(back.text), "body": GOOD})
    assert kind.status_code == 303
    assert [(row.state, row.body) for row in rows()] == [(State.VISIBLE, GOOD)]


def carried_pen(text):
    form = re.search(r'<form class="form pen-form".*?</form>', text, re.DOTALL)[0]
    return dict(re.findall(r'<input type="hidden"(?: id="\w+")? name="(\w+)" value="([^"]*)"', form))


def test_left_to_a_person_it_waits_and_a_second_press_changes_nothing(group, client, send, page):
    sent = carried(send(client, page, f"{page}/comments", body=SNARKY, quote=QUOTE).text)
    answers = [client.post(f"{page}/comments", data={**sent, "then": "leave"}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert [(row.state, row.body, row.quote) for row in rows()] == [(State.HELD, SNARKY, QUOTE)]
    receipt = client.get(answers[0].location).text
    assert "A person will look at it, usually within a day. It counts meanwhile" in receipt


def test_the_first_press_twice_shows_the_step_twice_and_keeps_one_draft(group, client, send, page):
    for _ in range(2):
        assert STEP in send(client, page, f"{page}/comments", body=SNARKY, once="the same").text
    assert [row.state for row in rows()] == [State.DRAFT]


def test_what_another_tab_wrote_is_left_alone(group, client, send, page):
    send(client, page, f"{page}/draft", body=THIN)
    answer = send(client, page, f"{page}/comments", body=SNARKY, version="0")
    assert SNARKY in carried(answer.text)["body"]
    assert draft_of(group.writer.id, group.post.id).body == THIN
    client.post(f"{page}/comments", data={**carried(answer.text), "then": "leave"})
    assert sorted((row.state, row.body) for row in rows()) == [(State.DRAFT, THIN), (State.HELD, SNARKY)]


def test_how_long_it_usually_takes_is_what_it_took(group, client, send, page, monday):
    for number in range(3):
        held = group.say(f"{RUDE} {number}", by=group.classmate)
        case = db.session.scalars(select(Case).where(Case.subject_id == held.id)).one()
        with at(monday + timedelta(hours=5)):
            approve(case, group.instructor.id)
    db.session.commit()
    assert "usually within 5 hours" in send(client, page, f"{page}/comments", body=SNARKY).text


def test_staff_and_kind_words_meet_no_step(group, client, client_of, send, page):
    assert send(client, page, f"{page}/comments", body=GOOD).status_code == 303
    teacher = client_of(group.instructor)
    assert send(teacher, page, f"{page}/comments", body=SNARKY).status_code == 303


def test_a_visible_comment_is_not_made_rude_without_a_look(group, client, send, page):
    comment = group.say(GOOD)
    where, version = f"/comments/{comment.public_id}/edit", str(comment.version)
    answer = send(client, where, body=SNARKY, version=version)
    assert STEP in answer.text
    assert rows()[0].body == GOOD
    back = client.post(where, data={**carried(answer.text), "then": "rewrite"})
    assert SNARKY in back.text.partition('id="pen-form"')[2]
    assert client.post(where, data={**carried(answer.text), "then": "leave"}).status_code == 303
    assert (rows()[0].state, rows()[0].body) == (State.HELD, SNARKY)


def test_of_several_kept_ones_the_kind_go_and_the_others_stay_until_decided(group, client, send, page):
    good = keep_comment(group.writer.id, group.post, Written(GOOD))
    rude = keep_comment(group.writer.id, group.post, Written(SNARKY, QUOTE))
    db.session.commit()
    answer = send(client, page, f"{page}/kept/posting")
    assert STEP in answer.text
    assert (good.state, rude.state) == (State.VISIBLE, State.DRAFT)
    assert kept_by(group.writer.id, group.post.id) == [rude]
    back = re.search(r'formaction="([^"]+)"', answer.text)[1]
    taken = client.post(back, data={**carried(answer.text), "then": "rewrite"})
    pen = client.get(taken.location).text.partition('id="pen-form"')[2]
    assert SNARKY in pen
    assert "data-stings" in pen
    assert QUOTE in pen


def test_a_kept_one_may_be_left_to_a_person_too(group, client, send, page):
    rude = keep_comment(group.writer.id, group.post, Written(SNARKY, QUOTE))
    other = keep_comment(group.writer.id, group.post, Written(RUDE))
    db.session.commit()
    sent = carried(send(client, page, f"{page}/kept/posting", which=rude.public_id).text)
    for _ in range(2):
        assert client.post(f"{page}/kept/posting", data={**sent, "then": "leave"}).status_code == 303
    assert (rude.state, other.state) == (State.HELD, State.DRAFT)


def test_a_reply_has_the_step_too(group, client_of, send, page):
    comment, author = group.say(), client_of(group.author)
    where = f"/comments/{comment.public_id}/replies"
    answer = send(author, page, where, body=RUDE)
    assert STEP in answer.text
    assert db.session.scalar(select(Reply)) is None
    back = author.post(where, data={**carried(answer.text), "then": "rewrite"})
    assert RUDE in back.text
    assert "data-stings" in back.text
    assert author.post(where, data={**carried(answer.text), "then": "leave"}).status_code == 303
    assert db.session.scalar(select(Reply.state)) is State.HELD


def test_closed_is_said_after_leaving_and_the_words_stay(group, client, send, page, monday):
    group.project.comment_by, group.project.late = monday, LatePolicy.CLOSED
    db.session.commit()
    with at(monday + timedelta(hours=1)):
        answer = send(client, page, f"{page}/comments", body=SNARKY, then="leave")
    assert answer.status_code == 422
    assert SNARKY in answer.text


def test_each_tone_and_kind_has_its_own_reason():
    assert why(SNARK, "did you even read the brief?") != why(SNARK, 'your "sources"')
    assert why(SNARK, "obviously you didn't") == WHY[SNARK][2][1]
    assert why(SNARK, "Great job copying") == WHY[SNARK][3][1]
    assert why(ATTACK, "you are an idiot") == WHY[ATTACK][2][1]
    assert why(ATTACK, "1d10t") == WHY[ATTACK][0][1]
    assert why(ATTACK, "people like you") == WHY[ATTACK][1][1]
    assert why("tone.attack.unheard-of", "moron") == WHY[ATTACK][3][1]
    assert why("tone.snark.backhanded", "for once") == WHY[SNARK][5][1]


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        ([], [(False, "a rude word")]),
        ([(2, 6)], [(False, "a "), (True, "rude"), (False, " word")]),
        ([(2, 6), (4, 11)], [(False, "a "), (True, "rude word")]),
        ([(0, 99)], [(True, "a rude word")]),
        ([(0, 0)], [(False, "a rude word")]),
        ([(7, 11), (0, 1)], [(True, "a"), (False, " rude "), (True, "word")]),
    ],
)
def test_marks_never_lose_a_letter(spans, cut):
    assert marked("a rude word", spans) == cut


def test_the_marks_are_the_words_that_hold_it(group):
    judged = judge_comment(SNARKY, project=group.project, post_text="", quote=None)
    look = look_at(SNARKY, judged.verdict)
    assert "".join(part for _, part in look.pieces) == SNARKY
    assert {one.words for one in look.stings} == set(judged.hold_words)
    assert look_at(GOOD, judge_comment(GOOD, project=group.project, post_text="", quote=None).verdict) is None
