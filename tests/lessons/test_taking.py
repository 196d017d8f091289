"""Taking the lesson: steps, judgements, texts; resumed any time, and pressed twice without harm."""

import re

import pytest

from classroom.core.db import db
from classroom.lessons import queries
from classroom.lessons.models import LessonJudgement, LessonMark, LessonProgress, LessonText
from tests.lessons.conftest import ITEMS, KEYS, READING, STRONG, WEAK


def progress(scene, who="student"):
    db.session.expire_all()
    return queries.progress_of(getattr(scene, who).id, scene.course.id)


def test_the_lesson_is_there_in_a_new_course(scene, client_of):
    page = client_of(scene.student).get(scene.url).text
    assert "The art of meaningful comments" in page
    assert page.count("/lesson/steps/") == len(KEYS) + 1
    assert f'href="{scene.url}"' in client_of(scene.student).get("/").text


@pytest.mark.parametrize("key", KEYS)
def test_every_step_can_be_opened_and_costs_little(scene, at, client_of, count_queries, key):
    client = client_of(scene.student)
    with count_queries() as seen:
        assert client.get(at(key)).status_code == 200
    assert len(seen) <= 8, "\n".join(seen)


def test_a_get_begins_nothing(scene, at, client_of):
    client_of(scene.student).get(at("what-helps"))
    assert progress(scene).begun_at is None


def test_from_the_first_press_to_the_certificate(scene, take):
    client = take(scene.student, *KEYS[:-1])
    assert progress(scene).finished_at is None
    take(scene.student, KEYS[-1])
    assert progress(scene).finished_at is not None
    assert progress(scene).done == set(KEYS)
    assert "You have finished the lesson." in client.get(scene.url).text


def test_one_goes_on_where_one_stopped(scene, at, take):
    client = take(scene.student, *KEYS[:2])
    page = client.get(scene.url).text
    assert "2 of 10 steps done" in page
    assert f'href="{at(KEYS[2])}"' in page.split("Go on:")[0].rsplit("<a ", 1)[1]


def test_a_read_step_leads_to_the_next_one(scene, at, client_of, send):
    answer = send(client_of(scene.student), at(READING[0]), f"{at(READING[0])}/done")
    assert (answer.status_code, answer.location) == (303, at(READING[1]))


def test_pressed_twice_it_is_done_once(scene, at, client_of):
    client = client_of(scene.student)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(at(READING[0])).text).group(1)
    for _press in range(2):
        answer = client.post(f"{at(READING[0])}/done", data={"csrf_token": token})
        assert answer.location == at(READING[1])
    assert db.session.query(LessonMark).count() == 1
    assert db.session.query(LessonProgress).count() == 1


class TestJudging:
    def judge(self, client, send, at, item, says):
        return send(client, at("does-it-count"), f"{at('does-it-count')}/judgement", item=item, says=says)

    def test_the_explanation_is_hidden_until_one_has_judged(self, scene, at, client_of, send):
        client = client_of(scene.student)
        assert "fit any essay in the world" not in client.get(at("does-it-count")).text
        answer = self.judge(client, send, at, "long-praise", "yes")
        assert answer.location == f"{at('does-it-count')}#c-long-praise"
        page = client.get(at("does-it-count")).text
        assert "fit any essay in the world" in page
        assert "You saw it the other way." in page
        assert page.count("It counts.") == 0

    def test_the_first_thought_stays(self, scene, at, client_of, send):
        client = client_of(scene.student)
        for says in ("yes", "no"):
            self.judge(client, send, at, "long-praise", says)
        assert [one.counts for one in db.session.query(LessonJudgement)] == [True]

    def test_the_class_is_told_of_three_and_only_to_those_who_judged(self, scene, at, client_of, send):
        people = (scene.student, scene.classmate, scene.third)
        for number, person in enumerate(people):
            self.judge(client_of(person), send, at, "long-praise", "yes" if number == 0 else "no")
            shown = "Your class" in client_of(scene.student).get(at("does-it-count")).text
            assert shown == (number == 2)
        page = client_of(scene.student).get(at("does-it-count")).text
        assert re.search(r"it counts <b>1</b>.*not yet <b>2</b>", page, re.S)
        assert page.count("Your class") == 1
        assert "Your class" not in client_of(scene.assistant).get(at("does-it-count")).text

    def test_staff_are_counted_nowhere(self, scene, at, client_of, send):
        for person in (scene.student, scene.classmate, scene.teacher):
            self.judge(client_of(person), send, at, "long-praise", "no")
        assert "Your class" not in client_of(scene.student).get(at("does-it-count")).text

    def test_the_last_one_does_the_step(self, scene, at, client_of, send):
        client = client_of(scene.student)
        for item in ITEMS:
            assert "does-it-count" not in progress(scene).done
            self.judge(client, send, at, item, "no")
        assert "does-it-count" in progress(scene).done

    @pytest.mark.parametrize(
        ("item", "says"), [("long-praise", ""), ("long-praise", "perhaps"), ("nothing", "yes")]
    )
    def test_what_is_no_answer_is_refused(self, scene, at, client_of, send, item, says):
        assert self.judge(client_of(scene.student), send, at, item, says).status_code == 422
        assert db.session.query(LessonJudgement).count() == 0

    def test_a_piece_of_page_for_the_page_that_stands_there(self, scene, at, client_of):
        client = client_of(scene.student)
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(at("does-it-count")).text).group(1)
        answer = client.post(
            f"{at('does-it-count')}/judgement",
            data={"csrf_token": token, "item": "retold", "says": "no"},
            headers={"HX-Request": "true"},
        )
        assert answer.text.lstrip().startswith("<section")
        assert "You thought so too." in answer.text
        assert 'hx-swap-oob="true"' in answer.text


