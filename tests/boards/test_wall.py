"""The open wall: me too, groups and answers, what staff decide, and where the wall is taken."""

import csv
import io
from xml.etree import ElementTree

import pytest

from classroom.boards import commands, commands_groups
from classroom.boards.models import BoardGroup, BoardMeToo, NoteState
from classroom.boards.queries_wall import wall_of
from classroom.core.db import db
from classroom.guidelines.queries import draft_version
from tests.boards.conftest import FEARS, RUDE

FEAR = "fear doing something wrong"


@pytest.fixture
def group(scene, opened):
    commands_groups.put_together(scene.board, [opened[0].public_id, opened[1].public_id], title=FEAR)
    db.session.commit()
    return db.session.query(BoardGroup).one()


def me_too(send, client, scene, note):
    return send(client, scene.url, f"/board-notes/{note.public_id}/me-too")


def test_me_too_is_once_each_private_and_counted(scene, opened, client_of, send):
    jonas, kofi = client_of(scene.jonas), client_of(scene.students[3])
    assert me_too(send, jonas, scene, opened[0]).status_code == 303
    me_too(send, kofi, scene, opened[0])
    page = jonas.get(scene.url).text
    assert "Me too, 2" in page
    assert "Me too, 2" in client_of(scene.maya).get(scene.url).text
    assert scene.jonas.name not in client_of(scene.teacher).get(scene.url).text
    me_too(send, jonas, scene, opened[0])
    assert "Me too, 1" in jonas.get(scene.url).text
    assert db.session.query(BoardMeToo).count() == 1


def test_ones_own_note_counts_oneself_already(scene, opened, client_of, send):
    me_too(send, client_of(scene.maya), scene, opened[0])
    assert db.session.query(BoardMeToo).count() == 0


@pytest.mark.parametrize(("who", "status"), [("teacher", 403), ("observer", 403), ("stranger", 404)])
def test_who_does_not_say_me_too(scene, opened, client_of, send, who, status):
    url = f"/board-notes/{opened[0].public_id}/me-too"
    assert send(client_of(getattr(scene, who)), "/settings", url).status_code == status


def test_before_the_reveal_there_is_nothing_to_feel(scene, written, client_of, send):
    assert me_too(send, client_of(scene.jonas), scene, written[0]).status_code == 404


def test_it_says_what_it_found(scene, group, opened, client_of, send):
    """People are counted, not notes: who wrote and said “me too” is one."""
    me_too(send, client_of(scene.students[2]), scene, opened[0])
    me_too(send, client_of(scene.students[2]), scene, opened[1])
    me_too(send, client_of(scene.jonas), scene, opened[0])
    page = client_of(scene.students[4]).get(scene.url).text
    assert f"3 of 5 {FEAR}.</b> You are not alone." in page


def test_an_instructor_groups_by_hand_and_takes_apart_with_undo(scene, opened, client_of, send):
    client, url = client_of(scene.teacher), f"{scene.url}/groups"
    chosen = [opened[0].public_id, opened[1].public_id]
    assert send(client, url, notes=chosen, title=FEAR, group="").status_code == 303
    made = db.session.query(BoardGroup).one()
    assert {note.group_id for note in opened[:2]} == {made.id}
    assert send(client, url, notes=[opened[2].public_id], group=made.public_id).status_code == 303
    assert send(client, url, notes=[opened[0].public_id], group="out").status_code == 303
    assert [note.group_id for note in opened[:3]] == [None, made.id, made.id]
    page = send(client, url, f"/board-groups/{made.public_id}/removal")
    assert db.session.query(BoardGroup).count() == 0
    undo = client.get(page.headers["Location"]).text.partition("/undo/")[2].partition('"')[0]
    assert send(client, url, f"/undo/{undo}").status_code == 303
    db.session.expire_all()
    assert [note.group_id is None for note in opened[:3]] == [True, False, False]


@pytest.mark.parametrize(
    ("values", "says"),
    [({"title": FEAR}, "Choose at least one note."), ({"notes": "first"}, "Say in a few words")],
)
def test_a_group_needs_notes_and_a_name(scene, opened, client_of, send, values, says):
    values = {key: opened[0].public_id if key == "notes" else value for key, value in values.items()}
    answer = send(client_of(scene.teacher), f"{scene.url}/groups", back="c1", **values)
    assert answer.status_code == 422
    assert says in answer.text
    assert db.session.query(BoardGroup).count() == 0


def test_what_seems_alike_is_suggested_and_only_that(scene, opened, client_of):
    page = client_of(scene.teacher).get(f"{scene.url}/groups").text
    assert "These seem to say the same" in page
    assert 'value="wrong"' in page
    assert db.session.query(BoardGroup).count() == 0


@pytest.mark.parametrize(
    "path", ["{url}/groups", "/board-groups/{group}", "/board-groups/{group}/example", "{url}/edit"]
)
@pytest.mark.parametrize(("who", "status"), [("jonas", 403), ("assistant", 403), ("stranger", 404)])
def test_only_instructors_tend_a_board(scene, group, client_of, who, status, path):
    path = path.format(url=scene.url, group=group.public_id)
    assert client_of(getattr(scene, who)).get(path).status_code == status


