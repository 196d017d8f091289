"""A course taken out: every table, the texts and files, for its instructors; no draft and no formula."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import insert

from classroom.comments.commands_labels import label, rest_rule
from classroom.comments.models import Comment, Thanks, ThanksKind
from classroom.core import storage
from classroom.core.db import db
from classroom.courses.commands_viewing import begin_viewing
from classroom.courses.models import Course
from classroom.insights.exports.bundle import cell, fit
from classroom.insights.exports.course import whoever_runs_it, write_course
from classroom.lessons.models import LessonJudgement, LessonProgress
from classroom.moderation.models import Flag, Subject
from classroom.plans.commands_replies import reply as reply_to_plan
from classroom.posts.models import Post, PostFile, Revision
from tests.access import scene as scenes

SECRET = "words that only I have seen so far"
# Tables of a course that its ZIP does not hold under a name of their own, and why.
ELSEWHERE = {
    "memberships": "people",
    "sections": "people",
    "assistant_sections": "people",
    "prompts": "projects",
    "post_files": "files",
    "revision_files": "files",
    "examples": "rulings",
    "situations": "questions",
    "self_reports": "between a student and the instructors: in the student's own data",
    "self_report_entries": "the same",
    "self_report_terms": "what_is_promised",
    "situation_turns": "question_answers",
    "example_readings": "figures of one page, without anyone in them",
    "flags": "reports",
    "board_columns": "board_notes",
    "board_me_toos": "board_notes counts them; who feels the same is told to nobody",
    "lessons": "lesson",
    "lesson_steps": "lesson",
    "lesson_marks": "lesson_progress",
    "lesson_texts": "only their writers read them: each person's own data",
    "notices": "each person's own news, in their own data",
    "interests": "what someone follows or mutes is told to nobody: each person's own data",
    "last_reads": "shown to nobody else: each person's own data",
    "roster_imports": "a file on its way in; what it did is in people",
}


@pytest.fixture
def scene(make):
    return scenes.build(make)


@pytest.fixture
def course(scene):
    return db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()


@pytest.fixture
def url(scene):
    return f"/courses/{scene.values['course_id']}/export.zip"


@pytest.fixture
def taken(client_of, scene, url):
    def take(who="instructor", place=url):
        answer = client_of(scene.people[who]).get(place)
        assert answer.status_code == 200
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        assert archive.testzip() is None
        return archive

    return take


def table(archive, name):
    text = archive.read(f"tables/{name}.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def tables(archive):
    return [name for name in archive.namelist() if name.startswith("tables/")]


def workbook(archive, part):
    """One part of the workbook, as XML."""
    with zipfile.ZipFile(io.BytesIO(archive.read("tables.xlsx"))) as book:
        return book.read(f"xl/{part}.xml").decode()


def sheets_of(archive):
    return re.findall(r'<sheet name="([^"]+)"', workbook(archive, "workbook"))


def everything(archive):
    return b"".join(archive.read(name) for name in archive.namelist())


class TestWhatIsInIt:
    def test_one_of_everything(self, make, scene, course, taken):
        """The scene has one of nearly everything; what it has not is added here."""
        people, comment = scene.people, db.session.query(Comment).first()
        values = {"course_id": course.id, "subject": Subject.COMMENT, "subject_id": comment.id}
        db.session.add(Flag(**values, by_id=people["classmate"].id, reason="unkind"))
        poster = people["poster"].id
        db.session.add(
            Thanks(course_id=course.id, comment_id=comment.id, person_id=poster, kind=ThanksKind.KIND)
        )
        begin_viewing(make.seat(course, people["classmate"]), people["instructor"].id)
        step = {"course_id": course.id, "person_id": poster, "step_key": "does-it-count"}
        db.session.add(LessonProgress(course_id=course.id, person_id=poster))
        db.session.add(LessonJudgement(**step, item_key="retold", counts=False))
        label(comment, fine=True, holds=False, by_id=people["instructor"].id)
        post = db.session.query(Post).filter_by(public_id=scene.values["post_id"]).one()
        reply_to_plan(post, people["instructor"].id, "Begin with the menu.", "1")
        rest_rule(course.id, "filler", people["instructor"].id)
        archive = taken()
        names = {name.removeprefix("tables/").removesuffix(".csv") for name in archive.namelist()}
        empty = [
            name for name in names if f"tables/{name}.csv" in archive.namelist() and not table(archive, name)
        ]
        assert empty == []
        for name in (name for name in archive.namelist() if name.startswith("tables/")):
            stem = name[len("tables/") : -len(".csv")]
            rows = json.loads(archive.read(f"json/{stem}.json"))
            assert len(rows) == len(table(archive, stem)), stem
            assert not rows or list(rows[0]) == list(table(archive, stem)[0]), stem
        assert sheets_of(archive) == [name[len("tables/") : -len(".csv")] for name in tables(archive)]
        work = {row["id"]: row for row in table(archive, "posts")}
        assert work[scene.values["post_id"]]["author_name"] == "Maya Ramanathan"
        said = {row["id"]: row for row in table(archive, "comments")}
        assert said[scene.values["comment_id"]]["text"] == scenes.GOOD
        assert said[scene.values["comment_id"]]["counts"] == "yes"
        assert said[scene.values["comment_id"]]["thanks"] == "1"
        assert table(archive, "replies")[0]["text"] == scenes.ANSWER

    def test_texts_and_files(self, scene, taken):
        archive = taken()
        post, file = scene.values["post_id"], scene.values["file_id"]
        assert archive.read(f"posts/{post}/revision-1.md").startswith(
            b"# A bakery before the buses\n\nThe bakery"
        )
        assert archive.read(f"posts/{post}/revision-2.md").endswith(b"The menu is on top now.\n")
        assert archive.read(f"posts/{post}/{file}-maya-map.png") == b"\x89PNG"
        assert archive.read(f"materials/{scene.values['material_id']}/map.txt") == b"Take the blue line."
        places = {row["file"] for row in table(archive, "files")} | {
            row["text"] for row in table(archive, "revisions")
        }
        assert places <= set(archive.namelist())

    def test_every_table_of_a_course_has_its_place(self, taken):
        """A new table: give it a sheet in `insights/exports`, or say here where it is or why it is not."""
        kept = {name[len("tables/") : -len(".csv")] for name in taken().namelist() if "tables/" in name}
        tables = {one.name for one in db.metadata.sorted_tables if "course_id" in one.columns}
        assert tables - kept - set(ELSEWHERE) == set()

    def test_the_dictionary_names_every_column(self, taken):
        archive = taken()
        words = archive.read("README.txt").decode()
        for name in (name for name in archive.namelist() if name.startswith("tables/")):
            heading = archive.read(name).decode("utf-8-sig").split("\r\n")[0].split(",")
            stem = name[len("tables/") : -len(".csv")]
            part = words.partition(f"\r\n{stem}\r\n{'-' * len(stem)}\r\n")[2].strip().partition("\r\n\r\n")[0]
            assert [line.strip().partition(":")[0] for line in part.split("\r\n")[1:]] == heading

    def test_drafts_are_not_in_it(self, scene, taken):
        post = db.session.query(Post).filter_by(public_id=scene.values["post_id"]).one()
        post.draft_title = post.draft_text = post.draft_help = SECRET
        hidden = scene.hidden["an unpublished file"]["file_id"]
        db.session.query(PostFile).filter_by(public_id=hidden).one().name = f"{SECRET}.png"
        begun = db.session.query(Post).filter_by(public_id=scene.hidden["a draft post"]["post_id"]).one()
        begun.draft_text = begun.title = SECRET
        unsent = scene.hidden["an unsent comment"]["comment_id"]
        db.session.query(Comment).filter_by(public_id=unsent).one().body = SECRET
        db.session.commit()
        archive = taken()
        assert SECRET.encode() not in everything(archive)
        assert not [name for name in archive.namelist() if SECRET in name or hidden in name]
        assert unsent not in {row["id"] for row in table(archive, "comments")}

    def test_another_course_is_not_in_it(self, make, taken):
        other = make.course(title="Evening pottery")
        make.post(make.project(other, "A bowl"), make.student(other, "Otto Keller"), text="Clay.")
        db.session.commit()
        found = everything(taken())
        for words in (b"pottery", b"A bowl", b"Otto Keller", b"Clay."):
            assert words not in found

    def test_a_lost_file_is_told_and_the_rest_is_there(self, scene, taken):
        file = db.session.query(PostFile).filter_by(public_id=scene.values["file_id"]).one()
        storage.store().delete(file.key)
        archive = taken()
        place = f"posts/{scene.values['post_id']}/{file.public_id}-maya-map.png"
        assert place not in archive.namelist()
        assert place in archive.read("README.txt").decode().partition("not to be found")[2]


class TestCells:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1+1", "'＝1+1"),
            (-3, -3),
            (2.5, 2.5),
            ("-3", "-3"),
            ("0012", "0012"),
            (None, ""),
            (True, "yes"),
            (["a", "b"], "a; b"),
            (["=1", "b"], "'=1; b"),
            ({"a": 1}, '{"a": 1}'),
            ("two\nlines", "two\nlines"),
        ],
    )
    def test_words_are_no_formula_and_numbers_stay(self, value, found):
        assert cell(value) == found

    def test_a_cell_of_the_workbook_is_no_longer_than_it_may_be(self, scene, taken):
        db.session.query(Comment).first().body = "x" * 40_000
        db.session.commit()
        archive = taken()
        assert "x" * 40_000 in archive.read("tables/comments.csv").decode()
        found = workbook(archive, f"worksheets/sheet{sheets_of(archive).index('comments') + 1}")
        assert max(len(run) for run in re.findall("x+", found)) == 32_767

    @pytest.mark.parametrize("words", ['=HYPERLINK("http://evil.example")', "+1", "@x", "-2+3"])
    def test_in_every_table(self, scene, taken, words):
        for row in db.session.query(Comment):
            row.body = row.quote = words
            row.quote_start = 0
        for person in scene.people.values():
            person.name = person.called = words
        db.session.query(Revision).update({"title": words})
        db.session.commit()
        archive = taken()
        for name in (name for name in archive.namelist() if name.startswith("tables/")):
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
                for one in row:
                    assert not one.startswith(("=", "@", "\t", "\r")), (name, one)
                    assert (one == words and words == "+1") or not one.startswith(("+", "-")), (name, one)
        assert json.loads(archive.read("json/comments.json"))[0]["text"] == words
        for number, name in enumerate(sheets_of(archive), 1):
            sheet = workbook(archive, f"worksheets/sheet{number}")
            assert "<f>" not in sheet
            assert name != "comments" or escape(words) in sheet

    @pytest.mark.parametrize(
        ("name", "place"),
        [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\\b:c?.png", "a_b_c_.png"),
            ("...", "file"),
            ("日本.pdf", "日本.pdf"),
            ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ],
    )
    def test_a_files_name_leads_out_of_no_folder(self, name, place):
        assert fit(name) == place


class TestWhoMay:
    EXPECTED = {
        "instructor": 200,
        "assistant of all": 403,
        "assistant": 403,
        "other assistant": 403,
        "classmate": 403,
        "observer": 403,
        "elsewhere's instructor": 404,
    }

    def test_instructors_alone(self, client_of, scene, url):
        assert {
            who: client_of(scene.people[who]).get(url).status_code for who in self.EXPECTED
        } == self.EXPECTED

    def test_the_download_tells_nothing_and_stays_nowhere(self, client_of, scene, url, course):
        course.title = "Naked Ambition: 1848"
        answer = client_of(scene.people["instructor"]).get(url)
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="course-2')
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"] == "application/zip"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert zipfile.ZipFile(io.BytesIO(answer.data)).read("README.txt").startswith(b"Naked Ambition")


class TestALargeCourse:
    def test_statements_do_not_grow_with_the_class(self, make, count_queries):
        def cost(students):
            course = make.course()
            project = make.project(course)
            for number in range(students):
                make.post(project, make.student(course, f"Student {number}"))
            with count_queries() as seen:
                write_course(whoever_runs_it(course), course, io.BytesIO())
            return len(seen)

        assert cost(2) == cost(12)

    def test_the_rows_are_never_all_in_memory(self, make, tmp_path):
        course = make.course()
        project, writer = make.project(course), make.student(course)
        post = make.post(project, make.student(course))
        revision = db.session.query(Revision).filter_by(post_id=post.id).one()
        same = {"course_id": course.id, "project_id": project.id, "post_id": post.id, "author_id": writer.id}
        body = "The menu is at the bottom. " * 800  # 21 kB
        rows = [
            {
                **same,
                "revision_id": revision.id,
                "body": body,
                "state": "visible",
                "version": 1,
                "once": str(n),
            }
            for n in range(3000)
        ]
        db.session.execute(insert(Comment), rows)
        db.session.expunge_all()
        del rows
        course = db.session.get_one(Course, course.id)
        with (tmp_path / "course.zip").open("wb") as out:
            tracemalloc.start()
            write_course(whoever_runs_it(course), course, out)
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert most < 16_000_000  # of 64 MB of text
        with zipfile.ZipFile(tmp_path / "course.zip") as archive:
            assert len(json.loads(archive.read("json/comments.json"))) == 3000
