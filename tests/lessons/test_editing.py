"""An instructor changes the lesson, and nobody loses what they have done."""

import pytest

from classroom.celebrations.commands import answer, highlight, take_back
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, post_comment
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.lessons import commands_edit, queries
from classroom.lessons.models import LessonJudgement, LessonMark, StepKind
from classroom.posts.states import State
from tests.lessons.conftest import ITEMS, KEYS

WORDS = "The map on the second page opens far below the picture, so I scrolled twice to find it."


@pytest.fixture
def client(scene, client_of):
    return client_of(scene.teacher)


@pytest.fixture
def press(scene, client, send):
    def act(place, **values):
        return send(client, f"{scene.url}/edit", f"{scene.url}/{place}", **values)

    return act


@pytest.fixture
def lesson(scene):
    def read():
        db.session.expire_all()
        return queries.lesson_of(scene.course.id)

    return read


def keys(lesson):
    return [one.key for one in lesson().steps]


@pytest.mark.parametrize(
    ("who", "status"),
    [("teacher", 200), ("assistant", 403), ("student", 403), ("observer", 403), ("stranger", 404)],
)
def test_only_instructors_edit(scene, at, client_of, who, status):
    client = client_of(getattr(scene, who))
    for page in (f"{scene.url}/edit", f"{at('say-why')}/edit", f"{scene.url}/steps/new?kind=read"):
        assert client.get(page).status_code == status


@pytest.mark.parametrize("key", KEYS)
def test_every_step_can_be_edited(scene, at, client, send, lesson, key):
    page = client.get(f"{at(key)}/edit")
    assert page.status_code == 200
    before = lesson().step(key)
    content = {name: value for name, value in before.content.items() if isinstance(value, str)}
    for number, one in enumerate(before.content.get("examples", ()), 1):
        content |= {f"{part}{number}": value for part, value in one.items()}
    content["points"] = "\n".join(before.content.get("points", ()))
    values = {"body": "Another text, *shorter*.", "explains": before.explains, **content}
    saved = send(client, f"{at(key)}/edit", title="Another title", **values)
    assert saved.status_code == 303
    after = lesson().step(key)
    assert (after.title, after.body_html) == (
        "Another title",
        '<p dir="auto">Another text, <em>shorter</em>.</p>\n',
    )
    assert dict(after.content) == dict(before.content)
    assert keys(lesson) == list(KEYS)


def test_a_step_without_a_title_is_refused(at, client, send, lesson):
    refused = send(client, f"{at('ask')}/edit", title="", body="Kept all the same")
    assert refused.status_code == 422
    assert "Kept all the same" in refused.text
    assert not lesson().own


def test_steps_move_one_place_at_a_time(press, lesson):
    press("steps/ask/move", by="up")
    assert keys(lesson)[3:5] == ["ask", "offer-a-next-step"]
    press("steps/ask/move", by="down")
    assert keys(lesson) == list(KEYS)
    press("steps/what-helps/move", by="up")
    assert keys(lesson) == list(KEYS)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("read", {"weak1": "Nice.", "strong1": "Nice, because …"}),
        ("write", {"work": "A poem about rain."}),
        ("improve", {"work": "A poem about rain.", "weak": "Nice."}),
        ("model", {"comment": "The rain is warm, because it falls on bread.", "after": ""}),
    ],
)
def test_steps_are_added(scene, client, send, lesson, client_of, at, kind, values):
    page = f"{scene.url}/steps/new?kind={kind}"
    assert send(client, page, title="Ours", explains="", kind=kind, **values).status_code == 303
    added = lesson().steps[-1]
    assert (added.title, added.kind.value) == ("Ours", kind)
    assert client_of(scene.student).get(at(added.key)).status_code == 200


