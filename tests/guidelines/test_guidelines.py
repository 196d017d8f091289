"""Guidelines: drafts, versions, differences, agreeing, and who may do what."""

import re

import pytest

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.guidelines import commands, queries, rules
from classroom.guidelines.models import Acknowledgement, Example, GuidelineVersion, Ruling
from classroom.guidelines.starter import load


@pytest.fixture
def course(make):
    return make.course(make.person("Adaeze Okafor"))


@pytest.fixture
def instructor(course):
    return db.session.get(Person, next(iter(queries.members_of(course.id))))


@pytest.fixture
def published(course, instructor):
    draft = commands.begin_draft(course, from_starter=True)
    commands.publish(draft, instructor.id, major=True)
    db.session.commit()
    return queries.current_version(course.id)


def test_the_starter_set_is_rich_enough():
    starter = load()
    assert len(starter.clauses) >= 6
    assert len(starter.examples) >= 16
    counted = {ruling: sum(one["ruling"] == ruling for one in starter.examples) for ruling in Ruling}
    assert min(counted.values()) >= 3
    assert counted[Ruling.FINE] >= 5


def test_one_press_takes_the_starter_over(client_of, send, course, instructor):
    client = client_of(instructor)
    url = f"/courses/{course.public_id}/guidelines"
    answer = send(client, url, f"{url}/starter")
    assert answer.location.endswith("/guidelines/draft")
    assert queries.current_version(course.id) is None
    assert "Talk about everything" in client.get(answer.location).text
    assert send(client, answer.location, f"{url}/draft/publication", major="major").status_code == 303
    assert len(queries.current_version(course.id).examples) == len(load().examples)


def test_one_press_may_publish_it_too(client_of, send, course, instructor):
    url = f"/courses/{course.public_id}/guidelines"
    assert send(client_of(instructor), url, f"{url}/starter", publish="1").status_code == 303
    assert queries.is_published(course.id)


def test_there_is_one_draft_at_a_time(course):
    commands.begin_draft(course)
    with pytest.raises(commands.DraftThere):
        commands.begin_draft(course)


def test_the_press_for_a_draft_finds_the_one_that_is_there(client_of, send, course, instructor, published):
    client, url = client_of(instructor), f"/courses/{course.public_id}/guidelines"
    for _press in range(2):
        assert send(client, url, f"{url}/draft").status_code == 303
    assert queries.draft_version(course.id).number == 2


def test_what_is_published_stays(published):
    with pytest.raises(commands.NotADraft):
        commands.add_clause(published, "Another", "Word")
    with pytest.raises(commands.NotADraft):
        commands.publish(published, 1, major=True)


def test_nothing_is_published_without_a_clause(course, instructor):
    draft = commands.begin_draft(course)
    with pytest.raises(rules.NothingToPublish):
        commands.publish(draft, instructor.id, major=True)


def test_taking_a_clause_out_moves_the_others_up(course):
    draft = commands.begin_draft(course, from_starter=True)
    resting = {one.id for one in draft.examples if one.clause_number == 3}
    titles = [one.title for one in draft.clauses]
    commands.remove_clause(draft, 2)
    db.session.expire_all()
    draft = queries.draft_version(course.id)
    assert [one.title for one in draft.clauses] == [titles[0], *titles[2:]]
    assert [one.number for one in draft.clauses] == list(range(1, len(titles)))
    assert {one.clause_number for one in draft.examples if one.id in resting} == {2}


