"""Seeing the course as a student: what is shown, what is not, that nothing changes, and when it ends."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.accounts.commands import end_sessions
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.commands import change_member, enrol, remove_member
from classroom.courses.models import Course, Membership, Section, Viewing, ViewingStep
from classroom.notices.commands import tell
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.models import Post, PostFile
from classroom.projects.models import Anonymity, Project
from tests.access.walk import UNSAFE

SECRET = "words that only I have seen so far"
MAY = {"instructor": 303, "assistant": 303, "assistant of all": 303, "other assistant": 404}
MAY_NOT = {"poster": 404, "classmate": 404, "observer": 404, "elsewhere's instructor": 404, "who left": 404}


def token_on(page):
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[0]


@pytest.fixture
def course(scene):
    return db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()


@pytest.fixture
def seat_of(scene, course):
    return lambda label: (
        db.session.query(Membership).filter_by(course_id=course.id, person_id=scene.people[label].id).one()
    )


@pytest.fixture
def begin(client_of, scene, seat_of):
    """The answer to someone's press, and their client."""

    def look(who="instructor", at="classmate"):
        client = client_of(scene.people[who])
        place = f"/members/{seat_of(at).public_id}/viewing"
        token = token_on(client.get("/settings"))
        return client.post(place, data={"csrf_token": token}), client

    return look


@pytest.fixture
def eyes(begin):
    """A client of the instructor that sees as the classmate."""
    answer, client = begin()
    assert answer.status_code == 303
    return client


def steps():
    rows = db.session.execute(select(Viewing.step, Viewing.by_id, Viewing.student_id).order_by(Viewing.id))
    return [tuple(row) for row in rows]


def sees_as(client, name):
    return f"You see this as <bdi>{name}</bdi>." in client.get("/help").text


class TestWhoMay:
    @pytest.mark.parametrize(("who", "status"), (MAY | MAY_NOT).items())
    def test_staff_in_whose_care_the_student_is(self, begin, scene, who, status):
        answer, client = begin(who)
        assert answer.status_code == status
        assert sees_as(client, "Noor Haddad") == (status == 303)
        by, of = scene.people[who].id, scene.people["classmate"].id
        assert steps() == ([(ViewingStep.STARTED, by, of)] if status == 303 else [])

    @pytest.mark.parametrize("at", ["assistant", "observer", "instructor", "who left"])
    def test_students_of_now_and_nobody_else(self, begin, at):
        answer, client = begin(at=at)
        assert answer.status_code == 403
        assert "You see this as" not in client.get("/help").text

    def test_a_press_from_elsewhere_is_none(self, client_of, scene, seat_of):
        client = client_of(scene.people["instructor"])
        assert client.post(f"/members/{seat_of('classmate').public_id}/viewing").status_code == 422
        assert steps() == []

    def test_the_banner_is_on_every_page_errors_too(self, eyes, scene):
        for path in ("/", "/news", f"/posts/{scene.values['post_id']}", "/nothing-here", "/settings"):
            page = eyes.get(path).text
            assert "You see this as <bdi>Noor Haddad</bdi>. Nothing can be changed" in page, path
            assert 'action="/viewing/ending"' in page


class TestNothingChanges:
    def test_every_unsafe_route_is_refused(self, walker, road, eyes, scene):
        walker.cookies["instructor"] = eyes.get_cookie("classroom").value
        walker.csrf["instructor"] = token_on(eyes.get("/help"))
        before, wrong = walker.rows(), []
        for step in (step for step in road if step.method in UNSAFE and step.endpoint != STOP):
            with walker.undone():
                answer = walker.go(step, "instructor")
                if answer.status_code != 403 or walker.has_changed(before):
                    wrong.append(f"{step}: {answer.status_code}")
                assert "nothing can be changed" in answer.text, step
        assert wrong == []
        assert [step for step in road if step.endpoint == STOP]

    def test_reading_marks_nothing_as_seen(self, eyes, scene, course, walker, road):
        noor = scene.people["classmate"].id
        tell(course.id, [noor], NoticeKind.PROJECT_OPENED, "k", project="x", project_title="T")
        db.session.commit()
        walker.cookies["instructor"] = eyes.get_cookie("classroom").value
        before = walker.rows()
        for step in (step for step in road if step.method == "GET"):
            assert walker.go(step, "instructor").status_code < 500, step
        assert walker.rows() == before
        assert db.session.query(Notice).filter_by(key="k").one().seen_at is None


STOP = "courses.stop_viewing"