class TestWriting:
    def write(self, client, send, at, body, key="improve-a-weak-one", **values):
        return send(client, at(key), f"{at(key)}/text", **{"body": body, "version": "0", **values})

    def test_the_weak_comment_lies_in_the_pen(self, scene, at, client_of):
        assert (
            "you could improve the diagram.</textarea>"
            in client_of(scene.student).get(at("improve-a-weak-one")).text
        )

    def test_what_counts_is_told_so(self, scene, at, client_of, send):
        client = client_of(scene.student)
        assert self.write(client, send, at, STRONG).status_code == 303
        assert "This would count." in client.get(at("improve-a-weak-one")).text
        row = db.session.query(LessonText).one()
        assert (row.counts, row.missing, row.missing_now) == (True, [], [])

    def test_what_does_not_count_blocks_nobody(self, scene, at, client_of, send):
        client = client_of(scene.student)
        self.write(client, send, at, WEAK)
        assert "It would not count yet." in client.get(at("improve-a-weak-one")).text
        assert "improve-a-weak-one" in progress(scene).done
        self.write(client, send, at, STRONG, version=str(db.session.query(LessonText.version).scalar()))
        row = db.session.query(LessonText).one()
        assert "point" in row.missing
        assert (row.counts, row.missing_now, row.sent) == (True, [], STRONG)

    def test_an_empty_one_is_refused_and_nothing_is_lost(self, scene, at, client_of, send):
        client = client_of(scene.student)
        answer = self.write(client, send, at, "  ")
        assert answer.status_code == 422
        assert "Write a sentence first." in answer.text
        assert db.session.query(LessonText).count() == 0

    @pytest.mark.parametrize("then", ["check", "keep"])
    def test_without_scripts_the_coach_answers_and_the_draft_is_kept(self, scene, at, client_of, send, then):
        client = client_of(scene.student)
        answer = self.write(client, send, at, WEAK, then=then)
        assert answer.status_code == 200
        assert "coach" in answer.text
        assert f"{WEAK}</textarea>" in answer.text
        assert f"{WEAK}</textarea>" in client.get(at("improve-a-weak-one")).text
        assert progress(scene).done == set()

    def test_the_draft_saves_itself_and_two_tabs_keep_both(self, scene, at, client_of, send):
        client, place = client_of(scene.student), at("write-your-own")
        first = send(client, place, f"{place}/draft", body="The clapping", version="0").get_json()
        assert first["version"] >= 1
        other = send(client, place, f"{place}/draft", body="Another tab", version="0")
        assert other.status_code == 409
        assert "The clapping" in other.text
        sent = send(client, place, f"{place}/text", body="Another tab", version="0")
        assert sent.status_code == 409
        assert "The clapping" in sent.text
        assert "Another tab</textarea>" in sent.text

    def test_the_coach_says_the_next_step(self, scene, at, client_of, send):
        place = at("write-your-own")
        answer = send(client_of(scene.student), place, f"{place}/coaching", body=WEAK)
        assert answer.status_code == 200
        assert "coach-box" in answer.text
        assert db.session.query(LessonText).count() == 0

    def test_the_model_waits_until_one_has_written(self, scene, at, take):
        client = take(scene.student, "improve-a-weak-one")
        page = client.get(at("a-model")).text
        assert "Write yours first" in page
        assert "convinced me more than any study" not in page
        assert client.post(f"{at('a-model')}/done").status_code == 422
        take(scene.student, "write-your-own")
        assert "convinced me more than any study" in client.get(at("a-model")).text

    def test_nobody_else_reads_it(self, scene, at, take, client_of):
        take(scene.student, "write-your-own", text="Only I may read this line about the fountain.")
        for who in ("teacher", "assistant", "classmate", "observer"):
            client = client_of(getattr(scene, who))
            for page in (at("write-your-own"), scene.url):
                assert "Only I may read" not in client.get(page).text


@pytest.mark.parametrize(
    ("who", "reads", "takes"),
    [
        ("student", 200, 303),
        ("teacher", 200, 303),
        ("assistant", 200, 303),
        ("observer", 200, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_reads_and_who_takes_it(scene, at, client_of, who, reads, takes):
    client = client_of(getattr(scene, who))
    assert client.get(scene.url).status_code == reads
    assert client.get(at("what-helps")).status_code == reads
    page = client.get("/settings").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
    assert client.post(f"{at('what-helps')}/done", data={"csrf_token": token}).status_code == takes


def test_the_coach_s_tip_leads_to_its_step(scene, at, client_of):
    client = client_of(scene.student)
    assert client.get(f"{scene.url}/about/place").location == at("name-the-place")
    assert client.get(f"{scene.url}/about/nonsense").location == scene.url


def test_through_borrowed_eyes_nothing_that_was_written_is_shown(scene, make, at, take, client_of, send):
    take(scene.student, "write-your-own", text="Only I may read this line about the fountain.")
    client, seat = client_of(scene.teacher), make.seat(scene.course, scene.student)
    send(client, f"/members/{seat.public_id}", f"/members/{seat.public_id}/viewing")
    page = client.get(at("write-your-own")).text
    assert "Maya Ramanathan" in page
    assert "Only I may read" not in page
    assert "<textarea" not in page