class TestAgreeing:
    def test_a_student_is_asked_until_they_agree(self, make, client_of, send, course, published):
        maya = make.student(course, "Maya Adler")
        client, url = client_of(maya), f"/courses/{course.public_id}/guidelines/acknowledgement"
        asked = re.findall(r'name="(s-\w+)"', client.get(url).text)
        answers = dict.fromkeys(asked, "fine")
        assert len(answers) == 3
        explained = send(client, url, **answers)
        assert explained.status_code == 200
        assert "I will keep to them" in explained.text
        assert db.session.query(Acknowledgement).count() == 0
        agreed = send(client, url, **answers, step="agree", next="/settings")
        assert (agreed.status_code, agreed.location) == (303, "/settings")
        assert db.session.query(Acknowledgement).one().person_id == maya.id
        send(client, url, **answers, step="agree")
        assert db.session.query(Acknowledgement).count() == 1

    def test_leaving_one_out_keeps_the_others(self, make, client_of, send, course, published):
        client, url = (
            client_of(make.student(course)),
            f"/courses/{course.public_id}/guidelines/acknowledgement",
        )
        first = re.findall(r'name="(s-\w+)"', client.get(url).text)[0]
        refused = send(client, url, **{first: "cheating"})
        assert refused.status_code == 422
        assert f'id="{first}-3" name="{first}" value="cheating" checked' in refused.text

    def test_a_minor_change_does_not_ask_again_and_a_major_one_does(
        self, make, actor_of, course, instructor, published
    ):
        maya = make.student(course)
        assert queries.must_acknowledge(actor_of(maya), course.id)
        commands.acknowledge(published, maya.id, {})
        assert not queries.must_acknowledge(actor_of(maya), course.id)
        for major, asked in ((False, False), (True, True), (False, True)):
            draft = commands.begin_draft(course)
            commands.publish(draft, instructor.id, major=major)
            assert queries.must_acknowledge(actor_of(maya), course.id) is asked

    def test_staff_are_never_asked(self, actor_of, course, instructor, published):
        assert not queries.must_acknowledge(actor_of(instructor), course.id)

    def test_nobody_is_asked_before_anything_is_published(self, make, actor_of, course):
        commands.begin_draft(course, from_starter=True)
        assert not queries.must_acknowledge(actor_of(make.student(course)), course.id)

    def test_the_scenarios_differ_in_their_rulings_and_stay_the_same(self, published):
        for seed in range(20):
            chosen = rules.scenarios_for(published.examples, seed)
            assert chosen == rules.scenarios_for(published.examples, seed)
            assert len({one.ruling for one in chosen}) == 3


class TestDifference:
    def test_it_names_what_changed_and_nothing_else(self, course, instructor, published):
        draft = commands.begin_draft(course)
        commands.edit_clause(
            draft, 2, title="Hints, not answers", text="Explain, ask back. The last step is theirs."
        )
        parts = rules.difference(published, draft)
        assert [part.heading for part in parts] == ["Clause 2"]
        changed = {text.strip() for line in parts[0].lines for marked, text in line.pieces if marked}
        assert changed
        assert not any("Hints" in text for text in changed)

    def test_added_and_removed_examples(self, course, published):
        draft = commands.begin_draft(course)
        commands.remove_example(draft.examples[0])
        commands.add_example(
            course.id, version=draft, situation="sing", ruling=Ruling.ENCOURAGED, why="Why not."
        )
        db.session.flush()
        kinds = [part.lines[0].kind for part in rules.difference(published, queries.draft_version(course.id))]
        assert sorted(kinds) == ["in", "out"]

    def test_the_page_shows_it(self, make, client_of, course, instructor, published):
        draft = commands.begin_draft(course)
        commands.edit_clause(draft, 1, title="Talk about it", text="All of it.")
        commands.publish(draft, instructor.id, major=False, note="Shorter.")
        page = client_of(make.student(course)).get(f"/courses/{course.public_id}/guidelines/changes")
        assert "Shorter." in page.text
        assert "<ins>" in page.text


