"""The people of a course: the list, one of them, adding one; and who may."""

import re

import pytest

from classroom.access import Role
from classroom.accounts import commands as accounts
from classroom.accounts.models import OneTimeLink, Person, Session
from classroom.core.db import db
from classroom.courses import commands
from classroom.courses.models import Membership
from classroom.courses.queries import seats_of


@pytest.fixture
def instructor(make):
    return make.person("Adaeze Okafor")


@pytest.fixture
def course(make, instructor):
    return make.course(instructor)


@pytest.fixture
def url(course):
    return f"/courses/{course.public_id}/people"


def names_on(page):
    return re.findall(r'<b dir="auto">([^<]*)</b>', page.text)


class TestTheList:
    def test_instructors_first_then_by_name(self, make, client_of, course, instructor, url):
        make.student(course, "王小明")
        make.student(course, "Bo Li")
        make.member(course, Role.ASSISTANT, "Zoë Assistant")
        page = client_of(instructor).get(url)
        assert names_on(page) == ["Adaeze Okafor", "Zoë Assistant", "Bo Li", "王小明"]

    def test_chips_count_and_lead_to_addresses(self, make, client_of, course, instructor, url):
        section = make.section(course, "Freitag")
        make.student(course, "Bo Li", section=section)
        gone = make.student(course, "Jonas Weber")
        here = make.student(course, "Maya Adler")
        client_of(here)
        commands.remove_member(make.seat(course, gone))
        client = client_of(instructor)
        expected = {
            "": {"Adaeze Okafor", "Bo Li", "Maya Adler"},
            "?show=students": {"Bo Li", "Maya Adler"},
            "?show=staff": {"Adaeze Okafor"},
            "?show=waiting": {"Bo Li"},
            "?show=left": {"Jonas Weber"},
            f"?section={section.public_id}": {"Bo Li"},
            "?show=nonsense&section=none&page=x": {"Adaeze Okafor", "Bo Li", "Maya Adler"},
            "?page=999999999999999999999": {"Adaeze Okafor", "Bo Li", "Maya Adler"},
            "?page=-3": {"Adaeze Okafor", "Bo Li", "Maya Adler"},
        }
        assert {query: set(names_on(client.get(url + query))) for query in expected} == expected
        chips = dict(re.findall(r'>([^<>]+) <span class="n">(\d+)</span>', client.get(url).text))
        assert chips == {
            "Everyone": "3", "Students": "2", "Staff": "1", "Not here yet": "1", "Left": "1", "Freitag": "1"
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("adler", ["Maya Adler"]),
            ("maya  ADL", ["Maya Adler"]),
            ("wang.x", ["王小明"]),
            ("王", ["王小明"]),
            ("0071", ["Maya Adler"]),
            ("%", []),
            ("_", []),
            ("' OR 1=1 --", []),
            ("\\", []),
        ],
    )
    def test_search_reads_signs_as_signs(self, make, client_of, course, instructor, url, words, found):
        make.seat(course, make.student(course, "Maya Adler")).external_id = "0071"
        make.student(course, "王小明").email = "wang.x@example.edu"
        page = client_of(instructor).get(url, query_string={"q": words})
        assert page.status_code == 200
        assert names_on(page) == found
        assert found or "Nobody fits" in page.text

    def test_it_comes_in_pages(self, make, client_of, course, instructor, url):
        for number in range(54):
            make.student(course, f"Student {number:02}")
        client = client_of(instructor)
        first, second = names_on(client.get(url)), names_on(client.get(f"{url}?page=2"))
        assert (len(first), len(second)) == (50, 5)
        assert not set(first) & set(second)
        assert "q=Student&amp;page=2" in client.get(f"{url}?q=Student").text

    @pytest.mark.parametrize("n", [1, 10, 60])
    def test_it_costs_the_same_however_many_there_are(
        self, make, client_of, count_queries, course, instructor, url, n
    ):
        section = make.section(course)
        for number in range(n):
            make.student(course, section=section)
            make.member(course, Role.ASSISTANT, section=section if number % 2 else None)
        client = client_of(instructor)
        with count_queries() as seen:
            assert client.get(url).status_code == 200
        assert len(seen) == 9, seen

    def test_an_assistant_of_some_sections_sees_those(self, make, client_of, course, url):
        ours, theirs = make.section(course, "Ours"), make.section(course, "Theirs")
        assistant = make.member(course, Role.ASSISTANT, "Tom Okafor", section=ours)
        make.student(course, "Maya Adler", section=ours)
        jonas = make.student(course, "Jonas Weber", section=theirs)
        make.student(course, "Nowhere Yet")
        client = client_of(assistant)
        page = client.get(url)
        assert set(names_on(page)) == {"Adaeze Okafor", "Tom Okafor", "Maya Adler"}
        assert names_on(client.get(f"{url}?q=jonas")) == []
        assert jonas.email not in page.text
        assert "Theirs" not in page.text
        assert client.get(f"/members/{make.seat(course, jonas).public_id}").status_code == 404

    def test_an_assistant_changes_nothing(self, make, client_of, course, url):
        maya = make.student(course)
        client = client_of(make.member(course, Role.ASSISTANT))
        page = client.get(url).text
        place = f"/members/{make.seat(course, maya).public_id}"
        assert place in page
        assert course.join_code not in page
        hers = client.get(place).text
        assert "See what" in hers
        assert "Take off the list" not in hers
        assert client.post(place, data={"role": "observer"}).status_code == 403


