"""What staff see of the class, in figures only; and how those that see it otherwise are answered."""

import pytest
from sqlalchemy import select

from classroom.calibration.commands import Words
from classroom.calibration.commands_practice import dispute, send
from classroom.calibration.models import Dispute, Reaction
from classroom.core.db import db
from classroom.courses.commands import remove_member
from classroom.notices.models import Notice, NoticeKind
from tests.calibration.conftest import MINE, THIN

WHY = "The map is in the second line."


def home(practice):
    return f"/projects/{practice.group.project.public_id}/calibration"


@pytest.fixture
def say(practice):
    """Someone's comment on the sample, as the product takes it."""

    def write(who, body=THIN):
        person = practice.group.who(who)
        return send(person.id, practice.sample, practice.group.project, Words(body))

    return write


@pytest.fixture
def seen(practice, say):
    return dispute(say("writer", MINE), practice.model, "place", WHY)


def test_of_a_few_nothing_is_told_by_criterion(practice, client_of, say):
    say("writer")
    say("classmate")
    page = client_of(practice.group.instructor).get(home(practice)).text
    assert "2 of 3 students have practised" in page
    assert "comments are without it" not in page
    say("author")
    page = client_of(practice.group.instructor).get(home(practice)).text
    assert "3 of 3 comments are without it" in page
    assert "For class:" in page


def test_who_left_is_not_counted(practice, client_of, make, say):
    say("writer")
    remove_member(make.seat(practice.group.course, practice.group.writer))
    page = client_of(practice.group.instructor).get(home(practice)).text
    assert "0 of 2 students have practised" in page


def test_no_names_and_no_words_of_theirs(practice, client_of, say):
    for who in ("writer", "classmate", "author"):
        say(who)
    page = client_of(practice.group.instructor).get(home(practice)).text
    assert "Jonas Weiszfeld" not in page
    assert THIN not in page


def test_an_assistant_sees_those_in_their_care(practice, client_of, say, seen):
    page = client_of(practice.group.other_assistant).get(home(practice)).text
    assert "0 of 0 students have practised" in page
    assert WHY not in page
    assert WHY in client_of(practice.group.assistant).get(home(practice)).text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("instructor", 303),
        ("assistant", 303),
        ("other_assistant", 404),
        ("writer", 403),
        ("classmate", 404),
        ("observer", 404),
        ("stranger", 404),
    ],
)
def test_staff_answer_with_one_press(practice, client_of, send_as, seen, who, status):
    answer = send_as(who, f"/disputes/{seen.public_id}/answer", reaction="agreed")
    assert answer.status_code == status
    assert (db.session.get(Dispute, seen.id).reaction is Reaction.AGREED) == (status == 303)


@pytest.fixture
def send_as(practice, client_of, send):
    def press(who, url, **values):
        return send(client_of(practice.group.who(who)), "/settings", url, **values)

    return press


def test_the_student_is_told_in_the_product(practice, client_of, send_as, seen):
    url = f"/disputes/{seen.public_id}/answer"
    for _press in range(2):
        send_as("instructor", url, reaction="both", note="The first line would do as well.")
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.SEEN_OTHERWISE)).all()
    assert [one.person_id for one in told] == [practice.group.writer.id]
    client = client_of(practice.group.writer)
    assert "both can stand. The first line would do as well." in client.get("/news").text
    page = client.get(f"/samples/{practice.sample.public_id}").text
    assert "both can stand." in page
    assert "The first line would do as well." in page
    assert "Take it back" not in page


def test_a_second_thought_takes_the_place_of_the_first(practice, send_as, seen):
    url = f"/disputes/{seen.public_id}/answer"
    send_as("instructor", url, reaction="kept")
    send_as("assistant", url, reaction="agreed")
    (told,) = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.SEEN_OTHERWISE)).all()
    assert told.details["reaction"] == "agreed"


@pytest.mark.parametrize("values", [{}, {"reaction": "never"}, {"reaction": "kept", "note": "x" * 601}])
def test_what_is_no_answer_changes_nothing(send_as, seen, values):
    answer = send_as("instructor", f"/disputes/{seen.public_id}/answer", **values)
    assert answer.status_code == 422
    assert db.session.get(Dispute, seen.id).reaction is None


def test_an_answered_one_is_not_taken_back(practice, send_as, seen):
    send_as("instructor", f"/disputes/{seen.public_id}/answer", reaction="kept")
    assert send_as("writer", f"/disputes/{seen.public_id}/withdrawal").status_code == 409
    assert db.session.get(Dispute, seen.id) is not None


def test_open_ones_stand_oldest_first(practice, client_of, say, seen):
    dispute(say("classmate", MINE), practice.model, "point", "It repeats the text.")
    page = client_of(practice.group.instructor).get(home(practice)).text
    assert page.index(WHY) < page.index("It repeats the text.")


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_costs_no_more_with_more_of_them(practice, make, client_of, count_queries, many):
    for _number in range(many):
        student = make.student(practice.group.course)
        answer = send(student.id, practice.sample, practice.group.project, Words(MINE))
        dispute(answer, practice.model, "place", WHY)
    client = client_of(practice.group.instructor)
    client.get(home(practice))
    with count_queries() as seen:
        assert client.get(home(practice)).status_code == 200
    assert len(seen) <= 12, "\n\n".join(seen)


def test_home_leads_staff_there(practice, client_of, send_as, seen):
    for who, told in (("instructor", True), ("assistant", True), ("other_assistant", False)):
        page = client_of(practice.group.who(who)).get("/").text
        assert ("1 student sees a sample otherwise" in page) == told
    send_as("assistant", f"/disputes/{seen.public_id}/answer", reaction="kept")
    assert "sees a sample otherwise" not in client_of(practice.group.instructor).get("/").text


def test_after_you_are_right_the_reason_is_one_press_away(practice, client_of, send_as, seen):
    send_as("instructor", f"/disputes/{seen.public_id}/answer", reaction="agreed")
    place = f'href="/model-comments/{practice.model.public_id}"'
    assert place in client_of(practice.group.instructor).get(home(practice)).text
    assert place not in client_of(practice.group.assistant).get(home(practice)).text
