"""The participation of one project as a gradebook takes it, and as our own roster import reads it back."""

import csv
import io
from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.comments.commands import Written, post_comment
from classroom.comments.queries_duties import duties_for
from classroom.comments.queries_participation import participants
from classroom.core import clock
from classroom.core.clock import now
from classroom.courses.commands import remove_member
from classroom.courses.queries_roster import enrolled_in
from classroom.courses.roster import decode, difference, guess_columns, read, rows
from classroom.insights.exports.participation import parts_in
from classroom.posts.states import State
from classroom.projects.models import PairingPolicy
from tests.access.scene import GOOD

NAMES = {
    "Maya Adler": "0012",
    "Jonas Weber": "+49",
    "María José O'Brien-Núñez": None,
    "王小明": "s-1",
    "=cmd|'/C calc'!A0": "7E5",
    "-Dash Name": "=1",
    "Ida Berg": "12",
}


@pytest.fixture
def teacher(make):
    return make.person("Adaeze Okafor")


@pytest.fixture
def course(make, teacher):
    return make.course(teacher)


@pytest.fixture
def sections(make, course):
    return [make.section(course, name) for name in ("Monday", "Fri and Sat, late")]


@pytest.fixture
def project(make, course):
    return make.project(course, post_first=False, comments_wanted=2, post_by=now() + timedelta(days=3))


@pytest.fixture
def students(make, course, sections):
    found = []
    for place, (name, number) in enumerate(NAMES.items()):
        person = make.student(course, name, sections[place % 2] if place < 5 else None)
        make.seat(course, person).external_id = number
        found.append(person)
    return found


@pytest.fixture
def busy(make, project, students):
    """Four posts; the first student comments on two, one of which is taken back and one of which is held."""
    posts = [make.post(project, person) for person in students[:4]]
    posts[1].late = True
    first = students[0]
    post_comment(first.id, posts[1], Written(GOOD))
    held = post_comment(first.id, posts[2], Written("You are an idiot, and so is the menu."))
    post_comment(students[6].id, posts[0], Written(GOOD.replace("phone", "tablet")))
    assert held.state is State.HELD
    return posts


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def url(project):
    return f"/projects/{project.public_id}/participation.csv"


def test_what_each_has_done(client_of, teacher, students, busy, url):
    found = {line["Email"]: line for line in lines(client_of(teacher).get(url))}
    assert len(found) == len(students)
    first, second, last = (found[students[place].email] for place in (0, 1, 6))
    assert (first["Done"], first["Posted"], first["Comments sent"], first["Comments counted"]) == (
        "1", "1", "2", "2",
    )  # fmt: skip
    assert (first["SIS User ID"], first["Section"], first["Comments received"]) == ("0012", "Monday", "1")
    assert (second["Done"], second["Posted"], second["Late"], second["Comments received"]) == (
        "0", "1", "1", "1",
    )  # fmt: skip
    assert (last["Done"], last["Posted"], last["Posted at"], last["Comments counted"]) == ("0", "0", "", "1")


@pytest.mark.parametrize("pairing", list(PairingPolicy))
@pytest.mark.parametrize("days", [0, 9])
def test_it_counts_as_the_pages_do(make, actor_of, teacher, course, project, students, busy, pairing, days):
    """Also when posts are gone, when their authors left, and when posting is over."""
    project.pairing = pairing
    busy[1].state = State.WITHDRAWN
    remove_member(make.seat(course, students[2]))
    with clock.at(now() + timedelta(days=days)):
        parts = {one.email: one for one in parts_in(actor_of(teacher), project)}
        assert len(parts) == len(students) - 1
        shown = {one.member.person_id: one for one in participants(actor_of(teacher), project)}
        for person in (one for one in students if one is not students[2]):
            work, listed = shown[person.id].work, parts[person.email]
            assert (listed.posted, listed.counted, listed.wanted, listed.received) == (
                shown[person.id].posted, work.given, work.wanted, work.received,
            ), person.name  # fmt: skip
            duty = duties_for(actor_of(person), project)[0]
            part = parts[person.email]
            assert (part.counted, part.wanted) == (duty.done, duty.wanted), person.name


def test_the_roster_import_reads_it_back_without_a_change(client_of, teacher, course, students, busy, url):
    text = decode(client_of(teacher).get(url).data, "participation.csv")
    table = read(text)
    existing, _ids = enrolled_in(course.id)
    found = difference(existing, rows(table, guess_columns(table)), drop_missing=True)
    assert [one.email for one in found.errors] == []
    assert (found.add, found.change, found.drop, table.skipped) == ((), (), (), ())
    assert {one.email for one in found.same} == {one.email for one in students}


def test_who_gets_which_rows(make, client_of, teacher, course, sections, students, url):
    """An assistant of a section gets that section's students, and nobody learns of the others."""
    people = {
        "teacher": teacher,
        "assistant of all": make.member(course, Role.ASSISTANT),
        "assistant": make.member(course, Role.ASSISTANT, section=sections[1]),
    }
    got = {who: {line["Student"] for line in lines(client_of(one).get(url))} for who, one in people.items()}
    assert got["teacher"] == got["assistant of all"]
    assert len(got["teacher"]) == len(NAMES)
    assert got["assistant"] == {"Jonas Weber", "王小明"}
    others = {
        students[0]: 403,
        make.member(course, Role.OBSERVER): 403,
        make.person("Somebody Else"): 404,
    }
    assert {one: client_of(one).get(url).status_code for one in others} == others


def test_its_download(client_of, teacher, students, url, count_queries):
    client = client_of(teacher)
    with count_queries() as seen:
        answer = client.get(url)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="participation-2')
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.data.startswith(b"\xef\xbb\xbfStudent,SIS User ID,Email,Section,Done,Posted,")
    assert len(seen) <= 6, seen
