"""Importing a roster: handed in, looked over, confirmed; hostile files; many people; twice the same."""

import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from classroom.access import Role
from classroom.accounts import commands as accounts
from classroom.accounts.models import OneTimeLink, Person
from classroom.core import events
from classroom.core.db import db
from classroom.core.events import listens
from classroom.courses import commands_roster
from classroom.courses.commands import MemberJoined, MemberLeft, RosterApplied, remove_member
from classroom.courses.models import Membership, RosterImport, Section
from classroom.courses.queries import seats_of
from classroom.courses.queries_roster import preview_of
from classroom.courses.roster import pasted

EXPORTS = Path(__file__).parent / "roster_exports"
CLASS = (
    "Name,E-mail,Number,Section\n"
    "Maya Adler,maya@example.edu,0071,Friday\n"
    "王小明,xiaoming@example.edu,0072,Monday\n"
    "عبد الله الليثي,abdullah@example.edu,0073,Friday\n"
)


@pytest.fixture
def instructor(make):
    return make.person("Adaeze Okafor")


@pytest.fixture
def course(make, instructor):
    return make.course(instructor)


@pytest.fixture
def url(course):
    return f"/courses/{course.public_id}/people/import"


@pytest.fixture
def bring(client_of, send, instructor, url):
    """Hand a text or a file in as the instructor; answers the preview's address."""

    def hand_in(content, filename=""):
        values = (
            {"text": content}
            if isinstance(content, str)
            else {"file": (BytesIO(content), filename or "class.csv")}
        )
        answer = send(client_of(instructor), url, **values)
        assert answer.status_code == 303, re.findall(r"<li>.*?</li>", answer.text)
        return answer.location

    return hand_in


@pytest.fixture
def confirm(client_of, send, instructor):
    """Confirm the preview at an address, with the fingerprint that its page carries."""

    def press(page, **values):
        client = client_of(instructor)
        seen = re.search(r'name="seen" value="(\w*)"', client.get(page).text)
        return send(client, page, f"{page}/application", seen=seen[1] if seen else "", **values)

    return press


