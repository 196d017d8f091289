"""The matrix and one student's page: one definition of what counts and is owed, every state an address."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, move, post_comment
from classroom.comments.commands_threads import mark_acted_on, thank
from classroom.comments.coverage import coverage_for, figures_of
from classroom.comments.models import ThanksKind
from classroom.comments.queries_participation import participants, turnouts
from classroom.core.db import db
from classroom.courses.commands import remove_member
from classroom.following.commands import choose
from classroom.following.models import Stance, Thing
from classroom.help_requests.commands import ask
from classroom.help_requests.commands_answers import answer, mark_helped
from classroom.help_requests.models import Level
from classroom.help_requests.placing import Asked, Place
from classroom.insights.matrix import lines_of
from classroom.insights.moves import growth
from classroom.insights.queries_matrix import begun_projects
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import PairingPolicy, ProjectState
from classroom.projects.rules import Phase
from tests.comments.conftest import RUDE, build

WHO = {
    "instructor": 200, "assistant": 200, "other_assistant": 200, "author": 403, "writer": 403,
    "classmate": 403, "observer": 403, "stranger": 404,
}  # fmt: skip


@pytest.fixture
def group(make, monday):
    """In the first project the writer is done and celebrated; the second is late for him and Ida."""
    group = build(make, comments_wanted=1, pairing=PairingPolicy.OPEN, comment_by=monday + timedelta(days=2))
    said = group.say()
    thank(said, group.author.id, ThanksKind.USEFUL)
    mark_acted_on(said, 1)
    highlight(said, group.instructor.id, why="It says where and why.", moves=["suggestion"])
    second = make.project(
        group.course, "An interview", comments_wanted=2, post_by=monday - timedelta(days=1), post_first=False
    )
    make.post(second, group.author)
    later = {Phase.POST: monday + timedelta(days=9)}
    give_extension(second, group.classmate.id, later, by_id=group.instructor.id)
    make.project(group.course, "Not yet", state=ProjectState.DRAFT, published_at=None)
    make.project(group.course, "Next month", opens_at=monday + timedelta(days=30))
    ida = make.student(group.course, "Ida Berg", make.section(group.course, "C"))
    group.extras |= {"second": second, "ida": ida, "said": said}
    group.extras["work"] = {
        name: f"/members/{make.seat(group.course, who).public_id}/work"
        for name, who in {"writer": group.writer, "ida": ida, "staff": group.assistant}.items()
    }
    return group


@pytest.fixture
def url(group):
    return f"/courses/{group.course.public_id}/participation"


def names(text):
    """The students of the table, as they stand."""
    found = re.findall(r'<tr data-item.*?<a class="name"[^>]*>(.*?)</a>', text, re.DOTALL)
    return [unescape(one).split()[0] for one in found]


def test_who_sees_the_pages_and_whom(group, url, client_of):
    theirs = group.extras["work"]["writer"]
    for who, status in WHO.items():
        client = client_of(group.who(who))
        shown = client.get(url)
        assert (who, shown.status_code) == (who, status)
        assert (shown.text.count("<tr data-item") == 0) == (who not in {"instructor", "assistant"})
        assert ("Ida Berg" in shown.text) == (who == "instructor")
        alone = {"observer": 404, "author": 404, "writer": 404, "classmate": 404, "other_assistant": 404}
        assert (who, client.get(theirs).status_code) == (who, alone.get(who, status))
        assert client.get(f"{url}/tables").status_code == status
    teacher = client_of(group.instructor)
    assert client_of(group.assistant).get(group.extras["work"]["ida"]).status_code == 404
    assert teacher.get(group.extras["work"]["staff"]).status_code == 404


def test_the_cells_are_what_each_project_says(group, actor_of):
    """Several projects read at once, and each of them alone: the same people, figures and coverage."""
    actor = actor_of(group.instructor)
    post_comment(group.classmate.id, group.post, Written(RUDE))
    projects = begun_projects(actor, group.course.id)
    assert [one.title for one in projects] == ["Your first home page", "An interview"]
    found = turnouts(actor, projects)
    for place, project in enumerate(projects):
        alone = {one.member.person_id: one for one in participants(actor, project)}
        assert {line.member.person_id: line.cells[place] for line in lines_of(found)} == alone
        rows, figures = coverage_for(actor, project), figures_of(actor, found[place])
        assert (figures.posts, figures.short) == (len(rows.rows), rows.short)
        assert (figures.covered, figures.on_the_way) == (rows.covered, rows.on_the_way)
    assert figures_of(actor, found[0]).covered == 1


def test_every_filter_and_every_order_is_an_address(group, url, client_of):
    client, second = client_of(group.instructor), group.extras["second"].public_id

    def shown(**values):
        return names(client.get(url, query_string=values).text)

    assert shown() == ["Ida", "Jonas", "Maya", "Noor"]
    assert shown(sort="-name") == ["Noor", "Maya", "Jonas", "Ida"]
    assert shown(sort="owed") == ["Ida", "Jonas", "Noor", "Maya"]  # the late first, then by how much
    assert shown(sort="-owed") == ["Maya", "Noor", "Jonas", "Ida"]
    assert shown(sort=second)[:2] == ["Ida", "Jonas"]
    assert shown(show="late") == ["Ida", "Jonas"]
    first = group.project.public_id
    assert shown(show="clear", project=first) == ["Jonas"]
    assert shown(show="owes", project=first, section=group.section.public_id) == ["Maya", "Noor"]
    assert shown(q="berg") == ["Ida"]
    nonsense = {"sort": "quality", "show": "best", "section": "x", "project": "y", "page": "99999"}
    assert shown(**nonsense) == ["Ida", "Jonas", "Maya", "Noor"]
    text = unescape(client.get(f"{url}?show=late&sort={second}&project={second}").text)
    assert f'href="{url}?show=late&project={second}&sort=-{second}"' in text  # the heading turns the order
    assert "Your first home page" not in text[text.index("<thead") : text.index("</thead")]
    assert "Nobody fits “zzzz”" in client.get(f"{url}?q=zzzz").text


def test_a_cell_says_what_became_and_leads_on(group, url, client_of):
    text = unescape(client_of(group.instructor).get(url).text)
    jonas = text[text.index("Jonas Weiszfeld") : text.index("Maya Ramanathan")]
    assert re.search(r"1 of 1.*1 thanked.*1 acted on", jonas, re.DOTALL)
    assert "no post, late" in jonas
    noor = text[text.index("Noor Haddad") :]
    assert "more time" in noor[: noor.index("</tr>")]
    assert f"{group.extras['work']['writer']}#p-{group.project.public_id}" in jonas
    assert f'href="/projects/{group.project.public_id}/people"' in text
    assert f'href="/projects/{group.project.public_id}/coverage?show=short">too few <b>2</b>' in text


def test_a_course_without_projects_or_students_says_so(make, client_of):
    teacher = make.person("Adaeze Okafor")
    course = make.course(teacher)
    client, url = client_of(teacher), f"/courses/{course.public_id}/participation"
    assert "No project has begun" in client.get(url).text
    make.project(course)
    assert "No students yet" in client.get(url).text


def test_the_page_of_a_student_tells_their_story(group, client_of, make):
    place = Place(group.course, group.project)
    asked = ask(group.author.id, place, Asked("I want the menu to be found on a phone."))
    mark_helped(answer(asked, group.writer.id, "What does the first screen show?", level=Level.HINT))
    back = post_comment(group.classmate.id, _post_of(group.writer, group.project), Written(RUDE))
    move(back, State.RETURNED, actor_id=group.instructor.id, reason="returned")
    client, url = client_of(group.instructor), group.extras["work"]["writer"]
    text = unescape(client.get(url).text)
    assert re.search(r'#c-\w+">to Maya Ramanathan: A bakery before the buses</a>', text)
    for said in ("celebrated", "1 thanked", "1 acted on", "from Noor Haddad", "came back", "it helped"):
        assert said in text, said
    assert "helped with: I want the menu" in text
    second = text[text.index(f'id="p-{group.extras["second"].public_id}"') :]
    assert "no post, late" in second[: second.index("</section>")]
    assert "/people/reminders" in second[: second.index("</section>")]
    remove_member(make.seat(group.course, group.writer))
    gone = client.get(url).text
    assert "No longer in the course" in gone
    assert "/people/reminders" not in gone


def _post_of(person, project):
    return db.session.scalars(
        select(Post).where(Post.author_id == person.id, Post.project_id == project.id)
    ).one()


def test_nobody_learns_from_it_what_is_followed_or_muted(group, url, client_of, make):
    """Byte for byte what it was before a classmate mutes the writer and follows a project."""
    client = client_of(group.instructor)
    pages = [url, group.extras["work"]["writer"], f"{url}/matrix.csv", f"{url}/comments.csv"]
    before = [_bare(client.get(page)) for page in pages]
    seat = make.seat(group.course, group.writer)
    choose(group.course.id, group.author.id, Thing.PERSON, seat.public_id, Stance.MUTE)
    choose(group.course.id, group.author.id, Thing.PROJECT, group.project.public_id, Stance.FOLLOW)
    assert [_bare(client.get(page)) for page in pages] == before


def _bare(answer):
    assert answer.status_code == 200
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)


def test_pictures_and_table_of_moves_are_of_one_count():
    monday = datetime(2026, 11, 2, 9, tzinfo=UTC)
    said = [
        (monday, {"reason": True}),
        (monday + timedelta(days=6, hours=8), {"reason": True, "question": True}),  # Sunday evening in Berlin
        (monday + timedelta(days=6, hours=9), {"reason": True}),
        (monday + timedelta(days=21), {"praise": False}),
    ]
    found = growth(said, ("reason", "question"), "Europe/Berlin")
    assert found.comments == (3, 0, 0, 1)
    reason, question = found.smalls
    assert (reason.total, question.total) == (3, 1)
    assert [bar[3] for bar in reason.bars][1:] == [0, 0, 0]
    tall = max(bar[3] for bar in reason.bars)
    assert question.bars[0][3] * 3 == pytest.approx(tall, abs=0.2)
    assert growth(said, ("reason",), "Pacific/Auckland").comments == (1, 2, 0, 1)
    assert growth([], ("reason",), "Europe/Berlin") is None
    long = [(monday + timedelta(weeks=n), {}) for n in range(40)]
    assert len(growth(long, ("reason",), "Europe/Berlin").weeks) == 16


@pytest.mark.parametrize("n", [10, 200, 2000])
def test_pages_and_tables_cost_the_same_in_every_class(make, monday, client_of, count_queries, fill, n):
    group = build(make, pairing=PairingPolicy.OPEN)
    make.project(group.course, "An interview")
    fill(group, n)
    url = f"/courses/{group.course.public_id}/participation"
    work = f"/members/{make.seat(group.course, group.writer).public_id}/work"
    client = client_of(group.instructor)
    costs = {}
    for page in (url, f"{url}?sort=owed&show=owes&page=2", work, f"{url}/tables"):
        with count_queries() as seen:
            answer = client.get(page)
        assert answer.status_code == 200
        costs[page.removeprefix(url)] = len(seen)
    assert list(costs.values()) == [11, 11, 12, 5], costs
    for table in ("matrix.csv", "comments.csv"):
        with count_queries() as seen:
            lines = client.get(f"{url}/{table}").data.count(b"\r\n")
        assert (lines, len(seen)) == {
            "matrix.csv": (1 + 2 * (n + 3), 14),
            "comments.csv": (1 + 2 * n, 5),
        }[table]