def test_a_judge_step_is_shown_once_it_has_something_to_judge(scene, client, send, lesson, client_of, at):
    made = send(client, f"{scene.url}/steps/new?kind=judge", title="Ours", explains="", kind="judge").location
    assert len(keys(lesson)) == len(KEYS)
    place = made.removesuffix("/edit")
    item = {
        "subject": "Poem",
        "work": "Rain.",
        "comment": "Nice.",
        "says": "no",
        "why": "What is nice?",
        "about": "why",
    }
    assert send(client, f"{place}/items", **item).status_code == 303
    assert len(keys(lesson)) == len(KEYS) + 1
    assert "Nice." in client_of(scene.student).get(at(keys(lesson)[-1])).text


def test_another_text_is_another_comment_and_nobody_judges_again(scene, client, send, lesson, at, take):
    take(scene.student, "does-it-count")
    item = dict(lesson().step("does-it-count").item("retold"))
    values = {**item, "says": "no", "comment": "You plotted the square of the period."}
    page = f"{at('does-it-count')}/items/retold"
    assert "In a post, the coach would say" not in client.get(page).text
    send(client, page, **{**values, "comment": item["comment"], "why": "Other words"})
    assert lesson().step("does-it-count").item("retold")["why"] == "Other words"
    send(client, page, **values)
    assert lesson().step("does-it-count").item("retold") is None
    assert "does-it-count" in queries.progress_of(scene.student.id, scene.course.id).done
    assert db.session.query(LessonJudgement).count() == len(ITEMS)
    gone = lesson().step("does-it-count").items[2]["key"]
    send(client, f"{at('does-it-count')}/items/{gone}", then="remove")
    assert len(lesson().step("does-it-count").items) == 5


def test_a_step_taken_out_comes_back_with_what_was_done_in_it(scene, press, client, send, lesson, take):
    take(scene.student, "ask")
    press("steps/ask/removal")
    assert "ask" not in keys(lesson)
    page = client.get(f"{scene.url}/edit").text
    undo = page.split('action="/undo/')[1].split('"')[0]
    send(client, f"{scene.url}/edit", f"/undo/{undo}")
    assert keys(lesson) == list(KEYS)
    assert queries.progress_of(scene.student.id, scene.course.id).count_in(lesson()) == 1


def test_whoever_had_done_the_rest_has_finished(scene, press, take):
    take(scene.student, *KEYS[:-1])
    take(scene.classmate, *KEYS[:3])
    press(f"steps/{KEYS[-1]}/removal")
    db.session.expire_all()
    assert queries.progress_of(scene.student.id, scene.course.id).finished_at
    assert not queries.progress_of(scene.classmate.id, scene.course.id).finished_at


def test_whoever_has_finished_stays_finished(scene, client, send, take):
    take(scene.student)
    send(client, f"{scene.url}/steps/new?kind=read", title="One more", explains="", kind="read")
    assert queries.progress_of(scene.student.id, scene.course.id).finished_at


def test_the_last_step_stays(scene, press, lesson):
    for key in KEYS[:-1]:
        commands_edit.remove_step(scene.course.id, key)
    db.session.commit()
    assert press(f"steps/{KEYS[-1]}/removal").status_code == 422
    assert keys(lesson) == [KEYS[-1]]


def test_back_to_the_starter_and_back_again(scene, press, client, send, lesson, take):
    take(scene.student, *KEYS[:3])
    press("edit", title="Our own lesson", intro="Short.")
    press("steps/ask/removal")
    press("reset")
    assert (lesson().own, lesson().title, keys(lesson)) == (
        False,
        "The art of meaningful comments",
        list(KEYS),
    )
    assert queries.progress_of(scene.student.id, scene.course.id).count_in(lesson()) == 3
    page = client.get(f"{scene.url}/edit").text
    undo = page.split('action="/undo/')[1].split('"')[0]
    send(client, f"{scene.url}/edit", f"/undo/{undo}")
    assert (lesson().title, "ask" in keys(lesson)) == ("Our own lesson", False)
    assert db.session.query(LessonMark).count() == 3


