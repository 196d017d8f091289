"""One person's data: all that is theirs, others under the names of the pages, and what staff may take out."""

import csv
import io
import json
import re
import zipfile

import pytest

from classroom.access import Role
from classroom.comments.commands_threads import reply
from classroom.comments.models import Comment, Reason, Thanks, ThanksKind
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.commands import enrol, remove_member
from classroom.courses.models import Course, Viewing, ViewingStep
from classroom.moderation.models import Flag, Subject
from classroom.notices.commands import tell
from classroom.notices.models import NoticeKind
from classroom.posts.models import Post, PostFile
from classroom.projects.models import Anonymity, Project
from tests.access import scene as scenes

SECRET = "words that only I have seen so far"


@pytest.fixture
def scene(make):
    return scenes.build(make)


@pytest.fixture
def course(scene):
    return db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()


@pytest.fixture
def project(scene):
    return db.session.query(Project).filter_by(public_id=scene.values["project_id"]).one()


def opened(answer):
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


@pytest.fixture
def own(client_of, scene):
    return lambda who: opened(client_of(scene.people[who]).get("/settings/data.zip"))


def rows(archive, name):
    return json.loads(archive.read(f"json/{name}.json"))


def everything(archive):
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture
def drafts(scene):
    """The poster goes on writing, the classmate has not sent what she wrote."""
    post = db.session.query(Post).filter_by(public_id=scene.values["post_id"]).one()
    post.draft_title, post.draft_text, post.draft_saved_at = "Next", SECRET, now()
    unsent = scene.hidden["an unsent comment"]["comment_id"]
    db.session.query(Comment).filter_by(public_id=unsent).one().body = SECRET
    db.session.commit()


class TestOnesOwn:
    @pytest.mark.usefixtures("drafts")
    def test_what_the_author_of_a_post_gets(self, scene, course, own):
        maya = scene.people["poster"]
        tell(course.id, [maya.id], NoticeKind.PROJECT_OPENED, "k", project="x", project_title="Home pages")
        db.session.commit()
        archive, post = own("poster"), scene.values["post_id"]
        assert rows(archive, "profile")[0]["email"] == maya.email
        assert rows(archive, "courses")[0]["role"] == "student"
        assert [row["id"] for row in rows(archive, "posts")] == [post]
        assert SECRET in archive.read(f"posts/{post}/draft.md").decode()
        assert b"The bakery" in archive.read(f"posts/{post}/revision-1.md")
        files = {name for name in archive.namelist() if name.endswith("maya-map.png")}
        assert len(files) == 2, "a draft's file is hers too"
        received = rows(archive, "comments_received")
        assert [row["text"] for row in received] == [scenes.GOOD]
        assert received[0]["from"] == "Jonas Weiszfeld"
        assert [row["text"] for row in rows(archive, "replies")] == [scenes.ANSWER]
        assert rows(archive, "news")[-1]["title"] == "“Home pages” is open"
        assert len(rows(archive, "agreements")) == 1
        assert rows(archive, "sessions")
        assert len(rows(archive, "profile")) == 1

    @pytest.mark.usefixtures("drafts")
    def test_what_a_commenter_gets(self, scene, course, own):
        jonas, comment = scene.people["writer"], db.session.query(Comment).order_by(Comment.id).first()
        values = {"course_id": course.id, "comment_id": comment.id}
        db.session.add(Thanks(**values, person_id=scene.people["poster"].id, kind=ThanksKind.WILL_USE))
        about = {"course_id": course.id, "subject": Subject.POST, "subject_id": comment.post_id}
        db.session.add(Flag(**about, by_id=jonas.id, reason="unkind", note="I am not sure."))
        db.session.commit()
        archive = own("writer")
        written = {row["text"]: row for row in rows(archive, "comments_written")}
        assert written[scenes.GOOD]["to"] == "Maya Ramanathan"
        assert [row["state"] for row in written.values()].count("held") == 1
        assert rows(archive, "thanks_received") == [{"comment": comment.public_id, "kind": "will_use"}]
        assert rows(archive, "highlights")[0]["why"] == "It says where and why."
        assert rows(archive, "reports")[0]["note"] == "I am not sure."
        assert rows(archive, "decisions")
        assert {row["by"] for row in rows(archive, "decisions")} <= {"standard", "writer", "Adaeze Okafor"}
        assert [row["text"] for row in rows(archive, "replies")] == [scenes.ANSWER]
        assert SECRET not in everything(archive), "another's draft"
        mine = own("classmate")
        assert SECRET in {row["text"] for row in rows(mine, "comments_written")}

    @pytest.mark.parametrize("anonymity", [Anonymity.PSEUDONYMOUS, Anonymity.ANONYMOUS])
    @pytest.mark.parametrize("who", ["poster", "writer", "classmate"])
    def test_pseudonyms_stay_pseudonyms(self, scene, project, own, client_of, anonymity, who):
        project.anonymity = anonymity
        comment = db.session.query(Comment).order_by(Comment.id).first()
        post = db.session.query(Post).filter_by(public_id=scene.values["post_id"]).one()
        reply(
            comment, post, scene.people["writer"].id, "Then I will look again on Friday, at the menu on top."
        )
        db.session.commit()
        archive = own(who)
        text, me = everything(archive) + "\n".join(archive.namelist()), scene.people[who]
        for label in ("poster", "writer", "classmate", "who left", "observer"):
            other = scene.people[label]
            if other is me:
                continue
            assert other.name not in text, label
            assert other.email not in text, label
        page = client_of(me).get(f"/posts/{post.public_id}").text
        for row in rows(archive, "comments_received"):
            assert row["from"] in page
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["at"]), "the page tells the day and no more"
        for row in rows(archive, "replies"):
            assert row["by"] in page
        assert not rows(archive, "comments_received") or who == "poster"

    def test_what_was_held_from_them_is_not_in_it(self, scene, own):
        assert "You are an idiot" not in everything(own("poster"))

    def test_who_left_has_a_right_to_it_still(self, make, scene, course, project, own):
        make.post(project, scene.people["classmate"], text="Loaves.", title="Mine")
        remove_member(make.seat(course, scene.people["classmate"]))
        db.session.commit()
        archive = own("classmate")
        assert [row["title"] for row in rows(archive, "posts")] == ["Mine"]
        assert rows(archive, "courses")[0]["left_at"]

    def test_staff_and_strangers_get_theirs(self, own):
        for who in ("instructor", "assistant", "observer", "elsewhere's student"):
            archive = own(who)
            assert len(rows(archive, "profile")) == 1
            assert rows(archive, "posts") == []

    def test_a_visitor_signs_in_first(self, visitor):
        assert visitor.get("/settings/data.zip").headers["Location"].startswith("/sign-in")

    def test_statements_do_not_grow(self, make, client_of, count_queries):
        def cost(courses):
            maya = make.person()
            for _n in range(courses):
                course = make.course()
                enrol(course, maya, Role.STUDENT)
                make.post(make.project(course), maya)
            client = client_of(maya)
            with count_queries() as seen:
                client.get("/settings/data.zip")
            return len(seen) - courses  # the people of each course

        assert cost(1) == cost(4)


