"""Questions without a name: asking, what is shown before, the secret address, answers, and examples."""

import logging
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from classroom.access import Role
from classroom.core import clock
from classroom.core.db import db
from classroom.core.ids import digest, secret_token
from classroom.guidelines import commands, queries
from classroom.guidelines import commands_situations as situations
from classroom.guidelines import rules_situations as rules
from classroom.guidelines.likeness import alike
from classroom.guidelines.models import ExampleReading, Ruling, Situation, SituationState
from classroom.guidelines.queries_situations import usual_wait
from classroom.insights.exports.course import write_course
from classroom.insights.exports.person import write_person
from tests.conftest import MONDAY

OWN = "glue my poster on a biscuit tin and bring that instead"
LIKE = "let my aunt read my work aloud and tell me what sounds odd"
RUDE = "You are an idiot, and so is this rule."


@pytest.fixture
def instructor(make):
    return make.person("Adaeze Okafor")


@pytest.fixture
def course(make, instructor, monday):
    course = make.course(instructor)
    commands.publish(commands.begin_draft(course, from_starter=True), instructor.id, major=True)
    db.session.commit()
    return course


@pytest.fixture
def maya(make, course):
    return make.student(course, "Maya Adler")


def page(course):
    return f"/courses/{course.public_id}/okay"


def asked(course, text=OWN):
    """A question and the secret of its address."""
    secret = secret_token()
    return situations.ask(course, secret, text), secret


def answered(one, instructor, course, ruling=Ruling.ASK_FIRST, why="Ask first: it may be too heavy."):
    one = fresh(one)
    situations.answer(one, instructor.id, ruling=ruling, why=why, clause_number=2, zone=course.zone)
    db.session.commit()


def fresh(one):
    """The question with what was said to it."""
    asked = select(Situation).where(Situation.id == one.id).options(selectinload(Situation.turns))
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


class TestAsking:
    def test_it_goes_out_and_leads_to_an_address_that_needs_no_name(
        self, client_of, send, visitor, course, maya
    ):
        answer = send(client_of(maya), page(course), text=OWN, secret=secret_token())
        assert answer.status_code == 303
        found = visitor.get(answer.location)
        assert "Keep this address" in found.text
        assert OWN in found.text
        assert found.headers["Referrer-Policy"] == "no-referrer"
        one = db.session.query(Situation).one()
        assert one.asked_on == rules.day_of(MONDAY, course.zone)

    def test_pressed_twice_it_is_asked_once(self, client_of, send, course, maya):
        client, secret = client_of(maya), secret_token()
        first, second = (send(client, page(course), text=OWN, secret=secret) for _ in range(2))
        assert first.location == second.location
        assert db.session.query(Situation).count() == 1

    def test_what_is_like_it_is_shown_first_and_may_answer_it(self, client_of, send, course, maya):
        client = client_of(maya)
        shown = send(client, page(course), text=LIKE, secret=secret_token())
        assert shown.status_code == 200
        assert "Is it like one of these?" in shown.text
        assert "have a friend or my mother read my work aloud" in shown.text
        assert LIKE in shown.text
        example = re.findall(r'name="example" value="(\w+)"', shown.text)[0]
        closed = send(client, page(course), f"{page(course)}/found", example=example)
        assert closed.status_code == 303
        assert db.session.query(Situation).count() == 0
        assert db.session.query(ExampleReading).one().answered == 1

    def test_it_may_be_sent_all_the_same(self, client_of, send, course, maya):
        client = client_of(maya)
        shown = send(client, page(course), text=LIKE, secret=secret_token())
        values = {"secret": secret_token(), "step": "send"}
        values["shown"] = re.findall(r'name="shown" value="(\w+)"', shown.text)
        assert send(client, page(course), text=LIKE, **values).status_code == 303
        assert {one.passed_by for one in db.session.query(ExampleReading)} == {1}

    def test_words_that_hurt_get_one_look_and_go_when_they_stay(self, client_of, send, course, maya):
        client = client_of(maya)
        looked = send(client, page(course), text=RUDE, secret=secret_token())
        assert "One look before it is sent" in looked.text
        assert db.session.query(Situation).count() == 0
        sent = send(client, page(course), text=RUDE, secret=secret_token(), step="send")
        assert sent.status_code == 303

    def test_nothing_typed_is_lost_and_too_little_is_said_so(self, client_of, send, course, maya):
        refused = send(client_of(maya), page(course), text="this")
        assert refused.status_code == 422
        assert "this</textarea>" in refused.text

    def test_a_browser_asks_five_times_a_day(self, client_of, send, course, maya):
        client = client_of(maya)
        codes = [
            send(client, page(course), text=f"{OWN} {n}", secret=secret_token(), step="send").status_code
            for n in range(6)
        ]
        assert codes == [303] * 5 + [429]
        with clock.at(MONDAY + timedelta(days=1)):
            assert send(client, page(course), text=OWN, secret=secret_token(), step="send").status_code == 303

    def test_a_course_has_room_for_so_many(self, course, monkeypatch):
        monkeypatch.setattr(rules, "MOST_OPEN", 1)
        asked(course)
        with pytest.raises(rules.TooManyOpen):
            asked(course, "another one")

    def test_a_secret_that_somebody_made_up_is_not_taken(self, client_of, send, course, maya):
        answer = send(client_of(maya), page(course), text=OWN, secret="1234", step="send")
        assert "/okay/1234" not in answer.location

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.ASSISTANT, Role.INSTRUCTOR])
    def test_only_students_ask(self, make, client_of, course, role):
        assert client_of(make.member(course, role)).get(page(course)).status_code == 403
        assert client_of(make.person()).get(page(course)).status_code == 404


