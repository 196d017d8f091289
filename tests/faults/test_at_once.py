"""Many at once, on real connections: the last minute, two repairs of the pairing, deciding and rewriting."""

import re
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.accounts.commands import start_session
from classroom.boards import commands as boards
from classroom.boards.models import Board, Reveal
from classroom.comments.commands import Written, post_comment
from classroom.comments.models import Comment, Pairing
from classroom.comments.pairing_work import repair
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db, writing
from classroom.courses.commands import remove_member
from classroom.courses.models import Course, Membership
from classroom.moderation.models import Case
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import LatePolicy, PairingPolicy, Project
from classroom.projects.rules import GRACE
from tests.factories import Make
from tests.faults.kills import GOOD

RUDE = "You are an idiot, and so is the menu at the bottom of this page."
RUDER = "Only a moron hides the menu at the bottom; you are an idiot, as ever."
BASE = {"base_url": "http://127.0.0.1"}
CLASS = 40


def all_at_once(works):
    """Each in a thread of its own, begun together; what they answered, in order."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        gate.wait()
        answers[number] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@contextmanager
def unit(app):
    """A unit of work as a request has it."""
    with app.app_context(), app.test_request_context(), writing():
        yield
        db.session.commit()
        db.session.remove()


def course_of(begun):
    return db.session.scalars(select(Course).where(Course.public_id == begun.ids["course"])).one()


def signed_in(begun, app, name):
    """To be called outside of a unit: an app context that stands is shared with the requests in it."""
    client = app.test_client()
    key, value = begun.cookie(name, app).split("=", 1)
    client.set_cookie(key, value, domain="127.0.0.1")
    return client


def token_on(client, page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page, **BASE).text)[1]


def test_a_class_posts_in_the_last_seconds_and_one_rule_decides(begun):
    """Each at a moment of their own around the end, eight at once: in until then, and refused after."""
    with begun.app() as app:
        with unit(app):
            make, course = Make(), course_of(begun)
            end = now() + timedelta(hours=1)
            project = make.project(
                course, "The last minute", post_by=end - GRACE, late=LatePolicy.CLOSED, post_first=False
            )
            for number in range(CLASS):
                begun.tokens[f"late {number}"] = start_session(
                    make.student(course, f"Late {number}"), "a test"
                )
            page = f"/projects/{project.public_id}/post"
        sending = []
        for number in range(CLASS):
            client = signed_in(begun, app, f"late {number}")
            form = {"csrf_token": token_on(client, page), "then": "publish", "version": "0"}
            form |= {
                "text": f"# The page of number {number}\n\nIt begins behind the school.",
                "once": "one",
            }
            sending.append((client, form, end + timedelta(seconds=number - CLASS / 2 + 0.5)))

        def send(client, form, at):
            with clock.at(at):
                return client.post(page, data=form, **BASE).status_code

        works = [lambda one=one: [send(*one), send(*one)] for one in sending]
        answers = [pair for start in range(0, CLASS, 8) for pair in all_at_once(works[start : start + 8])]
        in_time = [at <= end for _client, _form, at in sending]
        assert answers == [[303, 303] if fine else [422, 422] for fine in in_time]
        with unit(app):
            asked = select(Post).join(Project).where(Project.title == "The last minute")
            posts = db.session.scalars(asked).all()
            assert len([post for post in posts if post.state is State.VISIBLE]) == CLASS // 2
            revisions = db.session.scalars(
                select(Revision.post_id).where(Revision.post_id.in_([post.id for post in posts]))
            ).all()
            assert len(revisions) == len(set(revisions)) == CLASS // 2
            kept = [post for post in posts if post.state is State.DRAFT]
            assert len(kept) == CLASS // 2, "those who came too late have their words"
            assert all("behind the school" in post.draft_text for post in kept)


@pytest.fixture
def room(begun):
    """Twelve who have posted; nobody is asked yet."""
    with begun.app() as app:
        with unit(app):
            make = Make()
            course = make.course(title="Twelve")
            project = make.project(
                course, pairing=PairingPolicy.ASSIGNED, comments_wanted=3, post_first=False
            )
            people = [make.student(course, f"Number {n}") for n in range(12)]
            for person in people:
                make.post(project, person)
            found = project.id, [person.id for person in people]
        yield app, *found


def pairings(project_id):
    rows = db.session.execute(
        select(Pairing.commenter_id, Post.author_id, Pairing.post_id)
        .join(Post, Post.id == Pairing.post_id)
        .where(Pairing.project_id == project_id, Pairing.released_at.is_(None))
    ).all()
    assert all(row.commenter_id != row.author_id for row in rows), "nobody their own"
    assert len({(row.commenter_id, row.post_id) for row in rows}) == len(rows), "nobody twice"
    return Counter(row.commenter_id for row in rows), Counter(row.post_id for row in rows)


def test_two_repairs_of_the_pairing_at_once(room):
    app, project_id, people = room

    def mend():
        with unit(app):
            repair(project_id)

    all_at_once([mend] * 4)
    with unit(app):
        given, received = pairings(project_id)
        assert [given[person] for person in people] == [3] * 12
        assert set(received.values()) == {3}


def test_a_student_leaves_while_the_pairing_is_mended(room):
    app, project_id, people = room

    def leave():
        with unit(app):
            remove_member(
                db.session.scalars(select(Membership).where(Membership.person_id == people[0])).one()
            )

    def mend():
        with unit(app):
            repair(project_id)

    all_at_once([mend, leave, mend])
    mend()
    with unit(app):
        given, received = pairings(project_id)
        assert people[0] not in given
        assert [given[person] for person in people[1:]] == [3] * 11
        assert min(received.values()) >= 2


@pytest.mark.parametrize("turn", range(4))
def test_approving_and_rewriting_at_once_never_shows_what_nobody_read(begun, turn):
    with begun.app() as app:
        with unit(app):
            make, course = Make(), course_of(begun)
            project = make.project(course, f"Turn {turn}", post_first=False)
            author, writer = make.student(course, "Ada"), make.student(course, "Bo")
            comment = post_comment(writer.id, make.post(project, author), Written(RUDE))
            assert comment.state is State.HELD
            begun.tokens["bo"] = start_session(writer, "a test")
            comment_id = comment.public_id
            case_id = db.session.scalars(select(Case.public_id).where(Case.subject_id == comment.id)).one()
        staff, bo = signed_in(begun, app, "teacher"), signed_in(begun, app, "bo")
        edit = f"/comments/{comment_id}/edit"
        form = {"csrf_token": token_on(bo, edit), "body": RUDER, "version": "1", "then": "leave"}
        shown = re.search(r'name="version"[^>]*value="(\d+)"', bo.get(edit, **BASE).text)
        form["version"] = shown[1] if shown else "1"
        shown = staff.get(f"/cases/{case_id}", **BASE).text
        press = dict(re.findall(r'name="(csrf_token|read)"[^>]*value="([^"]+)"', shown))
        assert press.keys() == {"csrf_token", "read"}
        works = [
            lambda: staff.post(f"/cases/{case_id}/approval", data=press, **BASE).status_code,
            lambda: bo.post(edit, data=form, **BASE).status_code,
        ]
        answers = all_at_once(works if turn % 2 else works[::-1])
        assert set(answers) <= {303, 409, 503}  # 503: PostgreSQL ends one of two that wait for one another
        assert 303 in answers
        with unit(app):
            row = db.session.scalars(select(Comment).where(Comment.public_id == comment_id)).one()
            assert (row.body, row.state) in {(RUDE, State.VISIBLE), (RUDER, State.HELD)}


def test_the_same_comment_pressed_in_two_tabs(begun):
    with begun.app() as app:
        page = f"/posts/{begun.ids['post']}"
        noor = signed_in(begun, app, "noor")
        form = {"csrf_token": token_on(noor, page), "body": GOOD, "once": "same press"}
        clients = [signed_in(begun, app, "noor") for _ in range(6)]
        for client in clients:
            client.set_cookie(
                "classroom", noor.get_cookie("classroom", "127.0.0.1").value, domain="127.0.0.1"
            )
        answers = all_at_once(
            [lambda one=one: one.post(f"{page}/comments", data=form, **BASE).status_code for one in clients]
        )
        assert set(answers) <= {303, 409}
        assert 303 in answers
        with unit(app):
            made = db.session.scalars(select(Comment.id).where(Comment.once == "same press")).all()
            assert len(made) == 1


def test_twelve_write_on_a_board_at_once_and_the_last_one_opens_it(begun):
    """Each is counted, and the wall opens once, with all of them on it."""
    with begun.app() as app:
        with unit(app):
            make, course = Make(), course_of(begun)
            plan = boards.Planned(Reveal.COUNT, count=12)
            teacher = make.person("Adaeze Okafor")
            board = boards.open_board(
                course, teacher.id, title="Why?", prompts=["Why?"], once="at once", plan=plan
            )
            url, board_id = f"/boards/{board.public_id}", board.id
            for number in range(12):
                begun.tokens[f"shy {number}"] = start_session(make.student(course, f"Shy {number}"), "a test")
        sending = []
        for number in range(12):
            client = signed_in(begun, app, f"shy {number}")
            form = {"csrf_token": token_on(client, url), "column": "1", "body": f"Reason {number}"}
            sending.append((client, {**form, "once": f"note {number}"}))
        works = [
            lambda one=one: one[0].post(f"{url}/notes", data=one[1], **BASE).status_code for one in sending
        ]
        assert all_at_once(works) == [303] * 12
        with unit(app):
            board = db.session.get(Board, board_id)
            assert board.written == 12
            assert board.revealed_at is not None
        assert all(f"Reason {number}" in sending[0][0].get(url, **BASE).text for number in range(12))