class TestWhatIsTheirsAlone:
    @pytest.fixture
    def drafts(self, scene):
        """A changed post, a comment that is not sent, and a file that no revision carries."""
        poster = scene.people["poster"]
        post = db.session.query(Post).filter_by(author_id=poster.id).one()
        post.draft_text, post.draft_title, post.draft_saved_at = SECRET, SECRET, clock.now()
        begun = db.session.query(Post).filter_by(author_id=scene.people["writer"].id).one()
        begun.draft_text, begun.draft_title, begun.draft_saved_at = SECRET, SECRET, clock.now()
        for draft in db.session.query(PostFile).filter_by(post_id=post.id):
            draft.name = f"{SECRET}.png" if draft.public_id != scene.values["file_id"] else draft.name
        db.session.commit()

    @pytest.mark.parametrize("at", ["poster", "writer", "classmate"])
    @pytest.mark.usefixtures("drafts")
    def test_no_page_shows_a_draft(self, begin, scene, walker, road, at):
        _answer, client = begin(at=at)
        walker.cookies["instructor"] = client.get_cookie("classroom").value
        scene.values |= scene.hidden["a draft post"] | scene.hidden["an unpublished file"]
        for step in (step for step in road if step.method == "GET"):
            page = walker.go(step, "instructor").data
            assert SECRET.encode() not in page, step
            assert b"I would say that" not in page, step
        hidden = scene.hidden["a draft post"]["post_id"], scene.hidden["an unpublished file"]["file_id"]
        assert client.get(f"/posts/{hidden[0]}/receipt").status_code == 404
        assert client.get(f"/files/{hidden[1]}").status_code == 404
        assert "Draft saved" not in client.get("/").text
        assert "Go on writing" not in client.get("/").text

    @pytest.mark.usefixtures("drafts")
    def test_the_student_sees_them_still(self, client_of, scene):
        page = client_of(scene.people["writer"]).get("/").text
        assert "Draft saved" in page
        assert (
            client_of(scene.people["poster"])
            .get(f"/files/{scene.hidden['an unpublished file']['file_id']}")
            .status_code
            == 200
        )

    @pytest.mark.parametrize(
        "path",
        [
            "/settings",
            "/settings/sessions",
            "/settings/passkeys",
            "/news",
            "/settings/data.zip",
            "/projects/{project_id}/post",
            "/courses/new",
        ],
    )
    def test_private_pages_are_closed(self, eyes, scene, path):
        answer = eyes.get(path.format(**scene.values))
        assert answer.status_code == 403
        assert scene.people["classmate"].email not in answer.text

    def test_their_other_courses_are_not_there(self, make, begin, client_of, scene):
        noor = scene.people["classmate"]
        other = make.course(title="Evening pottery")
        enrol(other, noor, Role.STUDENT)
        project = make.project(other, "A bowl")
        details = {"project": project.public_id, "project_title": "A bowl"}
        tell(other.id, [noor.id], NoticeKind.PROJECT_OPENED, "pot", **details)
        db.session.commit()
        assert "A bowl" in client_of(noor).get("/").text
        _answer, client = begin()
        for path in ("/", f"/courses/{scene.values['course_id']}/projects"):
            answer = client.get(path)
            assert answer.status_code == 200
            page = answer.text
            assert "pottery" not in page, path
            assert "A bowl" not in page, path
        for path in (f"/courses/{other.public_id}", f"/projects/{project.public_id}"):
            assert client.get(path).status_code == 404

    def test_names_are_those_that_the_student_sees(self, begin, client_of, scene):
        project = db.session.query(Project).filter_by(public_id=scene.values["project_id"]).one()
        project.anonymity = Anonymity.PSEUDONYMOUS
        db.session.commit()
        place = f"/posts/{scene.values['post_id']}"
        assert "Maya Ramanathan" in client_of(scene.people["instructor"]).get(place).text
        _answer, client = begin()
        seen, hers = client.get(place).text, client_of(scene.people["classmate"]).get(place).text
        for name in ("Maya Ramanathan", "Jonas Weiszfeld"):
            assert name not in seen
        heading = re.search(r"<h1[^>]*>.*?</h1>", hers, re.DOTALL)
        assert heading
        assert heading[0] in seen
        assert re.findall(r"<bdi>[A-Z]\w+ [A-Z]\w+</bdi>", hers) == [
            name for name in re.findall(r"<bdi>[A-Z]\w+ [A-Z]\w+</bdi>", seen) if "Noor Haddad" not in name
        ]

    def test_staff_pages_are_as_closed_as_to_a_student(self, eyes, scene):
        for path in ("/courses/{course_id}/people", "/courses/{course_id}/queue", "/members/{member_id}"):
            assert eyes.get(path.format(**scene.values)).status_code in {403, 404}, path

    def test_what_they_have_read_is_theirs(self, begin, client_of, scene):
        """Nothing is new to whoever looks, whatever the student has not read."""
        place = f"/posts/{scene.values['post_id']}"
        hers, (_answer, client) = client_of(scene.people["poster"]), begin(at="poster")
        for path in (place, "/", f"/courses/{scene.values['course_id']}/projects"):
            assert re.search(r"\d new\b", hers.get(path).text), path
            assert not re.search(r"\d new\b", client.get(path).text), path
        assert ">New</h2>" not in client.get("/").text