class TestOneMember:
    @pytest.fixture
    def maya(self, make, course):
        return make.student(course, "Maya Adler")

    def page_of(self, make, course, person):
        return f"/members/{make.seat(course, person).public_id}"

    def test_gets_another_section(self, make, client_of, send, course, instructor, maya):
        section = make.section(course, "Freitag")
        page = self.page_of(make, course, maya)
        answer = send(client_of(instructor), page, role="student", section=section.public_id)
        assert answer.status_code == 303
        assert make.seat(course, maya).section_id == section.id

    def test_an_assistant_of_some_sections(self, make, client_of, send, course, instructor, maya):
        one, other = make.section(course, "One"), make.section(course, "Other")
        client, page = client_of(instructor), self.page_of(make, course, maya)
        send(client, page, role="assistant", section="", tended=[one.public_id, other.public_id])
        assert seats_of(maya.id)[course.id].sections == {one.id, other.id}
        assert f'value="{one.public_id}" checked' in client.get(page).text
        send(client, page, role="student", section="")
        send(client, page, role="assistant", section="")
        assert seats_of(maya.id)[course.id].sections is None

    @pytest.mark.parametrize(
        "values",
        [
            {"role": "owner"},
            {"role": "student", "section": "another"},
            {"role": "student", "tended": ["x"]},
        ],
    )
    def test_what_is_not_offered_is_refused(self, make, client_of, send, course, instructor, maya, values):
        make.section(course)
        refused = send(client_of(instructor), self.page_of(make, course, maya), **values)
        assert refused.status_code == 422
        assert make.seat(course, maya).role is Role.STUDENT

    def test_another_course_s_section_is_refused(self, make, client_of, send, course, instructor, maya):
        make.section(course)
        foreign = make.section(make.course(make.person()), "Foreign")
        page = self.page_of(make, course, maya)
        assert send(client_of(instructor), page, role="student", section=foreign.public_id).status_code == 422

    def test_whoever_becomes_staff_signs_in_anew(self, make, client_of, send, course, instructor, maya):
        theirs = client_of(maya)
        page = self.page_of(make, course, maya)
        send(client_of(instructor), page, role="observer")
        assert theirs.get("/settings").status_code == 200
        send(client_of(instructor), page, role="assistant")
        assert theirs.get("/settings").status_code == 302

    def test_lost_rights_are_gone_at_the_next_press(self, make, client_of, send, course, instructor, url):
        tom = make.member(course, Role.ASSISTANT)
        theirs = client_of(tom)
        assert theirs.get(url).status_code == 200
        send(client_of(instructor), self.page_of(make, course, tom), role="student")
        assert theirs.get(url).status_code == 403
        send(
            client_of(instructor),
            self.page_of(make, course, tom),
            f"{self.page_of(make, course, tom)}/removal",
        )
        assert theirs.get(url).status_code == 404

    def test_a_typed_address_that_nobody_proved_is_not_promoted_as_it_is(
        self, make, visitor, client_of, send, course, instructor
    ):
        """Somebody joins with a colleague's address and a password of their own, and waits."""
        send(visitor, f"/join/{course.join_code}", name="Tom Okafor", email="tom@example.edu",
             password="four loaves before dawn")  # fmt: skip
        tom = db.session.query(Person).filter_by(email_key="tom@example.edu").one()
        send(client_of(instructor), self.page_of(make, course, tom), role="instructor")
        assert visitor.get("/settings").status_code == 302
        with pytest.raises(accounts.WrongPassword):
            accounts.sign_in("tom@example.edu", "four loaves before dawn", network="elsewhere")

    def test_leaves_and_comes_back_with_their_work(
        self, make, client_of, send, course, instructor, maya, url
    ):
        project = make.project(course)
        post = make.post(project, maya)
        client, page = client_of(instructor), self.page_of(make, course, maya)
        gone = send(client, page, f"{page}/removal")
        assert gone.location == page
        assert "Bring Maya Adler back" in client.get(page).text
        assert client_of(maya).get(f"/courses/{course.public_id}").status_code == 404
        number = make.seat(course, maya).number
        send(client, page, f"{page}/return")
        seat = make.seat(course, maya)
        assert (seat.left_at, seat.number, seat.role) == (None, number, Role.STUDENT)
        assert post.author_id == maya.id

    def test_the_last_instructor_stays_one(self, make, client_of, send, course, instructor):
        client, page = client_of(instructor), self.page_of(make, course, instructor)
        refused = send(client, page, role="assistant")
        assert refused.status_code == 422
        assert "A course needs an instructor" in refused.text
        assert send(client, page, f"{page}/removal").status_code == 422
        assert make.seat(course, instructor).role is Role.INSTRUCTOR
        assert make.seat(course, instructor).left_at is None

    def test_one_of_two_may_go_and_lands_at_home(self, make, client_of, send, course, instructor):
        make.member(course, Role.INSTRUCTOR)
        page = self.page_of(make, course, instructor)
        assert send(client_of(instructor), page, role="student").location == "/"
        assert make.seat(course, instructor).role is Role.STUDENT

    def test_an_instructor_who_left_does_not_count(self, make, course, instructor):
        other = make.member(course, Role.INSTRUCTOR)
        commands.remove_member(make.seat(course, other))
        with pytest.raises(commands.LastInstructor):
            commands.remove_member(make.seat(course, instructor))

    def test_one_letter_with_a_link_that_lets_in(
        self, make, client_of, send, course, instructor, maya, mailbox, visitor
    ):
        page = self.page_of(make, course, maya)
        send(client_of(instructor), page, f"{page}/invitation")
        letter = next(mailbox.glob("*.eml"))
        text = letter.read_text()
        assert maya.email in text
        path = re.search(r"http://localhost(/sign-in/link/\w+)", text.replace("=\n", ""))[1]
        assert send(visitor, path).location == f"/courses/{course.public_id}"
        assert maya.confirmed_at is not None

    def test_not_a_flood_of_letters(self, make, client_of, send, course, instructor, maya, mailbox):
        page = self.page_of(make, course, maya)
        for _ in range(9):
            send(client_of(instructor), page, f"{page}/invitation")
        assert len(list(mailbox.glob("*.eml"))) == 5


