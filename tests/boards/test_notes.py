"""Writing a note: who may, the kindness step, and one's own notes changed and withdrawn."""

import pytest

from classroom.boards import commands, rules
from classroom.boards.models import BoardNote, NoteState
from classroom.core.db import db
from classroom.core.ids import public_id
from tests.boards.conftest import FEARS, RUDE, notes_of


@pytest.fixture
def post_note(scene, client_of, send):
    def post(person, body, **more):
        values = {"column": "1", "body": body, "once": public_id(), **more}
        return send(client_of(person), scene.url, f"{scene.url}/notes", **values)

    return post


def test_a_student_writes_and_alone_sees_it(scene, post_note, client_of):
    assert post_note(scene.maya, FEARS[0]).status_code == 303
    (note,) = notes_of(scene.board)
    assert (note.body, note.state, note.author_id) == (FEARS[0], NoteState.VISIBLE, None)
    mine = client_of(scene.maya).get(scene.url).text
    assert FEARS[0] in mine
    assert "1 of 5 have written" in mine
    assert FEARS[0] not in client_of(scene.jonas).get(scene.url).text


@pytest.mark.parametrize(
    ("who", "status"), [("teacher", 403), ("assistant", 403), ("observer", 403), ("stranger", 404)]
)
def test_nobody_else_writes(scene, client_of, send, who, status):
    url = f"{scene.url}/notes"
    answer = send(client_of(getattr(scene, who)), "/settings", url, column="1", body=FEARS[0])
    assert answer.status_code == status
    assert notes_of(scene.board) == []


@pytest.mark.parametrize(
    ("body", "says"), [("", "Write a word or two first."), ("a" * 281, "At most 280 letters")]
)
def test_what_is_no_note_is_told_beside_it_and_kept(scene, post_note, body, says):
    answer = post_note(scene.maya, body)
    assert answer.status_code == 422
    assert says in answer.text
    assert body in answer.text
    assert notes_of(scene.board) == []


def test_a_question_that_is_not_asked_is_not_answered(scene, post_note):
    for column in ("9", "", "x"):
        assert post_note(scene.maya, "Words", column=column).status_code == 404


def test_sent_twice_it_is_written_once(scene, post_note):
    once = public_id()
    assert [post_note(scene.maya, FEARS[0], once=once).status_code for _ in range(2)] == [303, 303]
    assert len(notes_of(scene.board)) == 1


def test_twelve_are_enough(scene, write, post_note):
    for number in range(rules.MOST_NOTES):
        write(scene.maya, f"Reason {number}")
    answer = post_note(scene.maya, "One more")
    assert answer.status_code == 422
    assert "Twelve notes" in answer.text
    assert "One more" in answer.text
    assert scene.board.written == 1


def test_words_that_may_hurt_are_shown_to_their_writer_first(scene, post_note):
    answer = post_note(scene.maya, RUDE)
    assert answer.status_code == 200
    assert '<mark class="stings">' in answer.text
    assert notes_of(scene.board) == []
    again = post_note(scene.maya, RUDE, then="rewrite")
    assert RUDE in again.text
    assert "Put it on the board" in again.text
    assert notes_of(scene.board) == []


def test_what_is_said_of_oneself_is_not_taken_for_mockery(scene, post_note):
    for words in (
        "Helping was cheating, for twelve years. Now I should?",
        "My English. Somebody else says it first.",
    ):
        assert post_note(scene.maya, words).status_code == 303
    assert {one.state for one in notes_of(scene.board)} == {NoteState.VISIBLE}


def test_left_to_a_person_it_is_held_and_can_be_reworded(scene, post_note, client_of, send):
    assert post_note(scene.maya, RUDE, then="leave").status_code == 303
    (note,) = notes_of(scene.board)
    assert note.state is NoteState.HELD
    client, url = client_of(scene.maya), f"/board-notes/{note.public_id}"
    assert "You can still reword it" in client.get(scene.url).text
    assert '<mark class="stings">' in send(client, url, body=f"{RUDE} Really.").text
    assert send(client, url, body="In our class people laugh at questions.").status_code == 303
    assert [one.state for one in notes_of(scene.board)] == [NoteState.VISIBLE]


@pytest.mark.parametrize(
    ("who", "status"), [("jonas", 404), ("teacher", 404), ("assistant", 404), ("stranger", 404)]
)
def test_only_its_writer_finds_changes_or_withdraws_a_note(scene, written, client_of, send, who, status):
    note, client = written[0], client_of(getattr(scene, who))
    url = f"/board-notes/{note.public_id}"
    assert client.get(url).status_code == 404
    assert send(client, "/settings", url, body="Mine now").status_code == 404
    assert send(client, "/settings", f"{url}/withdrawal").status_code == 404
    assert db.session.get(BoardNote, note.id).body == FEARS[0]


def test_withdrawn_is_gone(scene, written, client_of, send):
    url = f"/board-notes/{written[0].public_id}"
    assert send(client_of(scene.maya), url, f"{url}/withdrawal").status_code == 303
    assert len(notes_of(scene.board)) == 4
    assert scene.board.written == 4


def test_what_everyone_has_seen_is_not_rewritten_but_may_be_withdrawn(scene, opened, client_of, send):
    client, url = client_of(scene.maya), f"/board-notes/{opened[0].public_id}"
    assert client.get(url).status_code == 302
    late = send(client, scene.url, url, body="Something else")
    assert late.status_code == 422
    assert "Something else" in late.text
    late = send(client, scene.url, f"{scene.url}/notes", column="1", body="Too late", once="late")
    assert late.status_code == 422
    assert "Too late" in late.text
    assert "Your own notes" in client.get(scene.url).text
    assert send(client, scene.url, f"{url}/withdrawal").status_code == 303
    assert len(notes_of(scene.board)) == 4
    assert client.get(scene.url).status_code == 200


def test_names_only_where_the_board_said_so_before(scene, write, client_of):
    named = commands.open_board(
        scene.course, scene.teacher.id, title="With names", prompts=["Why?"], once="named", names=True
    )
    db.session.commit()
    url = f"/boards/{named.public_id}"
    assert "Your instructor sees yours" in client_of(scene.maya).get(url).text
    for person, words in zip(scene.students, FEARS, strict=True):
        write(person, words, board=named)
    commands.reveal(named)
    db.session.commit()
    page = {who: client_of(getattr(scene, who)).get(url).text for who in ("teacher", "assistant", "jonas")}
    names = {who: {one.name for one in scene.students if one.name in text} for who, text in page.items()}
    assert names["teacher"] == {one.name for one in scene.students}
    assert names["assistant"] == {one.name for one in scene.students[:3]}  # those in her care
    assert names["jonas"] == {scene.jonas.name}  # his own, in the bar
    assert "name" in client_of(scene.teacher).get(f"{url}/notes.csv").text.partition("\n")[0]


def test_a_new_key_of_the_installation_does_not_lose_ones_notes(scene, written, client_of, monkeypatch):
    monkeypatch.setattr(
        "classroom.core.signed._keys", ["for tests only, and long enough to be one", "a new key"]
    )
    note = db.session.get(BoardNote, written[0].id)
    assert note.mark in commands.marks_of(scene.board.public_id, scene.maya.id)
    assert note.mark != commands.mark_of(scene.board.public_id, scene.maya.id)
