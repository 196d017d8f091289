"""Joining by link or code: new people, people we know, and people who are somebody else."""

import re
import threading

import pytest

from classroom.access import Role
from classroom.accounts import commands as accounts
from classroom.accounts.commands import create_person
from classroom.accounts.models import OneTimeLink, Person, Session
from classroom.app import create_app
from classroom.config import Settings
from classroom.core import links, mail
from classroom.core.db import db, writing
from classroom.courses.commands import create_course, remove_member
from classroom.courses.models import Course, Membership
from classroom.courses.rules import code_key
from classroom.projects.models import ProjectState


@pytest.fixture
def course(make):
    return make.course(make.person("Adaeze Okafor"), term="Autumn 2026")


@pytest.fixture
def url(course):
    return f"/join/{course.join_code}"


class TestSomeoneNew:
    def test_sees_whose_course_it_is(self, visitor, url):
        page = visitor.get(url).text
        assert "Writing for the Web" in page
        assert "Adaeze Okafor" in page

    @pytest.mark.parametrize("name", ["Maya Adler", "王小明", "عبد الله الليثي", "Ng", "Zoë O’Brien-Łukasz"])
    def test_a_name_and_an_address_are_enough(self, visitor, send, url, course, name):
        answer = send(visitor, url, name=name, email="maya@example.edu")
        assert (answer.status_code, answer.location) == (303, "/")
        person = db.session.query(Person).filter_by(email_key="maya@example.edu").one()
        seat = db.session.query(Membership).filter_by(person_id=person.id).one()
        assert (person.name, seat.role, seat.course_id) == (name, Role.STUDENT, course.id)
        assert name.split()[0] in visitor.get("/settings").text

    def test_leads_on_to_where_one_was_going_and_nowhere_else(self, visitor, send, url):
        assert (
            send(visitor, f"{url}?next=/help", url, name="Bo", email="bo@example.edu", next="/help").location
            == "/help"
        )

    @pytest.mark.parametrize("going", ["https://evil.example/", "//evil.example", "/\\evil.example"])
    def test_never_to_another_site(self, visitor, send, url, going):
        answer = send(visitor, url, name="Bo", email="bo@example.edu", next=going)
        assert answer.location == "/"

    def test_leads_straight_to_the_one_thing_there_is_to_do(self, app, make, visitor, send, url, course):
        project = make.project(course)
        answer = send(visitor, url, name="Bo", email="bo@example.edu")
        there = "posts.write" in app.view_functions
        assert answer.location == (f"/projects/{project.public_id}/post" if there else "/")

    def test_leads_home_where_there_is_a_choice_or_nothing_to_do(
        self, app, make, send, connection, url, course
    ):
        make.project(course, state=ProjectState.DRAFT)
        assert send(app.test_client(), url, name="Bo", email="a@example.edu").location == "/"
        make.project(course)
        make.project(course)
        assert send(app.test_client(), url, name="Bo", email="b@example.edu").location == "/"

    def test_a_password_is_kept_when_given(self, visitor, send, url):
        send(visitor, url, name="Bo Li", email="bo@example.edu", password="four loaves before dawn")
        assert accounts.sign_in("bo@example.edu", "four loaves before dawn", network="here")

    def test_a_weak_password_keeps_what_was_typed(self, visitor, send, url):
        refused = send(visitor, url, name="Bo Li", email="bo@example.edu", password="password12")
        assert refused.status_code == 422
        assert 'value="Bo Li"' in refused.text
        assert "password12" not in refused.text
        assert db.session.query(Person).filter_by(email_key="bo@example.edu").count() == 0

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"name": " ", "email": "bo@example.edu"}, "Write your name"),
            ({"name": "Bo", "email": ""}, "Write your e-mail"),
            ({"name": "Bo", "email": "bo at example"}, "does not look like an e-mail"),
            ({"name": "Bo", "email": "b" * 250 + "@example.edu"}, "254"),
            ({"name": "B" * 201, "email": "bo@example.edu"}, "200"),
        ],
    )
    def test_what_is_missing_is_said(self, visitor, send, url, values, words):
        refused = send(visitor, url, **values)
        assert refused.status_code == 422
        assert words in refused.text

    def test_a_section_may_be_chosen_or_left_open(self, make, app, connection, send, url, course):
        section, foreign = make.section(course, "Freitag"), make.section(make.course(), "B")
        for address, chosen, status, kept in (
            ("a@example.edu", section.public_id, 303, section.id),
            ("b@example.edu", "", 303, None),
            ("c@example.edu", foreign.public_id, 422, None),
        ):
            answer = send(app.test_client(), url, name="Bo", email=address, section=chosen)
            assert answer.status_code == status
            seat = db.session.query(Membership).join(Person).filter(Person.email_key == address).first()
            assert (seat and seat.section_id) == kept

    def test_the_name_is_never_markup(self, visitor, send, url, make):
        refused = send(visitor, url, name="<script>alert(1)</script>", email="no")
        assert "<script>alert(1)" not in refused.text