class TestRemembering:
    def test_a_browser_remembers_for_that_person_if_they_wish(self, make, client_of, send, course, maya):
        client = client_of(maya)
        send(client, page(course), text=OWN, secret=secret_token(), keep="y", step="send")
        assert "Your questions in this browser" in client.get(page(course)).text
        kept = client.get_cookie("okay", path=page(course))
        assert (kept.http_only, kept.path, kept.same_site) == (True, page(course), "Strict")
        other = client_of(make.student(course))
        other.set_cookie("okay", kept.value, path=page(course))
        assert "Your questions in this browser" not in other.get(page(course)).text
        send(client, page(course), f"{page(course)}/forgetting")
        assert "Your questions in this browser" not in client.get(page(course)).text

    def test_unasked_it_remembers_nothing(self, client_of, send, course, maya):
        client = client_of(maya)
        send(client, page(course), text=OWN, secret=secret_token(), step="send")
        assert client.get_cookie("okay", path=page(course)) is None
        assert OWN not in client.get(page(course)).text


class TestTheAddress:
    def test_the_answer_thanks_and_asking_back(self, visitor, send, course, instructor):
        one, secret = asked(course)
        assert "It waits for an answer" in visitor.get(f"/okay/{secret}").text
        answered(one, instructor, course)
        shown = visitor.get(f"/okay/{secret}").text
        assert "Ask first: it may be too heavy." in shown
        assert instructor.name not in shown
        send(visitor, f"/okay/{secret}", f"/okay/{secret}/thanks")
        assert db.session.get(Situation, one.id).thanked
        send(visitor, f"/okay/{secret}", f"/okay/{secret}/question", text="And a shoe box?")
        assert one.state is SituationState.WAITING
        assert "And a shoe box?" in visitor.get(f"/okay/{secret}").text

    def test_asking_back_needs_an_answer_and_has_an_end(self, course, instructor):
        one, _secret = asked(course)
        with pytest.raises(rules.NotNow):
            situations.ask_back(fresh(one), "Well?", course.zone)
        for number in range(rules.MOST_ASKED_BACK):
            answered(one, instructor, course)
            situations.ask_back(fresh(one), f"And {number}?", course.zone)
            situations.ask_back(fresh(one), f"And {number}?", course.zone)
        answered(one, instructor, course)
        with pytest.raises(rules.NotNow):
            situations.ask_back(fresh(one), "Once more?", course.zone)

    def test_the_page_knows_nobody(self, client_of, course, maya):
        _one, secret = asked(course)
        shown = client_of(maya).get(f"/okay/{secret}").text
        assert "Maya" not in shown
        assert "data-person" not in shown

    def test_another_address_opens_nothing(self, visitor, course):
        one, secret = asked(course)
        for wrong in (secret_token(), one.public_id, digest(secret)):
            assert visitor.get(f"/okay/{wrong}").status_code == 404

    def test_in_a_course_that_is_over_it_is_there_to_be_read(self, visitor, send, course, instructor):
        one, secret = asked(course)
        answered(one, instructor, course)
        course.archived_at = MONDAY
        db.session.commit()
        assert send(visitor, f"/okay/{secret}", f"/okay/{secret}/thanks").status_code == 403


