"""A course: beginning one, its settings, its sections, its end; and who may."""

import pytest

from classroom.access import Role
from classroom.core.db import db
from classroom.courses import commands_course
from classroom.courses.models import Course, Membership, Section
from classroom.guidelines.commands import begin_draft, publish
from classroom.projects.models import ProjectState


@pytest.fixture
def instructor(make):
    return make.person("Adaeze Okafor", may_teach=True)


@pytest.fixture
def course(make, instructor):
    return make.course(instructor)


class TestBeginning:
    def test_a_title_is_enough(self, client_of, send, instructor):
        answer = send(client_of(instructor), "/courses/new", title="  Reading the City ", zone="Asia/Tokyo")
        assert answer.status_code == 303
        course = db.session.query(Course).one()
        assert (course.title, course.zone, course.term) == ("Reading the City", "Asia/Tokyo", "")
        assert db.session.query(Membership).one().role is Role.INSTRUCTOR
        assert f"/courses/{course.public_id}" in answer.location

    @pytest.mark.parametrize(("then", "path"), [("", "projects/new"), ("roster", "people/import")])
    def test_the_next_page_is_the_first_project_or_the_roster(self, client_of, send, instructor, then, path):
        client = client_of(instructor)
        answer = send(client, "/courses/new", title="Reading", zone="UTC", then=then)
        assert answer.location.endswith(path)
        assert "Students come in by its join link" in client.get(answer.location).text

    def test_sections_by_line_or_comma_each_once(self, client_of, send, instructor):
        listed = "Montag, Freitag\n Montag \n\n木曜日"
        send(client_of(instructor), "/courses/new", title="Lesen", zone="UTC", sections=listed)
        assert {one.name for one in db.session.query(Section)} == {"Montag", "Freitag", "木曜日"}

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"title": "   ", "zone": "UTC", "term": "Spring 2027"}, "Give the course a title."),
            ({"title": "x" * 201, "zone": "UTC", "term": "Spring 2027"}, "200"),
            ({"title": "Essays", "zone": "Mars/Olympus", "term": "Spring 2027"}, "Not a valid choice"),
            ({"title": "Essays", "zone": "UTC", "term": "Spring 2027", "sections": "x" * 101}, "100"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client_of, send, instructor, values, words):
        refused = send(client_of(instructor), "/courses/new", **values)
        assert refused.status_code == 422
        assert words in refused.text
        assert "Spring 2027" in refused.text
        assert db.session.query(Course).count() == 0

    def test_the_browser_s_zone_is_asked_for(self, client_of, instructor):
        page = client_of(instructor).get("/courses/new").text
        assert "data-zone-guess" in page
        assert '<option value="UTC" selected>' in page

    def test_who_may_begin_one(self, make, client_of, visitor, course, instructor):
        clients = {
            role: client_of(make.member(course, Role(role))) for role in ("assistant", "student", "observer")
        }
        clients |= {
            "may teach": client_of(make.person(may_teach=True)),
            "leads": client_of(make.member(course, Role.INSTRUCTOR)),
            "stranger": client_of(make.person()),
            "visitor": visitor,
        }
        assert {who: client.get("/courses/new").status_code for who, client in clients.items()} == {
            "assistant": 403,
            "student": 403,
            "observer": 403,
            "may teach": 200,
            "leads": 200,
            "stranger": 403,
            "visitor": 302,
        }


class TestToday:
    def test_an_empty_course_says_what_it_needs(self, client_of, course, instructor):
        page = client_of(instructor).get(f"/courses/{course.public_id}").text
        for words in (
            "Set up the first project",
            "Bring your students in",
            "Draw the line",
            course.join_code,
        ):
            assert words in page
        assert "1 of 4 steps are done" in page
        assert "Nothing waits" not in page

    def test_what_is_done_is_ticked_and_not_asked_for(self, make, client_of, course, instructor):
        make.project(course)
        maya = make.student(course)
        page = client_of(instructor).get(f"/courses/{course.public_id}").text
        assert "3 of 4 steps are done" in page
        assert page.count('class="done-line"') == 3
        assert "/projects/new" not in page
        assert "has not been here yet" in page
        maya.confirmed_at = maya.created_at
        assert "not been here yet" not in client_of(instructor).get(f"/courses/{course.public_id}").text

    def test_a_draft_is_half_the_way(self, make, client_of, course, instructor):
        draft = make.project(course, state=ProjectState.DRAFT, published_at=None)
        page = client_of(instructor).get(f"/courses/{course.public_id}").text
        assert "Publish the first project" in page
        assert f"/projects/{draft.public_id}/preflight" in page

    def test_the_list_goes_once_all_is_done(self, make, client_of, course, instructor):
        make.project(course)
        maya = make.student(course)
        maya.confirmed_at = maya.created_at
        draft = begin_draft(course, from_starter=True)
        publish(draft, instructor.id, major=True)
        page = client_of(instructor).get(f"/courses/{course.public_id}").text
        assert "steps are done" not in page
        assert "Nothing waits for you" in page

    def test_an_assistant_sees_nothing_that_only_instructors_do(self, make, client_of, course):
        page = client_of(make.member(course, Role.ASSISTANT)).get(f"/courses/{course.public_id}").text
        assert course.join_code not in page
        assert "Import a roster" not in page
        assert "Nothing waits for you" in page