class TestThePage:
    def test_filter_and_search_are_addresses(self, make, client_of, course, published):
        client, url = client_of(make.student(course)), f"/courses/{course.public_id}/guidelines"
        everything, only = client.get(url).text, client.get(f"{url}?ruling=cheating").text
        rulings = {one.situation: one.ruling for one in queries.current_version(course.id).examples}
        for situation, ruling in rulings.items():
            assert situation.split(",")[0][:30].replace("'", "&#39;") in everything
            assert (situation[:30].replace("'", "&#39;") in only) == (ruling is Ruling.CHEATING)
        assert "No example fits" in client.get(f"{url}?q=submarine").text

    def test_a_student_never_sees_a_draft(self, make, client_of, course, published):
        draft = commands.begin_draft(course)
        commands.add_clause(draft, "A secret plan", "Not yet.")
        client, url = client_of(make.student(course)), f"/courses/{course.public_id}/guidelines"
        assert "A secret plan" not in client.get(url).text
        assert client.get(f"{url}?version={draft.number}").status_code == 404
        assert client.get(f"{url}/changes?to={draft.number}").status_code == 404

    @pytest.mark.parametrize("n", [1, 10])
    def test_it_costs_the_same_whatever_its_length(
        self, make, client_of, count_queries, course, published, n
    ):
        for _ in range(n):
            make.student(course)
        client = client_of(make.student(course))
        with count_queries() as seen:
            client.get(f"/courses/{course.public_id}/guidelines")
        assert len(seen) <= 8, seen


PAGES = [
    ("GET", "", dict(instructor=200, assistant=200, student=200, observer=200, stranger=404, visitor=302)),
    (
        "GET",
        "/changes",
        dict(instructor=200, assistant=200, student=200, observer=200, stranger=404, visitor=302),
    ),
    (
        "GET",
        "/draft",
        dict(instructor=302, assistant=403, student=403, observer=403, stranger=404, visitor=302),
    ),
    (
        "GET",
        "/agreed",
        dict(instructor=200, assistant=200, student=403, observer=403, stranger=404, visitor=302),
    ),
    (
        "GET",
        "/acknowledgement",
        dict(instructor=403, assistant=403, student=200, observer=403, stranger=404, visitor=302),
    ),
    (
        "POST",
        "/starter",
        dict(instructor=422, assistant=403, student=403, observer=403, stranger=404, visitor=302),
    ),
    (
        "POST",
        "/draft/publication",
        dict(instructor=404, assistant=403, student=403, observer=403, stranger=404, visitor=302),
    ),
]


@pytest.mark.parametrize(("method", "path", "expected"), PAGES)
def test_who_may(make, client_of, visitor, course, instructor, published, method, path, expected):
    people = {role: make.member(course, Role(role)) for role in ("assistant", "student", "observer")}
    people |= {"instructor": instructor, "stranger": make.person()}
    clients = {who: client_of(person) for who, person in people.items()} | {"visitor": visitor}
    url = f"/courses/{course.public_id}/guidelines{path}"
    assert {who: clients[who].open(url, method=method).status_code for who in expected} == expected
    assert db.session.query(GuidelineVersion).count() == 1


def test_a_foreign_example_is_not_found(make, client_of, course, instructor, published):
    other = make.course(make.person())
    draft = commands.begin_draft(other, from_starter=True)
    example = db.session.query(Example).filter_by(version_id=draft.id).first()
    assert client_of(instructor).get(f"/examples/{example.public_id}").status_code == 404


def test_a_wrong_example_keeps_what_was_typed(client_of, send, course, instructor):
    commands.begin_draft(course, from_starter=True)
    url = f"/courses/{course.public_id}/guidelines/draft"
    refused = send(
        client_of(instructor),
        url,
        f"{url}/examples",
        **{"new-situation": "read aloud together", "new-why": ""},
    )
    assert refused.status_code == 422
    assert "read aloud together" in refused.text
    assert "Say why" in refused.text


def test_projects_add_their_own(make, client_of, send, course, instructor, published):
    project = make.project(course)
    url = f"/projects/{project.public_id}/examples"
    values = {"new-situation": "photograph the bakery", "new-ruling": "ask_first", "new-why": "Ask Mr Aydin."}
    assert send(client_of(instructor), url, **values).status_code == 303
    student = client_of(make.student(course))
    assert (
        "photograph the bakery"
        in student.get(f"/courses/{course.public_id}/guidelines?project={project.public_id}").text
    )
    assert "photograph the bakery" not in student.get(f"/courses/{course.public_id}/guidelines").text
