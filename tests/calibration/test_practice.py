"""Students comment on a sample first, then see both; nothing is counted, lost or told to anyone."""

import pytest
from sqlalchemy import func, select

from classroom.calibration.commands import use_samples
from classroom.calibration.models import Answer, Dispute, Use
from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.core.db import db
from classroom.posts.states import State
from classroom.projects.models import Prompt
from tests.calibration.conftest import MINE, MODEL, QUOTE, REASONS, THIN
from tests.comments.conftest import GOOD


def place(practice):
    return f"/samples/{practice.sample.public_id}"


def answers():
    return db.session.scalars(select(Answer).order_by(Answer.id)).all()


@pytest.fixture
def write(practice, client_of, send):
    def press(who="writer", body=MINE, **values):
        client = client_of(practice.group.who(who))
        return client, send(client, place(practice), f"{place(practice)}/answer", body=body, **values)

    return press


def test_first_the_pen_then_both_with_the_reasons(practice, client_of, write):
    before = client_of(practice.group.writer).get(place(practice)).text
    assert "map is very large" in before
    assert "soup in the first line made me laugh" not in before
    client, answer = write()
    assert answer.status_code == 303
    both = client.get(answer.headers["Location"]).text
    assert "soup in the first line made me laugh" in both
    assert "the landing is nowhere on it" in both
    assert all(reason in both for reason in REASONS.values())
    assert "Short is fine." in both
    assert "passage-" + practice.model.public_id in both
    (row,) = answers()
    assert row.sent_at is not None
    assert row.verdict["found"]["suggestion"]["met"]


def test_the_question_that_it_answers_stands_with_it(practice, client_of, write):
    (prompt,) = db.session.scalars(select(Prompt)).all()
    client, answer = write(prompt=prompt.public_id)
    assert "What works, and why?" in client.get(answer.headers["Location"]).text


def test_by_which_words_stands_beside_each_criterion(write):
    client, answer = write()
    both = client.get(answer.headers["Location"]).text
    assert "Found in these words:" in both
    assert "No why was found in yours" not in both  # no reason was given there, and the project asks for none


def test_a_thin_comment_goes_through_and_says_what_was_not_found(write):
    client, answer = write(body=THIN)
    assert answer.status_code == 303
    assert "No place was found in yours" in client.get(answer.headers["Location"]).text


def test_a_second_press_changes_nothing(practice, write):
    write()
    client, again = write(body="Something else, later.")
    assert again.status_code == 303
    assert [one.body for one in answers()] == [MINE]
    saved = client.post(f"{place(practice)}/draft", data={"body": "Something else"})
    assert saved.status_code == 403  # without a token, as elsewhere


def test_an_empty_comment_keeps_the_page(write):
    _client, answer = write(body="  ")
    assert answer.status_code == 422
    assert "Write your comment first." in answer.text
    assert MODEL[:30] not in answer.text
    assert answers() == []


def test_the_draft_is_kept_and_two_tabs_keep_both_texts(practice, client_of, send):
    client = client_of(practice.group.writer)
    url = f"{place(practice)}/draft"
    first = send(client, place(practice), url, body="The map", version="0")
    assert first.json["version"] == 1
    assert "The map" in client.get(place(practice)).text
    other = send(client, place(practice), url, body="Another text", version="0")
    assert other.status_code == 409
    assert "The map" in other.text
    kept = send(client, place(practice), f"{place(practice)}/answer", body="Another text", then="keep")
    assert kept.status_code == 303
    (row,) = answers()
    assert (row.body, row.sent_at) == ("Another text", None)
    assert MODEL[:30] not in client.get(place(practice)).text


def test_the_coach_answers_and_saves_nothing(practice, client_of, write):
    client, answer = write(body=THIN, then="check")
    assert answer.status_code == 200
    assert "data-step" in answer.text
    piece = client.post(f"{place(practice)}/coaching", data={"body": MINE})
    assert "data-coach-said" in piece.text
    assert "You can post it" not in piece.text
    assert answers() == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("writer", 303),
        ("author", 303),
        ("instructor", 403),
        ("assistant", 403),
        ("other_assistant", 403),
        ("observer", 403),
        ("stranger", 404),
    ],
)
def test_only_students_practise(practice, client_of, who, status):
    client = client_of(practice.group.who(who))
    token = client.get("/settings").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(f"{place(practice)}/answer", data={"csrf_token": token, "body": MINE})
    assert answer.status_code == status
    assert len(answers()) == (status == 303)


@pytest.mark.parametrize("use", [Use.OFF, None])
def test_what_is_not_offered_is_not_there(practice, client_of, use):
    if use is None:
        practice.model.removed_at = now()
    else:
        use_samples(practice.group.project, use)
    client = client_of(practice.group.writer)
    assert client.get(place(practice)).status_code == 404
    assert client.get(f"/projects/{practice.group.project.public_id}/calibration").status_code == 404
    assert client_of(practice.group.instructor).get(f"{place(practice)}/preview").status_code == 200


def test_an_observer_reads_along(practice, client_of):
    page = client_of(practice.group.observer).get(place(practice)).text
    assert "soup in the first line" in page
    assert "I see it otherwise" not in page


