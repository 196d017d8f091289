"""The editor: drafts that save themselves, two tabs, publishing once, the receipt, revisions, taking back."""

import re
from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.guidelines import commands as guidelines
from classroom.posts.commands import move_post
from classroom.posts.models import Post, Revision
from classroom.posts.states import State
from classroom.projects.models import Anonymity, LatePolicy, Wanted

TEXT = "# A bakery before the buses\n\nThe bakery on Linden Street opens at half past three."


@pytest.fixture
def course(make):
    return make.course(make.person("Adaeze Okafor"))


@pytest.fixture
def project(make, course):
    return make.project(course, post_by=now() + timedelta(days=2))


@pytest.fixture
def maya(make, course):
    return make.student(course, "Maya Adler")


def editor(project):
    return f"/projects/{project.public_id}/post"


def version_in(page):
    return re.search(r'name="version" value="(\d*)"', page.text)[1]


def posts():
    return db.session.query(Post).all()


def test_from_an_empty_page_to_a_receipt(client_of, send, project, maya):
    client = client_of(maya)
    assert 'class="who"' in client.get(editor(project)).text
    assert posts() == []
    answer = send(client, editor(project), text=TEXT, then="publish")
    assert answer.status_code == 303
    (post,) = posts()
    assert (post.state, post.title, post.revision_number) == (State.VISIBLE, "A bakery before the buses", 1)
    receipt = client.get(answer.location)
    assert receipt.status_code == 200
    assert db.session.query(Revision).one().digest[:8] in receipt.text


def test_pressing_twice_posts_once(client_of, send, project, maya):
    client = client_of(maya)
    once = re.search(r'name="once"[^>]*value="([^"]+)"', client.get(editor(project)).text)[1]
    first = send(client, editor(project), text=TEXT, then="publish", once=once)
    second = send(client, editor(project), text=TEXT, then="publish", once=once)
    assert first.location == second.location
    assert db.session.query(Revision).count() == 1


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(client_of, send, project, maya):
    project.wants_link = Wanted.REQUIRED
    client = client_of(maya)
    refused = send(client, editor(project), text=TEXT, link="", then="publish")
    assert refused.status_code == 422
    assert "half past three" in refused.text
    assert 'id="link-error"' in refused.text
    assert posts()[0].state is State.DRAFT
    assert "half past three" in client.get(editor(project)).text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org", "not a link", "data:text/html,x"]
)
def test_only_addresses_of_the_web_are_links(client_of, send, project, maya, link):
    project.wants_link = Wanted.OPTIONAL
    refused = send(client_of(maya), editor(project), text=TEXT, link=link, then="publish")
    assert refused.status_code == 422
    assert posts()[0].state is State.DRAFT