class TestCelebrated:
    @pytest.fixture
    def made(self, make, scene):
        post = make.post(make.project(scene.course, post_first=False), scene.classmate)
        comment = post_comment(scene.student.id, post, Written(WORDS))
        made = highlight(
            comment, scene.teacher.id, why="It says where and what happened.", moves=["specific"]
        )
        db.session.commit()
        return made

    def test_only_with_consent(self, scene, made, press, client, lesson):
        assert "None to choose from" in client.get(f"{scene.url}/edit").text
        assert press("examples", highlight=made.public_id).status_code == 422
        answer(made, Consent.PSEUDONYM)
        db.session.commit()
        assert WORDS in client.get(f"{scene.url}/edit").text
        assert press("examples", highlight=made.public_id).status_code == 303
        press("examples", highlight=made.public_id)
        assert [one.kind for one in lesson().steps][len(KEYS) :] == [StepKind.EXAMPLE]

    @pytest.mark.parametrize("how", ["declined", "asked again", "taken back", "withdrawn"])
    def test_without_it_the_step_goes_at_once(self, scene, made, press, client, lesson, client_of, at, how):
        answer(made, Consent.NAME)
        db.session.commit()
        press("examples", highlight=made.public_id)
        key = keys(lesson)[-1]
        shown = client_of(scene.third).get(at(key)).text
        assert WORDS in shown
        assert "Maya" in shown
        if how == "taken back":
            take_back(made)
        elif how == "withdrawn":
            db.session.get_one(Comment, made.comment_id).state = State.WITHDRAWN
        else:
            answer(made, Consent.DECLINED if how == "declined" else Consent.ASKED)
        db.session.commit()
        assert client_of(scene.third).get(at(key)).status_code == 404
        assert key not in keys(lesson)
        assert "its writer took consent back: not shown" in client.get(f"{scene.url}/edit").text
        assert WORDS not in client.get(f"{scene.url}/edit").text

    def test_a_foreign_highlight_is_refused(self, make, scene, made, client_of, send):
        answer(made, Consent.NAME)
        other = make.person("Ruth Aboagye")
        course = make.course(other, "Statistics for Bees")
        db.session.commit()
        place = f"/courses/{course.public_id}/lesson"
        refused = send(client_of(other), f"{place}/edit", f"{place}/examples", highlight=made.public_id)
        assert refused.status_code == 422


class TestTheClass:
    def test_figures_and_one_suggestion(self, scene, take, client):
        assert "Too few to say more" in client.get(f"{scene.url}/class").text
        take(scene.student)
        take(scene.classmate, "does-it-count", "improve-a-weak-one", text="The diagram is confusing.")
        take(scene.third, "improve-a-weak-one", text="The diagram confused me.")
        page = client.get(f"{scene.url}/class").text
        for told in (
            "finished <b>1</b>",
            "on the way <b>2</b>",
            "not begun <b>0</b>",
            "For your next meeting",
        ):
            assert told in page
        assert page.count("Missing most:") == 1
        assert "confused me" not in page

    def test_an_assistant_sees_their_own_section(self, scene, take, client_of):
        take(scene.student)
        page = client_of(scene.assistant).get(f"{scene.url}/class").text
        assert "Maya Ramanathan" in page
        assert "Noor Haddad" not in page
        assert "not begun <b>1</b>" in page

    @pytest.mark.parametrize(
        ("who", "status"),
        [("teacher", 200), ("assistant", 200), ("student", 403), ("observer", 403), ("stranger", 404)],
    )
    def test_who_sees_it(self, scene, client_of, who, status):
        assert client_of(getattr(scene, who)).get(f"{scene.url}/class").status_code == status

    @pytest.mark.parametrize("n", [1, 20])
    def test_it_costs_the_same(self, make, scene, take, client_of, count_queries, n):
        for number in range(n):
            take(make.student(scene.course, f"Student {number}"), "what-helps", "improve-a-weak-one")
        client = client_of(scene.teacher)
        for page in ("class", "edit"):
            with count_queries() as seen:
                assert client.get(f"{scene.url}/{page}").status_code == 200
            assert len(seen) <= 12, "\n".join(seen)