def large(client, url, name, content, filename=None):
    """A multipart request as a browser sends it; the test client would leave its own copy of it open."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(url).text)[1]
    as_file = f'; filename="{filename}"' if filename else ""
    body = (
        f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{as_file}\r\n\r\n'
    ).encode()
    body += content + b"\r\n--edge--\r\n"
    return client.post(url, data=body, content_type="multipart/form-data; boundary=edge")


def people_in(course):
    rows = db.session.execute(
        select(Person.name, Person.email, Membership.external_id, Section.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Section, Section.id == Membership.section_id)
        .where(Membership.course_id == course.id, Membership.left_at.is_(None))
        .order_by(Membership.number)
    )
    return [tuple(row) for row in rows]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def chips(page):
    return dict(re.findall(r'>([^<>]+) <span class="n">(\d+)</span>', page.text))


class TestLookingItOver:
    def test_nothing_but_the_file_is_written_before_it_is_confirmed(
        self, client_of, bring, course, instructor
    ):
        page = client_of(instructor).get(bring(CLASS))
        assert page.status_code == 200
        assert chips(page) == {"New": "3"}
        for name in ("Maya Adler", "王小明", "عبد الله الليثي"):
            assert name in page.text
        assert "Friday, Monday" in page.text
        assert (count(Membership), count(Person), count(Section)) == (1, 1, 0)

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("canvas.csv", "gradebook from Canvas"),
            ("moodle.csv", "export from Moodle"),
            ("moodle_de.csv", "export from Moodle"),
            ("blackboard.tsv", "gradebook from Blackboard"),
            ("registrar.csv", "This is a table"),
        ],
    )
    def test_exports_are_recognised(self, client_of, bring, instructor, name, says):
        page = client_of(instructor).get(bring((EXPORTS / name).read_bytes(), name))
        assert page.status_code == 200
        assert says in page.text
        assert name in page.text

    def test_a_list_of_addresses_needs_no_columns(self, client_of, bring, confirm, course, instructor):
        page = bring("maya@example.edu\nBo Li <bo@example.edu>\n")
        shown = client_of(instructor).get(page).text
        assert "list of addresses" in shown
        assert "Which column holds what" not in shown
        confirm(page)
        assert [(name, email) for name, email, *_ in people_in(course)][1:] == [
            ("maya", "maya@example.edu"),
            ("Bo Li", "bo@example.edu"),
        ]
        again = bring("maya@example.edu, bo@example.edu\n")
        assert "There is nothing to write" in client_of(instructor).get(again).text

    def test_columns_can_be_chosen_anew(self, client_of, send, bring, course, instructor):
        page = bring(
            "wer;was;wo\nMaya Adler;maya@example.edu;A\n王小明;x@example.edu;B\nBo Li;b@example.edu;A\n"
        )
        client = client_of(instructor)
        assert "Not in this file" in client.get(page).text
        answer = send(client, page, name="0", email="1", section="2")
        assert answer.status_code == 303
        shown = client.get(page).text
        assert "section A" in shown
        assert '<option value="2" selected>wo (A)' in shown

    @pytest.mark.parametrize(
        ("chosen", "words"),
        [
            ({"name": "0"}, "Choose the column with the e-mail"),
            ({"name": "1", "email": "1"}, "already used"),
            ({"name": "0", "email": "9"}, "Not a valid choice"),
            ({"name": "0", "first": "2", "email": "1"}, "Choose either one column"),
        ],
    )
    def test_a_choice_that_cannot_work_is_said_beside_it(
        self, client_of, send, bring, instructor, chosen, words
    ):
        page = bring("wer;was;wo\nMaya Adler;maya@example.edu;A\n")
        refused = send(client_of(instructor), page, **chosen)
        assert refused.status_code == 422
        assert words in refused.text
        roster = db.session.query(RosterImport).one()
        assert "chosen" not in roster.columns

    def test_without_an_address_column_there_is_nothing_to_confirm(
        self, client_of, send, bring, instructor, course
    ):
        page = bring("Name,Number\nMaya Adler,0071\n")
        client = client_of(instructor)
        shown = client.get(page).text
        assert "Choose the column with the e-mail addresses." in shown
        assert "Write it" not in shown
        assert send(client, page, f"{page}/application", seen="").status_code == 422
        assert count(Membership) == 1

    def test_a_guessed_encoding_can_be_corrected(self, client_of, send, bring, confirm, course, instructor):
        page = bring("Name;E-mail\nИда Берг;ida@example.edu\n".encode("windows-1251"))
        client = client_of(instructor)
        assert "How the file is written" in client.get(page).text
        refused = send(client, page, name="0", email="1", encoding="utf-8")
        assert refused.status_code == 422
        assert "cannot be read as UTF-8" in refused.text
        assert send(client, page, name="0", email="1", encoding="windows-1251").status_code == 303
        assert "Ида Берг" in client.get(page).text
        confirm(page)
        assert people_in(course)[1][0] == "Ида Берг"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
    def test_encodings_that_can_be_told(self, client_of, bring, instructor, encoding):
        page = bring("Name\tE-mail\nJosé Núñez\tjose@example.edu\n".encode(encoding))
        assert "José Núñez" in client_of(instructor).get(page).text

    def test_rows_with_something_wrong_come_first_and_name_it(
        self, client_of, bring, confirm, course, instructor
    ):
        page = bring(CLASS + "Nobody,not-an-address,1,A\nTwice,maya@example.edu,9,A\n,gap@example.edu,8,A\n")
        shown = client_of(instructor).get(page)
        assert chips(shown) == {"Left out": "4", "New": "2"}
        assert "“not-an-address” is not an e-mail address." in shown.text
        assert "lines 2, 6" in shown.text
        confirm(page)
        assert len(people_in(course)) == 3
        receipt = client_of(instructor).get(page).text
        assert "2, 5, 6, 7" in receipt

    def test_cells_are_never_markup_or_formulas(self, client_of, bring, instructor):
        page = bring('Name,E-mail\n"<img src=x onerror=alert(1)>",a@example.edu\n\'=cmd|x,b@example.edu\n')
        shown = client_of(instructor).get(page).text
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown

    def test_long_lists_come_in_pages(self, client_of, bring, instructor):
        rows = "".join(f"Student {n:03},s{n:03}@example.edu\n" for n in range(120))
        page = bring("Name,E-mail\n" + rows)
        client = client_of(instructor)
        first, last = client.get(page).text, client.get(f"{page}?show=add&page=3").text
        assert ("Student 001" in first, "Student 119" in first) == (True, False)
        assert ("Student 001" in last, "Student 119" in last) == (False, True)
        assert client.get(f"{page}?show=nonsense&page=99999999999999999999999").status_code == 200


class TestConfirming:
    def test_it_is_written_as_a_whole(self, client_of, bring, confirm, course, instructor):
        page = bring(CLASS)
        assert confirm(page).location == page
        assert people_in(course)[1:] == [
            ("Maya Adler", "maya@example.edu", "0071", "Friday", Role.STUDENT),
            ("王小明", "xiaoming@example.edu", "0072", "Monday", Role.STUDENT),
            ("عبد الله الليثي", "abdullah@example.edu", "0073", "Friday", Role.STUDENT),
        ]
        numbers = db.session.scalars(select(Membership.number).order_by(Membership.number)).all()
        assert numbers == [1, 2, 3, 4]
        receipt = client_of(instructor).get(page)
        assert "The roster is in" in receipt.text
        roster = db.session.query(RosterImport).one()
        assert roster.text == ""
        assert (roster.summary["added"], roster.summary["dropped"]) == (3, 0)

    def test_the_same_file_again_changes_nothing(self, client_of, bring, confirm, course, instructor):
        confirm(bring(CLASS))
        before = people_in(course)
        page = bring(CLASS)
        shown = client_of(instructor).get(page)
        assert chips(shown) == {"As before": "3"}
        assert "There is nothing to write" in shown.text
        confirm(page, drop="y", mail="y")
        assert people_in(course) == before
        assert count(Person) == 4

    @pytest.mark.parametrize("name", ["canvas.csv", "moodle.csv", "blackboard.tsv", "registrar.csv"])
    def test_an_export_twice_changes_nothing(self, bring, confirm, course, name):
        data = (EXPORTS / name).read_bytes()
        if (
            preview_of(db.session.query(RosterImport).filter_by(public_id=bring(data, name)[9:]).one()).found
            is None
        ):
            pytest.skip("this export carries no addresses")
        confirm(bring(data, name))
        before = people_in(course)
        assert len(before) > 1
        again = db.session.query(RosterImport).filter_by(public_id=bring(data, name)[9:]).one()
        assert preview_of(again).found.changes_nothing
        assert people_in(course) == before

    def test_pressed_twice_the_second_finds_the_first_receipt(self, bring, confirm, course):
        page = bring(CLASS)
        first, second = confirm(page), confirm(page)
        assert (first.status_code, second.status_code) == (303, 303)
        assert first.location == second.location == page
        assert count(Membership) == 4

    def test_what_was_not_shown_is_not_written(self, make, client_of, send, bring, course, instructor):
        page = bring(CLASS)
        client = client_of(instructor)
        seen = re.search(r'name="seen" value="(\w+)"', client.get(page).text)[1]
        make.student(course, "Somebody Joined Meanwhile")
        late = send(client, page, f"{page}/application", seen=seen)
        assert late.status_code == 409
        assert "The course has changed since you looked" in late.text
        assert "Missing in the file" in late.text
        assert count(Membership) == 2

    def test_without_a_token_nothing_happens(self, client_of, bring, course, instructor):
        page = bring(CLASS)
        assert client_of(instructor).post(f"{page}/application").status_code == 422
        assert count(Membership) == 1

    def test_changes_are_written(self, bring, confirm, course):
        confirm(bring(CLASS))
        confirm(
            bring(
                "Name,E-mail,Number,Section,Role\n"
                "Maya Adler-Berg,maya.adler@example.edu,0071,Monday,assistant\n"
            )
        )
        assert ("Maya Adler-Berg", "maya.adler@example.edu", "0071", "Monday", Role.ASSISTANT) in people_in(
            course
        )
        assert db.session.query(Person).filter_by(email_key="maya.adler@example.edu").count() == 1

    def test_what_people_said_of_themselves_stays(self, bring, confirm, course):
        confirm(bring(CLASS))
        maya = db.session.query(Person).filter_by(email_key="maya@example.edu").one()
        maya.confirmed_at, maya.name = maya.created_at, "Maya"
        confirm(bring("Name,E-mail,Number,Section\nMaya Adler,new@example.edu,0071,Monday\n"))
        assert ("Maya", "maya@example.edu", "0071", "Monday", Role.STUDENT) in people_in(course)

    def test_missing_students_stay_unless_they_are_dropped(self, make, bring, confirm, course):
        project = make.project(course)
        jonas = make.student(course, "Jonas Weber")
        post = make.post(project, jonas)
        confirm(bring(CLASS))
        assert make.seat(course, jonas).left_at is None
        confirm(bring(CLASS), drop="y")
        assert make.seat(course, jonas).left_at is not None
        assert post.author_id == jonas.id
        number = make.seat(course, jonas).number
        confirm(bring(f"{CLASS}Jonas Weber,{jonas.email},0099,\n"))
        seat = make.seat(course, jonas)
        assert (seat.left_at, seat.number, seat.external_id) == (None, number, "0099")

    def test_staff_are_neither_dropped_nor_demoted(self, make, bring, confirm, course, instructor):
        tom = make.member(course, Role.ASSISTANT, "Tom Okafor")
        confirm(bring(f"Name,E-mail,Role\nTom Okafor,{tom.email},student\n"), drop="y")
        assert seats_of(tom.id)[course.id].role is Role.ASSISTANT
        assert seats_of(instructor.id)[course.id].role is Role.INSTRUCTOR

    def test_people_of_other_courses_keep_their_account(self, make, bring, confirm, course):
        ida = make.student(make.course(make.person()), "Ida Berg")
        confirm(bring(f"Name,E-mail\nBerg Ida,{ida.email.upper()}\n"))
        assert ida.name == "Ida Berg"
        assert seats_of(ida.id)[course.id].role is Role.STUDENT

    def test_an_address_of_somebody_else_is_not_given_away(
        self, make, client_of, bring, confirm, course, instructor
    ):
        confirm(bring(CLASS))
        stranger = make.person("Stranger")
        page = bring(f"Name,E-mail,Number\nMaya Adler,{stranger.email},0071\n")
        assert "belongs to someone else already" in client_of(instructor).get(page).text
        confirm(page)
        assert ("Maya Adler", "maya@example.edu", "0071", "Friday", Role.STUDENT) in people_in(course)

    def test_assistants_in_the_file_tend_their_section(self, bring, confirm, course):
        confirm(bring("Name,E-mail,Section,Role\nTom Okafor,tom@example.edu,Friday,TA\n"))
        tom = db.session.query(Person).filter_by(email_key="tom@example.edu").one()
        section = db.session.query(Section).one()
        assert seats_of(tom.id)[course.id].sections == {section.id}

    def test_a_squatted_address_loses_its_squatter(self, make, visitor, send, bring, confirm, course):
        other = make.course(make.person())
        send(visitor, f"/join/{other.join_code}", name="Tom", email="tom@example.edu",
             password="four loaves before dawn")  # fmt: skip
        confirm(bring("Name,E-mail,Role\nTom Okafor,tom@example.edu,instructor\n"))
        assert visitor.get("/settings").status_code == 302
        with pytest.raises(accounts.WrongPassword):
            accounts.sign_in("tom@example.edu", "four loaves before dawn", network="x")

    def test_letters_go_out_only_when_asked_for_and_one_to_each(self, bring, confirm, course, mailbox):
        confirm(bring(CLASS))
        assert not list(mailbox.glob("*.eml"))
        confirm(bring(CLASS + "Bo Li,bo@example.edu,0075,\nIda Berg,ida@example.edu,0076,\n"), mail="y")
        letters = [path.read_text() for path in mailbox.glob("*.eml")]
        assert sorted(re.search(r"^To: (\S+)", one, re.MULTILINE)[1] for one in letters) == [
            "bo@example.edu",
            "ida@example.edu",
        ]
        assert db.session.query(OneTimeLink).count() == 2

    def test_everyone_hears_of_each_and_once_of_all(self, make, bring, confirm, course, monkeypatch):
        heard = []
        monkeypatch.setattr(events, "_within", defaultdict(list))  # these listeners are gone afterwards
        listens(MemberJoined)(heard.append)
        listens(MemberLeft)(heard.append)
        listens(RosterApplied)(heard.append)
        jonas = make.student(course)
        heard.clear()
        confirm(bring(CLASS), drop="y")
        assert [type(one) for one in heard] == [*[MemberJoined] * 3, MemberLeft, RosterApplied]
        assert heard[-2].person_id == jonas.id

    def test_thrown_away_leaves_nothing(self, client_of, send, bring, instructor):
        page = bring(CLASS)
        client = client_of(instructor)
        assert send(client, page, f"{page}/removal").status_code == 303
        assert count(RosterImport) == 0
        assert client.get(page).status_code == 404

    def test_old_files_that_nobody_confirmed_go(self, make, course, instructor):
        old = commands_roster.hand_in(course, pasted(CLASS), filename="old.csv", by_id=instructor.id)
        old.created_at -= commands_roster.KEPT_UNCONFIRMED * 2
        db.session.flush()
        commands_roster.hand_in(course, pasted(CLASS), filename="new.csv", by_id=instructor.id)
        assert [one.filename for one in db.session.query(RosterImport)] == ["new.csv"]


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("data", "filename", "words"),
        [
            (b"PK\x03\x04" + b"xl/workbook.xml" + b"\x00" * 50, "class.csv", "This is an Excel workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "class.csv", "older Excel"),
            (b"%PDF-1.7\n", "class.csv", "This is a PDF"),
            (b"\x1f\x8b" + b"\x00" * 40, "class.csv.gz", "compressed"),
            (b"<!doctype html><table>", "class.csv", "This is a web page"),
            (b"", "class.csv", "This file is empty"),
            (b" \r\n \t", "class.csv", "This file is empty"),
            (b"Name,E-mail\n", "class.csv", "nobody below it"),
            (bytes(range(256)) * 40, "class.csv", "not a text file"),
            (b'Name,E-mail\n"Maya,maya@example.edu\nBo,bo@example.edu\n', "class.csv", "never closed"),
            (b"a" * 3_000_000, "class.csv", "longer than any roster"),
            (b"Name," + b"x," * 5000 + b"\nMaya,maya@example.edu\n", "class.csv", "columns"),
        ],
    )
    def test_each_gets_a_clear_answer(self, client_of, instructor, url, data, filename, words):
        refused = large(client_of(instructor), url, "file", data, filename)
        assert refused.status_code == 422
        assert words in refused.text
        assert count(RosterImport) == 0

    def test_nothing_handed_in(self, client_of, send, instructor, url):
        refused = send(client_of(instructor), url, text="  ")
        assert refused.status_code == 422
        assert "Choose a file, or paste the list." in refused.text

    def test_a_file_over_the_limit_is_413_with_the_limit(self, client_of, instructor, url):
        data = b"Name,E-mail\n" + b"Maya,maya@example.edu\n" * 960_000
        answer = large(client_of(instructor), url, "file", data, "class.csv")
        assert answer.status_code == 413
        assert "20 MB" in answer.text
        assert count(RosterImport) == 0

    def test_pasted_text_over_the_limit_is_413_and_says_how(self, client_of, instructor, url):
        answer = large(client_of(instructor), url, "text", b"x" * (4 * 1024 * 1024 + 10))
        assert answer.status_code == 413
        assert "pasted text 4 MB" in answer.text
        assert "choose it here" in answer.text

    def test_words_in_the_place_of_a_file_are_no_file(self, client_of, send, instructor, url):
        assert send(client_of(instructor), url, file="Name,E-mail").status_code == 422

    def test_a_strange_file_name_is_only_shown(self, client_of, bring, instructor):
        page = bring(CLASS.encode(), "../../<b>x</b>.csv")
        shown = client_of(instructor).get(page).text
        assert "<b>x</b>" not in shown

    def test_leading_tabs_belong_to_the_table(self, client_of, bring, instructor):
        page = bring("\tName\tE-mail\n1\tMaya Adler\tmaya@example.edu\n2\tBo Li\tbo@example.edu\n")
        assert chips(client_of(instructor).get(page)) == {"New": "2"}


def roster_of(n):
    rows = "".join(f"Student {i},s{i}@example.edu,{100000 + i},Section {i % 40}\n" for i in range(n))
    return "Name,E-mail,Number,Section\n" + rows


class TestManyPeople:
    def test_five_thousand_rows_cost_about_what_fifty_do(
        self, make, client_of, send, confirm, bring, count_queries, course, instructor
    ):
        """The preview costs the same; writing costs a few statements more for each thousand."""
        client, seen = client_of(instructor), {}
        for n in (50, 5000):
            content = roster_of(n).replace("@", f"@{n}.").replace(",100", f",{n}00")
            page = bring(content.encode())
            with count_queries() as reading:
                shown = client.get(page)
            assert chips(shown)["New"] == str(n)
            with count_queries() as writing:
                assert confirm(page).status_code == 303
            with count_queries() as again:
                client.get(bring(content.encode()))
            seen[n] = len(reading), len(writing), len(again)
        assert seen[50][0] == seen[5000][0] <= 9, seen
        assert seen[50][2] == seen[5000][2], seen
        assert seen[5000][1] - seen[50][1] <= 15, seen
        assert count(Membership) == 5051

    def test_dropping_many_costs_one_statement(self, make, confirm, bring, count_queries, course):
        confirm(bring(roster_of(300).encode()))
        page = bring(CLASS)
        with count_queries() as seen:
            confirm(page, drop="y")
        assert len([one for one in seen if "UPDATE memberships" in one]) == 1
        assert len(people_in(course)) == 4

    def test_the_page_warns_before_a_mass_farewell(self, client_of, confirm, bring, instructor):
        confirm(bring(roster_of(30).encode()))
        assert "Is it the right file?" in client_of(instructor).get(bring(CLASS)).text


ONLY_INSTRUCTORS = dict(
    instructor=200, assistant=404, student=404, observer=404, stranger=404, elsewhere=404, visitor=302
)
PAGES = [
    ("GET", "{url}", ONLY_INSTRUCTORS | dict(assistant=403, student=403, observer=403)),
    ("POST", "{url}", ONLY_INSTRUCTORS | dict(instructor=422, assistant=403, student=403, observer=403)),
    ("GET", "{roster}", ONLY_INSTRUCTORS),
    ("POST", "{roster}", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "{roster}/application", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "{roster}/removal", ONLY_INSTRUCTORS | {"instructor": 422}),
]


@pytest.mark.parametrize(("method", "path", "expected"), PAGES)
def test_who_may(make, client_of, visitor, course, instructor, url, method, path, expected):
    roster = commands_roster.hand_in(course, pasted(CLASS), filename="", by_id=instructor.id)
    people = {role: make.member(course, Role(role)) for role in ("assistant", "student", "observer")}
    elsewhere = make.person()
    make.course(elsewhere)
    people |= {"instructor": instructor, "stranger": make.person(), "elsewhere": elsewhere}
    clients = {who: client_of(person) for who, person in people.items()} | {"visitor": visitor}
    address = path.format(url=url, roster=f"/rosters/{roster.public_id}")
    assert {who: clients[who].open(address, method=method).status_code for who in expected} == expected
    assert count(RosterImport) == 1
