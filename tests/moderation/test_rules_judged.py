"""What people decide about the standard's complaints: kept, shown rule by rule, and rules that rest."""

import io
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from classroom.comments.commands import claim_fine
from classroom.comments.commands_labels import label, rest_rule, unrest
from classroom.comments.complaints import PASSED, complaints, holds, name_of, respecting, suggests_rest
from classroom.comments.judging import judge_comment
from classroom.comments.models import Comment, Label, RuleRest, Standing
from classroom.comments.queries_labels import rested_in, rests_in, rules_of
from classroom.core.db import db
from classroom.courses.commands_delete import delete_course
from classroom.moderation import commands
from classroom.moderation.commands import flag
from classroom.moderation.models import Case
from classroom.posts.states import State
from tests.comments.conftest import GOOD, RUDE, THIN, build

SNARKY = "Wow, did you even read the brief? The menu at the bottom is a joke."


@pytest.fixture
def group(make, monday):
    return build(make)


@pytest.fixture
def page(group):
    return f"/courses/{group.course.public_id}/rules"


def labels():
    return [(one.code, one.fine) for one in db.session.scalars(select(Label).order_by(Label.id))]


def case_of(comment):
    asked = select(Case).where(Case.subject_id == comment.id).order_by(Case.id.desc())
    return db.session.scalars(asked).first()


def undo(client, send, answer):
    shown = client.get(answer.location, follow_redirects=True).text
    return send(client, "/settings", re.search(r'action="(/undo/[^"]+)"', shown)[1])


def rules(group):
    found = rules_of(group.course.id, rests_in(group.course.id))
    return {rule.code: rule for rule in found}


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answered_appeal_is_kept_rule_by_rule(group, accepted):
    comment = group.say(THIN)
    claim_fine(comment)
    against = [one.code for one in complaints(comment.verdict)]
    assert "point" in against
    case, teacher = case_of(comment), group.instructor.id
    if accepted:
        commands.approve(case, teacher)
    else:
        commands.decline_claim(case, teacher, "Say what works, and why.")
    assert labels() == [(code, accepted) for code in against]


@pytest.mark.parametrize(("act", "fine"), [("approval", True), ("return", False), ("removal", False)])
@pytest.mark.parametrize(("body", "code"), [(SNARKY, "tone.snark"), (RUDE, "tone.attack")])
def test_a_decision_about_a_hold_is_kept_and_an_undo_takes_it_away(
    group, client_of, send, act, fine, body, code
):
    comment = group.say(body)
    case = case_of(comment)
    client = client_of(group.instructor)
    prefix = f"{case.public_id}-"
    note = {f"{prefix}note": "Say it about the work."} if act == "return" else {}
    answer = send(client, f"/cases/{case.public_id}", f"/cases/{case.public_id}/{act}", **note)
    assert answer.status_code == 303
    assert labels() == [(code, fine)]
    assert undo(client, send, answer).status_code == 303
    assert labels() == []
    assert comment.state is State.HELD


def test_what_a_classmate_reported_says_nothing_about_the_rules(group):
    comment = group.say(GOOD)
    flag(comment, group.classmate.id, reason="hurts")
    commands.approve(case_of(comment), group.instructor.id)
    assert labels() == []


def test_what_its_writer_does_is_no_decision(group):
    comment = group.say(SNARKY)
    commands.approve(case_of(comment), group.instructor.id)
    assert len(labels()) == 1
    second = group.say(RUDE)
    db.session.flush()
    assert second.state is State.HELD
    assert len(labels()) == 1


def test_one_press_beside_the_verdict(group, client_of, send):
    comment, client = group.say(THIN), client_of(group.instructor)
    where = f"/posts/{group.post.public_id}"
    shown = client.get(where).text
    assert "Does it count?" in shown
    assert "It makes no point" in shown
    url = f"/comments/{comment.public_id}/standing"
    answer = send(client, where, url, counts="1")
    assert comment.standing is Standing.ACCEPTED
    assert {fine for _, fine in labels()} == {True}
    assert undo(client, send, answer).status_code == 303
    assert (comment.standing, labels()) == (Standing.NOT_YET, [])


def test_who_agrees_changes_nothing_but_is_counted(group, client_of, send):
    comment, client = group.say(THIN), client_of(group.instructor)
    url = f"/comments/{comment.public_id}/standing"
    answer = send(client, f"/posts/{group.post.public_id}", url, counts="0")
    assert comment.standing is Standing.NOT_YET
    assert {fine for _, fine in labels()} == {False}
    assert undo(client, send, answer).status_code == 303
    assert labels() == []


