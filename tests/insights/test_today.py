"""Today: what waits, who could use a word, two presses to remind just them, what came of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from classroom.comments.commands import Written, post_comment
from classroom.core import clock
from classroom.core.db import db
from classroom.guidelines import commands_situations as nameless
from classroom.moderation.models import Case
from classroom.notices.models import Notice, NoticeKind, Tending
from classroom.projects.models import PairingPolicy
from tests.comments.conftest import GOOD, RUDE, build


@pytest.fixture
def group(make, monday):
    """Three of the class have posted, the date is tomorrow; Ida (section A) and Per (no section) have not."""
    group = build(make, comments_wanted=1, pairing=PairingPolicy.OPEN, post_by=monday + timedelta(days=1))
    group.extras["ida"] = make.student(group.course, "Ida Berg", group.section)
    group.extras["per"] = make.student(group.course, "Per Lund")
    group.extras["seat"] = make.seat(group.course, group.extras["ida"]).public_id
    db.session.commit()
    return group


@pytest.fixture
def page(group):
    return f"/courses/{group.course.public_id}/today"


def forms(text, path):
    """The fields of each form that leads there."""
    found = re.findall(rf'<form[^>]*action="{re.escape(path)}".*?</form>', text, re.S)
    return [
        [(n, unescape(v)) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', one)]
        for one in found
    ]


def reminded():
    return {one.person_id: one for one in db.session.scalars(select(Tending))}


WHO = [
    ("instructor", 200), ("assistant", 200), ("other_assistant", 200), ("author", 403), ("writer", 403),
    ("observer", 403), ("stranger", 404),
]  # fmt: skip


def test_who_sees_it_and_whom_they_see(group, page, client_of):
    seen = {}
    for who, status in WHO:
        answer = client_of(group.who(who)).get(page)
        assert answer.status_code == status, who
        seen[who] = ("Ida Berg" in answer.text, "Per Lund" in answer.text)
    assert seen["instructor"] == (True, True)
    assert seen["assistant"] == (True, False)
    assert seen["other_assistant"] == (False, False)
    assert "No student is in your care" in client_of(group.other_assistant).get(page).text
    assert page in client_of(group.instructor).get("/").text
    assert page not in client_of(group.author).get("/").text


def test_nobody_is_behind_before_it_is_time(group, page, client_of, make):
    group.project.post_by += timedelta(days=9)
    for one in ("Ana", "Bo", "Cy", "Di"):
        make.student(group.course, one)  # so that most of the class have not posted
    db.session.commit()
    text = client_of(group.instructor).get(page).text
    assert "Nothing waits" in text
    assert "Ida Berg" not in text


def test_one_page_and_two_presses_remind_just_those_who_owe(group, page, client_of, monday):
    client = client_of(group.instructor)
    text = client.get(page).text
    assert "3 of 5 have posted" in text
    first = forms(text, f"{page}/reminders")[0]
    shown = client.post(f"{page}/reminders", data=dict(first))
    assert shown.status_code == 200
    assert "2 of 2 are reminded" in shown.text
    assert ("Ida Berg" in shown.text, "Maya Ramanathan" in shown.text) == (True, False)
    assert "What you have so far is enough to begin with" in shown.text
    assert reminded() == {}
    sent = dict(forms(shown.text, f"{page}/reminders")[0]) | {"text": "Come to me on Friday."}
    for _press in range(2):
        assert client.post(f"{page}/reminders", data=sent).headers["Location"] == page
    assert {one.text for one in reminded().values()} == {"Come to me on Friday."}
    assert set(reminded()) == {group.extras["ida"].id, group.extras["per"].id}
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMINDED)).all()
    assert len(told) == 2
    assert "“Come to me on Friday.” Still open: your post" in client_of(group.extras["ida"]).get("/").text
    with clock.at(monday + timedelta(hours=30)):
        after = client_of(group.instructor).get(page).text
        assert "0 of 2 have gone on since" in after
        assert "nothing new since" in after


def test_too_many_words_are_kept_and_nothing_is_sent(group, page, client_of):
    client = client_of(group.instructor)
    shown = client.post(f"{page}/reminders", data=dict(forms(client.get(page).text, f"{page}/reminders")[0]))
    sent = dict(forms(shown.text, f"{page}/reminders")[0]) | {"text": "long " * 300}
    again = client.post(f"{page}/reminders", data=sent)
    assert again.status_code == 422
    assert "long long" in again.text
    assert reminded() == {}


def test_what_came_of_it_and_then_a_talk(group, page, client_of, make, monday):
    client, ida = client_of(group.instructor), group.extras["ida"]
    for hours in (1, 26):
        with clock.at(monday + timedelta(hours=hours)):
            text = client.get(page).text
            one = next(
                f for f in forms(text, f"{page}/reminders") if dict(f).get("who") == group.extras["seat"]
            )
            shown = client.post(f"{page}/reminders", data=dict(one))
            sent = client.post(f"{page}/reminders", data=dict(forms(shown.text, f"{page}/reminders")[0]))
            assert sent.status_code == 303
    talks = f"/members/{group.extras['seat']}/talks"
    with clock.at(monday + timedelta(hours=60)):
        text = client.get(page).text
        assert "nothing new since" in text
        assert f'href="{talks}"' in text  # twice in vain: not a third time
        form = dict(forms(client.get(talks).text, talks)[0]) | {"text": "She was ill."}
        noted = client.post(talks, data=form, follow_redirects=True)
        assert "She was ill." in noted.text
        client.post(talks, data=form)
        assert sum(one.text == "She was ill." for one in db.session.scalars(select(Tending))) == 1
    with clock.at(monday + timedelta(hours=80)):
        make.post(group.project, ida)
        db.session.commit()
        text = client.get(page).text
        assert "Ida Berg: Reminded" in text
        assert re.search(r"Ida Berg: Talked [^;]+; posted today", text)


def test_an_assistant_reminds_nobody_of_another_section(group, page, client_of, make):
    client = client_of(group.assistant)
    token = dict(forms(client.get(page).text, f"{page}/reminders")[0])
    per = make.seat(group.course, group.extras["per"]).public_id
    assert client.post(f"{page}/reminders", data=token | {"who": per}).status_code == 404
    shown = client.post(f"{page}/reminders", data=token)
    assert "1 of 1 is reminded" in shown.text
    assert client.get(f"/members/{per}/talks").status_code == 404
    student = client_of(group.author)
    assert student.get(f"/members/{group.extras['seat']}/talks").status_code in {403, 404}


def test_whatever_waits_leads_to_exactly_that_list(group, page, client_of):
    group.say(RUDE)
    nameless.ask(group.course, "x" * 40, "Would it be okay to read my page aloud?")
    db.session.commit()
    reason = db.session.scalars(select(Case.reason)).one().value
    course = f"/courses/{group.course.public_id}"
    text = client_of(group.instructor).get(page).text
    assert f'href="{course}/queue?reason={reason}"' in text
    assert f'href="{course}/situations"' in text
    assert "queue?reason" not in client_of(group.other_assistant).get(page).text


def test_quiet_by_the_address_and_what_went_well(group, page, client_of, monday):
    with clock.at(monday + timedelta(days=4)):
        text = client_of(group.instructor).get(f"{page}?days=3").text
        assert "Quiet for 3 days" in text
        assert "Quiet for" not in client_of(group.instructor).get(f"{page}?days=14").text
        said = post_comment(group.classmate.id, group.post, Written(GOOD))
        db.session.commit()
        text = client_of(group.instructor).get(f"{page}?days=nonsense&sign=nonsense&page=99999").text
    assert f"/comments/{said.public_id}/highlight" in text
    assert "their first comment here" in text


def test_too_few_comments_as_the_coverage_page_counts_them(group, page, client_of, monday):
    with clock.at(monday + timedelta(days=2)):
        client = client_of(group.instructor)
        place = f"/projects/{group.project.public_id}/coverage?show=short"
        short = int(re.search(r"Too few <span class=\"n\">(\d+)<", client.get(place).text)[1])
        text = client.get(page).text
    assert f"{short} of 3 posts in" in text
    assert f'href="{place}"' in text


@pytest.mark.parametrize("n", [0, 25])
def test_it_costs_the_same_in_every_class(group, page, make, client_of, count_queries, n):
    for number in range(n):
        make.student(group.course, f"Student {number}")
        make.project(group.course, f"Project {number % 5}") if number < 5 else None
    group.say(RUDE)
    db.session.commit()
    client = client_of(group.instructor)
    client.get(page)
    with count_queries() as seen:
        text = client.get(page).text
    assert len(seen) == 12, seen
    assert (n == 25) == ("Page 1 of" in text)
