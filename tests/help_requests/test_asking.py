"""Asking: the look before it is sent, what is held, who sees it under which name."""

import re

import pytest

from classroom.core.db import db
from classroom.help_requests import commands, queries, rules
from classroom.help_requests.models import Audience, HelpRequest
from classroom.help_requests.placing import Asked
from classroom.moderation import commands as moderation
from classroom.moderation.models import Case, Reason, Subject
from classroom.notices.models import Notice
from classroom.posts.states import State

ASKS = "Can someone just give me the answer to question 3?"
SNARK = "Wow, did you even try to explain this? A toddler could have written a better brief."
FINE = {"trying": "I want the menu to be found on a phone.", "audience": "name"}
WHEN = {"trying": "When is it due?", "audience": "name"}


def url_of(world, what="posts"):
    ids = {"posts": world.post, "projects": world.project, "courses": world.course}
    return f"/{what}/{ids[what].public_id}/help-requests/new"


def rows():
    return db.session.query(HelpRequest).all()


@pytest.mark.parametrize("what", ["posts", "projects", "courses"])
def test_it_is_sent_from_where_one_stands(world, client_of, send, what):
    answer = send(client_of(world.aylin), url_of(world, what), **FINE)
    (row,) = rows()
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/help-requests/{row.public_id}")
    assert row.state is State.VISIBLE
    assert (row.post_id, row.project_id) == {
        "posts": (world.post.id, world.project.id),
        "projects": (None, world.project.id),
        "courses": (None, None),
    }[what]


def test_who_may_ask(world, client_of, visitor):
    people = [world.aylin, world.mina, world.staff, world.observer, world.stranger]
    expected = {
        "posts": [200, 403, 403, 403, 404],
        "projects": [200, 200, 403, 403, 404],
        "courses": [200, 200, 403, 403, 404],
    }
    for what, statuses in expected.items():
        assert [client_of(one).get(url_of(world, what)).status_code for one in people] == statuses, what
    assert visitor.get(url_of(world)).status_code == 302


def test_nothing_typed_is_lost_when_something_is_missing(world, client_of, send):
    answer = send(client_of(world.aylin), url_of(world), trying=" ", tried="Moved it up.", quote="the menu")
    assert answer.status_code == 422
    assert "Say in a sentence what you are trying to do." in answer.text
    assert "Moved it up." in answer.text
    assert 'value="the menu"' in answer.text
    assert rows() == []


def test_the_passage_of_the_brief_is_shown_first(world, client_of, send):
    client = client_of(world.aylin)
    shown = send(client, url_of(world), **WHEN)
    assert "Does this answer it?" in shown.text
    assert re.search(r"<mark>[^<]*Friday 12 March", shown.text)
    assert rows() == []
    closed = send(client, url_of(world), **WHEN, then="answered")
    assert closed.headers["Location"].endswith(f"/posts/{world.post.public_id}")
    assert rows() == []
    back = send(client, url_of(world), **WHEN, then="rewrite")
    assert back.status_code == 200
    assert "When is it due?" in back.text
    assert send(client, url_of(world), **WHEN, then="leave").status_code == 303
    assert rows()[0].state is State.VISIBLE


def test_a_question_for_the_answer_is_turned_and_else_held(world, client_of, send):
    client = client_of(world.aylin)
    shown = send(client, url_of(world), trying=ASKS, audience="name")
    assert "I am working on question 3." in shown.text
    assert rows() == []
    send(client, url_of(world), trying=ASKS, audience="name", then="leave")
    (row,) = rows()
    case = db.session.query(Case).one()
    assert (row.state, row.hold_reason) == (State.HELD, "asks_answer")
    assert (case.reason, case.subject, case.subject_id) == (Reason.ASKS_ANSWER, Subject.HELP, row.id)
    page = client.get(f"/help-requests/{row.public_id}").text
    assert "A person reads it before anyone else does" in page
    assert client_of(world.mina).get(f"/help-requests/{row.public_id}").status_code == 404


def test_snark_has_one_look_and_is_held(world, client_of, send):
    client = client_of(world.aylin)
    shown = send(client, url_of(world, "courses"), trying=SNARK, tried="Nothing.", audience="name")
    assert "One look before it is sent" in shown.text
    assert 'name="tried" value="Nothing."' in shown.text
    assert rows() == []
    send(client, url_of(world, "courses"), trying=SNARK, audience="name", then="leave")
    assert (rows()[0].state, db.session.query(Case).one().project_id) == (State.HELD, None)
    queue = client_of(world.staff).get(f"/courses/{world.course.public_id}/queue").text
    assert "asks for help" in queue