class TestStaff:
    def url(self, one):
        return f"/situations/{one.public_id}"

    def test_staff_answer_with_a_ruling_and_a_reason(self, make, client_of, send, course):
        assistant = client_of(make.member(course, Role.ASSISTANT))
        one, _secret = asked(course)
        assert OWN in assistant.get(f"/courses/{course.public_id}/situations").text
        assert send(assistant, self.url(one), ruling="fine").status_code == 422
        said = send(assistant, self.url(one), ruling="fine", why="It is your own.", clause_number="1")
        assert said.status_code == 303
        assert (one.state, one.ruling, one.clause_number) == (SituationState.ANSWERED, Ruling.FINE, 1)
        send(assistant, self.url(one), ruling="ask_first", why="Ask, it is heavy.", clause_number="")
        db.session.expire_all()
        assert [turn.text for turn in fresh(one).turns] == ["Ask, it is heavy."]

    def test_what_the_asker_said_meanwhile_is_read_first(self, client_of, send, course, instructor):
        one, _secret = asked(course)
        answered(one, instructor, course)
        situations.ask_back(fresh(one), "And a shoe box?", course.zone)
        db.session.commit()
        answer = send(client_of(instructor), self.url(one), ruling="fine", why="Yes.", read="1")
        assert answer.status_code == 409

    def test_what_is_no_question_is_set_aside_and_says_why(
        self, client_of, send, visitor, course, instructor
    ):
        one, secret = asked(course)
        url = f"{self.url(one)}/setting-aside"
        assert send(client_of(instructor), self.url(one), url).status_code == 422
        send(client_of(instructor), self.url(one), url, **{"aside-note": "It names no act."})
        assert "It names no act." in visitor.get(f"/okay/{secret}").text

    def test_students_and_strangers_have_no_queue(self, make, client_of, course, maya):
        one, _secret = asked(course)
        db.session.commit()
        queue = f"/courses/{course.public_id}/situations"
        assert [client_of(maya).get(path).status_code for path in (queue, self.url(one))] == [403, 404]
        stranger = client_of(make.person())
        assert [stranger.get(path).status_code for path in (queue, self.url(one))] == [404, 404]

    def test_the_queue_counts_it(self, client_of, course, instructor):
        asked(course)
        shown = client_of(instructor).get(f"/courses/{course.public_id}/queue").text
        assert re.search(r'situations">Would this be okay\? <span class="n">1', shown)

    def test_the_page_costs_the_same_however_many_wait(self, client_of, count_queries, course, instructor):
        client, found = client_of(instructor), []
        for _round in range(2):
            for number in range(10):
                asked(course, f"{OWN} {number}")
            with count_queries() as seen:
                client.get(f"/courses/{course.public_id}/situations")
            found.append(len(seen))
        assert found[0] == found[1] <= 9

    def test_how_long_answers_take_is_the_middle_of_the_last(self, course, instructor):
        for days in (0, 1, 6):
            one, _secret = asked(course, f"{OWN} {days}")
            with clock.at(MONDAY + timedelta(days=days)):
                answered(one, instructor, course)
        assert usual_wait(course) == 1
        assert rules.usual_words(1) == "usually answered by the next day"
        assert rules.usual_days([(MONDAY, MONDAY)], "UTC") is None