def test_the_instructor_says_what_they_will_do(scene, group, client_of, send):
    url = f"/board-groups/{group.public_id}"
    answer = send(client_of(scene.teacher), url, title=FEAR, answer="We practise on a text of mine first.")
    assert answer.headers["Location"].endswith(f"#g-{group.public_id}")
    assert "We practise on a text of mine first." in client_of(scene.jonas).get(scene.url).text


def test_one_becomes_an_example_in_the_draft_of_the_guidelines(scene, group, opened, client_of, send):
    client = client_of(scene.teacher)
    values = {
        "situation": "point out a mistake",
        "ruling": "encouraged",
        "why": "It helps.",
        "clause_number": "",
    }
    for path in (f"/board-groups/{group.public_id}/example", f"/board-notes/{opened[2].public_id}/example"):
        assert send(client, path, **values).status_code == 303
    draft = draft_version(scene.course.id)
    assert [one.situation for one in draft.examples] == ["point out a mistake"] * 2


def test_staff_let_a_held_note_through_or_leave_it_out_with_a_reason(scene, write, written, client_of, send):
    held = [write(scene.jonas, f"{RUDE} {number}", holds=True) for number in range(2)]
    commands.reveal(scene.board)
    staff = client_of(scene.assistant)
    urls = [f"/board-notes/{one.public_id}/decision" for one in held]
    nothing = send(staff, scene.url, urls[0], shown="no", reason="")
    assert nothing.status_code == 422
    assert "Say in a sentence why" in nothing.text
    send(staff, scene.url, urls[0], shown="no", reason="It calls people names.")
    send(staff, scene.url, urls[1], shown="yes")
    assert [one.state for one in held] == [NoteState.REMOVED, NoteState.VISIBLE]
    mine = client_of(scene.jonas).get(scene.url).text
    assert "It calls people names." in mine
    others = client_of(scene.maya).get(scene.url).text
    assert held[1].body in others
    assert held[0].body not in others
    assert "It calls people names." not in others


def test_a_decision_is_undone(scene, opened, client_of, send):
    staff = client_of(scene.teacher)
    url = f"/board-notes/{opened[0].public_id}/decision"
    page = send(staff, scene.url, url, shown="no", reason="It names someone.")
    assert opened[0].state is NoteState.REMOVED
    undo = staff.get(page.headers["Location"]).text.partition("/undo/")[2].partition('"')[0]
    send(staff, scene.url, f"/undo/{undo}")
    db.session.expire_all()
    assert (opened[0].state, opened[0].decided_by_id, opened[0].reason) == (NoteState.VISIBLE, None, "")


@pytest.mark.parametrize(("who", "status"), [("jonas", 403), ("observer", 403), ("stranger", 404)])
def test_nobody_else_decides(scene, opened, client_of, send, who, status):
    url = f"/board-notes/{opened[0].public_id}/decision"
    answer = send(client_of(getattr(scene, who)), "/settings", url, shown="no", reason="No.")
    assert answer.status_code == status


def test_sections_are_told_to_staff_only_where_nobody_can_be_guessed(scene, opened, actor_of, make, write):
    board = commands.open_board(scene.course, scene.teacher.id, title="B", prompts=["B?"], once="b")
    other = make.section(scene.course, "C")
    more = [make.student(scene.course, f"Student {n}", other) for n in range(3)]
    notes = [write(person, "I am shy", board=board) for person in (*scene.students[:3], *more)]
    commands.reveal(board)
    commands_groups.put_together(board, [one.public_id for one in notes], title="are shy")
    teacher, student = actor_of(scene.teacher), actor_of(scene.maya)
    assert wall_of(teacher, board).groups[0].sections == [("A", 3), ("C", 3)]
    assert wall_of(student, board).groups[0].sections is None
    commands_groups.take_out(board, [notes[0].public_id])  # two of A are left
    assert wall_of(teacher, board).groups[0].sections is None


def test_the_table_and_the_picture_say_what_the_wall_says(scene, group, client_of, write, opened):
    opened[2].body = "=cmd|' /C calc'!A0 <b>&"
    db.session.commit()
    staff = client_of(scene.teacher)
    table = staff.get(f"{scene.url}/notes.csv")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert {row["note"] for row in rows if row["group"] == FEAR} == set(FEARS[:2])
    assert not any(row["note"].startswith("=") for row in rows)
    picture = client_of(scene.jonas).get(f"{scene.url}/wall.svg")
    drawn = ElementTree.fromstring(picture.data)
    words = " ".join("".join(one.itertext()) for one in drawn.iter())
    assert "afraid to say something" in words
    assert "<b>&" in words
    assert picture.headers["Content-Disposition"].startswith("attachment")
    assert client_of(scene.jonas).get(f"{scene.url}/notes.csv").status_code == 403