def test_a_rewrite_of_what_was_held_goes_on_its_way(world, client_of, send):
    row = world.ask(ASKS)
    url = f"/help-requests/{row.public_id}/edit"
    client = client_of(world.aylin)
    assert ASKS in client.get(url).text
    words = {"trying": "I tried question 3 twice. Is my first step sound?", "audience": "name"}
    assert send(client, url, **words).status_code == 409
    answer = send(client, url, **words, version=str(row.version))
    assert answer.status_code == 303
    db.session.refresh(row)
    assert row.state is State.VISIBLE
    assert db.session.query(Case).one().closed_at is not None


def test_staff_decide_about_it_like_about_a_comment(world):
    row = world.ask(ASKS)
    case = moderation.open_case_of(Subject.HELP, row.id)
    said = {"reason": "asks_for_the_answer", "note": "Which step?", "clause_number": None}
    moderation.return_case(case, world.staff.id, **said)
    assert row.state is State.RETURNED
    commands.edit(row, world.on_post, Asked("Is my first step sound?"), version=row.version)
    assert row.state is State.VISIBLE
    moderation.remove_row(row, world.staff.id, note="Let us talk.", clause_number=None)
    moderation.restore(row, world.staff.id)
    assert row.state is State.VISIBLE
    told = [
        (one.kind.value, one.details["state"]) for one in db.session.query(Notice) if "state" in one.details
    ]
    assert told == [("help_back", "returned"), ("help_back", "removed"), ("help_shown", "visible")]


def test_a_decision_about_it_is_undone_like_any_other(world, client_of, send):
    row = world.ask(ASKS)
    case = db.session.query(Case).one()
    queue, staff = f"/courses/{world.course.public_id}/queue", client_of(world.staff)
    assert send(staff, queue, f"/cases/{case.public_id}/approval").status_code == 303
    assert client_of(world.mina).get(f"/help-requests/{row.public_id}").status_code == 200
    assert [one.kind.value for one in db.session.query(Notice)] == ["help_shown"]
    undo = re.search(r'action="(/undo/\w+)"', staff.get(queue).text)[1]
    assert send(staff, queue, undo).status_code == 303
    db.session.refresh(row)
    assert (row.state, row.hold_reason) == (State.HELD, "asks_answer")
    assert db.session.query(Case).one().closed_at is None
    assert db.session.query(Notice).all() == []


def test_what_a_classmate_reports_is_put_aside(world, client_of, send):
    row = world.ask()
    url = f"/moderation/help/{row.public_id}/flag"
    answer = send(client_of(world.mina), url, reason="private")
    assert answer.headers["Location"].endswith(f"/courses/{world.course.public_id}/help-requests")
    db.session.refresh(row)
    assert row.state is State.HELD


def test_the_same_press_twice_asks_once(world):
    first, second = (world.ask(once="key") for _ in range(2))
    assert first.id == second.id


def test_two_tabs_keep_both_texts(world):
    row = world.ask()
    commands.edit(row, world.on_post, Asked("What I said in the other tab."), version=row.version)
    with pytest.raises(rules.BothTexts) as both:
        commands.edit(row, world.on_post, Asked("What I say here."), version=1)
    assert both.value.details["theirs"] == "What I said in the other tab."


def test_a_name_cannot_be_forced_where_a_pseudonym_hides_it(blind):
    with pytest.raises(rules.NotForYou):
        blind.ask(audience=Audience.NAME)


@pytest.mark.parametrize("where", ["on_post", "on_project"])
def test_a_pseudonym_leaks_no_name(blind, client_of, where):
    row = blind.ask(place=getattr(blind, where), audience=Audience.PEER_NAME)
    urls = (f"/help-requests/{row.public_id}", f"/courses/{blind.course.public_id}/help-requests")
    for url in (*urls, f"/posts/{blind.post.public_id}"):
        page = client_of(blind.mina).get(url).text
        assert "Aylin" not in page, url
        assert "Kaya" not in page, url
        assert not re.search(r"T\d\d:\d\d:\d\d", page), url
    assert "Aylin Kaya" in client_of(blind.staff).get(urls[0]).text


def test_staff_only_is_for_staff_only(world, client_of):
    row = world.ask(audience=Audience.STAFF)
    url, listing = f"/help-requests/{row.public_id}", f"/courses/{world.course.public_id}/help-requests"
    people = [world.aylin, world.staff, world.mina, world.observer, world.stranger]
    assert [client_of(one).get(url).status_code for one in people] == [200, 200, 404, 404, 404]
    assert row.public_id not in client_of(world.mina).get(listing).text
    assert row.public_id in client_of(world.staff).get(listing).text


def test_who_does_not_see_the_post_does_not_see_what_is_asked_about_it(world, client_of):
    world.project.post_first = True
    row = world.ask()
    url = f"/help-requests/{row.public_id}"
    assert client_of(world.mina).get(url).status_code == 404
    world.project.post_first = False
    assert client_of(world.mina).get(url).status_code == 200