class TestDrafts:
    def test_the_page_saves_by_itself_and_says_when(self, client_of, send, project, maya):
        client = client_of(maya)
        saved = send(client, editor(project), f"{editor(project)}/draft", text="The bakery", version="0")
        assert saved.status_code == 200
        assert re.fullmatch(r"\d\d:\d\d", saved.json["saved"])
        assert "The bakery" in client.get(editor(project)).text

    def test_the_second_tab_keeps_both_texts(self, client_of, send, project, maya):
        client = client_of(maya)
        first = client.get(editor(project))
        send(
            client,
            editor(project),
            f"{editor(project)}/draft",
            text="From the phone",
            version=version_in(first),
        )
        lost = send(
            client,
            editor(project),
            f"{editor(project)}/draft",
            text="From the desk",
            version=version_in(first),
        )
        assert lost.status_code == 409
        assert "From the phone" in lost.text
        page = send(client, editor(project), text="From the desk", version=version_in(first), then="publish")
        assert page.status_code == 409
        assert "From the phone" in page.text
        assert "From the desk" in page.text
        assert posts()[0].draft_text == "From the phone"

    def test_signed_out_while_writing(self, visitor, project):
        answer = visitor.post(
            f"{editor(project)}/draft", data={"text": "x"}, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 401

    def test_the_preview_saves_nothing(self, client_of, send, project, maya):
        client = client_of(maya)
        piece = send(
            client, editor(project), f"{editor(project)}/preview", text="**loud** <script>x</script>"
        )
        assert "<strong>loud</strong>" in piece.text
        assert "<script>" not in piece.text
        assert posts() == []

    def test_without_scripts_the_preview_is_a_page_that_keeps_the_text(self, client_of, send, project, maya):
        page = send(client_of(maya), editor(project), text="**loud**", then="preview")
        assert "<strong>loud</strong>" in page.text
        assert "**loud**" in page.text


class TestTime:
    def test_late_is_marked(self, client_of, send, project, maya):
        project.post_by = now() - timedelta(hours=1)
        assert "marked as late" in client_of(maya).get(editor(project)).text
        send(client_of(maya), editor(project), text=TEXT, then="publish")
        assert posts()[0].late

    def test_closed_is_refused_kindly_and_keeps_the_text(self, client_of, send, project, maya):
        project.post_by, project.late = now() - timedelta(hours=1), LatePolicy.CLOSED
        refused = send(client_of(maya), editor(project), text=TEXT, then="publish")
        assert refused.status_code == 422
        assert "half past three" in refused.text
        assert posts()[0].state is State.DRAFT

    def test_before_it_opens_there_is_nothing(self, client_of, project, maya):
        project.opens_at = now() + timedelta(days=1)
        assert client_of(maya).get(editor(project)).status_code == 404


class TestRevisions:
    def test_a_new_revision_keeps_the_old_one_and_shows_what_changed(self, client_of, send, project, maya):
        client = client_of(maya)
        send(client, editor(project), text=TEXT, then="publish")
        version = version_in(client.get(editor(project)))
        text = TEXT.replace("half past three", "four")
        assert send(client, editor(project), text=text, version=version, then="publish").status_code == 303
        (post,) = posts()
        assert post.revision_number == 2
        changes = client.get(f"/posts/{post.public_id}/changes")
        assert changes.status_code == 200
        assert "half past three" in changes.text
        assert "<ins>" in changes.text
        assert client.get(f"/posts/{post.public_id}/changes?from=1&to=9").status_code == 404

    def test_taking_back_and_posting_again(self, client_of, send, project, maya):
        client = client_of(maya)
        send(client, editor(project), text=TEXT, then="publish")
        (post,) = posts()
        send(client, editor(project), f"/posts/{post.public_id}/withdrawal")
        assert posts()[0].state is State.WITHDRAWN
        version = version_in(client.get(editor(project)))
        send(client, editor(project), text=TEXT, version=version, then="publish")
        assert posts()[0].state is State.VISIBLE


def test_nobody_posts_before_agreeing_and_the_draft_is_kept(client_of, send, make, course, project, maya):
    draft = guidelines.begin_draft(course, from_starter=True)
    guidelines.publish(draft, make.member(course, Role.INSTRUCTOR).id, major=True)
    client = client_of(maya)
    away = client.get(editor(project))
    assert away.status_code == 303
    assert "/guidelines/acknowledgement?next=" in away.location


def test_a_blind_project_says_so_and_warns_of_ones_own_name(client_of, send, project, maya):
    project.anonymity = Anonymity.PSEUDONYMOUS
    page = send(client_of(maya), editor(project), text="I, Maya Adler, went to the bakery.", then="preview")
    assert "Classmates would know" in page.text or "contains your name" in page.text


def test_who_may(make, client_of, visitor, send, course, project, maya):
    send(client_of(maya), editor(project), text=TEXT, then="publish")
    (post,) = posts()
    section = make.section(course, "B")
    staff = make.member(course, Role.INSTRUCTOR)
    classmate = make.student(course)
    make.post(project, classmate)
    people = [
        maya,
        classmate,
        staff,
        make.member(course, Role.ASSISTANT, section=section),
        make.member(course, Role.OBSERVER),
        make.person(),
    ]
    expected = {
        editor(project): [200, 200, 403, 403, 403, 404],
        f"/posts/{post.public_id}/receipt": [200, 403, 403, 404, 403, 404],
        f"/posts/{post.public_id}/changes?from=1&to=1": [200, 200, 200, 404, 200, 404],
    }
    for url, statuses in expected.items():
        assert [client_of(person).get(url).status_code for person in people] == statuses, url
        assert visitor.get(url).status_code == 302


def test_the_editor_costs_few_statements(client_of, send, count_queries, project, maya):
    client = client_of(maya)
    send(client, editor(project), text=TEXT, then="publish")
    for url in (editor(project), f"/posts/{posts()[0].public_id}/receipt"):
        with count_queries() as seen:
            assert client.get(url).status_code == 200
        assert len(seen) <= 8, "\n".join(seen)


def test_what_came_back_says_why_and_is_posted_again(
    make, client_of, send, count_queries, course, project, maya
):
    client, staff = client_of(maya), make.member(course, Role.INSTRUCTOR, "Adaeze Okafor")
    send(client, editor(project), text=TEXT, then="publish")
    (post,) = posts()
    move_post(
        post,
        State.RETURNED,
        actor_id=staff.id,
        reason="leak",
        note="Please leave the third answer out.",
        clause_number=2,
    )
    with count_queries() as seen:
        page = client.get(editor(project))
    assert len(seen) <= 8, seen
    for words in ("came back to you", "Adaeze Okafor", "Please leave the third answer out.", "#clause-2"):
        assert words in page.text
    answer = send(client, editor(project), text="Shorter.", version=version_in(page), then="publish")
    assert answer.status_code == 303
    assert posts()[0].state is State.VISIBLE


def test_a_heading_that_is_the_title_is_not_shown_twice(client_of, send, project, maya):
    send(client_of(maya), editor(project), text=TEXT, then="publish")
    revision = db.session.query(Revision).one()
    assert revision.title == "A bakery before the buses"
    assert "A bakery" not in revision.html
    assert revision.text == "A bakery before the buses\nThe bakery on Linden Street opens at half past three."
    assert revision.source == TEXT


def test_an_old_page_says_so_and_loses_nothing(client_of, project, maya):
    with clock.at(now()):
        refused = client_of(maya).post(editor(project), data={"text": TEXT, "then": "publish"})
    assert refused.status_code == 422
    assert "half past three" in refused.text