class TestSomeoneKnown:
    @pytest.fixture
    def maya(self, make):
        person = make.person("Maya Adler")
        db.session.commit()
        return person

    @pytest.mark.parametrize("spelling", ["{}", " {} ", "{upper}"])
    def test_typing_an_address_never_lets_anyone_in(
        self, visitor, send, url, course, maya, mailbox, spelling
    ):
        typed = spelling.format(maya.email, upper=maya.email.upper())
        answer = send(visitor, url, name="Not Maya", email=typed, password="four loaves before dawn")
        assert answer.status_code == 200
        assert "Look into your mail" in answer.text
        assert maya.name not in answer.text
        assert visitor.get("/settings").status_code == 302
        assert db.session.query(Membership).filter_by(person_id=maya.id).count() == 0
        assert (maya.name, maya.password_hash) == ("Maya Adler", None)

    def test_the_mailed_link_brings_its_owner_back_to_one_press(
        self, visitor, send, url, course, maya, mailbox
    ):
        send(visitor, url, name="Maya", email=maya.email)
        letter = next(mailbox.glob("*.eml")).read_text()
        path = re.search(r"http://localhost(/sign-in/link/\w+)", letter)[1]
        answer = send(visitor, path)
        assert answer.location == url
        assert "Join as Maya Adler" in visitor.get(url).text
        assert send(visitor, url).location == "/"
        assert db.session.query(Membership).filter_by(person_id=maya.id).one().role is Role.STUDENT

    def test_many_tries_send_few_letters(self, visitor, send, url, maya, mailbox):
        pages = {send(visitor, url, name="x", email=maya.email).status_code for _ in range(9)}
        assert pages == {200}
        assert len(list(mailbox.glob("*.eml"))) == 5

    def test_a_disabled_person_gets_no_letter_and_the_same_page(
        self, visitor, send, url, make, maya, mailbox
    ):
        gone = make.person("Gone", disabled_at=maya.created_at)
        strip = lambda page: re.sub(r"person\d+|value=\"[^\"]*\"", "", page.text)  # noqa: E731
        assert strip(send(visitor, url, name="x", email=gone.email)) == strip(
            send(visitor, url, name="x", email=maya.email)
        )
        assert db.session.query(OneTimeLink).filter_by(person_id=gone.id).count() == 0

    def test_signed_in_it_is_one_press(self, client_of, send, url, course, maya):
        client = client_of(maya)
        assert send(client, url).status_code == 303
        assert client.get(url).location == "/"
        assert db.session.query(Membership).filter_by(person_id=maya.id).count() == 1

    def test_staff_who_open_the_link_stay_staff(self, make, client_of, course, url):
        assistant = make.member(course, Role.ASSISTANT)
        client = client_of(assistant)
        assert client.get(url).status_code == 303
        assert client.post(url).status_code == 303
        assert make.seat(course, assistant).role is Role.ASSISTANT

    def test_whoever_was_taken_off_does_not_come_back_by_the_link(self, make, client_of, send, url, course):
        jonas = make.student(course, "Jonas Weber")
        client = client_of(jonas)
        remove_member(make.seat(course, jonas))
        answer = send(client, url)
        assert answer.status_code == 403
        assert "Your instructor can bring you back" in answer.text
        assert make.seat(course, jonas).left_at is not None


class TestCodes:
    @pytest.mark.parametrize(
        "typed", ["{}", "{upper}", " {} ", "{dashed}", "http://localhost/join/{}", "localhost/join/{}/"]
    )
    def test_they_are_read_however_they_are_typed(self, visitor, course, typed):
        code = course.join_code
        text = typed.format(code, upper=code.upper(), dashed=f"{code[:5]}-{code[5:]}")
        assert code_key(text) == code
        assert visitor.get("/join", query_string={"code": text}).location == f"/join/{code}"

    @pytest.mark.parametrize("typed", ["nothing", "%", "' OR 1=1 --", "é" * 300, "\x00"])
    def test_an_unknown_one_is_said_kindly(self, visitor, typed):
        answer = visitor.get("/join", query_string={"code": typed})
        assert answer.status_code in {200, 422}
        assert "Traceback" not in answer.text

    def test_a_link_that_leads_nowhere_looks_the_same_whatever_the_reason(self, make, visitor, course):
        closed = make.course(make.person(), join_open=False)
        over = make.course(make.person(), archived_at=course.created_at)
        pages = [visitor.get(f"/join/{code}") for code in ("nothere", closed.join_code, over.join_code)]
        assert {page.status_code for page in pages} == {404}
        assert len({re.sub(r'value="[^"]*"', "", page.text) for page in pages}) == 1

    def test_a_forged_host_reaches_no_join_link(self, client_of, course, make):
        leader = db.session.get(
            Person, db.session.query(Membership).filter_by(role=Role.INSTRUCTOR).one().person_id
        )
        page = client_of(leader).get(
            f"/courses/{course.public_id}/settings", headers={"Host": "evil.example"}
        )
        assert page.status_code == 400
        assert "evil.example" not in page.text


def test_many_join_at_once_and_each_gets_a_number_of_their_own(tmp_path, monkeypatch):
    """Real connections: six new people and one of them twice."""
    monkeypatch.setattr(mail, "_current", mail._current)  # a second app puts its own in place
    monkeypatch.setattr(links, "_base", links._base)
    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'join.sqlite3'}",
        secret_key="for this test only, and long enough",
        base_url="http://localhost",
    )
    app = create_app(settings, TESTING=True)
    with app.app_context(), writing():
        db.create_all()
        course = create_course("Essays", create_person("Ada", "ada@example.edu"), zone="UTC")
        code = course.join_code
        db.session.commit()
    answers: list[int] = []
    gate = threading.Barrier(7)

    def come(address: str) -> None:
        client = app.test_client()
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"/join/{code}").text)
        gate.wait()
        values = {"csrf_token": token[1], "name": "Bo", "email": address}
        answers.append(client.post(f"/join/{code}", data=values).status_code)

    threads = [threading.Thread(target=come, args=(f"p{n % 6}@example.edu",)) for n in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        numbers = [seat.number for seat in db.session.query(Membership)]
        assert sorted(answers) == [200, *[303] * 6]
        assert sorted(numbers) == list(range(1, 8))
        assert db.session.query(Session).count() == 6
        assert db.session.query(Course).one().people_counted == 7
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