class TestAddingOne:
    def test_somebody_new(self, client_of, send, course, instructor, url, mailbox):
        answer = send(
            client_of(instructor), f"{url}/new", name="Ида Берг", email="ida@example.edu", role="student"
        )
        assert answer.location == url
        ida = db.session.query(Person).filter_by(email_key="ida@example.edu").one()
        assert seats_of(ida.id)[course.id].role is Role.STUDENT
        assert not list(mailbox.glob("*.eml"))

    def test_a_letter_only_when_asked_for(self, client_of, send, course, instructor, url, mailbox):
        send(
            client_of(instructor),
            f"{url}/new",
            name="Ida",
            email="ida@example.edu",
            role="assistant",
            mail="y",
        )
        assert len(list(mailbox.glob("*.eml"))) == 1
        assert db.session.query(OneTimeLink).one().going == f"/courses/{course.public_id}"

    def test_somebody_known_keeps_their_name(self, make, client_of, send, course, instructor, url):
        ida = make.person("Ida Berg")
        send(client_of(instructor), f"{url}/new", name="I. Berg", email=ida.email.upper(), role="observer")
        assert ida.name == "Ida Berg"
        assert seats_of(ida.id)[course.id].role is Role.OBSERVER

    def test_twice_is_said_and_changes_nothing(self, make, client_of, send, course, instructor, url):
        maya = make.student(course)
        refused = send(client_of(instructor), f"{url}/new", name="M", email=maya.email, role="instructor")
        assert refused.status_code == 422
        assert "in the course already" in refused.text
        assert make.seat(course, maya).role is Role.STUDENT

    def test_whoever_left_comes_back(self, make, client_of, send, course, instructor, url):
        maya = make.student(course)
        number = make.seat(course, maya).number
        commands.remove_member(make.seat(course, maya))
        send(client_of(instructor), f"{url}/new", name="M", email=maya.email, role="student")
        assert (make.seat(course, maya).left_at, make.seat(course, maya).number) == (None, number)

    def test_a_squatted_address_loses_its_squatter(
        self, visitor, make, client_of, send, course, instructor, url
    ):
        other = make.course(make.person())
        send(visitor, f"/join/{other.join_code}", name="Ida", email="ida@example.edu",
             password="four loaves before dawn")  # fmt: skip
        send(client_of(instructor), f"{url}/new", name="Ida", email="ida@example.edu", role="assistant")
        assert visitor.get("/settings").status_code == 302
        ida = db.session.query(Person).filter_by(email_key="ida@example.edu").one()
        assert ida.password_hash is None

    def test_a_proved_address_keeps_its_password(self, make, client_of, send, course, instructor, url):
        ida = make.person("Ida Berg")
        accounts.set_password(ida, "four loaves before dawn")
        ida.confirmed_at = ida.created_at
        client_of(ida)
        send(client_of(instructor), f"{url}/new", name="Ida", email=ida.email, role="student")
        assert ida.password_hash
        assert db.session.query(Session).filter_by(person_id=ida.id, ended_at=None).count() == 1

    def test_what_is_missing_is_said_and_the_rest_stays(self, client_of, send, course, instructor, url):
        refused = send(
            client_of(instructor), f"{url}/new", name="Ида Берг", email="ida at home", role="observer"
        )
        assert refused.status_code == 422
        assert "Ида Берг" in refused.text
        assert 'value="observer" checked' in refused.text
        assert db.session.query(Membership).count() == 1