def test_it_is_taken_back_and_the_undo_brings_it_back(world, client_of, send):
    row = world.ask()
    client, url = client_of(world.aylin), f"/help-requests/{row.public_id}"
    assert send(client, url, f"{url}/withdrawal").status_code == 303
    assert client_of(world.mina).get(url).status_code == 404
    page = client.get("/courses/" + world.course.public_id + "/help-requests?show=mine").text
    undo = re.search(r'action="(/undo/\w+)"', page)[1]
    assert send(client, url, undo).status_code == 303
    assert client_of(world.mina).get(url).status_code == 200


def test_a_course_question_costs_the_same_whatever_is_asked(world, client_of, count_queries):
    client, url = client_of(world.mina), f"/courses/{world.course.public_id}/help-requests"
    world.ask()
    counts = []
    for _round in range(2):
        with count_queries() as seen:
            assert client.get(url).status_code == 200
        counts.append(len(seen))
        for _ in range(4):
            world.ask(place=world.on_course)
    assert counts[0] == counts[1] <= 8


def test_the_thread_is_found_by_nobody_else(world, actor_of):
    row = world.ask()
    assert queries.request_for(actor_of(world.stranger), row.public_id) is None


def drafting(client, url):
    """Saves the form as its script does; answers status and what was said."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(url).text)[1]

    def save(**values):
        answer = client.post(url, data={"csrf_token": token, **values}, headers={"X-Autosave": "1"})
        return answer.status_code, answer.json if answer.is_json else answer.text

    return save


@pytest.mark.parametrize("what", ["posts", "projects", "courses"])
def test_what_is_being_asked_saves_itself_and_is_seen_by_its_writer_alone(world, client_of, send, what):
    client, url = client_of(world.aylin), url_of(world, what)
    save = drafting(client, url)
    status, said = save(tried="Moved the menu up.", kind="check", audience="nonsense", version="0")
    assert (status, said["version"]) == (200, 1)
    assert re.fullmatch(r"\d\d:\d\d", said["saved"])
    again = client.get(url).text
    assert "Moved the menu up." in again
    assert f"Saved {said['saved']}" in again
    assert re.search(r'value="check"[^>]*checked', again)
    (row,) = rows()
    shown = f"/help-requests/{row.public_id}"
    people = [world.aylin, world.mina, world.staff, world.observer, world.stranger]
    assert [client_of(one).get(shown).status_code for one in people] == [404] * 5
    listing = f"/courses/{world.course.public_id}/help-requests?show=mine"
    assert row.public_id not in client.get(listing).text
    if what != "posts":
        assert "Moved the menu up." not in client_of(world.mina).get(url).text
    answer = send(client, url, **FINE, tried="Moved the menu up.", version="1")
    assert answer.headers["Location"].endswith(shown)
    assert (row.state, row.edited_at, len(rows())) == (State.VISIBLE, None, 1)
    assert "Moved the menu up." not in client.get(url).text


def test_two_tabs_lose_no_draft(world, client_of, send):
    client, url = client_of(world.aylin), url_of(world)
    first, second = drafting(client, url), drafting(client, url)
    first(trying="From the first tab.", version="0")
    status, both = second(trying="From the second tab.", version="0")
    assert status == 409
    assert "From the first tab." in both
    sent = send(client, url, trying="From the second tab.", audience="name", version="0")
    assert sent.status_code == 303
    assert "From the first tab." in client.get(url).text
    send(client, url, trying="Mine, after I saw both.", version="0", then="keep")
    assert "Mine, after I saw both." in client.get(url).text
    assert first(trying=" ", version="2")[1]["version"] == 0
    assert [row.trying for row in rows()] == ["From the second tab."]


def test_a_draft_that_the_brief_answers_goes_with_it(world, client_of, send):
    client, url = client_of(world.aylin), url_of(world)
    drafting(client, url)(**WHEN, version="0")
    send(client, url, **WHEN, version="1", then="answered")
    assert rows() == []


def test_nothing_is_kept_from_a_page_that_is_not_theirs(world, client_of, visitor):
    url = url_of(world)
    saves = {one: client_of(one) for one in (world.mina, world.staff, world.stranger)}
    tried = [
        client.post(url, data=FINE, headers={"X-Autosave": "1"}).status_code for client in saves.values()
    ]
    assert tried == [403, 403, 404]
    assert visitor.post(url, data=FINE, headers={"X-Autosave": "1"}).status_code in {302, 401}
    assert client_of(world.aylin).post(url, data=FINE, headers={"X-Autosave": "1"}).status_code == 403
    assert rows() == []