def test_asked_again_it_stands_beside_the_first(scene, group, write, client_of, send):
    client = client_of(scene.teacher)
    form = f"/courses/{scene.course.public_id}/boards/new?again={scene.board.public_id}"
    page = client.get(form).text
    assert 'value="What holds you back?"' in page
    values = {"title": "What holds you back?", "prompt1": "What holds you back?", "reveal": "press"}
    answer = send(client, form, again=scene.board.public_id, once="again", **values)
    later = db.session.query(type(scene.board)).filter_by(again_of_id=scene.board.id).one()
    assert answer.headers["Location"] == f"/boards/{later.public_id}"
    notes = [write(person, "It still might be wrong.", board=later) for person in scene.students[:3]]
    commands.reveal(later)
    same = db.session.query(BoardGroup).filter_by(board_id=later.id).one()
    assert same.title == FEAR
    commands_groups.put_together(later, [one.public_id for one in notes], title="", group=same)
    db.session.commit()
    page = client_of(scene.jonas).get(f"/boards/{later.public_id}/comparison").text
    assert page.index("2 of 5") < page.index("3 of 5")
    assert FEARS[3] in page


def test_opening_and_changing_a_board(scene, client_of, send):
    client, new = client_of(scene.teacher), f"/courses/{scene.course.public_id}/boards/new"
    assert "What holds you back from helping one another?" in client.get(new).text
    form = f"{new}?from=ease"
    assert 'value="When did helping come easily?"' in client.get(form).text
    wrong = send(client, form, title="", prompt1="", reveal="press", once="a")
    assert wrong.status_code == 422
    few = send(client, form, title="Ease", prompt1="When?", reveal="count", count="2", once="a")
    assert few.status_code == 422
    assert "At least three" in few.text
    past = send(
        client, form, title="Ease", prompt1="When?", reveal="time", moment="2020-01-01T10:00", once="a"
    )
    assert past.status_code == 422
    values = {"title": "Ease", "prompt1": "When?", "prompt2": "Why?", "once": "a"}
    made = [send(client, form, reveal="count", count="20", **values) for _ in range(2)]
    assert made[0].headers["Location"] == made[1].headers["Location"]
    url = made[0].headers["Location"]
    assert send(client, f"{url}/edit", **{**values, "prompt2": "Who?"}, reveal="press").status_code == 303
    assert "Who?" in client.get(url).text
    assert send(client, f"{url}/edit", f"{url}/removal").status_code == 303
    assert client.get(url).status_code == 404


def test_once_someone_has_written_questions_stand_and_the_board_stays(scene, written, client_of, send):
    client, form = client_of(scene.teacher), f"{scene.url}/edit"
    answer = send(client, form, title="New", prompt1="Something else?", reveal="press")
    assert answer.status_code == 422
    assert "Someone has written already" in answer.text
    assert send(client, form, f"{scene.url}/removal").status_code == 422
    assert send(client, form, title="New", prompt1="What holds you back?", reveal="press").status_code == 303


@pytest.mark.parametrize("n", [3, 20])
def test_statements_do_not_grow_with_notes(scene, make, write, client_of, count_queries, n):
    for number in range(n):
        write(make.student(scene.course), f"Reason number {number}")
    commands.reveal(scene.board)
    db.session.commit()
    costs = {}
    for who in ("teacher", "jonas"):
        client = client_of(getattr(scene, who))
        client.get(scene.url)
        with count_queries() as seen:
            assert client.get(scene.url).status_code == 200
        costs[who] = len(seen)
    assert costs == {"teacher": 8, "jonas": 7}


def test_held_notes_are_found_on_today_and_from_the_queue_once_the_wall_is_open(
    scene, write, written, client_of, make
):
    write(scene.jonas, RUDE, holds=True)
    course = f"/courses/{scene.course.public_id}"
    pages = {"today": "Held notes on boards", "queue": "Notes on boards", "boards": "1 note waits for you"}

    def told(who):
        client = client_of(getattr(scene, who))
        return [words in client.get(f"{course}/{page}").text for page, words in pages.items()]

    assert [told(who) for who in ("teacher", "assistant")] == [[False] * 3] * 2
    commands.reveal(scene.board)
    db.session.commit()
    assert [told(who) for who in ("teacher", "assistant")] == [[True] * 3] * 2
    assert [told(who) for who in ("maya", "jonas", "observer", "stranger")] == [[False] * 3] * 4
    assert f"{scene.url}#waiting" in client_of(scene.teacher).get(f"{course}/boards").text
    other = make.course(scene.teacher)
    assert "Notes on boards" not in client_of(scene.teacher).get(f"/courses/{other.public_id}/queue").text


def test_a_closed_board_looks_for_its_wall_and_the_wall_does_not(scene, written, client_of):
    """The script tells them apart by this alone; without it there is a link."""
    client = client_of(scene.maya)
    closed = client.get(scene.url).text
    assert f'data-wall="{scene.url}"' in closed
    assert f'href="{scene.url}"' in closed
    commands.reveal(scene.board)
    db.session.commit()
    assert "data-wall=" not in client.get(scene.url).text
