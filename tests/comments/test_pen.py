"""Posting, drafting, checking, rewriting, answering and thanking through the pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.comments.commands import move
from classroom.comments.commands_threads import reply
from classroom.comments.models import Comment, Reply, Standing, Thanks
from classroom.core.clock import at
from classroom.core.db import db
from classroom.guidelines.models import Acknowledgement, GuidelineVersion
from classroom.posts.states import State
from classroom.projects.models import LatePolicy
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN, build


def page(group):
    return f"/posts/{group.post.public_id}"


def comments():
    return db.session.scalars(select(Comment).order_by(Comment.id)).all()


@pytest.fixture
def posts(group, client_of, send):
    """Post a comment as someone would: fetch the page, fill the pen, press the button."""

    def press(who="writer", body=GOOD, **values):
        client = client_of(group.who(who))
        return client, send(client, page(group), f"{page(group)}/comments", body=body, **values)

    return press


def test_one_page_two_presses_one_field(group, posts):
    client, answer = posts()
    assert answer.status_code == 303
    (comment,) = comments()
    assert (comment.body, comment.state, comment.standing) == (GOOD, State.VISIBLE, Standing.COUNTS)
    receipt = client.get(answer.headers["Location"]).text
    assert "posted, and it counts" in receipt
    assert "Next: " in receipt
    assert "1 of 3" in receipt


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("author", 403),
        ("writer", 303),
        ("classmate", 303),
        ("instructor", 303),
        ("assistant", 303),
        ("observer", 403),
        ("other_assistant", 404),
        ("stranger", 404),
    ],
)
def test_who_may_post(group, client_of, send, who, status):
    token_page = "/settings"
    answer = send(client_of(group.who(who)), token_page, f"{page(group)}/comments", body=GOOD)
    assert answer.status_code == status
    assert len(comments()) == (1 if status == 303 else 0)


def test_without_the_token_nothing_is_written(group, client_of):
    client = client_of(group.writer)
    assert client.post(f"{page(group)}/comments", data={"body": GOOD}).status_code == 422
    assert client.post(f"{page(group)}/draft", data={"body": GOOD}).status_code == 403
    assert comments() == []


def test_an_empty_pen_says_so_and_keeps_the_quote(group, posts):
    _client, answer = posts(body="   ", quote=QUOTE)
    assert answer.status_code == 422
    assert "Write your comment first." in answer.text
    assert QUOTE in answer.text.partition('id="pen-form"')[2]
    assert comments() == []


def test_a_double_click_posts_once_and_leads_to_the_same_receipt(group, posts, client_of, send):
    client = client_of(group.writer)
    text = client.get(page(group)).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)[1]
    once = re.search(r'name="once"[^>]*value="([^"]+)"', text.partition('id="pen-form"')[2])[1]
    data = {"csrf_token": token, "once": once, "body": GOOD}
    answers = [client.post(f"{page(group)}/comments", data=data) for _ in range(2)]
    assert len(comments()) == 1
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_a_thin_comment_gets_one_tip_and_two_ways_on(group, posts, send):
    client, answer = posts(body=THIN)
    receipt = client.get(answer.headers["Location"]).text
    assert "does not count yet" in receipt
    assert receipt.count('class="coach"') == 1
    assert "Improve it" in receipt
    (comment,) = comments()
    claimed = send(client, page(group), f"/comments/{comment.public_id}/claim")
    assert claimed.status_code == 303
    assert comments()[0].standing is Standing.CLAIMED
    again = send(client, page(group), f"/comments/{comment.public_id}/claim")
    assert again.status_code == 422


def test_a_rude_comment_that_waits_is_explained_with_its_words_and_rewritten(group, posts, send):
    client, answer = posts(body=RUDE, then="leave")
    (comment,) = comments()
    assert "A person will look at it" in client.get(answer.headers["Location"]).text
    where = f"/comments/{comment.public_id}/edit"
    shown = client.get(where).text
    assert "this could hurt" in shown
    assert re.search(r'<mark class="stings">[^<]*idiot', shown)
    assert "Leave it to a person" in shown
    assert RUDE in shown.partition('id="pen-form"')[2]
    rewritten = send(client, where, body=GOOD, version=str(comment.version))
    assert rewritten.status_code == 303
    assert (comments()[0].state, comments()[0].standing) == (State.VISIBLE, Standing.COUNTS)


def test_a_returned_comment_comes_back_and_regains_its_credit(group, posts, send):
    client, _answer = posts(body=RUDE, then="leave")
    (comment,) = comments()
    move(
        comment,
        State.RETURNED,
        actor_id=group.instructor.id,
        reason="returned",
        note="Say it about the work.",
    )
    db.session.commit()
    where = f"/comments/{comment.public_id}/edit"
    assert "came back to you" in client.get(where).text
    assert send(client, where, body=GOOD, version=str(comment.version)).status_code == 303
    assert comments()[0].state is State.VISIBLE


def test_closed_is_refused_kindly_and_the_words_stay(group, posts, monday):
    group.project.comment_by, group.project.late = monday, LatePolicy.CLOSED
    db.session.commit()
    with at(monday + timedelta(hours=1)):
        _client, answer = posts()
    assert answer.status_code == 422
    assert "Commenting on this project is over" in answer.text
    assert GOOD in answer.text
    assert comments() == []


def test_checking_before_posting_saves_nothing_and_keeps_the_words(group, posts):
    _client, answer = posts(body=THIN, then="check", quote=QUOTE)
    assert answer.status_code == 200
    pen = answer.text.partition('id="pen-form"')[2]
    assert THIN in pen
    assert QUOTE in pen
    assert 'class="coach"' in pen
    assert comments() == []


def test_the_coach_answers_with_what_is_good_and_one_tip_and_saves_nothing(group, client_of, send):
    client = client_of(group.writer)
    answer = send(client, page(group), f"{page(group)}/coaching", body=GOOD, quote=QUOTE)
    assert answer.status_code == 200
    assert "You name a place" in answer.text
    assert "You suggest something" in answer.text
    assert answer.text.count('class="coach"') == 1
    thin = send(client, page(group), f"{page(group)}/coaching", body=THIN)
    assert "does not count yet" in thin.text
    empty = send(client, page(group), f"{page(group)}/coaching", body="")
    assert "Pick one thing" in empty.text
    assert comments() == []


def test_the_pen_saves_itself(group, client_of, send):
    client = client_of(group.writer)
    first = send(client, page(group), f"{page(group)}/draft", body="On my phone", quote=QUOTE)
    assert first.json["saved"] == "10:00"
    second = send(
        client, page(group), f"{page(group)}/draft", body="On my phone I", version=str(first.json["version"])
    )
    assert second.json["version"] > first.json["version"]
    (draft,) = comments()
    assert (draft.state, draft.body) == (State.DRAFT, "On my phone I")


def test_the_second_tab_is_offered_both_texts(group, client_of, send):
    client = client_of(group.writer)
    first = send(client, page(group), f"{page(group)}/draft", body="Written on the train")
    other = send(client, page(group), f"{page(group)}/draft", body="Written <b>in</b> the other tab")
    assert other.status_code == 409
    assert "Written on the train" in other.text
    assert "Both texts are kept" in other.text
    assert comments()[0].body == "Written on the train"
    kept = send(client, page(group), f"{page(group)}/comments", body="Written in the other tab", then="keep")
    assert kept.status_code == 303
    assert (comments()[0].body, len(comments()), first.status_code) == ("Written in the other tab", 1, 200)


def test_a_session_that_ended_while_writing_is_told_so(group, visitor):
    answer = visitor.post(f"{page(group)}/draft", data={"body": GOOD}, headers={"Accept": "application/json"})
    assert answer.status_code == 401


def test_editing_in_two_tabs_shows_both(group, posts, send):
    client, _answer = posts(body=THIN)
    (comment,) = comments()
    where, version = f"/comments/{comment.public_id}/edit", str(comment.version)
    send(client, where, body=GOOD, version=version)
    lost = send(client, where, body="A third thought about the map", version=version)
    assert lost.status_code == 409
    assert "Could you move the menu" in lost.text
    assert "A third thought about the map" in lost.text
    assert comments()[0].body == GOOD


@pytest.mark.parametrize("act", ["edit", "claim", "withdrawal"])
@pytest.mark.parametrize(
    ("who", "status"), [("author", 403), ("classmate", 403), ("instructor", 403), ("stranger", 404)]
)
def test_only_its_writer_changes_a_comment(group, client_of, send, act, who, status):
    comment = group.say(THIN)
    answer = send(
        client_of(group.who(who)), "/settings", f"/comments/{comment.public_id}/{act}", body=GOOD, version="1"
    )
    assert answer.status_code == status
    assert (comments()[0].body, comments()[0].state, comments()[0].standing) == (
        THIN,
        State.VISIBLE,
        Standing.NOT_YET,
    )


@pytest.mark.parametrize("act", ["thanks", "acted-on"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("author", 303), ("writer", 403), ("classmate", 403), ("instructor", 403), ("stranger", 404)],
)
def test_only_the_receiver_thanks_and_acts(group, client_of, send, act, who, status):
    comment = group.say()
    answer = send(client_of(group.who(who)), "/settings", f"/comments/{comment.public_id}/{act}", kind="kind")
    assert answer.status_code == status
    changed = db.session.scalar(select(Thanks.id)) or comments()[0].acted_at
    assert bool(changed) == (status == 303)


def test_thanks_and_acting_show_and_can_be_taken_back(group, client_of, send):
    comment = group.say()
    client, base = client_of(group.author), f"/comments/{comment.public_id}"
    send(client, page(group), f"{base}/thanks", kind="will_use")
    send(client, page(group), f"{base}/acted-on")
    seen = client_of(group.writer).get(page(group)).text
    assert "I’ll use this" in seen
    assert "acted on in revision 1" in seen
    assert "made me think" not in seen
    send(client, page(group), f"{base}/thanks", kind="will_use", given="1")
    send(client, page(group), f"{base}/acted-on", given="1")
    seen = client_of(group.writer).get(page(group)).text
    assert "I’ll use this" not in seen
    assert "acted on" not in seen


def test_an_unknown_thanks_is_refused(group, client_of, send):
    comment = group.say()
    answer = send(client_of(group.author), page(group), f"/comments/{comment.public_id}/thanks", kind="love")
    assert answer.status_code == 422


def test_taking_back_puts_the_words_into_the_pen(group, posts, send, client_of):
    client, _answer = posts()
    (comment,) = comments()
    answer = send(client, page(group), f"/comments/{comment.public_id}/withdrawal")
    assert answer.status_code == 303
    assert GOOD in client.get(page(group)).text.partition('id="pen-form"')[2]
    assert GOOD not in client_of(group.author).get(page(group)).text


def test_replies_go_both_ways(group, client_of, send):
    comment = group.say()
    base = f"/comments/{comment.public_id}/replies"
    assert send(client_of(group.author), page(group), base, body="I moved it, thank you.").status_code == 303
    assert send(client_of(group.writer), page(group), base, body="That was quick!").status_code == 303
    assert "I moved it, thank you." in client_of(group.classmate).get(page(group)).text
    assert send(client_of(group.observer), "/settings", base, body="Hello").status_code == 403
    assert send(client_of(group.stranger), "/settings", base, body="Hello").status_code == 404
    empty = send(client_of(group.author), page(group), base, body=" ")
    assert (empty.status_code, "Write your reply first." in empty.text) == (422, True)


def test_a_rude_reply_is_held_and_rewritten(group, client_of, send):
    comment = group.say()
    client = client_of(group.author)
    answer = send(client, page(group), f"/comments/{comment.public_id}/replies", body=RUDE, then="leave")
    row = db.session.scalar(select(Reply))
    assert "waits for a person" in client.get(answer.headers["Location"]).text
    where = f"/replies/{row.public_id}/edit"
    assert "not shown at the moment" in client.get(where).text
    assert RUDE not in client_of(group.writer).get(page(group)).text
    done = send(client, where, body="Thank you.", version=str(row.version))
    assert done.status_code == 303
    assert db.session.scalar(select(Reply.state)) is State.VISIBLE


@pytest.mark.parametrize(("who", "status"), [("writer", 403), ("instructor", 403), ("stranger", 404)])
def test_only_its_writer_changes_a_reply(group, client_of, send, who, status):
    row = reply(group.say(), group.post, group.author.id, "Thank you.")
    for act in ("edit", "withdrawal"):
        answer = send(client_of(group.who(who)), "/settings", f"/replies/{row.public_id}/{act}", body="Ha")
        assert answer.status_code == status
    assert db.session.scalar(select(Reply.body)) == "Thank you."


def test_the_guidelines_come_first_and_the_words_wait(group, posts, client_of, monday):
    version = GuidelineVersion(
        course_id=group.course.id,
        number=1,
        title="The line",
        published_at=monday,
        published_by_id=group.instructor.id,
    )
    db.session.add(version)
    db.session.commit()
    client, answer = posts()
    assert answer.status_code == 303
    assert f"/courses/{group.course.public_id}/guidelines/acknowledgement" in answer.headers["Location"]
    assert [(row.state, row.body) for row in comments()] == [(State.DRAFT, GOOD)]
    assert "agree to the guidelines" in client.get(page(group)).text
    db.session.add(
        Acknowledgement(course_id=group.course.id, version_id=version.id, person_id=group.writer.id)
    )
    db.session.commit()
    assert "agree to the guidelines" not in client.get(page(group)).text
    _client, answer = posts()
    assert [(row.state, row.body) for row in comments()] == [(State.VISIBLE, GOOD)]


def test_nobody_posts_into_a_project_whose_ideas_they_may_not_see(group, make, client_of, send):
    late = make.student(group.course, "Teo Alves")
    answer = send(client_of(late), "/settings", f"{page(group)}/comments", body=GOOD)
    assert (answer.status_code, comments()) == (404, [])
    for act in ("draft", "coaching"):
        assert send(client_of(late), "/settings", f"{page(group)}/{act}", body=GOOD).status_code == 404


def test_without_scripts_one_saves_and_goes_on_and_comes_back_to_the_words(group, client_of, send):
    client, here = client_of(group.writer), f"/posts/{group.post.public_id}"
    shown = client.get(here).text
    onward = re.search(r'<a href="(/posts/[^"]+)" data-key="n">Next post</a>', shown)
    assert onward
    assert onward[1] != here
    assert "<kbd>n</kbd>" in shown
    answer = send(client, here, f"{here}/comments", body="Half a thought on the menu", then="next")
    assert answer.location == onward[1]
    assert "Half a thought on the menu" in client.get(here).text
    assert f'href="{here}" data-key="n"' in client.get(onward[1]).text


def test_whoever_is_done_is_not_led_on(make, monday, client_of):
    group = build(make, comments_wanted=1)
    group.say()
    assert 'data-key="n"' not in client_of(group.writer).get(f"/posts/{group.post.public_id}").text