ONLY_INSTRUCTORS = dict(
    instructor=200, assistant=403, other=404, student=404, observer=404, stranger=404, visitor=302
)
IN_COURSE = ONLY_INSTRUCTORS | dict(other=403, student=403, observer=403)
PAGES = [
    ("GET", "{course}/people", IN_COURSE | {"assistant": 200, "other": 200}),
    ("GET", "{course}/people/new", IN_COURSE),
    ("POST", "{course}/people/new", IN_COURSE | {"instructor": 422}),
    ("GET", "{member}", ONLY_INSTRUCTORS | {"assistant": 200}),
    ("POST", "{member}", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "{member}/removal", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "{member}/return", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "{member}/invitation", ONLY_INSTRUCTORS | {"instructor": 422}),
]


@pytest.mark.parametrize(("method", "path", "expected"), PAGES)
def test_who_may(make, client_of, visitor, course, instructor, method, path, expected):
    ours, theirs = make.section(course, "Ours"), make.section(course, "Theirs")
    maya = make.student(course, "Maya Adler", section=ours)
    people = {
        "instructor": instructor,
        "assistant": make.member(course, Role.ASSISTANT, section=ours),
        "other": make.member(course, Role.ASSISTANT, section=theirs),
        "student": maya,
        "observer": make.member(course, Role.OBSERVER),
        "stranger": make.person(),
    }
    clients = {who: client_of(person) for who, person in people.items()} | {"visitor": visitor}
    url = path.format(
        course=f"/courses/{course.public_id}", member=f"/members/{make.seat(course, maya).public_id}"
    )
    assert {who: clients[who].open(url, method=method).status_code for who in expected} == expected
    assert make.seat(course, maya).left_at is None