class TestExamples:
    def form(self, one):
        return f"/situations/{one.public_id}/example"

    values = {
        "situation": "bring my poster on something unusual",
        "ruling": "ask_first",
        "why": "It may be too heavy to hang.",
        "clause_number": "",
        "nobody": "y",
    }

    def test_one_press_publishes_it_as_a_small_change(self, client_of, send, course, instructor):
        one, _secret = asked(course)
        answered(one, instructor, course)
        client, before = client_of(instructor), queries.current_version(course.id).number
        assert send(client, self.form(one), **self.values, then="publish").status_code == 303
        version = queries.current_version(course.id)
        assert (version.number, version.major) == (before + 1, False)
        assert self.values["situation"] in {x.situation for x in version.examples}
        assert alike("bring my poster on a very unusual thing", version.examples)

    def test_beside_a_draft_it_waits_in_the_draft(self, client_of, send, course, instructor):
        one, _secret = asked(course)
        answered(one, instructor, course)
        commands.begin_draft(course)
        db.session.commit()
        send(client_of(instructor), self.form(one), **self.values, then="publish")
        assert queries.current_version(course.id).number == 1
        assert self.values["situation"] in {x.situation for x in queries.draft_version(course.id).examples}

    @pytest.mark.parametrize(
        "changed", [{"nobody": ""}, {"situation": "sit beside Maya while we write"}, {"why": ""}]
    )
    def test_it_is_read_as_a_classmate_would_and_names_nobody(
        self, client_of, send, course, instructor, maya, changed
    ):
        one, _secret = asked(course)
        answered(one, instructor, course)
        values = self.values | changed | {"then": "publish"}
        assert send(client_of(instructor), self.form(one), **values).status_code == 422
        assert queries.draft_version(course.id) is None

    def test_only_instructors_make_examples(self, make, client_of, course, instructor):
        one, _secret = asked(course)
        answered(one, instructor, course)
        assert client_of(make.member(course, Role.ASSISTANT)).get(self.form(one)).status_code == 403


def test_nothing_anywhere_ties_a_question_to_who_asked(
    make, client_of, send, course, maya, instructor, caplog, app
):
    """Every row of every table, the log and the export, before and after: what is new holds nobody."""
    client = client_of(maya)
    client.get(page(course))
    before = everything()
    with caplog.at_level(logging.DEBUG), clock.at(MONDAY + timedelta(hours=3, seconds=7)):
        sent = send(client, page(course), text=OWN, secret=secret_token(), keep="y", step="send")
    secret = re.search(r"/okay/(\w+)", sent.location)[1]
    new = {(table, row) for table, rows in everything().items() for row in rows - before[table]}
    assert {table for table, _row in new} == {"situations"}
    [(_table, row)] = new
    told = repr(row)
    assert secret not in told
    assert maya.public_id not in told
    assert maya.id not in {value for value in row if isinstance(value, int)} - {row[0]}
    moments = [value for value in row if hasattr(value, "hour")]
    assert moments
    assert all(rules.day_of(one, course.zone) == one for one in moments)
    assert not {secret, OWN, "/okay"} & set(re.findall(r"[\w/]+", caplog.text))
    assert not {"sqlalchemy.engine"} & {one.name for one in caplog.records}
    staff = client_of(instructor)
    one = db.session.query(Situation).one()
    answered(one, instructor, course)
    for path in (f"/courses/{course.public_id}/situations?show=answered", f"/situations/{one.public_id}"):
        shown = staff.get(path).text
        assert "Maya" not in shown
        assert secret not in shown
        assert "12:00" not in shown


def test_thanks_and_asking_back_from_ones_own_browser_tie_nothing_either(
    client_of, send, course, maya, instructor
):
    one, secret = asked(course)
    answered(one, instructor, course)
    client, address = client_of(maya), f"/okay/{secret}"
    client.get(address)
    before = everything()
    send(client, address, f"{address}/thanks")
    send(client, address, f"{address}/question", text="And a shoe box?")
    new = {(table, row) for table, rows in everything().items() for row in rows - before[table]}
    assert {table for table, _row in new} == {"situations", "situation_turns"}
    assert [turn.by_id for turn in fresh(one).turns] == [instructor.id, None]


def test_nor_does_anything_that_is_taken_out(actor_of, course, maya, instructor, tmp_path):
    """Her own data does not know of the question; the course's has its words and nobody's id beside them."""
    asked(course)
    db.session.commit()
    own = taken(tmp_path / "own.zip", lambda out: write_person(actor_of(maya), out))
    whole = taken(tmp_path / "course.zip", lambda out: write_course(actor_of(instructor), course, out))
    assert not any(OWN in text for text in own.values())
    assert OWN in whole["tables/questions.csv"]
    for text in (whole["tables/questions.csv"], whole["tables/question_answers.csv"]):
        assert maya.public_id not in text
        assert "digest" not in text
        assert not re.search(r"\d\d:\d\d", text)


def taken(path, write):
    """What a ZIP holds, by name."""
    with path.open("w+b") as out:
        write(out)
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one).decode("utf-8", "replace") for one in archive.namelist()}


def everything():
    db.session.commit()
    return {
        table.name: {tuple(map(_plain, row)) for row in db.session.execute(select(table))}
        for table in db.metadata.sorted_tables
    }


def _plain(value):
    return repr(value) if isinstance(value, dict | list) else value