def comment(practice, client_of, send, who="classmate"):
    url = f"/posts/{practice.group.post.public_id}"
    client = client_of(practice.group.who(who))
    return client, send(client, url, f"{url}/comments", body=GOOD)


def sent_comments():
    return db.session.scalar(select(func.count()).where(Comment.state != State.DRAFT))


def test_the_gate_keeps_the_words_and_leads_back(practice, client_of, send):
    use_samples(practice.group.project, Use.FIRST)
    client, answer = comment(practice, client_of, send)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(place(practice))
    assert sent_comments() == 0
    shown = client.get(answer.headers["Location"])
    assert "kept as a draft" in shown.text
    there = f"/posts/{practice.group.post.public_id}"
    sent = send(client, answer.headers["Location"], f"{place(practice)}/answer", body=MINE, next=there)
    both = client.get(sent.headers["Location"]).text
    assert f'href="{there}"' in both
    assert GOOD in client.get(there).text.replace("&#39;", "'")
    assert send(client, there, f"{there}/comments", body=GOOD).status_code == 303
    assert sent_comments() == 1


def test_the_pen_says_so_before(practice, client_of):
    client = client_of(practice.group.classmate)
    there = f"/posts/{practice.group.post.public_id}"
    assert "you practise once on a sample" not in client.get(there).text
    use_samples(practice.group.project, Use.FIRST)
    assert "you practise once on a sample" in client.get(there).text


@pytest.mark.parametrize("use", [Use.OFF, Use.OPTIONAL])
def test_without_the_gate_nobody_is_held_up(practice, client_of, send, use):
    use_samples(practice.group.project, use)
    comment(practice, client_of, send)
    assert sent_comments() == 1


def test_whoever_has_commented_before_is_not_held_up(practice, client_of, send):
    practice.group.say(by=practice.group.classmate)
    use_samples(practice.group.project, Use.FIRST)
    comment(practice, client_of, send)
    assert sent_comments() == 2


def test_staff_are_not_held_up(practice, client_of, send):
    use_samples(practice.group.project, Use.FIRST)
    comment(practice, client_of, send, "instructor")
    assert sent_comments() == 1


def test_a_judgement_is_seen_otherwise_once_and_taken_back(practice, send, write):
    client, _answer = write()
    said = {"model": practice.model.public_id, "criterion": "place", "why": "The map is in the second line."}
    for _press in range(2):
        answer = send(client, place(practice), f"{place(practice)}/disputes", **said)
        assert answer.status_code == 303
    (row,) = db.session.scalars(select(Dispute)).all()
    page = client.get(place(practice)).text
    assert "The map is in the second line." in page
    assert "has not answered yet" in page
    assert send(client, place(practice), f"/disputes/{row.public_id}/withdrawal").status_code == 303
    assert db.session.scalars(select(Dispute)).all() == []


@pytest.mark.parametrize(
    ("said", "status"),
    [({"why": " "}, 422), ({"criterion": "nothing"}, 422), ({"model": "nobody"}, 422)],
)
def test_what_cannot_be_disputed_says_so(practice, send, write, said, status):
    client, _answer = write()
    told = {"model": practice.model.public_id, "criterion": "place", "why": "No."} | said
    answer = send(client, place(practice), f"{place(practice)}/disputes", **told)
    assert answer.status_code == status
    assert db.session.scalars(select(Dispute)).all() == []


def test_a_dispute_is_nobody_elses(practice, client_of, send, write):
    client, _answer = write()
    said = {"model": practice.model.public_id, "criterion": "place", "why": "The map is in the second line."}
    send(client, place(practice), f"{place(practice)}/disputes", **said)
    (row,) = db.session.scalars(select(Dispute)).all()
    for who in ("classmate", "other_assistant", "observer"):
        other = client_of(practice.group.who(who))
        assert send(other, "/settings", f"/disputes/{row.public_id}/withdrawal").status_code == 404


@pytest.mark.parametrize("page", ["", "done", "overview"])
def test_pages_cost_a_few_statements(practice, client_of, write, count_queries, page):
    client = write()[0] if page == "done" else client_of(practice.group.writer)
    url = (
        f"/projects/{practice.group.project.public_id}/calibration" if page == "overview" else place(practice)
    )
    client.get(url)
    with count_queries() as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= 8, "\n\n".join(seen)


def test_a_passage_is_kept_with_its_place(practice, send, write):
    client, _answer = write(quote=QUOTE, start="0")
    (row,) = answers()
    assert row.quote == QUOTE
    assert row.quote_start > 50
    assert 'id="passage-mine"' in client.get(place(practice)).text


def test_another_language_is_not_measured_and_nothing_is_said_to_be_missing(write):
    client, answer = write(
        body="Die Karte ist sehr groß, weil der Fluss es ist. Mir fehlt der Anleger darauf."
    )
    both = client.get(answer.headers["Location"]).text
    assert "cannot read the language" in both
    assert "No place was found" not in both
    (row,) = answers()
    assert row.verdict["missed"] == []