class TestSettings:
    def test_they_are_saved(self, client_of, send, course, instructor):
        url = f"/courses/{course.public_id}/settings"
        values = {"title": "Writing", "term": "Autumn", "zone": "UTC", "version": course.version}
        assert send(client_of(instructor), url, **values).status_code == 303
        assert (course.title, course.term, course.zone) == ("Writing", "Autumn", "UTC")

    def test_of_two_who_save_the_second_sees_both(self, client_of, send, course, instructor):
        client, url = client_of(instructor), f"/courses/{course.public_id}/settings"
        seen = course.version
        send(client, url, title="Hers", zone="UTC", version=seen)
        late = send(client, url, title="His", zone="UTC", version=seen)
        assert late.status_code == 409
        assert course.title == "Hers"
        assert "Hers" in late.text
        assert 'value="His"' in late.text
        assert f'name="version" value="{course.version}"' in late.text

    def test_the_old_link_dies_with_a_reset(self, client_of, visitor, send, course, instructor):
        client, url, old = client_of(instructor), f"/courses/{course.public_id}", course.join_code
        send(client, f"{url}/settings", f"{url}/join-link/reset")
        assert course.join_code != old
        assert visitor.get(f"/join/{old}").status_code == 404
        assert visitor.get(f"/join/{course.join_code}").status_code == 200

    def test_joining_is_closed_and_opened(self, client_of, visitor, send, course, instructor):
        client, url = client_of(instructor), f"/courses/{course.public_id}"
        send(client, f"{url}/settings", f"{url}/join-link/opening")
        assert visitor.get(f"/join/{course.join_code}").status_code == 404
        send(client, f"{url}/settings", f"{url}/join-link/opening", open="1")
        assert visitor.get(f"/join/{course.join_code}").status_code == 200

    def test_a_course_that_is_over_takes_nobody_in(self, client_of, visitor, send, course, instructor):
        client, url = client_of(instructor), f"/courses/{course.public_id}"
        send(client, f"{url}/settings", f"{url}/archiving", past="1")
        assert course.archived_at is not None
        assert visitor.get(f"/join/{course.join_code}").status_code == 404
        send(client, f"{url}/settings", f"{url}/archiving")
        assert course.archived_at is None

    def test_a_page_that_was_open_for_long_does_nothing(self, client_of, course, instructor):
        code = course.join_code
        answer = client_of(instructor).post(f"/courses/{course.public_id}/join-link/reset")
        assert answer.status_code == 422
        assert course.join_code == code


class TestSections:
    def test_added_once_and_renamed(self, make, client_of, send, course, instructor):
        section = make.section(course, "A")
        client, url = client_of(instructor), f"/courses/{course.public_id}"
        send(client, f"{url}/settings", f"{url}/sections", sections="A\nB")
        assert sorted(one.name for one in db.session.query(Section)) == ["A", "B"]
        assert send(client, f"/sections/{section.public_id}", name="Montag").status_code == 303
        assert section.name == "Montag"

    def test_no_name_twice(self, make, client_of, send, course, instructor):
        section = make.section(course, "A")
        make.section(course, "B")
        refused = send(client_of(instructor), f"/sections/{section.public_id}", name="B")
        assert refused.status_code == 422
        assert "of that name already" in refused.text
        assert section.name == "A"

    def test_an_empty_list_adds_nothing(self, client_of, send, course, instructor):
        url = f"/courses/{course.public_id}"
        refused = send(client_of(instructor), f"{url}/settings", f"{url}/sections", sections=" , \n")
        assert refused.status_code == 422

    def test_one_with_people_stays_and_an_empty_one_goes(self, make, client_of, send, course, instructor):
        full, empty = make.section(course, "A"), make.section(course, "B")
        make.student(course, section=full)
        client = client_of(instructor)
        for section, status in ((full, 422), (empty, 303)):
            url = f"/sections/{section.public_id}"
            assert (
                send(client, f"/courses/{course.public_id}/settings", f"{url}/removal").status_code == status
            )
        assert [one.name for one in db.session.query(Section)] == ["A"]

    def test_taking_one_away_never_gives_an_assistant_the_whole_course(self, make, course):
        section = make.section(course, "A")
        make.member(course, Role.ASSISTANT, section=section)
        with pytest.raises(commands_course.SectionInUse):
            commands_course.remove_section(section)

    def test_another_course_s_section_is_not_there(self, make, client_of, course, instructor):
        foreign = make.section(make.course(make.person()), "A")
        assert client_of(instructor).get(f"/sections/{foreign.public_id}").status_code == 404


ONLY_INSTRUCTORS = dict(instructor=200, assistant=403, student=403, observer=403, stranger=404, visitor=302)
PAGES = [
    ("GET", "", dict(instructor=200, assistant=200, student=302, observer=302, stranger=404, visitor=302)),
    ("GET", "/settings", ONLY_INSTRUCTORS),
    ("POST", "/settings", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "/join-link/reset", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "/join-link/opening", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "/archiving", ONLY_INSTRUCTORS | {"instructor": 422}),
    ("POST", "/sections", ONLY_INSTRUCTORS | {"instructor": 422}),
]


@pytest.mark.parametrize(("method", "path", "expected"), PAGES)
def test_who_may(make, client_of, visitor, course, instructor, method, path, expected):
    people = {role: make.member(course, Role(role)) for role in ("assistant", "student", "observer")}
    people |= {"instructor": instructor, "stranger": make.person()}
    clients = {who: client_of(person) for who, person in people.items()} | {"visitor": visitor}
    url = f"/courses/{course.public_id}{path}"
    assert {who: clients[who].open(url, method=method).status_code for who in expected} == expected


@pytest.mark.parametrize("n", [1, 30])
def test_the_pages_of_a_course_cost_the_same_however_many_there_are(
    make, client_of, count_queries, course, instructor, n
):
    for number in range(n):
        make.student(course, section=make.section(course, f"Section {number}"))
    client = client_of(instructor)
    for path, most in (("", 8), ("/settings", 7)):
        with count_queries() as seen:
            assert client.get(f"/courses/{course.public_id}{path}").status_code == 200
        assert len(seen) <= most, seen