class TestHowItEnds:
    def test_by_stopping_which_is_noted_once(self, eyes, scene, seat_of):
        token = token_on(eyes.get("/help"))
        answer = eyes.post("/viewing/ending", data={"csrf_token": token})
        assert answer.headers["Location"] == f"/members/{seat_of('classmate').public_id}"
        assert not sees_as(eyes, "Noor Haddad")
        eyes.post("/viewing/ending", data={"csrf_token": token_on(eyes.get("/settings"))})
        assert [step for step, _by, _of in steps()] == [ViewingStep.STARTED, ViewingStep.STOPPED]
        assert "Adaeze Okafor looked" in eyes.get(answer.headers["Location"]).text

    def test_a_form_from_before_it_ended_does_nothing(self, eyes, scene, walker):
        """In the second tab the student's page still stands; its pen must not write as the instructor."""
        stale = token_on(eyes.get(f"/posts/{scene.values['post_id']}"))
        eyes.post("/viewing/ending", data={"csrf_token": stale})
        before = walker.rows()
        answer = eyes.post(
            f"/posts/{scene.values['post_id']}/comments", data={"csrf_token": stale, "body": "Mine?"}
        )
        assert 400 <= answer.status_code < 500
        assert walker.rows() == before

    def test_after_half_an_hour(self, eyes, walker):
        assert sees_as(eyes, "Noor Haddad")
        token = token_on(eyes.get("/help"))
        with clock.at(clock.now() + timedelta(minutes=31)):
            before = walker.rows()
            late = eyes.post("/news/seen", data={"csrf_token": token})
            assert late.status_code == 403
            assert walker.rows() == before
            assert not sees_as(eyes, "Noor Haddad")
            assert eyes.get("/settings").status_code == 200

    @pytest.mark.parametrize("how", ["the student left", "other section", "no longer staff", "taken off"])
    def test_when_the_student_is_not_in_their_care_any_more(self, begin, seat_of, course, how):
        _answer, client = begin("assistant")
        assert sees_as(client, "Noor Haddad")
        other = db.session.query(Section).filter_by(course_id=course.id, name="B").one()
        if how == "the student left":
            remove_member(seat_of("classmate"))
        elif how == "other section":
            seat_of("classmate").section_id = other.id
        elif how == "no longer staff":
            change_member(seat_of("assistant"), role=Role.OBSERVER, section_id=None)
        else:
            remove_member(seat_of("assistant"))
        db.session.commit()
        assert not sees_as(client, "Noor Haddad")

    def test_with_the_session(self, eyes, scene):
        end_sessions([scene.people["instructor"].id])
        db.session.commit()
        assert eyes.get("/").headers["Location"].startswith("/sign-in")
        assert not sees_as(eyes, "Noor Haddad")

    def test_a_stopped_viewing_does_not_come_back_with_an_old_cookie(self, eyes, app):
        old = eyes.get_cookie("classroom").value
        eyes.post("/viewing/ending", data={"csrf_token": token_on(eyes.get("/help"))})
        again = app.test_client()
        again.set_cookie("classroom", old)
        assert not sees_as(again, "Noor Haddad")

    def test_nobody_looks_with_anothers_key(self, eyes, client_of, scene):
        with eyes.session_transaction() as cookie:
            viewing = cookie["viewing"]
        other = client_of(scene.people["assistant of all"])
        with other.session_transaction() as cookie:
            cookie["viewing"] = viewing
        assert not sees_as(other, "Noor Haddad")

    def test_no_second_pair_of_eyes(self, eyes, seat_of):
        place = f"/members/{seat_of('poster').public_id}/viewing"
        answer = eyes.post(place, data={"csrf_token": token_on(eyes.get("/help"))})
        assert answer.status_code == 403
        assert len(steps()) == 1


def test_a_page_costs_one_statement_more(eyes, client_of, scene, count_queries):
    hers = client_of(scene.people["classmate"])
    place = f"/posts/{scene.values['post_id']}"
    with count_queries() as own:
        hers.get(place)
    with count_queries() as borrowed:
        eyes.get(place)
    assert len(borrowed) == len(own) + 1