def test_what_the_standard_let_pass_may_be_said_not_to_count(group, client_of, send):
    comment, client = group.say(GOOD), client_of(group.instructor)
    url = f"/comments/{comment.public_id}/standing"
    assert send(client, f"/posts/{group.post.public_id}", url, counts="0").status_code == 303
    assert (comment.standing, labels()) == (Standing.DECLINED, [(PASSED, False)])
    assert rules(group) == {}


def test_what_waits_is_decided_in_the_queue(group, client_of, send):
    comment, client = group.say(THIN), client_of(group.instructor)
    claim_fine(comment)
    db.session.commit()
    where = f"/posts/{group.post.public_id}"
    assert "Does it count?" not in client.get(where).text
    answer = send(client, where, f"/comments/{comment.public_id}/standing", counts="1")
    assert (answer.status_code, labels()) == (409, [])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("instructor", 303),
        ("assistant", 303),
        ("other_assistant", 404),
        ("author", 403),
        ("writer", 403),
        ("classmate", 403),
        ("observer", 403),
        ("stranger", 404),
    ],
)
def test_who_says_whether_it_counts(group, client_of, send, who, status):
    comment = group.say(THIN)
    client = client_of(group.who(who))
    answer = send(client, "/settings", f"/comments/{comment.public_id}/standing", counts="1")
    assert answer.status_code == status
    assert (comment.standing is Standing.ACCEPTED) == (status == 303)
    assert bool(labels()) == (status == 303)


@pytest.mark.parametrize(
    ("who", "status"),
    [("instructor", 200), ("assistant", 403), ("writer", 403), ("observer", 403), ("stranger", 404)],
)
def test_the_page_is_for_those_who_lead_the_course(group, client_of, send, page, who, status):
    client = client_of(group.who(who))
    assert client.get(page).status_code == status
    for act in ("resting", "return"):
        answer = send(client, "/settings", f"{page}/{act}", code="filler")
        assert (answer.status_code < 400 or answer.status_code == 409) == (status == 200)


def decide(group, right, wrong, body=THIN):
    """So many decisions about a comment that says nothing."""
    for number in range(right + wrong):
        comment = group.say(f"{body} {'!' * number}")
        label(comment, fine=number >= right, holds=False, by_id=group.instructor.id)
        label(comment, fine=number >= right, holds=True, by_id=group.instructor.id)
    db.session.commit()


def test_the_newest_decision_about_a_comment_holds(group):
    comment = group.say(THIN)
    for fine in (True, True, False):
        label(comment, fine=fine, holds=False, by_id=group.instructor.id)
    rule = rules(group)["point"]
    assert (rule.decisions, rule.agreed, rule.percent) == (1, 1, 100)


@pytest.mark.parametrize(
    ("right", "wrong", "suggested"),
    [(13, 7, True), (14, 6, False), (12, 7, False), (0, 20, True), (0, 0, False)],
)
def test_below_seventy_of_a_hundred_over_twenty_a_rule_suggests_its_rest(right, wrong, suggested):
    assert suggests_rest(right + wrong, right) == suggested if right + wrong else not suggested


def test_the_page_says_it_in_plain_words_and_one_press_lets_it_rest(group, client_of, send, page):
    decide(group, 12, 9)
    client = client_of(group.instructor)
    text = client.get(page).text
    assert "You agreed in 12 of 21 decisions (57 %)." in text
    assert "It makes no point" in text
    assert "wrong here more often" in text
    waiting = db.session.scalars(select(Comment).where(Comment.standing == Standing.NOT_YET)).all()
    assert waiting
    answer = send(client, page, f"{page}/resting", code="point")
    assert answer.status_code == 303
    assert rested_in(group.course.id) == {"point"}
    assert "Let it judge again" in client.get(page).text
    assert send(client, page, f"{page}/resting", code="point").status_code == 409
    back = send(client, page, f"{page}/return", code="point")
    assert back.status_code == 303
    assert rested_in(group.course.id) == frozenset()
    assert "What rested, and when" in client.get(page).text


def test_a_resting_rule_of_tone_holds_nothing_anywhere(group, client_of, send):
    rest_rule(group.course.id, "tone.snark", group.instructor.id)
    db.session.commit()
    client, where = client_of(group.writer), f"/posts/{group.post.public_id}"
    assert send(client, where, f"{where}/comments", body=SNARKY).status_code == 303
    (comment,) = db.session.scalars(select(Comment))
    assert (comment.state, comment.hold_reason) == (State.VISIBLE, None)
    assert "could sting" not in send(client, where, f"{where}/coaching", body=SNARKY).text
    assert send(client, where, f"{where}/comments", body=RUDE).status_code == 200


def test_what_waits_already_goes_on_waiting(group):
    comment = group.say(SNARKY)
    rest_rule(group.course.id, "tone.snark", group.instructor.id)
    assert comment.state is State.HELD


