"""Where the line is unclear: returns, questions, readings, second thoughts, and the press to mend it."""

import pytest

from classroom.access import Role
from classroom.comments.commands import Written, post_comment
from classroom.core.db import db
from classroom.core.ids import secret_token
from classroom.guidelines import commands, queries
from classroom.guidelines import commands_situations as situations
from classroom.guidelines.models import Ruling
from classroom.guidelines.queries_unclear import example_figures
from classroom.guidelines.rules_unclear import by_title, thought
from classroom.moderation.commands import return_row
from classroom.moderation.models import LogEntry, Subject
from classroom.moderation.queries_cited import clauses_cited
from classroom.posts.states import State
from tests.access.scene import GOOD


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
def version(course):
    return queries.current_version(course.id)


def returned(course, project, author, number, after=State.RETURNED, version=1):
    db.session.add(
        LogEntry(
            course_id=course.id,
            project_id=project.id,
            subject=Subject.COMMENT,
            subject_id=1,
            author_id=author.id,
            before=State.HELD,
            after=after,
            reason="sarcasm",
            clause_number=number,
            guideline_version=version,
        )
    )
    db.session.flush()


def url(course):
    return f"/courses/{course.public_id}/guidelines/unclear"


def test_what_came_back_with_a_clause_is_counted_where_the_clause_is_now(make, course, instructor, version):
    project, maya = make.project(course), make.student(course)
    for after in (State.RETURNED, State.REMOVED, State.VISIBLE):
        returned(course, project, maya, 3, after)
    assert clauses_cited(course.id) == {(1, 3): 2}
    third = version.clauses[2].title
    assert by_title(clauses_cited(course.id), {(1, 3): third, (2, 2): third}) == {third: 2}
    assert by_title({(1, 3): 2}, {}) == {}


def test_a_return_with_a_clause_notes_the_version_that_the_clause_is_of(make, course, instructor, version):
    post = make.post(make.project(course), make.student(course))
    comment = post_comment(make.student(course).id, post, Written(GOOD))
    return_row(comment, instructor.id, reason="sarcasm", note="Kindly.", clause_number=4)
    assert clauses_cited(course.id) == {(1, 4): 1}


def test_questions_and_examples_stand_beside_it_without_anyone(make, client_of, course, instructor, version):
    maya = make.student(course, "Maya Adler")
    returned(course, make.project(course), maya, 3)
    example = next(one for one in version.examples if one.clause_number == 3)
    situations.count_reading(example, answered=True)
    asked = situations.ask(course, secret_token(), "sing it to them instead of writing", shown=[example])
    situations.answer(
        asked, instructor.id, ruling=Ruling.FINE, why="Sing.", clause_number=3, zone=course.zone
    )
    db.session.commit()
    shown = client_of(instructor).get(url(course)).text
    for words in (
        version.clauses[2].title,
        "1 thing came back with it · 1 question rests on it · its examples left 1 question open",
        "answered 1 question · was like 1 question and did not answer it",
    ):
        assert words in shown
    assert "Maya" not in shown
    [figures] = example_figures(version)
    assert (figures.answered, figures.passed_by) == (1, 1)


def test_of_fewer_than_three_nothing_is_said(version):
    example = version.examples[0]
    other = next(one for one in Ruling if one is not example.ruling).value
    given = [{example.public_id: other}, {example.public_id: example.ruling.value}]
    words = {example.public_id: example.situation}
    assert thought(version.examples, words, given) == {}
    given.append({example.public_id: other, "gone": "fine"})
    assert thought(version.examples, words, given) == {example.situation: (2, 3)}


def test_readings_go_on_in_the_next_version_for_the_same_words(course, instructor, version):
    situations.count_reading(version.examples[0], answered=True)
    commands.publish(commands.begin_draft(course), instructor.id, major=False)
    newer = queries.current_version(course.id)
    situations.count_reading(newer.examples[0], answered=True)
    assert [one.answered for one in example_figures(newer)] == [2]


def test_one_press_leads_to_the_clause_in_a_draft(client_of, send, course, instructor, version):
    client, title = client_of(instructor), version.clauses[2].title
    example = next(one for one in version.examples if one.clause_number == 3)
    situations.count_reading(example, answered=False)
    db.session.commit()
    assert send(client, url(course), clause=title).location.endswith("/draft/clauses/3")
    assert send(client, url(course), clause=title).location.endswith("/draft/clauses/3")
    assert send(client, url(course)).location.endswith("/draft#examples")


@pytest.mark.parametrize(("role", "status"), [(Role.STUDENT, 403), (Role.ASSISTANT, 403), (None, 404)])
def test_it_is_the_instructors_page(make, client_of, course, role, status):
    person = make.member(course, role) if role else make.person()
    assert client_of(person).get(url(course)).status_code == status


def test_an_empty_page_says_why(client_of, course, instructor):
    assert "Nothing speaks against it yet" in client_of(instructor).get(url(course)).text
