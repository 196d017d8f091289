"""Who is where, and acts on many: looked over first, written once, refused whole for one foreign id."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from classroom.comments.models import Pairing
from classroom.comments.pairing_work import repair
from classroom.core import clock
from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import Extension, LatePolicy, PairingPolicy
from classroom.projects.queries import extension_of
from classroom.projects.rules import Phase
from tests.comments.conftest import build

PEOPLE = ("author", "writer", "classmate")


@pytest.fixture
def group(make, monday):
    """Three have posted; the writer is done with the one comment; Ida has not begun; all are in section A."""
    group = build(make, comments_wanted=1, pairing=PairingPolicy.OPEN, post_by=monday + timedelta(days=2))
    group.say()
    group.extras["ida"] = make.student(group.course, "Ida Berg", group.section)
    group.extras["seats"] = {
        name: make.seat(group.course, getattr(group, name)).public_id for name in PEOPLE
    } | {"ida": make.seat(group.course, group.extras["ida"]).public_id}
    return group


@pytest.fixture
def page(group):
    return f"/projects/{group.project.public_id}/people"


def seats(group, *names):
    return [group.extras["seats"][name] for name in names]


def hidden(text):
    """What the form of a preview sends again."""
    form = text[text.index('<form class="form"') :]
    form = form[: form.index("</form>")]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    values = {}
    for name, value in pairs:
        values.setdefault(name, []).append(unescape(value))
    return values


def told():
    return {
        row.person_id: row
        for row in db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMINDED))
    }


WHO = [
    ("instructor", 200), ("assistant", 200), ("other_assistant", 200), ("author", 403), ("writer", 403),
    ("classmate", 403), ("observer", 403), ("stranger", 404),
]  # fmt: skip


@pytest.mark.parametrize(("who", "status"), WHO)
def test_who_sees_the_page(group, page, client_of, who, status):
    answer = client_of(group.who(who)).get(page)
    assert answer.status_code == status
    assert ("Ida Berg" in answer.text) == (who in {"instructor", "assistant"})


def test_every_filter_is_an_address_with_its_count(group, page, client_of):
    client = client_of(group.instructor)
    text = client.get(page).text
    assert re.search(r'show=done[^>]*>Done <span class="n">1<', text)
    assert re.search(r'show=not_started[^>]*>Not started <span class="n">1<', text)
    for show, there in (("done", "Jonas Weiszfeld"), ("not_started", "Ida Berg"), ("unposted", "Ida Berg")):
        shown = client.get(f"{page}?show={show}").text
        assert shown.count("<tr data-item") == 1
        assert there in shown
    assert client.get(f"{page}?q=berg").text.count("<tr data-item") == 1
    assert "Nobody fits" in client.get(f"{page}?q=zzzz").text
    assert client.get(f"{page}?show=nonsense&section=nowhere&page=99999").text.count("<tr data-item") == 4
    assert client.get(f"{page}?section={group.section.public_id}").text.count("<tr data-item") == 4


def test_the_figures_of_the_project_page_lead_there(group, page, client_of):
    text = unescape(client_of(group.instructor).get(f"/projects/{group.project.public_id}").text)
    for show, count in (("done", 1), ("in_progress", 2), ("not_started", 1)):
        assert re.search(rf'href="{page}\?show={show}">[^<]*<b>{count}</b>', text), show
    assert f'href="{page}?show=unposted">1 has no post yet' in text


def test_a_name_leaves_no_pseudonymous_project(group, page, client_of):
    """It is a page of staff; a student does not get it under any filter, nor its acts."""
    client = client_of(group.author)
    for path in (f"{page}?show=done", f"{page}/reminders", f"{page}/more-time", f"{page}/others"):
        answer = client.post(path) if path.count("/") > 3 else client.get(path)
        assert answer.status_code in {403, 405}
        assert "Jonas" not in answer.text


@pytest.mark.parametrize("n", [10, 100])
def test_the_page_costs_the_same_in_every_class(make, monday, client_of, count_queries, n):
    group = build(make)
    for _ in range(n):
        make.post(group.project, make.student(group.course, section=group.section))
    client, url = client_of(group.instructor), f"/projects/{group.project.public_id}/people"
    with count_queries() as seen:
        text = client.get(url).text
    assert len(seen) == 9, seen
    assert text.count("<tr data-item") == min(50, n + 3)
    assert ("page=2" in text) == (n == 100)


# Reminders


def remind(send, client, page, *who, **more):
    return send(client, page, f"{page}/reminders", who=list(who), **more)


def test_only_those_who_owe_something_are_reminded(group, page, client_of, send, mailbox):
    client = client_of(group.instructor)
    shown = remind(send, client, page, *seats(group, "author", "writer", "ida"))
    assert shown.status_code == 200
    assert "2 of 3 are reminded; 1 is done and is left alone." in shown.text
    assert told() == {}
    done = client.post(f"{page}/reminders", data=hidden(shown.text), follow_redirects=True)
    assert "2 of 3 are reminded; 1 is done and is left alone." in done.text
    assert set(told()) == {group.author.id, group.extras["ida"].id}
    assert told()[group.author.id].details["owes_post"] is False
    assert told()[group.extras["ida"].id].details | {} == {
        "project": group.project.public_id,
        "project_title": group.project.title,
        "owes_post": True,
        "owes_comments": 1,
    }
    assert all(one.by_mail for one in told().values())
    assert "reminded today" in done.text
    news = client_of(group.extras["ida"]).get("/news").text
    assert "waits for you" in news
    assert "Still open: your post, and 1 comment." in news


def test_once_a_day_and_a_double_click_tells_nobody_twice(group, page, client_of, send, monday):
    client = client_of(group.instructor)
    shown = remind(send, client, page, *seats(group, "ida"))
    for _press in range(2):
        assert client.post(f"{page}/reminders", data=hidden(shown.text)).status_code == 303
    assert len(told()) == 1
    again = remind(send, client, page, *seats(group, "ida"))
    assert "0 of 1 are reminded; 1 was reminded today." in again.text
    with clock.at(monday + timedelta(days=1)):
        later = remind(send, client, page, *seats(group, "ida"))
        assert "1 of 1 is reminded." in later.text
        client.post(f"{page}/reminders", data=hidden(later.text))
    assert db.session.query(Notice).filter_by(kind=NoticeKind.REMINDED).count() == 2


def test_three_reminders_are_the_most_for_one_phase(group, page, client_of, send, monday):
    for day in range(3):
        with clock.at(monday + timedelta(days=day)):
            client = client_of(group.instructor)
            shown = remind(send, client, page, *seats(group, "ida"))
            client.post(f"{page}/reminders", data=hidden(shown.text))
    with clock.at(monday + timedelta(days=3)):
        shown = remind(send, client_of(group.instructor), page, *seats(group, "ida"))
    assert "0 of 1 are reminded; 1 was reminded three times already." in shown.text


def test_nobody_is_reminded_of_what_waits_for_others_or_is_over(make, group, page, client_of, send, monday):
    group.project.late, group.project.post_by = LatePolicy.CLOSED, monday - timedelta(days=1)
    group.project.comment_by = monday - timedelta(hours=1)
    db.session.flush()
    shown = remind(send, client_of(group.instructor), page, *seats(group, "author", "ida"))
    assert "0 of 2 are reminded; for 2 it is over." in shown.text
    assert 'name="confirmed"' not in shown.text
    other = make.project(group.course, "Alone", comments_wanted=1)
    held_up = make.post(other, group.author)
    assert held_up.author_id == group.author.id
    alone = f"/projects/{other.public_id}/people"
    waiting = remind(send, client_of(group.instructor), alone, *seats(group, "author"))
    assert "0 of 1 are reminded; 1 waits for others." in waiting.text


def test_all_of_the_filter_means_all_of_it(make, group, page, client_of, send):
    for number in range(60):
        make.student(group.course, f"Late comer {number}", group.section)
    client = client_of(group.instructor)
    shown = remind(send, client, page, all="1", show="not_started", q="", section="")
    assert "61 of 61 are reminded." in shown.text
    assert "and 11 more" in shown.text
    client.post(f"{page}/reminders", data=hidden(shown.text))
    assert len(told()) == 61


@pytest.mark.parametrize("filters", [{"show": "everything"}, {"section": "nowhere"}])
def test_a_filter_that_nobody_offered_means_nobody(group, page, client_of, send, filters):
    answer = remind(send, client_of(group.instructor), page, all="1", **filters)
    assert answer.status_code == 404
    assert told() == {}


def test_what_changed_meanwhile_is_looked_at_again(make, group, page, client_of, send):
    client = client_of(group.instructor)
    shown = remind(send, client, page, *seats(group, "author", "ida"))
    make.post(group.project, group.extras["ida"])
    answer = client.post(f"{page}/reminders", data=hidden(shown.text))
    assert answer.status_code == 409
    assert "Something changed since you looked" in answer.text
    assert told() == {}


ACTS = ["reminders", "more-time", "others"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["instructor", "assistant", "other_assistant"])
def test_one_foreign_id_and_nothing_happens(make, group, page, client_of, send, act, who):
    """Of another course, or, for an assistant, of another section."""
    group.project.pairing = PairingPolicy.ASSIGNED
    elsewhere = make.course(make.person("Ruth Aboagye"), "Bees")
    foreign = make.seat(elsewhere, make.student(elsewhere, "Rahel")).public_id
    other = make.student(group.course, "Bo Lind", make.section(group.course, "C"))
    added = foreign if who == "instructor" else make.seat(group.course, other).public_id
    ids = [*seats(group, "ida"), added]
    answer = send(client_of(group.who(who)), "/settings", f"{page}/{act}", who=ids, phase="post_by")
    assert answer.status_code == 404
    assert (told(), db.session.query(Extension).count()) == ({}, 0)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_ticked_is_told_in_words(group, page, client_of, send, act):
    answer = send(client_of(group.instructor), "/settings", f"{page}/{act}")
    assert answer.status_code == 422
    assert "Tick at least one student first." in answer.text


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), [("author", 403), ("observer", 403), ("stranger", 404)])
def test_nobody_else_acts(group, page, client_of, send, act, who, status):
    answer = send(client_of(group.who(who)), "/settings", f"{page}/{act}", who=seats(group, "ida"))
    assert answer.status_code == status
    assert told() == {}


# More time

UNTIL = {"phase": "post_by", "until": "2026-11-28T22:00", "reason": "The server was down"}


def more_time(send, client, page, *who, **values):
    return send(client, page, f"{page}/more-time", who=list(who), **values)


def test_more_time_is_looked_over_and_then_given(group, page, client_of, send):
    client, ida = client_of(group.instructor), group.extras["ida"]
    asked = more_time(send, client, page, *seats(group, "ida", "author"))
    assert asked.status_code == 200
    assert "Which date" in asked.text
    shown = more_time(send, client, page, *seats(group, "ida", "author"), **UNTIL)
    text = " ".join(re.sub(r"<[^>]+>", " ", unescape(shown.text)).split())
    assert "1 student gets more time." in text
    assert re.search(
        r"Ida Berg +Wednesday 25 November 10:00 Berlin → *Saturday 28 November 22:00 Berlin", text
    )
    assert "they are done" in text
    assert db.session.query(Extension).count() == 0
    for _press in range(2):
        assert client.post(f"{page}/more-time", data=hidden(shown.text)).status_code == 303
    given = db.session.query(Extension).one()
    assert (given.person_id, given.by_id, given.reason) == (
        ida.id,
        group.instructor.id,
        "The server was down",
    )
    assert given.post_by.isoformat() == "2026-11-28T21:00:00+00:00"


def test_a_later_date_and_the_other_dates_stay(group, page, client_of, send, monday):
    ida = group.extras["ida"]
    dates = {Phase.POST: monday + timedelta(days=20), Phase.COMMENT: monday + timedelta(days=30)}
    give_extension(group.project, ida.id, dates, by_id=group.instructor.id)
    client = client_of(group.instructor)
    shown = more_time(send, client, page, *seats(group, "ida"), **UNTIL)
    assert "they have a later date already" in shown.text
    assert 'name="confirmed"' not in shown.text
    later = more_time(send, client, page, *seats(group, "ida"), phase="post_by", until="2027-01-05T10:00")
    client.post(f"{page}/more-time", data=hidden(later.text))
    given = extension_of(group.project.id, ida.id)
    assert given.post_by.isoformat() == "2027-01-05T09:00:00+00:00"
    assert given.comment_by == dates[Phase.COMMENT]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"phase": "post_by", "until": ""}, "Write the day and the time."),
        ({"phase": "post_by", "until": "whenever"}, "Write the day and the time, such as"),
        ({"phase": "post_by", "until": "2026-11-23T22:00"}, "This is not later than the date for everyone."),
        ({"phase": "comment_by", "until": "2026-12-23T22:00"}, "Not a valid choice."),
        ({"phase": "", "until": "2026-12-23T22:00"}, "Choose a date."),
    ],
)
def test_bad_dates_are_refused_and_kept(group, page, client_of, send, values, said):
    answer = more_time(
        send, client_of(group.instructor), page, *seats(group, "ida"), **values, reason="A cast"
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="A cast"' in answer.text
    assert group.extras["seats"]["ida"] in answer.text
    assert db.session.query(Extension).count() == 0


def test_the_preview_tells_what_it_means_for_pairing_and_so_it_is(group, page, client_of, send, monday):
    """Posting is over, so Ida is asked to comment; with more time to post she reads nothing before that."""
    project, ida = group.project, group.extras["ida"]
    project.pairing, project.post_by = PairingPolicy.ASSIGNED, monday - timedelta(days=1)
    repair(project.id)
    asked = db.session.query(Pairing).filter_by(commenter_id=ida.id, released_at=None).count()
    assert asked == 1
    client = client_of(group.instructor)
    shown = more_time(send, client, page, *seats(group, "ida"), **UNTIL)
    assert re.search(r"Until they post they read no posts: [1-9] pairings? changes?, and others", shown.text)
    client.post(f"{page}/more-time", data=hidden(shown.text))
    assert db.session.query(Pairing).filter_by(commenter_id=ida.id, released_at=None).count() == 0


# Asking others


def test_others_are_asked_from_either_page(make, group, page, client_of, send):
    group.project.pairing = PairingPolicy.ASSIGNED
    repair(group.project.id)
    make.post(group.project, group.extras["ida"], title="The ferry")
    repair(group.project.id)
    before = {
        (row.commenter_id, row.post_id) for row in db.session.query(Pairing).filter_by(released_at=None)
    }
    client = client_of(group.instructor)
    coverage = f"/projects/{group.project.public_id}/coverage"
    assert "Ask others…" in client.get(coverage).text
    for shown in (
        send(client, page, f"{page}/others", who=seats(group, "author", "classmate", "ida")),
        send(client, coverage, f"{coverage}/others", post=[row.public_id for row in _posts(group)]),
    ):
        assert shown.status_code == 200
        assert "Ask others?" in shown.text
    after = {(row.commenter_id, row.post_id) for row in db.session.query(Pairing).filter_by(released_at=None)}
    assert after == before


def _posts(group):
    return db.session.query(type(group.post)).filter_by(project_id=group.project.id).all()


def test_a_foreign_post_and_nothing_happens(make, group, client_of, send):
    group.project.pairing = PairingPolicy.ASSIGNED
    coverage = f"/projects/{group.project.public_id}/coverage"
    other = make.project(group.course, "Another")
    foreign = make.post(other, group.author).public_id
    own = group.post.public_id
    client = client_of(group.instructor)
    assert send(client, "/settings", f"{coverage}/others", post=[own, foreign]).status_code == 404
    assert send(client, "/settings", f"{coverage}/others").status_code == 422
    theirs = client_of(group.other_assistant)
    assert send(theirs, "/settings", f"{coverage}/others", post=[own]).status_code == 404


def test_where_students_choose_the_coverage_page_says_why_there_is_nothing_to_do(group, client_of):
    text = client_of(group.instructor).get(f"/projects/{group.project.public_id}/coverage").text
    assert "Students choose here" in text
    assert "Ask others" not in text