def test_what_only_a_resting_rule_kept_from_counting_counts_and_an_undo_takes_it_back(group):
    comment, other = group.say(THIN), group.say(GOOD)
    before = comment.verdict
    freed = []
    for one in complaints(before):
        freed += rest_rule(group.course.id, one.code, group.instructor.id)
    db.session.refresh(comment)
    assert freed == [comment.id]
    assert (comment.standing, other.standing) == (Standing.COUNTS, Standing.COUNTS)
    assert complaints(comment.verdict) == []
    again = group.say("So nice, really well done, I enjoyed all of it!", by=group.classmate)
    assert again.standing is Standing.COUNTS
    last = db.session.scalars(select(RuleRest).order_by(RuleRest.id.desc())).first()
    assert unrest(group.course.id, last.code, group.instructor.id, freed)
    db.session.refresh(comment)
    assert (comment.standing, comment.verdict) == (Standing.NOT_YET, before)


def test_another_course_judges_by_it_as_before(group, make):
    rest_rule(group.course.id, "tone.snark", group.instructor.id)
    assert rested_in(make.course(make.person("Nia")).id) == frozenset()


def test_the_undo_of_a_rest(group, client_of, send, page):
    comment, client = group.say("The menu at the bottom, oh."), client_of(group.instructor)
    decide(group, 1, 1)
    answer = send(client, page, f"{page}/resting", code="length")
    assert undo(client, send, answer).status_code == 303
    assert rested_in(group.course.id) == frozenset()
    db.session.refresh(comment)
    assert comment.standing is Standing.NOT_YET
    assert len(rests_in(group.course.id)) == 1  # the log keeps that it was


def test_a_rule_that_is_new_appears_by_itself(group):
    verdict = {
        "counts": False,
        "hold": True,
        "tip": None,
        "criteria": [{"code": "own", "met": False, "words": []}, {"code": "echo", "met": False, "words": []}],
        "because": [
            {"code": "tone.snark.backhanded", "words": "for once", "span": [0, 8]},
            {"code": "parroted", "words": "so", "span": [0, 2]},
            {"code": "praise.bare", "words": "nice", "span": [0, 4]},
            {"code": "tone.kind", "words": "dear", "span": [0, 4]},
        ],
    }
    assert [one.code for one in complaints(verdict)] == ["tone.snark.backhanded", "parroted", "echo"]
    assert name_of("tone.snark.backhanded") == "It sounds mocking or condescending (backhanded)"
    assert name_of("parroted") == "parroted"
    assert holds("tone.snark.backhanded")
    read = respecting(verdict, {"parroted", "echo"})
    assert (read["counts"], read["unrested"]) == (True, verdict)


@pytest.mark.parametrize("body", [THIN, "The menu at the bottom.", "lorem ipsum", GOOD])
def test_read_again_and_judged_again_agree(group, body):
    judged = judge_comment(body, project=group.project, post_text="", quote=None)
    codes = {one.code for one in complaints(judged.verdict)}
    again = judge_comment(body, project=group.project, post_text="", quote=None, rested=codes)
    assert respecting(judged.verdict, codes)["counts"] == again.meets is True


def test_they_are_exported_as_lines_that_the_engine_reads(group, client_of):
    decide(group, 1, 1)
    held = group.say(SNARKY)
    commands.approve(case_of(held), group.instructor.id)
    db.session.commit()
    answer = client_of(group.instructor).get(f"/courses/{group.course.public_id}/export.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        lines = [json.loads(line) for line in archive.read("learning.jsonl").splitlines()]
    assert {frozenset(line) for line in lines} <= {
        frozenset({"id", "text", "post", "brief", "quote", "earlier", "because", told})
        for told in ("hold", "meaningful")
    }
    told = {(line["text"], line["because"][0]["code"]): line for line in lines}
    assert told[SNARKY, "tone.snark"]["hold"] is False
    assert {line["meaningful"] for line in lines if "meaningful" in line} == {True, False}
    assert not any("Jonas" in json.dumps(line) for line in lines)


def test_they_go_with_the_course(group):
    decide(group, 1, 0)
    rest_rule(group.course.id, "filler", group.instructor.id)
    delete_course(group.course, by_id=group.instructor.id)
    assert db.session.scalar(select(Label.id)) is None
    assert db.session.scalar(select(RuleRest.id)) is None


@pytest.mark.parametrize("n", [1, 12])
def test_many_decisions_cost_no_more_statements(group, client_of, count_queries, page, n):
    decide(group, n, n)
    client = client_of(group.instructor)
    with count_queries() as seen:
        assert client.get(page).status_code == 200
    assert len(seen) <= 12, "\n".join(seen)