class TestForAStudent:
    MATRIX = {
        "instructor": 200,
        "assistant": 200,
        "assistant of all": 200,
        "other assistant": 404,
        "writer": 404,
        "observer": 404,
        "elsewhere's instructor": 404,
    }

    @pytest.fixture
    def take(self, make, client_of, scene, course, send):
        def press(who="instructor", of="poster"):
            client, place = (
                client_of(scene.people[who]),
                f"/members/{make.seat(course, scene.people[of]).public_id}",
            )
            return send(client, "/settings", f"{place}/data")

        return press

    @pytest.mark.parametrize(("who", "status"), MATRIX.items())
    def test_staff_in_whose_care_they_are_and_it_is_noted(self, take, scene, who, status):
        assert take(who).status_code == status
        noted = [(one.step, one.by_id, one.student_id) for one in db.session.query(Viewing)]
        by, of = scene.people[who].id, scene.people["poster"].id
        assert noted == ([(ViewingStep.EXPORTED, by, of)] if status == 200 else [])

    @pytest.mark.usefixtures("drafts")
    def test_it_is_what_the_student_sees_without_what_is_theirs_alone(self, make, take, scene, own):
        maya = scene.people["poster"]
        other = make.course(title="Evening pottery")
        enrol(other, maya, Role.STUDENT)
        make.post(make.project(other, "A bowl"), maya, text="Clay.")
        hidden = scene.hidden["an unpublished file"]["file_id"]
        db.session.query(PostFile).filter_by(public_id=hidden).one().name = f"{SECRET}.png"
        db.session.commit()
        archive = opened(take())
        text = everything(archive) + "\n".join(archive.namelist())
        for words in (SECRET, "pottery", "A bowl", "Clay."):
            assert words not in text, words
            assert words in everything(own("poster")) + "\n".join(own("poster").namelist()), words
        assert "json/sessions.json" not in archive.namelist()
        assert not {"zone", "password"} & {*rows(archive, "profile")[0]}
        assert "Drafts and settings are yours alone" in archive.read("README.txt").decode()
        assert rows(archive, "viewings")[0]["by"] == "Adaeze Okafor"

    def test_pseudonyms_stay_pseudonyms_although_staff_know_them(self, take, project):
        project.anonymity = Anonymity.PSEUDONYMOUS
        db.session.commit()
        archive = opened(take())
        assert "Jonas" not in everything(archive)
        assert rows(archive, "comments_received")[0]["from"]

    def test_a_get_is_not_enough_and_no_foreign_press(self, make, client_of, scene, course):
        place = f"/members/{make.seat(course, scene.people['poster']).public_id}/data"
        client = client_of(scene.people["instructor"])
        assert client.get(place).status_code == 405
        assert client.post(place).status_code == 422
        assert db.session.query(Viewing).count() == 0


def test_its_tables_are_neutral_too(scene, own):
    for comment in db.session.query(Comment):
        comment.body = "=1+1"
    db.session.commit()
    archive = own("poster")
    for name in (name for name in archive.namelist() if name.startswith("tables/")):
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
            assert not any(one.startswith(("=", "@")) for one in row), name
    assert rows(archive, "comments_received")[0]["text"] == "=1+1"


class TestReasons:
    def test_those_received_only_as_far_as_they_were_told(self, own, scene):
        """What was given stands there whole; what waits is in nobody else's file, and never whose it was."""
        assert rows(own("poster"), "reasons_given")[0]["kind"] == "showed_where"
        assert rows(own("writer"), "reasons_received") == []
        db.session.query(Reason).update({"told_at": now()})
        db.session.commit()
        told = rows(own("writer"), "reasons_received")
        assert [(one["kind"], one["times"]) for one in told] == [("showed_where", 1)]
        assert set(told[0]) == {"course", "kind", "times"}
